import JagaBayes
import JagaCore
import JagaScoring

/// A learned model and how it did on voices that it had not seen.
public struct TrainedModel: Sendable {
  /// The bundle's bytes.
  public let bytes: [UInt8]
  /// Figures on voices that the weights never saw.
  public let report: TrainingReport
}

/// A learner with everything that its numbers refer to.
package struct FittedVoices: Sendable {
  let learner: LogisticLearner
  let vocabulary: Vocabulary
  let view: RowView
  package let sections: LearnedSections

  init(learner: LogisticLearner, vocabulary: Vocabulary, view: RowView, declaredVotes: [Int16]) {
    self.learner = learner
    self.vocabulary = vocabulary
    self.view = view
    sections = LearnedSections(
      learner, vocabulary: vocabulary, declaredVotes: declaredVotes, lengthScale: view.lengthScale)
  }

  /// The number of token features with weights.
  package var featureCount: Int { vocabulary.tokenFeatureCount }

  /// The heads' sums of a message, before scaling.
  func logits(of message: ObservedMessage) -> [Double] {
    learner.logits(view.row(of: message), row: 0, tokenFeatureCount: vocabulary.tokenFeatureCount)
  }
}
