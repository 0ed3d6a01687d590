public import JagaCore
import JagaScoring

/// What a model that never saw a message's voice says about the message.
public struct HeldOutPrediction: Sendable {
  /// The message's id; `<transcript>#<index>` for a turn of a transcript.
  public let id: String
  /// The voice that wrote it.
  public let voice: String
  /// Probability of a move.
  public let score: Double
  /// The most likely move.
  public let top: Label
  /// Probability of a disclosure.
  public let disclosure: Double
}

/// A cross-validation over voices: each fold's voices are judged by a model of the others.
public struct CrossValidation: Sendable {
  /// Figures over all folds.
  public let report: TrainingReport
  /// Every labelled message, in the order of voices and files.
  public let predictions: [HeldOutPrediction]
}

extension Trainer {
  /// Cross-validates over the training and calibration voices of a folder. Test voices are never opened. The scaling is fitted to the
  /// held-out sums of all folds, so probabilities, unlike ranks, are slightly kind. Cost: one training a fold, two with transcripts.
  public static func crossValidate(corpora: String, lexicons: String, options: Options = Options()) throws
    -> CrossValidation
  {
    var corpus = try TrainingCorpus(directory: corpora)
    corpus.voices = (corpus.voices + corpus.calibration).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    corpus.calibration = []
    return try Trainer(corpus: corpus, sources: try compile(lexicons: lexicons), options: options).crossValidate()
  }

  private func crossValidate() throws -> CrossValidation {
    let sums = crossFit()
    let scalings = fitScalings(sums, of: observed)
    let predictions = zip(observed.messages, sums).filter { !$1.isEmpty }.map { message, row in
      let top = (0..<Label.moveCount).reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      return HeldOutPrediction(
        id: message.id, voice: observed.voices[message.voice],
        score: scalings[Head.move].probability(row[Head.move]), top: Label(rawValue: UInt8(top)) ?? .groomingContact,
        disclosure: scalings[Head.disclosure].probability(row[Head.disclosure]))
    }
    let report = TrainingReport(
      sums, observed: observed, scalings: scalings,
      transcripts: options.variant == .hybrid ? try transcriptsOutOfFold(scalings: scalings) : [],
      voices: "out of fold over voices")
    return CrossValidation(report: report, predictions: predictions)
  }
}
