internal import JagaCore
public import JagaScoring

/// Conversations that are scored message by message as they come, by whoever holds the messages: the same shards, the same order of eviction
/// and so the same results as a ``BatchRun`` over them.
///
///     let memory = ConversationMemory(scorer: scorer, capacity: 65_536)
///     let conclusion = memory.conclude(assessment, conversationID: id, authorID: author)
///
/// Not thread-safe. Cost: that of ``Scorer/conclude(_:author:in:)`` and one look-up. Memory: about 1 KB a conversation, as they come.
public final class ConversationMemory {
  private let shards: [ShardConcluder]
  private var ordinal = 0

  /// Nothing remembered. `capacity` is rounded up to a multiple of 64, the number of shards.
  public init(scorer: Scorer, capacity: Int) {
    var settings = BatchSettings()
    settings.conversationCapacity = capacity
    shards = (0..<ShardConcluder.count).map { _ in ShardConcluder(scorer: scorer, settings: settings) }
  }

  /// What one message came to, and how its conversation stands.
  public struct Outcome {
    /// The message's result.
    public let conclusion: Conclusion
    /// Messages so far.
    public let messages: Int
    /// Index of the first message at which the conversation reached ``Band/review``.
    public let firstAlertIndex: Int?
  }

  /// Concludes a message after those that came before in its conversation; one without a conversation id is alone.
  public func conclude(
    _ assessment: Assessment, conversationID: UnsafeBufferPointer<UInt8>, authorID: UnsafeBufferPointer<UInt8>
  ) -> Outcome {
    let message = MessageIdentity(conversationID: conversationID, authorID: authorID)
    let hash = tokenHash(conversationID)
    let shard = shards[ShardConcluder.number(of: hash)]
    let slot = shard.slot(of: message, hash: hash, ordinal: ordinal)
    ordinal += 1
    let conclusion = shard.conclude(message, assessment: assessment, in: &slot.pointee)
    return Outcome(
      conclusion: conclusion, messages: slot.pointee.state.messages, firstAlertIndex: slot.pointee.state.firstAlertIndex
    )
  }

  /// A conversation's state; nil when it is not in memory.
  public func state(of id: UnsafeBufferPointer<UInt8>) -> ConversationState? {
    let hash = tokenHash(id)
    let shard = shards[ShardConcluder.number(of: hash)]
    return shard.table.place(of: id, hash: hash).map { shard.table[$0].pointee.state }
  }

  /// Puts a state in place of what is known of a conversation; it becomes the newest of its shard.
  public func restore(_ state: ConversationState, id: UnsafeBufferPointer<UInt8>) {
    let hash = tokenHash(id)
    let message = MessageIdentity(
      conversationID: id, authorID: UnsafeBufferPointer(start: nil, count: 0))
    guard !message.isAlone else { return }
    let slot = shards[ShardConcluder.number(of: hash)].slot(of: message, hash: hash, ordinal: ordinal)
    slot.pointee.state = state
  }

  /// Forgets a conversation.
  public func forget(_ id: UnsafeBufferPointer<UInt8>) {
    let hash = tokenHash(id)
    shards[ShardConcluder.number(of: hash)].table.forget(id, hash: hash)
  }

  /// Conversations given up so far because there were too many.
  public var evictions: Int { shards.reduce(0) { $0 + $1.evictions } }
}
