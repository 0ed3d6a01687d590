/// What the order of scores is worth, whatever the threshold.
public struct RankAreas: Hashable, Sendable {
  /// Area under the ROC curve: the chance that a positive item outranks another one, a tie counting one half (Mann and Whitney
  /// 1947). NaN without items of both kinds.
  public var roc: Double
  /// The same against harmless items alone, where some of the others are neither (disclosures, for moves).
  public var rocAgainstHarmless: Double
  /// Average precision: Σ (Rₙ − Rₙ₋₁)·Pₙ over distinct scores from the top, as scikit-learn's `average_precision_score`. NaN
  /// without positive items.
  public var averagePrecision: Double

  /// Areas of scored items; the arrays are of one length, scores not negative. Cost: sorts.
  ///
  ///     RankAreas(scores: [0.1, 0.4, 0.35, 0.8], positive: [false, false, true, true]).roc  // 0.75
  public init(scores: [Double], positive: [Bool]) {
    let items = RankedItems(scores: scores, positive: positive)
    self = items.once { items.areas(weights: $0) }
  }

  init(roc: Double, rocAgainstHarmless: Double, averagePrecision: Double) {
    self.roc = roc
    self.rocAgainstHarmless = rocAgainstHarmless
    self.averagePrecision = averagePrecision
  }
}

/// Sums while one walks down from the highest score, one step for each distinct score.
struct RankSums {
  private(set) var positives = 0
  private(set) var others = 0
  private var harmless = 0
  /// Twice the pairs won, ties once: whole numbers, so that no order of adding matters.
  private var won = 0
  private var wonAgainstHarmless = 0
  private var precisionSum = 0.0

  /// Takes the items of one score.
  @inline(__always)
  mutating func add(positive: Int, other: Int, harmless some: Int) {
    won &+= other &* (2 &* positives &+ positive)
    wonAgainstHarmless &+= some &* (2 &* positives &+ positive)
    positives &+= positive
    others &+= other
    harmless &+= some
    if positive > 0 { precisionSum += Double(positive) * Double(positives) / Double(positives &+ others) }
  }

  var areas: RankAreas {
    let all = Double(positives)
    return RankAreas(
      roc: share(Double(won), 2 * all * Double(others)),
      rocAgainstHarmless: share(Double(wonAgainstHarmless), 2 * all * Double(harmless)),
      averagePrecision: share(precisionSum, all))
  }
}

extension RankedItems {
  /// Areas when each item stands `weights` times; `weights` runs beside the items. Cost: one pass.
  ///
  /// `totals`: positive and other items in all, where those with the score 0 are not in the list.
  func areas(weights: UnsafePointer<UInt8>, totals: (positive: Int, other: Int)? = nil) -> RankAreas {
    var sums = RankSums()
    var positive = 0
    var other = 0
    var harmless = 0
    tags.withUnsafeBufferPointer { tags in
      var index = tags.count
      while index > 0 {
        index &-= 1
        let weight = Int(weights[index])
        let tag = tags[index]
        let isPositive = Int(tag & Tag.positive)
        positive &+= weight &* isPositive
        other &+= weight &* (1 &- isPositive)
        harmless &+= weight &* Int((tag & Tag.harmless) >> 1)
        guard tag & Tag.opensTie != 0 else { continue }
        sums.add(positive: positive, other: other, harmless: harmless)
        positive = 0
        other = 0
        harmless = 0
      }
    }
    if let totals {
      sums.add(positive: totals.positive - sums.positives, other: totals.other - sums.others, harmless: 0)
    }
    return sums.areas
  }

  /// The sum of squared differences between score and truth, each item standing `weights` times. Cost: one pass.
  func squares(weights: UnsafePointer<UInt8>) -> (sum: Double, positives: Int) {
    var sum = 0.0
    var positives = 0
    for index in values.indices {
      let isPositive = Int(tags[index] & Tag.positive)
      let distance = values[index] - Double(isPositive)
      sum += Double(weights[index]) * (distance * distance)
      positives += Int(weights[index]) * isPositive
    }
    return (sum, positives)
  }
}
