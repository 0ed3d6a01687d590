internal import JagaBatch
internal import JagaCore
public import JagaScoring
internal import JagaTranscripts

extension PredictionTable {
  /// Scores the gold with a model. It must have been read with ``GoldSources/keepsText``.
  ///
  /// Goes through the very records that `jaga score` writes, so that both ways give the same figures: probabilities of 6
  /// decimals, and no label below 0.05 but the largest. Cost: that of a batch run. Throws ``EvaluationError``.
  public init(gold: GoldTable, scorer: Scorer, threads: Int) throws {
    self.init(name: scorer.modelID, rows: gold.rows.count)
    var settings = BatchSettings()
    settings.threads = max(threads, 1)
    // Nothing is given up, however many conversations are interleaved.
    settings.conversationCapacity = max(settings.conversationCapacity, 64 * (gold.conversations.count + 1))
    var options = ReaderOptions()
    options.duplicateWindow = 0
    let collector = try RecordCollector(self)
    let run = BatchRun(scorer: scorer, settings: settings, sink: collector, observer: Silence())
    _ = try run.process([.bytes(gold.input, name: "gold.jsonl")], format: .jsonl, options: options)
    self = collector.table
    let found = lines.count { $0 != 0 }
    guard found == gold.rows.count else {
      throw EvaluationError.recordsLost(expected: gold.rows.count, found: found)
    }
  }
}

/// Takes records as they come; their message ids are rows. What is no row is a question.
private final class RecordCollector: RecordSink {
  var table: PredictionTable
  private let reader: PredictionReader

  init(_ table: PredictionTable) throws {
    self.table = table
    reader = try PredictionReader()
  }

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try reader.read(lines: bytes, file: "records") { prediction, line in
      guard let row = Int(prediction.messageID), table.scores.indices.contains(row) else { return }
      table.set(prediction, row: row, line: line)
    }
  }
}

/// The input is our own, so there is nothing to notice.
private final class Silence: BatchObserver {
  func noticed(_ diagnostic: Diagnostic) {}
  func failed(_ error: TranscriptError) {}
  func progressed(_ progress: BatchProgress) {}
}
