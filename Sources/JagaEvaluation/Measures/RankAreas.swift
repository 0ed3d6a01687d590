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
    self = items.once { items.areas($0) }
  }

  init(roc: Double, rocAgainstHarmless: Double, averagePrecision: Double) {
    self.roc = roc
    self.rocAgainstHarmless = rocAgainstHarmless
    self.averagePrecision = averagePrecision
  }
}

extension RankedItems {
  /// Areas when items stand as often as `weights` says. Cost: a few additions and a division for each score of a positive item.
  ///
  /// `totals`: positive and other items in all, where those with the score 0 are not in the list.
  func areas(_ weights: ItemWeights, totals: (positive: Int, other: Int)? = nil) -> RankAreas {
    let each = weights.each
    let below = weights.below
    let all = Int(below[count])
    var mixedAbove = 0
    var mixedPlace = mixed.count
    func takeMixed(down to: UInt32) -> Int {
      var sum = 0
      while mixedPlace > Int(to) {
        mixedPlace &-= 1
        sum &+= Int(each[Int(mixed[mixedPlace])])
      }
      return sum
    }
    // Whole numbers, so that no order of adding matters: twice the pairs lost, a tie once.
    var lost = 0
    var lostToHarmless = 0
    var above = 0
    var precisionSum = 0.0
    var last = positives.count
    for number in ties.indices.reversed() {
      let tie = ties[number]
      let first = number > 0 ? Int(ties[number - 1].positives) : 0
      var positive = 0
      while last > first {
        last &-= 1
        positive &+= Int(each[Int(positives[last])])
      }
      mixedAbove &+= takeMixed(down: tie.mixedEnd)
      let mixedInside = takeMixed(down: tie.mixedBelow)
      let end = Int(below[Int(tie.end)])
      let other = end &- Int(below[Int(tie.begin)]) &- positive
      let othersAbove = all &- end &- above
      lost &+= positive &* (2 &* othersAbove &+ other)
      lostToHarmless &+= positive &* (2 &* (othersAbove &- mixedAbove) &+ other &- mixedInside)
      mixedAbove &+= mixedInside
      above &+= positive
      if positive > 0 {
        precisionSum += Double(positive) * Double(above) / Double(above &+ othersAbove &+ other)
      }
    }
    var others = all - above
    let harmless = others - mixedAbove - takeMixed(down: 0)
    var positive = above
    if let totals {
      // What is not in the list stands below all others, in one tie.
      let silent = totals.positive - positive
      lost += silent * (others + totals.other)
      positive = totals.positive
      others = totals.other
      if silent > 0 { precisionSum += Double(silent) * Double(positive) / Double(positive + others) }
    }
    func area(_ lost: Int, _ others: Int) -> Double {
      let pairs = 2 * positive * others
      return share(Double(pairs - lost), Double(pairs))
    }
    return RankAreas(
      roc: area(lost, others), rocAgainstHarmless: totals == nil ? area(lostToHarmless, harmless) : .nan,
      averagePrecision: share(precisionSum, Double(positive)))
  }

  /// The sum of squared differences between score and truth, and the positive items. Cost: one pass.
  func squares(_ weights: ItemWeights) -> (sum: Double, positives: Int) {
    let sums = sums(weights, 0..<count)
    return (sums.square, sums.positives)
  }
}
