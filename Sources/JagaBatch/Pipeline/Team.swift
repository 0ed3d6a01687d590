internal import JagaScoring
internal import JagaTranscripts

/// The working memory of a run's threads, decoders, workspaces and writers, and the steps that need no order.
final class Team: @unchecked Sendable {
  private struct Worker {
    let decoder: ChunkDecoder
    let workspace: ScoringWorkspace
    let writer: RecordWriter
  }

  let lanes: [Lane]
  /// True when records have to be made one after the other: a table's headings depend on the row before.
  let isTable: Bool
  /// Each thread uses the worker of its own number.
  private let workers: [Worker]
  private let shards: [ShardConcluder]

  init(run: BatchRun, threads: Int, options: ReaderOptions) throws(TranscriptError) {
    shards = run.shards
    var table: ScoreTable?
    if case .table(let style) = run.settings.form {
      table = ScoreTable(style: style, includesText: run.settings.includesText)
    }
    isTable = table != nil
    var workers: [Worker] = []
    for _ in 0..<threads {
      let workspace = ScoringWorkspace(run.scorer)
      let writer = RecordWriter(scorer: run.scorer, settings: run.settings, workspace: workspace, table: table)
      workers.append(Worker(decoder: try ChunkDecoder(options: options), workspace: workspace, writer: writer))
    }
    self.workers = workers
    let count = threads == 1 ? 1 : threads * max(run.settings.partsPerThread, 1)
    lanes = (0..<count).map { _ in Lane() }
  }

  func decode(_ lane: Lane, worker: Int) { lane.decode(with: workers[worker].decoder) }

  func assess(_ lane: Lane, worker: Int) { lane.assess(with: workers[worker].workspace) }

  /// Each shard takes its messages lane after lane, in order.
  func conclude(_ lane: Lane, shards range: Range<Int>) {
    for shard in range { shards[shard].conclude(lane, shard: shard) }
  }

  func record(_ lane: Lane, worker: Int) { workers[worker].writer.write(lane) }
}
