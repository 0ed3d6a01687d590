public import JagaCore
public import JagaLexicon
public import JagaText

/// A rule that holds in a message, and the tokens it rests on.
public struct RuleFinding: Hashable, Sendable {
  /// Index of the rule.
  public var rule: UInt32
  /// First token; equal to `end` when the rule rests on no tokens.
  public var begin: Int32
  /// One past the last token.
  public var end: Int32

  /// Creates a finding.
  @inlinable
  public init(rule: UInt32, begin: Int32, end: Int32) {
    self.rule = rule
    self.begin = begin
    self.end = end
  }
}

/// Which of up to 128 things that rules ask earlier messages for were seen in one message.
public struct HistoryMarks: Hashable, Sendable {
  /// Marks 0 to 63.
  public var low: UInt64 = 0
  /// Marks 64 to 127.
  public var high: UInt64 = 0
  /// No marks.
  @inlinable public init() {}
}

/// Compiled rules over one lexicon. One section of a model or overlay.
///
/// Evaluation has two steps, so that messages can be assessed in parallel and concluded in order:
/// ``evaluate(_:hits:into:pending:)`` needs the message alone; ``settle(_:history:into:)`` needs what came before.
public struct RuleSet: Sendable {
  /// Reads and checks a section; every entry index must exist in `lexicon`.
  public init(section: Section, lexicon: Lexicon) throws(SectionError) {}

  /// The number of rules.
  public var count: Int { 0 }

  /// The id of a rule (a copy).
  public func id(of rule: UInt32) -> String { "" }

  /// The votes of a rule: a row of ``Head/stride`` fixed-point values.
  public func votes(of rule: UInt32) -> UnsafeBufferPointer<Int16> { UnsafeBufferPointer(start: nil, count: 0) }

  /// Step one. Rules that hold go to `findings`; those that still need earlier messages go to `pending`.
  /// Returns the marks that this message leaves for later ones.
  public func evaluate(
    _ text: AnalyzedText, hits: [LexiconHit], into findings: inout [RuleFinding], pending: inout [RuleFinding]
  ) -> HistoryMarks { HistoryMarks() }

  /// Step two. Moves the pending rules whose conditions on earlier messages hold to `findings`.
  public func settle(_ pending: [RuleFinding], history: some RuleHistory, into findings: inout [RuleFinding]) {}
}

/// What a conversation remembers for rules: marks of the last messages, newest first, and whether the author is the same.
public protocol RuleHistory {
  /// The number of earlier messages remembered (at most ``RuleSet/historyDepth``).
  var count: Int { get }
  /// The marks of the message `age` steps back (1 = the one before).
  func marks(age: Int) -> HistoryMarks
  /// True when the message `age` steps back has the author of the current one.
  func isSameAuthor(age: Int) -> Bool
}

extension RuleSet {
  /// How many earlier messages a condition may reach back.
  public static let historyDepth = 12
}
