public import JagaBatch
public import JagaCore
public import JagaScoring
public import JagaStore
public import Logging
internal import NIOCore
internal import Synchronization

/// Scores messages, goes on in their conversations, and keeps what must be kept.
///
///     try await engine.score(batch) { index, record in record.writeJSON(to: buffer) }
///
/// The same messages in the same order give the same records as `jaga score`. A conversation's state lives in memory while it is in use and in the store always:
/// what raises a flag is there before ``score(_:explains:_:)`` returns, the state of others up to a second later. A message sent again is answered again and
/// counted once, as long as fewer than 512 others of its conversation lie between: with the same record while it is among the last 8,000 or so of all,
/// otherwise scored against the conversation as it stands.
///
/// Any number of tasks may call it. Messages of one conversation take their turns in the order of the calls.
public final class ConversationEngine: Sendable {
  static let shardCount = 64
  /// The most threads that one list of messages takes, and how many messages make one worth while.
  static let laneLimit = max(1, min(System.coreCount, 8))
  static let laneRows = 128
  /// Stands for whoever asks the questions of a poll.
  static let asker = tokenHash("jaga-poll")
  /// From so many messages at a time on, conversations that are not in memory are read from the store together.
  static let foreseenFrom = 8

  let scorer: Scorer
  let store: Store
  let keys: ServiceKeys
  let settings: ServiceSettings
  let now: @Sendable () -> Int64
  let keeper: StateKeeper
  let shards: ConversationShards
  let flagging: FlagPolicy
  /// What operators count.
  public let counts = EngineCounts()
  private let benches: ReusePool<ScoringBench>

  /// An engine on a store. Nothing is read until it is asked for.
  public init(
    scorer: Scorer, store: Store, keys: ServiceKeys, settings: ServiceSettings, logger: Logger,
    now: @escaping @Sendable () -> Int64
  ) {
    self.scorer = scorer
    self.store = store
    self.keys = keys
    self.settings = settings
    self.now = now
    benches = ReusePool { ScoringBench(scorer) }
    flagging = FlagPolicy(settings: settings, modelID: scorer.modelID)
    let shards = ConversationShards(
      count: ConversationEngine.shardCount, capacity: settings.liveConversations / ConversationEngine.shardCount)
    self.shards = shards
    let modelID = scorer.modelID
    keeper = StateKeeper(
      store: store, logger: logger, counts: counts, asideLimit: .seconds(settings.asideSeconds)
    ) { id in
      Hexadecimal.text(keys.subject(of: id).prefix(8))
    } take: { conversation, changes in
      shards.withShard(of: conversation.id) { _ in
        conversation.isQueued = false
        guard !conversation.isDeleted else { return PendingChanges() }
        conversation.isBeingWritten = true
        return conversation.takeChanges(modelID: modelID, into: &changes)
      }
    } putBack: { conversation, pending in
      shards.withShard(of: conversation.id) { _ in
        conversation.isBeingWritten = false
        conversation.isQueued = true
        conversation.pending.putBack(pending)
      }
    } letGo: { conversation in
      shards.withShard(of: conversation.id) { _ in
        conversation.isBeingWritten = false
        conversation.failingSince = nil
      }
    } setAside: { conversation, limit in
      shards.withShard(of: conversation.id) { shard in
        let since = conversation.failingSince ?? .now
        conversation.failingSince = since
        guard since.duration(to: .now) >= limit else { return false }
        // What comes of it from now on begins where the store left it.
        shard.remove(conversation.id)
        return true
      }
    }
  }

  /// Scores messages in order and calls `body` for each with its record, whose ids and evidence are good during the call.
  ///
  /// Messages with a conversation id go on in their conversation; the others are scored alone and forgotten. When it returns, every flag that the messages
  /// raised is in the store. Throws ``StoreError`` when the store cannot be read or written; the messages are then counted or not, and may be sent again.
  /// While it cannot be written, nothing more is taken on.
  public func score(
    _ batch: MessageBatch, explains: Bool = false, _ body: (_ index: Int, _ record: inout ScoreRecord) throws -> Void
  ) async throws {
    if batch.rows.contains(where: { !$0.isAlone }) { try await keeper.admit() }
    if try await scoreAll(batch.rows.indices, of: batch, explains: explains, body) { try await keeper.settled() }
  }

