internal import Glibc
public import JagaCore
public import JagaScoring
public import JagaTranscripts

/// One message concluded by two scorers, lent for the time of a call.
public struct PairedMessage {
  /// The memory that the row's fields point into.
  public let bytes: UnsafeBufferPointer<UInt8>
  /// Where its fields lie.
  public let row: MessageBatch.Row
  /// What the first scorer concluded.
  public let first: Conclusion
  /// What the second scorer concluded.
  public let second: Conclusion

  /// A field as a string (a copy).
  public func string(_ field: MessageBatch.Field) -> String { String(decoding: bytes.field(field), as: UTF8.self) }

  /// The text's bytes.
  public var text: UnsafeBufferPointer<UInt8> { bytes.field(row.text) }
}

/// What a ``PairRun`` tells, in input order, from one thread at a time.
public protocol PairObserver: BatchObserver {
  /// A message is concluded by both.
  func compared(_ message: PairedMessage) throws
  /// A conversation is over, or left memory, for both.
  func compared(_ first: ConversationRecord, _ second: ConversationRecord) throws
}

/// One run of two scorers over the same inputs: each sees what a ``BatchRun`` of its own would, and concludes the same bits.
///
/// Inputs are read and decoded once, so a stream serves. Memory is that of two runs, bounded.
///
///     let summary = try PairRun(first: old, second: new, settings: BatchSettings(), observer: observer).process(inputs)
public final class PairRun {
  private let scorers: [Scorer]
  private let settings: BatchSettings
  private let observer: any PairObserver

  /// A run that has not begun. Of the settings, threads, conversation capacity and `forgetAfter` count.
  public init(first: Scorer, second: Scorer, settings: BatchSettings, observer: any PairObserver) {
    scorers = [first, second]
    var settings = settings
    settings.level = .conversation
    self.settings = settings
    self.observer = observer
  }

  /// One scorer's share: its conversations, and its lanes beside those of the other.
  private final class Side: @unchecked Sendable {
    let scorer: Scorer
    let shards: [ShardConcluder]
    let lanes: [Lane]
    /// One a thread.
    let workspaces: [ScoringWorkspace]
    var departures: [ShardConcluder.Departure] = []

    init(_ scorer: Scorer, settings: BatchSettings, lanes count: Int, threads: Int) {
      self.scorer = scorer
      shards = (0..<ShardConcluder.count).map { _ in ShardConcluder(scorer: scorer, settings: settings) }
      lanes = (0..<count).map { _ in Lane() }
      workspaces = (0..<threads).map { _ in ScoringWorkspace(scorer) }
    }

    /// Departures in the order in which a run writes them.
    func takeDepartures() -> [ConversationRecord] {
      for lane in lanes { lane.takeDepartures(into: &departures) }
      return sorted()
    }

    func takeRemaining(isPartial: Bool) -> [ConversationRecord] {
      for shard in shards { shard.takeRemaining(isPartial: isPartial, into: &departures) }
      return sorted()
    }

    private func sorted() -> [ConversationRecord] {
      departures.sort { left, right in
        left.ordinal != right.ordinal
          ? left.ordinal < right.ordinal
          : left.record.conversationID.lexicographicallyPrecedes(right.record.conversationID)
      }
      defer { departures.removeAll(keepingCapacity: true) }
      return departures.map(\.record)
    }
  }

  /// Lets a job reach what one thread at a time may touch.
  private struct Decoders: @unchecked Sendable {
    let all: [ChunkDecoder]
  }

