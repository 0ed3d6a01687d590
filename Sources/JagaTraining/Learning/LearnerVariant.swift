import JagaBayes
import JagaCore
import JagaScoring

/// What a learner may use. The default model is the hybrid; the others show what its parts are worth.
public enum LearnerVariant: String, CaseIterable, Sendable {
  /// Tokens, concepts, entries and rules, their weights learned with naive Bayes evidence as prior.
  case hybrid
  /// Naive Bayes evidence of tokens alone.
  case naiveBayes = "naive-bayes"
  /// Declared votes of entries and rules alone, under one learned factor a head.
  case rules
  /// Logistic regression over tokens alone.
  case logistic
  /// The hybrid without concepts and their pairs.
  case withoutConcepts = "without-concepts"
  /// The hybrid without entries and rules.
  case withoutRules = "without-rules"

  private var usesTokens: Bool { self != .rules }
  private var usesRules: Bool { self == .hybrid || self == .rules || self == .withoutConcepts }
  private var usesConcepts: Bool { self == .hybrid || self == .withoutRules }

  /// The features that the variant may see, of those that a message has.
  func chosen(_ features: [UInt32], of vocabulary: Vocabulary) -> [UInt32] {
    if self == .hybrid { return features }
    return features.filter { feature in
      // Rules alone keep their declared votes; weights of single entries would be another learner.
      guard Int(feature) < vocabulary.tokenFeatureCount else { return usesRules && self != .rules }
      switch vocabulary.kinds[Int(feature)] {
      case .concept, .conceptPair, .asked, .answer: return usesConcepts
      default: return usesTokens
      }
    }
  }

  /// The declared votes that the variant may see, in logits.
  func votes(_ observation: Observation) -> [Double] {
    guard usesRules else { return [Double](repeating: 0, count: Head.count) }
    return observation.votes.map { Double($0) / Double(Head.unitsPerLogit) }
  }

  /// The learner's settings for the variant.
  func adjusting(_ options: LogisticLearner.Options) -> LogisticLearner.Options {
    var adjusted = options
    switch self {
    case .naiveBayes:
      adjusted.epochs = 0
      adjusted.trust = 1
    case .logistic: adjusted.trust = 0
    default: break
    }
    return adjusted
  }
}