  /// Slice by slice, so that long requests let short ones in between. True when the store has to have it before anybody is answered.
  func scoreAll(
    _ rows: some RandomAccessCollection<Int>, of batch: MessageBatch, explains: Bool,
    _ body: (_ index: Int, _ record: inout ScoreRecord) throws -> Void
  ) async throws -> Bool {
    let bench = try benches.take()
    defer { benches.give(bench) }
    var mustSettle = false
    var rest = rows[...]
    while !rest.isEmpty {
      let slice = rest.prefix(ScoringBench.sliceLimit)
      if try scoreNow(slice, of: batch, bench: bench, explains: explains, body) { mustSettle = true }
      rest = rest.dropFirst(slice.count)
      if !rest.isEmpty { await Task.yield() }
    }
    return mustSettle
  }

  /// Lends a bench.
  func withBench<Result>(_ body: (ScoringBench) throws -> Result) throws -> Result {
    let bench = try benches.take()
    defer { benches.give(bench) }
    return try body(bench)
  }

  /// Writes everything that is not in the store yet. Throws ``StoreError`` when it cannot.
  public func flush() async throws { try await keeper.settled() }

  /// Assesses a slice, then concludes it message by message. True when the store has to have it before anybody is answered.
  func scoreNow(
    _ slice: some RandomAccessCollection<Int>, of batch: MessageBatch, bench: ScoringBench, explains: Bool,
    _ body: (_ index: Int, _ record: inout ScoreRecord) throws -> Void
  ) throws -> Bool {
    var mustSettle = false
    bench.record.isExplained = explains
    try batch.bytes.withUnsafeBufferPointer { bytes in
      for (index, assessment) in zip(slice, bench.assessments) {
        bench.workspace.assess(bytes.part(batch.rows[index].text), into: assessment)
      }
      try foresee(slice, of: batch, bytes: bytes, bench: bench)
      for (index, assessment) in zip(slice, bench.assessments) {
        let row = batch.rows[index]
        if row.isAlone {
          var state = ConversationState()
          if bench.turn != nil { scorer.ask(bench.asked, author: ConversationEngine.asker, in: &state) }
          let author = bytes.part(row.authorID)
          let conclusion = scorer.conclude(assessment, author: author.isEmpty ? 0 : tokenHash(author), in: &state)
          fill(bench, row: row, bytes: bytes, conclusion: conclusion, explains: explains)
        } else if try go(on: row, bytes: bytes, assessment: assessment, bench: bench, explains: explains) {
          mustSettle = true
        }
        counts.scored(bench.record.score.band)
        try body(index, &bench.record)
      }
    }
    return mustSettle
  }

  /// Puts a message's result into the bench's record.
  func fill(
    _ bench: ScoringBench, row: MessageBatch.Row, bytes: UnsafeBufferPointer<UInt8>, conclusion: Conclusion,
    explains: Bool
  ) {
    bench.record.conversationID = bytes.part(row.conversationID)
    bench.record.messageID = bytes.part(row.messageID)
    bench.record.authorID = bytes.part(row.authorID)
    bench.record.conversation = conclusion.conversation
    scorer.fill(&bench.record.score, from: conclusion, leastLabel: ScoreRecord.labelFloor)
    if explains || bench.record.isNotable {
      bench.workspace.explain(
        bytes.part(row.text), conclusion: conclusion, contributions: explains, into: &bench.record.score)
    }
  }
}

/// The shards of an engine, each behind a lock of its own.
final class ConversationShards: Sendable {
  private let shards: [Locked]

  private final class Locked: Sendable {
    let shard: Mutex<ConversationShard>
    init(capacity: Int) { shard = Mutex(ConversationShard(capacity: capacity)) }
  }

  init(count: Int, capacity: Int) { shards = (0..<count).map { _ in Locked(capacity: capacity) } }

  /// Works on the shard of a conversation while nobody else does.
  func withShard<Result, Failure: Error>(
    of id: String, _ body: (inout ConversationShard) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var copy = id
    let hash = copy.withUTF8 { tokenHash($0) }
    return try shards[Int(hash >> 32) % shards.count].shard.withLock { shard throws(Failure) in try body(&shard) }
  }

  /// Conversations in memory, and how many gave way so far.
  var totals: (count: Int, evictions: Int) {
    shards.reduce((0, 0)) { total, locked in
      locked.shard.withLock { (total.0 + $0.count, total.1 + $0.evictions) }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes of a field.
  func part(_ field: MessageBatch.Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[field.offset..<field.offset + field.count])
  }
}
