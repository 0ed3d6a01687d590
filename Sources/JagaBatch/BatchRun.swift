internal import Glibc
internal import JagaCore
public import JagaScoring
public import JagaTranscripts

/// One run over inputs: read, score in parallel, write in input order.
///
///     let run = BatchRun(scorer: scorer, settings: BatchSettings(), sink: sink, observer: observer)
///     let summary = try run.process([.file("chat.jsonl")], options: ReaderOptions())
///
/// A block of parts goes through five steps: decode and assess (by parts, any order), drop repetitions (in order), conclude (by shards
/// of conversations, each in order), make records (by parts, any order), write (in order). What is written depends on the
/// input and the settings alone: not on the number of threads, the size of parts or the speed of the input.
///
/// With one thread everything happens on the calling thread; with more, reading has a thread of its own beside them.
/// Memory: a fixed number of parts and the conversations up to the capacity; nothing grows with the input.
public final class BatchRun: @unchecked Sendable {
  let scorer: Scorer
  let settings: BatchSettings
  let sink: any RecordSink
  let observer: any BatchObserver
  let state = RunState()
  let shards: [ShardConcluder]
  let conversationWriter: ConversationWriter
  var summary = BatchSummary()
  var progress = BatchProgress()
  var duplicates = DuplicateFilter()
  private var nextOrdinal = 0
  /// The latest state of what the reader counts itself.
  private var readerCounters = ReadCounters()
  private var departures: [ShardConcluder.Departure] = []

  /// A run that has not begun. It can process inputs once.
  public init(scorer: Scorer, settings: BatchSettings, sink: any RecordSink, observer: any BatchObserver) {
    self.scorer = scorer
    self.settings = settings
    self.sink = sink
    self.observer = observer
    shards = (0..<ShardConcluder.count).map { _ in ShardConcluder(scorer: scorer, settings: settings) }
    conversationWriter = ConversationWriter(settings: settings, modelID: scorer.modelID)
  }

  /// Reads all inputs and writes their records. Throws what the sink throws, and when there is no memory for a parser.
  public func process(
    _ inputs: [TranscriptInput], format: TranscriptFormat? = nil, options: ReaderOptions = ReaderOptions()
  ) throws -> BatchSummary {
    duplicates = DuplicateFilter(window: options.duplicateWindow)
    let source = PartSource(inputs: inputs, format: format, options: options)
    let team = try Team(run: self, options: options)
    defer { team.pool.close() }
    try writeHeader()
    // Without a thread to read ahead, reading goes on between the blocks.
    let feed = team.pool.threads > 1 ? Feed(source: source, capacity: team.lanes.count * 2) : nil
    defer { feed?.close() }
    while true {
      // Taking parts that are there already is no waiting.
      let waits = feed?.isReady != true
      guard waits ? state.beginWaiting() : !state.isStopping else { break }
      let filled = feed.map { $0.take(into: team.lanes) } ?? (source.fill(&team.lanes[0].input) ? 1 : 0)
      if waits, !state.endWaiting() { park() }
      guard filled > 0 else { return try finish(.finished) }
      if let diagnostic = try team.process(filled) { return try finish(.stopped(diagnostic)) }
      observer.progressed(progress)
    }
    return try finish(.interrupted)
  }

  /// Asks a run on another thread to stop with whole records. When the run is waiting for input it is ended here and now, and the
  /// summary is returned: the caller must then end the program, since the run's own thread never comes back.
  /// Otherwise nil: the run ends by itself after the block at hand.
  public func interrupt() throws -> BatchSummary? {
    guard state.interrupt() else { return nil }
    return try finish(.interrupted)
  }

  /// A signal owns the run and ends the program.
  private func park() -> Never {
    while true { pause() }
  }

  private func writeHeader() throws {
    guard case .csv = settings.form else { return }
    let buffer = ByteBuffer()
    switch settings.level {
    case .message:
      ScoreRecord.writeCSVHeader(withText: settings.includesText, isExplained: settings.explains, to: buffer)
    case .conversation: ConversationRecord.writeCSVHeader(to: buffer)
    }
    try buffer.withBytes { try sink.write($0) }
  }

  /// Sequential: counts, repetitions, numbers. Returns the diagnostic that `strict` stops at, after the lane's messages.
  func admit(_ lane: Lane, strict: Bool) -> Diagnostic? {
    var stop: Diagnostic?
    for diagnostic in lane.input.noticed { observer.noticed(diagnostic) }
    for diagnostic in lane.input.report.diagnostics {
      if strict, diagnostic.severity == .malformed {
        stop = diagnostic
        break
      }
      observer.noticed(diagnostic)
    }
    if let failure = lane.input.failure {
      if case .malformed(let diagnostic) = failure { stop = stop ?? diagnostic } else { fail(failure) }
    }
    summary.reading.add(lane.input.report.counters)
    readerCounters = lane.input.readerCounters
    let removed = lane.removeDuplicates(&duplicates)
    summary.reading.duplicates += removed
    summary.reading.messages -= removed
    lane.firstOrdinal = nextOrdinal
    nextOrdinal += lane.batch.rows.count
    progress.messages += lane.batch.rows.count
    progress.bytes = lane.input.bytesRead
    return stop
  }

  private func fail(_ failure: TranscriptError) {
    summary.failures += 1
    observer.failed(failure)
  }

  /// Sequential: what the lanes made, in order; then the conversations that left memory.
  func write(_ lanes: ArraySlice<Lane>) throws {
    for lane in lanes {
      summary.counts.add(lane.counts)
      try lane.output.withBytes { bytes in
        if !bytes.isEmpty { try sink.write(bytes) }
      }
    }
    guard settings.level == .conversation else { return }
    for shard in shards { shard.takeDepartures(into: &departures) }
    try writeDepartures()
  }

  /// Several conversations can leave at one message; the order of their ids settles that.
  private func writeDepartures() throws {
    departures.sort { left, right in
      left.ordinal != right.ordinal
        ? left.ordinal < right.ordinal
        : left.record.conversationID.lexicographicallyPrecedes(right.record.conversationID)
    }
    for departure in departures {
      conversationWriter.write(departure.record)
      if conversationWriter.output.count >= 1 << 16 { try flushConversations() }
    }
    departures.removeAll(keepingCapacity: true)
    try flushConversations()
  }

  private func flushConversations() throws {
    summary.counts.add(conversationWriter.counts)
    conversationWriter.counts.reset()
    let output = conversationWriter.output
    defer { output.removeAll() }
    try output.withBytes { bytes in
      if !bytes.isEmpty { try sink.write(bytes) }
    }
  }

  private func finish(_ ending: BatchSummary.Ending) throws -> BatchSummary {
    summary.ending = ending
    summary.reading.add(readerCounters)
    var isPartial = true
    if case .finished = ending { isPartial = false }
    for shard in shards {
      summary.conversations += shard.conversations
      summary.evictions += shard.evictions
      shard.takeRemaining(isPartial: isPartial, into: &departures)
    }
    try writeDepartures()
    state.end()
    return summary
  }
}
