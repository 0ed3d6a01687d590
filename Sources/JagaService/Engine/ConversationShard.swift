internal import JagaCore
internal import JagaScoring
internal import JagaStore

/// The conversations in memory whose ids hash to one shard, the one longest unused gives way; and the last answers given there.
///
/// Not thread-safe: whoever uses it holds the shard's lock.
struct ConversationShard: ~Copyable {
  /// An answer that was given, for the same message sent again.
  struct Answer {
    var conclusion: Conclusion
    /// The hash of the text it is about.
    var text: UInt64
  }

  private let capacity: Int
  private var table: [String: LiveConversation] = [:]
  private unowned(unsafe) var oldest: LiveConversation?
  private unowned(unsafe) var newest: LiveConversation?
  private var answers: [UInt64: Answer] = [:]
  private var answerOrder: [UInt64] = []
  private var nextAnswer = 0
  private(set) var evictions = 0
  /// Evictions, and deletions of conversations that were here or not.
  private(set) var departures = 0

  /// Answers remembered in one shard: with 64 shards some 8,000.
  static let answerLimit = 128
  /// How many of the longest unused ones are looked at to make room for one.
  static let lookLimit = 16

  init(capacity: Int) { self.capacity = max(capacity, 1) }

  var count: Int { table.count }

  /// The conversation, from memory or by `load`; it becomes the newest.
  mutating func conversation<Failure: Error>(
    _ id: String, load: (LiveConversation) throws(Failure) -> Void
  ) throws(Failure) -> LiveConversation {
    if let known = table[id] {
      if newest !== known {
        unlink(known)
        linkNewest(known)
      }
      return known
    }
    let made = LiveConversation(id: id)
    try load(made)
    makeRoom()
    table[id] = made
    linkNewest(made)
    return made
  }

  /// The conversation where it is in memory.
  func known(_ id: String) -> LiveConversation? { table[id] }

  /// Forgets a conversation at once.
  mutating func remove(_ id: String) {
    departures += 1
    guard let known = table.removeValue(forKey: id) else { return }
    known.isDeleted = true
    unlink(known)
  }

  /// The answer to a message that was given before, if it is one of the last.
  func answer(_ key: UInt64) -> Answer? { answers[key] }

  /// Remembers an answer, and forgets the oldest.
  mutating func remember(_ answer: Answer, key: UInt64) {
    if answers.updateValue(answer, forKey: key) != nil { return }
    if answerOrder.count < ConversationShard.answerLimit {
      answerOrder.append(key)
      return
    }
    answers.removeValue(forKey: answerOrder[nextAnswer])
    answerOrder[nextAnswer] = key
    nextAnswer = (nextAnswer + 1) % ConversationShard.answerLimit
  }

  /// Lets go of the longest unused ones that the store has whole. Those on their way to the store stay, so there may be more than the capacity for a moment.
  private mutating func makeRoom() {
    var candidate = oldest
    var looks = ConversationShard.lookLimit
    while table.count >= capacity, looks > 0, let current = candidate {
      candidate = current.newer
      looks -= 1
      guard !current.isQueued, !current.isBeingWritten, current.pending.isEmpty else { continue }
      unlink(current)
      table.removeValue(forKey: current.id)
      evictions += 1
      departures += 1
    }
  }

  private mutating func unlink(_ conversation: LiveConversation) {
    if let older = conversation.older { older.newer = conversation.newer } else { oldest = conversation.newer }
    if let newer = conversation.newer { newer.older = conversation.older } else { newest = conversation.older }
    conversation.older = nil
    conversation.newer = nil
  }

  private mutating func linkNewest(_ conversation: LiveConversation) {
    conversation.older = newest
    conversation.newer = nil
    if let newest { newest.newer = conversation } else { oldest = conversation }
    newest = conversation
  }
}