  /// Reads all inputs. Throws what the observer throws, and when there is no memory for a parser.
  public func process(
    _ inputs: [TranscriptInput], format: TranscriptFormat? = nil, options: ReaderOptions = ReaderOptions()
  ) throws -> BatchSummary {
    let pool = WorkerPool(threads: settings.threads)
    defer { pool.close() }
    let count = pool.threads * (pool.threads == 1 ? 1 : max(settings.partsPerThread, 1))
    let sides = scorers.map { Side($0, settings: settings, lanes: count, threads: pool.threads) }
    var made: [ChunkDecoder] = []
    for _ in 0..<pool.threads { made.append(try ChunkDecoder(options: options)) }
    let decoders = Decoders(all: made)
    let source = PartSource(inputs: inputs, format: format, options: options)
    var duplicates = DuplicateFilter(window: options.duplicateWindow)
    var summary = BatchSummary()
    var counters = ReadCounters()
    var ordinal = 0
    let (own, other) = (sides[0].lanes, sides[1].lanes)
    while true {
      var filled = 0
      while filled < count, source.fill(&own[filled].input) { filled += 1 }
      if filled == 0 { break }
      pool.run(count: filled) { worker, item in own[item].decode(with: decoders.all[worker]) }
      var admitted = 0
      var stop: Diagnostic?
      while admitted < filled, stop == nil {
        let lane = own[admitted]
        stop = notice(lane, strict: options.strict, summary: &summary)
        counters = lane.input.readerCounters
        let removed = lane.removeDuplicates(&duplicates)
        summary.reading.duplicates += removed
        summary.reading.messages -= removed
        lane.firstOrdinal = ordinal
        ordinal += lane.batch.rows.count
        // The messages are shared, not copied.
        other[admitted].share(lane)
        admitted += 1
      }
      pool.run(count: 2 * admitted) { worker, item in
        let side = sides[item & 1]
        side.lanes[item / 2].assess(with: side.workspaces[worker])
      }
      pool.run(count: 2 * ShardConcluder.count) { [admitted] _, item in
        let side = sides[item & 1]
        for lane in side.lanes[0..<admitted] { side.shards[item / 2].conclude(lane, shard: item / 2) }
      }
      for lane in 0..<admitted {
        try tell(own[lane], other[lane])
        // Given back before the memory is filled again, or it would be copied.
        other[lane].input.batch = MessageBatch()
      }
      try tell(sides[0].takeDepartures(), sides[1].takeDepartures())
      observer.progressed(BatchProgress(messages: ordinal, bytes: own[admitted - 1].input.bytesRead))
      if let stop {
        summary.ending = .stopped(stop)
        break
      }
    }
    summary.reading.add(counters)
    for shard in sides[0].shards {
      summary.conversations += shard.conversations
      summary.evictions += shard.evictions
    }
    var isPartial = true
    if case .finished = summary.ending { isPartial = false }
    try tell(sides[0].takeRemaining(isPartial: isPartial), sides[1].takeRemaining(isPartial: isPartial))
    return summary
  }

  /// Hands on what reading a part noticed. Returns the diagnostic that `strict` stops at.
  private func notice(_ lane: Lane, strict: Bool, summary: inout BatchSummary) -> Diagnostic? {
    for diagnostic in lane.input.noticed { observer.noticed(diagnostic) }
    var stop: Diagnostic?
    for diagnostic in lane.input.report.diagnostics {
      if strict, diagnostic.severity == .malformed {
        stop = diagnostic
        break
      }
      observer.noticed(diagnostic)
    }
    if let failure = lane.input.failure {
      if case .malformed(let diagnostic) = failure {
        stop = stop ?? diagnostic
      } else {
        summary.failures += 1
        observer.failed(failure)
      }
    }
    summary.reading.add(lane.input.report.counters)
    return stop
  }

  private func tell(_ first: Lane, _ second: Lane) throws {
    try first.batch.bytes.withUnsafeBufferPointer { bytes in
      for (index, row) in first.batch.rows.enumerated() {
        try observer.compared(
          PairedMessage(bytes: bytes, row: row, first: first.conclusions[index], second: second.conclusions[index]))
      }
    }
  }

  /// Both sides give up the same conversations at the same messages.
  private func tell(_ first: [ConversationRecord], _ second: [ConversationRecord]) throws {
    for (left, right) in zip(first, second) { try observer.compared(left, right) }
  }
}
