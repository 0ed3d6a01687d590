import JagaCore
import JagaTranscripts

@testable import JagaEvaluation

/// Small gold and predictions by hand.
enum Sample {
  static func gold(_ lines: String..., keepsText: Bool = false, asksQuestions: Bool = true) throws -> GoldTable {
    try GoldTable(
      GoldSources(
        files: [.bytes(Array(lines.joined(separator: "\n").utf8), name: "gold.jsonl")], keepsText: keepsText,
        asksQuestions: asksQuestions))
  }

  static func predictions(
    _ gold: GoldTable, _ lines: String..., missing: PredictionTable.Missing = .error
  ) throws -> PredictionTable {
    try PredictionTable(
      .bytes(Array(lines.joined(separator: "\n").utf8), name: "p.jsonl"), gold: gold, missing: missing)
  }

  /// The fixture files.
  static func fixture() throws -> (gold: GoldTable, predictions: PredictionTable) {
    let gold = try GoldTable(GoldSources(files: [.file(try Golden.path("gold.jsonl"))]))
    return (gold, try PredictionTable(.file(try Golden.path("predictions.jsonl")), gold: gold))
  }

  static func options(resamples: Int = 0, threads: Int = 1) -> EvaluationOptions {
    var options = EvaluationOptions()
    options.resamples = resamples
    options.threads = threads
    return options
  }
}

/// The sentence of the error that `body` ends in, or nothing.
func sentence(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}
