public import JagaCore

/// A decision to be kept.
public struct DecisionDraft: Hashable, Sendable {
  /// The item.
  public var item: Int
  /// The version that the reviewer looked at. When it is not the item's any more, nothing is decided.
  public var itemVersion: Int
  /// Who decides; not empty.
  public var reviewer: String
  /// True when the reviewer may settle what two others disagree on.
  public var isAdmin: Bool
  /// What is said.
  public var verdict: Verdict
  /// Another label than the item's. Without it, `confirm` means the item's label and `wrong` means benign. `confirm` cannot have
  /// benign, nor `wrong` the item's own.
  public var label: Label?
  /// When, in milliseconds since 1970.
  public var now: Int64

  /// Creates a draft.
  public init(
    item: Int, itemVersion: Int, reviewer: String, isAdmin: Bool = false, verdict: Verdict, label: Label? = nil,
    now: Int64
  ) {
    self.item = item
    self.itemVersion = itemVersion
    self.reviewer = reviewer
    self.isAdmin = isAdmin
    self.verdict = verdict
    self.label = label
    self.now = now
  }
}

/// How a team reviews.
public struct ReviewPolicy: Hashable, Sendable {
  /// The share of items that somebody else decides as well, without seeing the first decision: 0…1.
  public var secondReviewShare: Double
  /// Another seed draws other items.
  public var seed: UInt64

  /// Creates a policy; one item in ten is reviewed twice.
  public init(secondReviewShare: Double = 0.1, seed: UInt64 = 0) {
    self.secondReviewShare = secondReviewShare
    self.seed = seed
  }

  /// True when the item of this number is drawn for a second review. The same number and seed always give the same answer.
  public func draws(item number: Int) -> Bool {
    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    var bits = (UInt64(bitPattern: Int64(number)) &+ seed) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Double(bits >> 11) * 0x1p-53 < secondReviewShare
  }
}
