public import JagaCore

/// How many are in which band under the first and under the second scorer.
public struct BandMatrix: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: Band.allCases.count * Band.allCases.count)

  /// Nothing counted.
  public init() {}

  /// How many moved from one band to another.
  public subscript(first: Band, second: Band) -> Int {
    get { counts[Int(first.rawValue) * Band.allCases.count + Int(second.rawValue)] }
    set { counts[Int(first.rawValue) * Band.allCases.count + Int(second.rawValue)] = newValue }
  }

  /// All that were counted.
  public var total: Int { counts.reduce(0, +) }

  /// Those of at least `review` under the second and less under the first: load that is added.
  public var newlyAtReview: Int { sum { $0 < .review && $1 >= .review } }

  /// Those of at least `review` under the first and less under the second.
  public var newlyQuiet: Int { sum { $0 >= .review && $1 < .review } }

  /// Those whose band changed.
  public var changed: Int { sum { $0 != $1 } }

  private func sum(_ isCounted: (Band, Band) -> Bool) -> Int {
    var sum = 0
    for first in Band.allCases {
      for second in Band.allCases where isCounted(first, second) { sum += self[first, second] }
    }
    return sum
  }
}

/// Changed messages of one stage or one cause.
public struct ChangeTally: Hashable, Sendable {
  /// In a higher band under the second scorer.
  public var raised = 0
  /// In a lower band.
  public var lowered = 0
  /// In the same band, with another stage or another word on disclosure.
  public var renamed = 0
  /// Newly at review or above.
  public var toReview = 0
  /// No longer at review.
  public var fromReview = 0

  /// All of them.
  public var total: Int { raised + lowered + renamed }

  mutating func add(_ change: ChangedMessage) {
    let (first, second) = (change.first.band, change.second.band)
    if second > first { raised += 1 } else if second < first { lowered += 1 } else { renamed += 1 }
    if first < .review, second >= .review { toReview += 1 }
    if first >= .review, second < .review { fromReview += 1 }
  }
}

/// Everything that a comparison counts.
public struct DifferenceCounts: Sendable {
  /// Messages by band.
  public internal(set) var messages = BandMatrix()
  /// Conversations by the highest band they reached.
  public internal(set) var conversations = BandMatrix()
  /// Messages about which the two say something else.
  public internal(set) var changed = 0
  /// Of these, same band and another stage.
  public internal(set) var otherStage = 0
  /// Messages that are a disclosure under the second only, and under the first only.
  public internal(set) var disclosures = (gained: 0, lost: 0)
  /// Conversations that need support under the second only, and under the first only.
  public internal(set) var support = (gained: 0, lost: 0)
  /// Changed messages by stage.
  public internal(set) var stages: [Label: ChangeTally] = [:]
  /// Changed messages by the source of their strongest reason.
  public internal(set) var causes: [String: ChangeTally] = [:]
}
