import JagaBayes
import JagaCore

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

  /// True when the variant may see token features of a kind.
  func sees(_ kind: FeatureKind) -> Bool {
    switch kind {
    case .concept, .conceptPair, .asked, .answer: usesConcepts
    default: usesTokens
    }
  }

  /// True when single entries and rules get weights. Rules alone keep their declared votes: weights of single entries would be another learner.
  var seesMarks: Bool { usesRules && self != .rules }

  /// True when the variant may see declared votes.
  var seesVotes: Bool { usesRules }

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
