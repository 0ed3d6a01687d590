/// One term of a score: where it lies in the message, what it speaks for, how much it adds.
public struct Evidence: Hashable, Sendable {
  /// Where it lies in the original text; nil for terms without a place (prior, conversation).
  public var range: SourceRange?
  /// What it speaks for.
  public var label: Label
  /// What it adds, in logits, after scaling.
  public var logit: Double
  /// Where it comes from: a kind of feature (`word`, `root`, `pair`, `skip-pair`, `edge`, `shape`, `characters`), `lexicon:ID` or
  /// `rule:ID` (with `overlay/` before an operator's), `prior`, `earlier-messages`, `conversation`, `base-rate`.
  public var source: String

  /// Creates a piece of evidence.
  public init(range: SourceRange?, label: Label, logit: Double, source: String) {
    self.range = range
    self.label = label
    self.logit = logit
    self.source = source
  }
}

/// One term of a head's sum, for the exact explanation.
public struct Contribution: Hashable, Sendable {
  /// The head it belongs to: a move's name, `move` or `disclosure`.
  public var head: String
  /// Where it lies in the original text; nil for terms without a place.
  public var range: SourceRange?
  /// What it adds, in logits, after scaling.
  public var logit: Double
  /// Where it comes from, as in ``Evidence/source``.
  public var source: String

  /// Creates a contribution.
  public init(head: String, range: SourceRange?, logit: Double, source: String) {
    self.head = head
    self.range = range
    self.logit = logit
    self.source = source
  }
}

/// The result for one message.
public struct MessageScore: Hashable, Sendable {
  /// Probability that the message is a move in any track.
  public var score: Double
  /// What a person should do about it.
  public var band: Band
  /// The most likely move.
  public var top: Label
  /// P(label), each at most ``score``, in the order of ``Label/moves``.
  public var labels: [Double]
  /// Probability of the disclosure head.
  public var disclosure: Double
  /// The language guess.
  public var language: Language
  /// Spans that speak for the top label; filled when asked for or from 0.5 on.
  public var evidence: [Evidence]
  /// Every term of every head reported; filled only when asked for.
  public var contributions: [Contribution]

  /// Creates a result.
  public init(
    score: Double, band: Band, top: Label, labels: [Double], disclosure: Double, language: Language,
    evidence: [Evidence] = [], contributions: [Contribution] = []
  ) {
    self.score = score
    self.band = band
    self.top = top
    self.labels = labels
    self.disclosure = disclosure
    self.language = language
    self.evidence = evidence
    self.contributions = contributions
  }
}

/// The state of a conversation after a message, or at its end.
public struct ConversationScore: Hashable, Sendable {
  /// Probability that the conversation holds an escalating pattern.
  public var score: Double
  /// What a person should do about it.
  public var band: Band
  /// The most likely move of the author with the highest evidence.
  public var top: Label
  /// True once somebody in it asked for help.
  public var supportNeeded: Bool

  /// Creates a conversation's result.
  public init(score: Double, band: Band, top: Label, supportNeeded: Bool) {
    self.score = score
    self.band = band
    self.top = top
    self.supportNeeded = supportNeeded
  }
}
