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
  let lengthScale: [Int32]
  let variant: LearnerVariant
  package let sections: LearnedSections

  init(
    learner: LogisticLearner, vocabulary: Vocabulary, lengthScale: [Int32], declaredVotes: [Int16],
    variant: LearnerVariant
  ) {
    self.variant = variant
    self.learner = learner
    self.vocabulary = vocabulary
    self.lengthScale = lengthScale
    sections = LearnedSections(
      learner, vocabulary: vocabulary, declaredVotes: declaredVotes, lengthScale: lengthScale)
  }

  /// The number of token features with weights.
  package var featureCount: Int { vocabulary.tokenFeatureCount }

  /// The heads' sums of a message, before scaling.
  func logits(of message: ObservedMessage) -> [Double] {
    var table = ExampleTable()
    table.append(
      features: variant.chosen(vocabulary.numbers(message.observation), of: vocabulary),
      votes: variant.votes(message.observation),
      scale: Double(lengthScale[min(message.observation.words, FeatureExtractor.windowTokens)]) / 65536,
      labels: message.labels, main: message.main, weight: 1, voice: message.voice)
    return learner.logits(table, row: 0, tokenFeatureCount: vocabulary.tokenFeatureCount)
  }
}
