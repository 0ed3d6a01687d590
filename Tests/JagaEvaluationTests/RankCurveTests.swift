import Testing

import TestSupport

@testable import JagaEvaluation

@Suite struct RankCurveTests {
  /// Scores with ties, and truth that follows them loosely.
  private func sample(_ count: Int, levels: Int, seed: UInt64) -> (scores: [Double], positive: [Bool]) {
    var dice = Dice(seed: seed)
    var scores: [Double] = []
    var positive: [Bool] = []
    for _ in 0..<count {
      let score = Double(dice.below(levels)) / Double(levels)
      scores.append(score)
      positive.append(Double(dice.below(1000)) / 1000 < score * score)
    }
    return (scores, positive)
  }

  @Test func byHand() {
    let curve = RankCurve(.roc, scores: [0.1, 0.4, 0.35, 0.8], positive: [false, false, true, true])
    #expect(curve.points.map(\.x) == [0, 0, 0.5, 0.5, 1])
    #expect(curve.points.map(\.y) == [0, 0.5, 0.5, 1, 1])
    #expect(curve.points.map(\.score) == [.infinity, 0.8, 0.4, 0.35, 0.1])
    #expect(curve.area == 0.75)
    let steps = RankCurve(.precisionRecall, scores: [0.1, 0.4, 0.35, 0.8], positive: [false, false, true, true])
    #expect(steps.points.map(\.x) == [0.5, 1])
    #expect(steps.points.map(\.y) == [1, 2.0 / 3])
    #expect(abs(steps.area - 5.0 / 6) < 1e-15)
    #expect(steps.corners.map(\.x) == [0, 0.5, 0.5, 1])
  }

  /// The area under what is drawn is the area that is reported.
  @Test(arguments: [(12, 4), (500, 7), (3000, 1000), (20_000, 1_000_000)])
  func drawnAreaIsTheMeasure(count: Int, levels: Int) {
    for seed in 1...4 as ClosedRange<UInt64> {
      let (scores, positive) = sample(count, levels: levels, seed: seed)
      let areas = RankAreas(scores: scores, positive: positive)
      #expect(abs(RankCurve(.roc, scores: scores, positive: positive).area - areas.roc) < 1e-9, "seed \(seed)")
      #expect(
        abs(RankCurve(.precisionRecall, scores: scores, positive: positive).area - areas.averagePrecision) < 1e-9,
        "seed \(seed)")
    }
  }

  @Test func thinningKeepsTheArea() {
    for (seed, levels) in [(1 as UInt64, 1_000_000), (2, 5000), (3, 900)] {
      let (scores, positive) = sample(30_000, levels: levels, seed: seed)
      let roc = RankCurve(.roc, scores: scores, positive: positive)
      let thin = roc.thinned(to: 300)
      #expect(roc.points.count > 800)
      #expect((200...300).contains(thin.points.count))
      #expect(abs(thin.area - roc.area) < 0.001)
      #expect(thin.points.first == roc.points.first && thin.points.last == roc.points.last)
      let steps = RankCurve(.precisionRecall, scores: scores, positive: positive)
      let fewer = steps.thinned(to: 300)
      #expect((200...300).contains(fewer.points.count))
      #expect(abs(fewer.area - steps.area) < 1e-9)
      #expect(fewer.points.last?.x == 1)
      for curve in [thin, fewer] {
        #expect(zip(curve.points, curve.points.dropFirst()).allSatisfy { $0.x <= $1.x })
        #expect(curve.points.allSatisfy { (0...1).contains($0.x) && (0...1 + 1e-12).contains($0.y) })
      }
    }
  }

  @Test func fewPointsStayAsTheyAre() {
    let curve = RankCurve(.roc, scores: [0.2, 0.4, 0.4], positive: [false, true, false])
    #expect(curve.thinned(to: 10) == curve)
  }

  @Test func undefinedCurvesHaveNoPoints() {
    for (scores, positive) in [([Double](), [Bool]()), ([0.5], [true]), ([0.5], [false])] {
      let curve = RankCurve(.roc, scores: scores, positive: positive)
      #expect(curve.points.isEmpty)
      #expect(curve.area.isNaN)
    }
    #expect(RankCurve(.precisionRecall, scores: [0.5], positive: [false]).area.isNaN)
    #expect(RankCurve(.precisionRecall, scores: [0.5], positive: [true]).area == 1)
  }

  @Test(arguments: [(0.0, 0), (0.05, 1), (0.15, 3), (0.149999, 2), (0.3, 6), (0.35, 7), (0.999, 19), (1.0, 19)])
  func histogramBins(score: Double, bin: Int) {
    var histogram = ScoreHistogram()
    histogram.add(score, .move)
    #expect(histogram.counts[0].firstIndex(of: 1) == bin)
    #expect(histogram.total(.move) == 1 && histogram.total(.harmless) == 0)
  }

  /// Worked by hand: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
  @Test func wilson() {
    for (positives, all, low, high) in [
      (8, 10, 0.490162471537, 0.943317848546), (0, 10, 0, 0.277532799863),
      (10, 10, 0.722467200137, 1),
    ] {
      let bounds = Wilson.interval(positives, of: all)
      #expect(abs(bounds.low - low) < 1e-9 && abs(bounds.high - high) < 1e-9)
    }
    #expect(Wilson.interval(0, of: 0).low.isNaN)
  }
}
