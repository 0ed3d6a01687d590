package import JagaCore
import JagaScoring
package import JagaTranscripts

/// What happened to one transcript under a model that never saw its voice.
package struct TranscriptOutcome: Sendable {
  package let id: String
  package let label: TranscriptLabel?
  package let firstRisk: Int?
  /// The first message at which the conversation reached review.
  package let firstAlert: Int?
  package let band: Band
  package let top: Label
  package let supportNeeded: Bool
  /// The highest accumulated evidence, in logits.
  package let evidence: Double

  package var isRisky: Bool { if case .track = label { true } else { false } }
}

extension Trainer {
  /// Scores every transcript with the model of its fold, which never saw its voice, through the scorer itself.
  func transcriptsOutOfFold(_ folds: [FittedFold], scalings: [Parameters.Scaling]) throws -> [TranscriptOutcome] {
    try workers.tryMap(folds.count) { number, _ in
      try outcomes(of: folds[number].voices, fit: folds[number].fit, scalings: scalings)
    }.flatMap { $0 }
  }

  /// What a model of other voices says about the transcripts of a fold.
  func outcomes(of fold: Set<Int>, fit: FittedVoices, scalings: [Parameters.Scaling]) throws -> [TranscriptOutcome] {
    let voices = fold.sorted().map { corpus.voices[$0] }
    guard voices.contains(where: { !$0.transcripts.isEmpty }) else { return [] }
    return outcomes(of: voices, model: try Model.open(bytes: bundle(fit, scalings: scalings, card: ""), name: "fold"))
  }

  /// What a model says about the transcripts of some voices.
  func outcomes(of voices: [Voice], model: Model) -> [TranscriptOutcome] {
    let scorer = Scorer(model: model)
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    return voices.flatMap(\.transcripts).map {
      outcome(of: $0, scorer: scorer, workspace: workspace, assessment: assessment)
    }
  }

  private func outcome(
    of transcript: GoldTranscript, scorer: Scorer, workspace: ScoringWorkspace, assessment: Assessment
  ) -> TranscriptOutcome {
    var state = ConversationState()
    for message in transcript.messages {
      var text = message.text
      text.withUTF8 { workspace.assess($0, into: assessment) }
      _ = scorer.conclude(assessment, author: tokenHash(message.authorID), in: &state)
    }
    let summary = scorer.summary(of: state)
    return TranscriptOutcome(
      id: transcript.id, label: transcript.label, firstRisk: transcript.firstRisk, firstAlert: state.firstAlertIndex,
      band: summary.band, top: summary.top, supportNeeded: summary.supportNeeded,
      evidence: FixedMath.logit(summary.score) + options.conversation.offset)
  }
}
