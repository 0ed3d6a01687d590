public import JagaCore

/// What one reviewer said in one round.
public struct KeptDecision: Hashable, Sendable {
  /// Its number, in the order of decisions.
  public var number: Int
  /// The item.
  public var item: Int
  /// The round.
  public var round: ReviewRound
  /// Who decided.
  public var reviewer: String
  /// What was said.
  public var verdict: Verdict
  /// What the reviewer takes it for: the item's label or another for `confirm`, benign or another for `wrong`; nil when unsure.
  public var label: Label?
  /// When, in milliseconds since 1970.
  public var at: Int64
  /// The version of the item that was decided.
  public var itemVersion: Int

  /// Creates a decision.
  public init(
    number: Int, item: Int, round: ReviewRound, reviewer: String, verdict: Verdict, label: Label? = nil, at: Int64,
    itemVersion: Int
  ) {
    self.number = number
    self.item = item
    self.round = round
    self.reviewer = reviewer
    self.verdict = verdict
    self.label = label
    self.at = at
    self.itemVersion = itemVersion
  }
}

/// An appeal against what was decided.
public struct KeptAppeal: Hashable, Sendable {
  /// Its number, in the order of appeals.
  public var number: Int
  /// The item.
  public var item: Int
  /// Who appealed, or passed it on.
  public var by: String
  /// Why.
  public var reason: AppealReason
  /// When, in milliseconds since 1970.
  public var at: Int64

  /// Creates an appeal.
  public init(number: Int, item: Int, by: String, reason: AppealReason, at: Int64) {
    self.number = number
    self.item = item
    self.by = by
    self.reason = reason
    self.at = at
  }
}
