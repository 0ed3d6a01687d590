import JagaBatch
import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaScoring
import JagaText
import JagaTranscripts
import TestSupport

/// A model made by hand: a few words with weights, so that what a message scores is known without training.
enum SampleModel {
  /// Words and what each adds to the move head, to its own label, and to the disclosure head, in logits. Weights are stored as quarters of that,
  /// since a row that speaks for a stage holds at most two logits a column; the scaling multiplies by four.
  private static let words: [(word: String, label: Label, move: Double, own: Double, disclosure: Double)] = [
    ("sendirian", .groomingAssessment, 4, 3, 0), ("rahasia", .groomingIsolation, 4, 3, 0),
    ("asal", .topupCondition, 5, 3, 0), ("foto", .topupRequest, 5, 3, 0), ("norek", .topupPayment, 4, 3, 0),
    ("takut", .benign, -1, 0, 7),
  ]

  static func bundle() throws -> [UInt8] {
    var rows: [UInt64: [Int16]] = [:]
    for entry in words {
      var row = [Int16](repeating: 0, count: Head.stride)
      row[Head.move] = Int16(entry.move * Double(Head.unitsPerLogit / 4))
      row[Head.disclosure] = Int16(entry.disclosure * Double(Head.unitsPerLogit / 4))
      if entry.label.isMove { row[Int(entry.label.rawValue)] = Int16(entry.own * Double(Head.unitsPerLogit / 4)) }
      rows[FeatureExtractor.hash(.word, tokenHash(entry.word))] = row
    }
    var parameters = Parameters()
    for head in 0..<Head.count { parameters.priors[head] = Int32(-3 * Head.unitsPerLogit / 4) }
    parameters.scalings = [Parameters.Scaling](
      repeating: Parameters.Scaling(slope: 4, intercept: 0), count: Head.count)
    var writer = BundleWriter()
    writer.add("text", TextTablesBuilder().build())
    let lexicon = try LexiconBuilder().build()
    writer.add("lexicon", lexicon)
    writer.add("rules", try RuleSetBuilder().build(over: try Lexicon(section: Section(copying: lexicon))))
    writer.add("weights", WeightTable.encode(rows: rows, lengthScale: WeightTable.lengthScale(pivot: 256, exponent: 0)))
    writer.add("parameters", parameters.encode())
    return writer.encode()
  }

  static func scorer() throws -> Scorer { Scorer(model: try Model.open(bytes: try bundle(), name: "sample")) }
}

/// Keeps what a run writes.
final class Collected: RecordSink, BatchObserver {
  var bytes: [UInt8] = []
  var diagnostics: [Diagnostic] = []
  var failures: [TranscriptError] = []
  var writes = 0
  /// Runs before each write.
  var beforeWrite: () throws -> Void = {}

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try beforeWrite()
    writes += 1
    self.bytes.append(contentsOf: bytes)
  }

  func noticed(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
  func failed(_ error: TranscriptError) { failures.append(error) }
  func progressed(_ progress: BatchProgress) {}

  var text: String { String(decoding: bytes, as: UTF8.self) }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: true) }
}

/// One run over lines, with everything at hand that it produced.
struct SampleRun {
  var settings = BatchSettings()
  var options = ReaderOptions()

  /// Runs over inputs given as bytes.
  func callAsFunction(_ inputs: [String]) throws -> (output: Collected, summary: BatchSummary) {
    let collected = Collected()
    let run = BatchRun(scorer: try SampleModel.scorer(), settings: settings, sink: collected, observer: collected)
    let sources = inputs.enumerated().map { TranscriptInput.bytes(Array($1.utf8), name: "\($0).jsonl") }
    return (collected, try run.process(sources, options: options))
  }
}
