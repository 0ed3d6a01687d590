internal import JagaScoring
internal import JagaTranscripts

/// The threads of a run and their working memory: decoders, workspaces, writers, lanes.
final class Team {
  private struct Worker {
    let decoder: ChunkDecoder
    let workspace: ScoringWorkspace
    let writer: RecordWriter
  }

  /// Lets a job reach the workers' memory: each thread uses the worker of its own number.
  private struct Workers: @unchecked Sendable {
    let all: [Worker]
  }

  let pool: WorkerPool
  let lanes: [Lane]
  private let workers: Workers
  private let run: BatchRun
  private let strict: Bool
  private let isTable: Bool

  init(run: BatchRun, options: ReaderOptions) throws(TranscriptError) {
    self.run = run
    strict = options.strict
    pool = WorkerPool(threads: run.settings.threads)
    var table: ScoreTable?
    if case .table(let style) = run.settings.form {
      table = ScoreTable(style: style, includesText: run.settings.includesText)
    }
    isTable = table != nil
    var all: [Worker] = []
    for _ in 0..<pool.threads {
      let workspace = ScoringWorkspace(run.scorer)
      let writer = RecordWriter(scorer: run.scorer, settings: run.settings, workspace: workspace, table: table)
      all.append(Worker(decoder: try ChunkDecoder(options: options), workspace: workspace, writer: writer))
    }
    workers = Workers(all: all)
    let count = pool.threads == 1 ? 1 : pool.threads * max(run.settings.partsPerThread, 1)
    lanes = (0..<count).map { _ in Lane() }
  }

  /// Takes a block through all its steps. Returns the diagnostic that `strict` stops at.
  func process(_ filled: Int) throws -> Diagnostic? {
    pool.run(count: filled) { [lanes, workers] worker, item in lanes[item].decode(with: workers.all[worker].decoder) }
    var stop: Diagnostic?
    var admitted = 0
    while admitted < filled, stop == nil {
      stop = run.admit(lanes[admitted], strict: strict)
      admitted += 1
    }
    pool.run(count: admitted) { [lanes, workers] worker, item in lanes[item].assess(with: workers.all[worker].workspace)
    }
    pool.run(count: ShardConcluder.count) { [lanes, run, admitted] _, shard in
      for lane in lanes[0..<admitted] { run.shards[shard].conclude(lane, shard: shard) }
    }
    if isTable {
      // A table's headings depend on the row before: one writer, in order.
      for lane in lanes[0..<admitted] { workers.all[0].writer.write(lane) }
    } else {
      pool.run(count: admitted) { [lanes, workers] worker, item in workers.all[worker].writer.write(lanes[item]) }
    }
    try run.write(lanes[0..<admitted])
    return stop
  }
}
