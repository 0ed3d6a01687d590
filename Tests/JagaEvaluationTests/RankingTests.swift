import TestSupport
import Testing

@testable import JagaEvaluation

@Suite struct RankingTests {
  /// The four pairs of scikit-learn's own example: three won.
  @Test func handComputedAreas() {
    let areas = RankAreas(scores: [0.1, 0.4, 0.35, 0.8], positive: [false, false, true, true])
    #expect(areas.roc == 0.75)
    // From the top: P = 1 at R = 1/2, P = 2/3 at R = 1.
    #expect(isSame(areas.averagePrecision, 0.5 + 0.5 * 2 / 3))
    // All tied: every pair half won; one threshold with precision 2/5.
    let tied = RankAreas(scores: [0.5, 0.5, 0.5, 0.5, 0.5], positive: [true, false, false, true, false])
    #expect(tied.roc == 0.5)
    #expect(tied.averagePrecision == 0.4)
  }

  @Test func undefinedWithoutBothKinds() {
    let none = RankAreas(scores: [], positive: [])
    #expect(none.roc.isNaN && none.averagePrecision.isNaN)
    let positives = RankAreas(scores: [0.2, 0.3], positive: [true, true])
    #expect(positives.roc.isNaN)
    #expect(positives.averagePrecision == 1)
    let others = RankAreas(scores: [0.2, 0.3], positive: [false, false])
    #expect(others.roc.isNaN && others.averagePrecision.isNaN)
    #expect(Calibration(probabilities: [], positive: []).error(debiased: true).isNaN)
    #expect(Calibration(probabilities: [], positive: []).brier.isNaN)
  }

  @Test func equalsScikitLearnOnceAndResampled() throws {
    for row in try Golden.load("measures-golden", as: Golden.Measures.self).cases {
      let items = RankedItems(scores: row.scores, positive: row.positive)
      let once = items.once { figures(items, $0) }
      let weights = ItemWeights(capacity: items.count)
      row.repeats.withUnsafeBufferPointer { repeats in
        if let base = repeats.baseAddress { weights.gather(items, base) }
      }
      for (found, expected, kind) in [(once, row.once, "once"), (figures(items, weights), row.repeated, "repeated")] {
        for (name, value) in found {
          let wanted = try #require(expected[name])
          #expect(isSame(value, wanted), "\(row.name), \(kind), \(name): \(value), not \(String(describing: wanted))")
        }
      }
    }
  }

  private func figures(_ items: RankedItems, _ weights: ItemWeights) -> [String: Double] {
    let areas = items.areas(weights)
    let calibration = items.calibration(weights)
    return [
      "roc_auc": areas.roc, "pr_auc": areas.averagePrecision, "brier": calibration.brier,
      "ece": calibration.error(debiased: false), "ece_debiased": calibration.error(debiased: true),
    ]
  }

  /// What the list leaves out because its score is 0 counts as if it stood there, whatever the weights (seed 11).
  @Test func zerosLeftOutCountAsATie() {
    var dice = Dice(seed: 11)
    for _ in 0..<200 {
      let count = dice.below(40) + 1
      let scores = (0..<count).map { _ in Double(dice.below(4)) / 4 }
      let positive = (0..<count).map { _ in dice.chance(40) }
      let repeats = (0..<count).map { _ in UInt8(dice.below(3)) }
      let whole = RankedItems(scores: scores, positive: positive)
      var listed = RankedItems()
      for item in RankedItems.order(scores) where scores[Int(item)] > 0 {
        listed.append(
          scores[Int(item)], unit: item, tag: positive[Int(item)] ? RankedItems.Tag.positive : 0)
      }
      let weights = (ItemWeights(capacity: count), ItemWeights(capacity: count))
      repeats.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        weights.0.gather(whole, base)
        weights.1.gather(listed, base)
      }
      let positives = zip(repeats, positive).reduce(0) { $0 + ($1.1 ? Int($1.0) : 0) }
      let all = repeats.reduce(0) { $0 + Int($1) }
      let expected = whole.areas(weights.0)
      let found = listed.areas(weights.1, totals: (positives, all - positives))
      #expect(isSame(found.roc, expected.roc.isNaN ? nil : expected.roc))
      #expect(isSame(found.averagePrecision, expected.averagePrecision.isNaN ? nil : expected.averagePrecision))
    }
  }

  /// The area against harmless items is that of a list without the others (seed 12), weights included.
  @Test func againstHarmlessAlone() {
    var dice = Dice(seed: 12)
    for _ in 0..<200 {
      let count = dice.below(30) + 1
      let scores = (0..<count).map { _ in Double(dice.below(5)) / 5 }
      let kinds = (0..<count).map { _ in dice.pick([RankedItems.Tag.positive, RankedItems.Tag.harmless, 0]) }
      let repeats = (0..<count).map { _ in UInt8(dice.below(3)) }
      var items = RankedItems()
      for item in RankedItems.order(scores) { items.append(scores[Int(item)], unit: item, tag: kinds[Int(item)]) }
      let weights = ItemWeights(capacity: count)
      repeats.withUnsafeBufferPointer { if let base = $0.baseAddress { weights.gather(items, base) } }
      // The slow way: every pair.
      var won = 0.0
      var pairs = 0.0
      for left in 0..<count where kinds[left] == RankedItems.Tag.positive {
        for right in 0..<count where kinds[right] == RankedItems.Tag.harmless {
          let weight = Double(repeats[left]) * Double(repeats[right])
          pairs += weight
          won += weight * (scores[left] > scores[right] ? 1 : scores[left] == scores[right] ? 0.5 : 0)
        }
      }
      #expect(isSame(items.areas(weights).rocAgainstHarmless, pairs == 0 ? nil : won / pairs))
    }
  }

  @Test func reliabilityBinsHaveEqualMass() {
    let scores = (0..<32).map { Double($0) / 32 }
    let bins = Calibration(probabilities: scores, positive: scores.map { $0 > 0.5 }).bins
    #expect(bins.map(\.count) == [3, 3] + [Int](repeating: 2, count: 13))
    #expect(isSame(bins[0].said, 1.0 / 32))
    #expect(bins[0].found == 0 && bins[14].found == 1)
    // Fewer items than bins: one each, the rest are empty and undefined.
    let few = Calibration(probabilities: [0.2, 0.9], positive: [false, true])
    #expect(few.bins.map(\.count) == [1, 1] + [Int](repeating: 0, count: 13))
    #expect(few.bins[2].said.isNaN)
    // By hand: 1/2 · 0.2 + 1/2 · 0.1, and (0.04 + 0.01) / 2.
    #expect(isSame(few.error(debiased: false), 0.15))
    #expect(isSame(few.brier, 0.025))
  }

  @Test func quantilesAreThoseOfNumpy() throws {
    let golden = try Golden.load("measures-golden", as: Golden.Measures.self).quantiles
    for (point, expected) in zip(golden.points, golden.quantiles) {
      #expect(isSame(Quantile.of(sorted: golden.values, point), expected))
    }
    #expect(Quantile.of(sorted: [], 0.5).isNaN)
    #expect(Quantile.median([3, 1, 2, 10]) == 2.5)
    let weights: [UInt8] = [2, 0, 1, 3]
    let found = weights.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        Quantile.of(sorted: [1, 2, 3, 4], units: [0, 1, 2, 3], weights: $0, (0.25, 0.5, 0.75))
      }
    }
    // 1, 1, 3, 4, 4, 4.
    #expect(found?.0 == 1.5 && found?.1 == 3.5 && found?.2 == 4)
  }
}
