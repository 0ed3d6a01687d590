internal import Glibc
internal import JagaCore
public import JagaScoring
public import JagaTranscripts

/// One run over inputs: read, score in parallel, write in input order.
///
///     let run = BatchRun(scorer: scorer, settings: BatchSettings(), sink: sink, observer: observer)
///     let summary = try run.process([.file("chat.jsonl")], options: ReaderOptions())
///
/// A part of the input goes through five steps: decode and assess (any order), drop repetitions (in order), conclude (by shards
/// of conversations, each in order), make records (any order), write (in order). What is written depends on the
/// input and the settings alone: not on the number of threads, the size of parts or the speed of the input.
///
/// With one thread everything happens on the calling thread, part by part; with more, a ``Pipeline`` shares the steps out.
/// Memory: a fixed number of parts and the conversations up to the capacity; nothing grows with the input.
public final class BatchRun: @unchecked Sendable {
  let scorer: Scorer
  let settings: BatchSettings
  let sink: any RecordSink
  let observer: any BatchObserver
  let state = RunState()
  /// What the threads of a run share their steps out under.
  let lock = ConditionLock()
  let shards: [ShardConcluder]
  private let conversationWriter: ConversationWriter
  // What follows is for the steps that go part after part.
  var reading = ReadCounters()
  var counts = ScoreCounts()
  var failures = 0
  var progress = BatchProgress()
  var duplicates = DuplicateFilter()
  var nextOrdinal = 0
  /// The latest state of what the reader counts itself.
  var readerCounters = ReadCounters()
  /// Where the reader was after the last part that was admitted.
  var position = ReaderPosition()
  var checkpoints: CheckpointTimer?
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
  ///
  /// With `checkpoints` the run saves where it is from time to time, and begins where ``CheckpointPlan/start`` says.
  public func process(
    _ inputs: [TranscriptInput], format: TranscriptFormat? = nil, options: ReaderOptions = ReaderOptions(),
    checkpoints plan: CheckpointPlan? = nil
  ) throws -> BatchSummary {
    duplicates = DuplicateFilter(window: options.duplicateWindow)
    if let start = plan?.start { try restore(start) } else { try writeHeader() }
    if let plan {
      checkpoints = CheckpointTimer(plan)
      if plan.start == nil { try saveCheckpoint() }
    }
    observer.progressed(progress)
    let source = PartSource(inputs: inputs, format: format, options: options, from: position)
    let threads = max(settings.threads, 1)
    let team = try Team(run: self, threads: threads, options: options)
    if threads > 1 {
      let pipeline = Pipeline(run: self, team: team, source: source, strict: options.strict, threads: threads)
      if let ending = try pipeline.process() { return try finish(ending) }
    }
    return try finish(try processAlone(team, source, strict: options.strict))
  }

  /// Part by part, on this thread. Each is written before the next one is waited for.
  private func processAlone(_ team: Team, _ source: PartSource, strict: Bool) throws -> BatchSummary.Ending {
    let lane = team.lanes[0]
    while state.beginWaiting() {
      let isFilled = source.fill(&lane.input)
      if !state.endWaiting() { park() }
      guard isFilled else { return .finished }
      team.decode(lane, worker: 0)
      let stop = admit(lane, strict: strict)
      team.assess(lane, worker: 0)
      team.conclude(lane, shards: 0..<ShardConcluder.count)
      team.record(lane, worker: 0)
      try write(lane)
      if let stop { return .stopped(stop) }
      if isCheckpointDue { try saveCheckpoint() }
    }
    return .interrupted
  }

  /// Asks a run on another thread to stop with whole records. When the run is waiting for input it is ended here and now, and the
  /// summary is returned: the caller must then end the program, since the run's own thread never comes back.
  /// Otherwise nil: the run ends by itself after the parts at hand.
  public func interrupt() throws -> BatchSummary? {
    guard state.interrupt() else {
      // Those that wait for a step look again.
      lock.locked {}
      return nil
    }
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
    reading.add(lane.input.report.counters)
    readerCounters = lane.input.readerCounters
    position = lane.input.position
    checkpoints?.noteNews()
    let removed = lane.removeDuplicates(&duplicates)
    reading.duplicates += removed
    reading.messages -= removed
    lane.firstOrdinal = nextOrdinal
    nextOrdinal += lane.batch.rows.count
    progress.messages += lane.batch.rows.count
    progress.bytes = lane.input.bytesRead
    return stop
  }

  private func fail(_ failure: TranscriptError) {
    failures += 1
    observer.failed(failure)
  }

  /// Sequential: what the lane made; then the conversations that left memory at its messages.
  func write(_ lane: Lane) throws {
    counts.add(lane.counts)
    try lane.output.withBytes { bytes in
      if !bytes.isEmpty { try sink.write(bytes) }
    }
    if settings.level == .conversation {
      lane.takeDepartures(into: &departures)
      try writeDepartures()
    }
    observer.progressed(progress)
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
    counts.add(conversationWriter.counts)
    conversationWriter.counts.reset()
    let output = conversationWriter.output
    defer { output.removeAll() }
    try output.withBytes { bytes in
      if !bytes.isEmpty { try sink.write(bytes) }
    }
  }

  private func finish(_ ending: BatchSummary.Ending) throws -> BatchSummary {
    var isPartial = true
    if case .finished = ending { isPartial = false }
    // What follows belongs to this ending alone: a run that goes on later goes on from here.
    if case .interrupted = ending, checkpoints != nil { try saveCheckpoint() }
    var summary = BatchSummary()
    summary.ending = ending
    for shard in shards {
      summary.conversations += shard.conversations
      summary.evictions += shard.evictions
      shard.takeRemaining(isPartial: isPartial, into: &departures)
    }
    try writeDepartures()
    reading.add(readerCounters)
    summary.reading = reading
    summary.counts = counts
    summary.failures = failures
    state.end()
    return summary
  }
}
