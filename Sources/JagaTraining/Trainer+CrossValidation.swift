public import JagaCore
import JagaScoring
import JagaTranscripts

/// What a model that never saw a message's voice says about the message.
public struct HeldOutPrediction: Sendable {
  /// The message's id; `<transcript>#<index>` for a turn of a transcript.
  public let id: String
  /// Its own id, and that of its conversation; nil for a message alone.
  public let messageID: String
  /// See ``messageID``.
  public let conversationID: String?
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
  /// What the inner folds chose, one an outer fold; empty when the cross-validation was not nested.
  public let folds: [TunedFold]

  /// Judges held-out sums, which the scalings turn into logits.
  init(
    _ sums: [[Double]], trainer: Trainer, scalings: [Parameters.Scaling], transcripts: [TranscriptOutcome],
    voices: String, folds: [TunedFold] = []
  ) {
    let observed = trainer.observed
    report = TrainingReport(sums, observed: observed, scalings: scalings, transcripts: transcripts, voices: voices)
    predictions = zip(observed.messages, sums).filter { !$1.isEmpty }.map { message, row in
      let top = (0..<Label.moveCount).reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      let name = trainer.corpus.voices[message.voice].name(of: message)
      return HeldOutPrediction(
        id: name.id, messageID: name.message, conversationID: name.conversation,
        voice: observed.voices[message.voice],
        score: scalings[Head.move].probability(row[Head.move]), top: Label(rawValue: UInt8(top)) ?? .groomingContact,
        disclosure: scalings[Head.disclosure].probability(row[Head.disclosure]))
    }
    self.folds = folds
  }
}

extension Trainer {
  /// Cross-validates over a corpus; test voices are never part of one. Without `tuning` the scaling is fitted to the held-out
  /// sums of all folds, so probabilities, unlike ranks, are slightly kind, and the cost is one training a fold; with it see
  /// ``TunedFold``.
  public static func crossValidate(
    _ source: CrossValidationSource, lexicons: String, options: Options = Options(), tuning: Tuning? = nil
  ) throws -> CrossValidation {
    let trainer = try Trainer(corpus: source.corpus(), sources: try compile(lexicons: lexicons), options: options)
    if let tuning { return try trainer.crossValidate(tuning: tuning, unit: source.unit) }
    let folds = trainer.fitFolds()
    let sums = trainer.crossFit(folds)
    let scalings = trainer.fitScalings(sums, of: trainer.observed)
    return CrossValidation(
      sums, trainer: trainer, scalings: scalings,
      transcripts: options.variant == .hybrid ? try trainer.transcriptsOutOfFold(folds, scalings: scalings) : [],
      voices: "out of fold over \(source.unit)s")
  }
}

extension Voice {
  /// The ids of a message: `<transcript>#<index>` for a turn of a transcript, its own, and that of its conversation unless it is alone.
  fileprivate func name(of message: ObservedMessage) -> (id: String, message: String, conversation: String?) {
    if message.turn >= 0 {
      let transcript = transcripts[Int(message.record)]
      let turn = transcript.messages[Int(message.turn)].messageID
      return ("\(transcript.id)#\(turn)", turn, transcript.id)
    }
    let gold = messages[Int(message.record)]
    return (gold.message.messageID, gold.message.messageID, gold.isAlone ? nil : gold.message.conversationID)
  }
}
