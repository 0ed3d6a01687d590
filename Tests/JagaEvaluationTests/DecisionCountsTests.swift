import Testing

@testable import JagaEvaluation

@Suite struct DecisionCountsTests {
  /// By hand: P = 8/10, R = 8/12, F1 = 16/22, F0.5 = 10/(10 + 1 + 2) , F3 = 80/(80 + 36 + 2).
  @Test func handComputedFractions() {
    let counts = DecisionCounts(truePositives: 8, falsePositives: 2, falseNegatives: 4, trueNegatives: 86)
    #expect(counts.precision == 0.8)
    #expect(counts.recall == 8.0 / 12)
    #expect(counts.falsePositiveRate == 2.0 / 88)
    #expect(isSame(counts.fBeta(1), 16.0 / 22))
    #expect(isSame(counts.fBeta(0.5), 10.0 / 13))
    #expect(isSame(counts.fBeta(3), 80.0 / 118))
    // r = 1/100: 0.01 · 2/3 / (0.01 · 2/3 + 0.99 · 1/44) = (2/300) / (2/300 + 99/4400).
    #expect(isSame(counts.precision(atBaseRate: 0.01), (2.0 / 300) / (2.0 / 300 + 99.0 / 4400)))
    // At the share that the items have, it is the precision.
    #expect(isSame(counts.precision(atBaseRate: 0.12), 0.8))
  }

  @Test func whatIsUndefinedIsNaNAndNeverZero() {
    let nothing = DecisionCounts(trueNegatives: 5)
    #expect(nothing.precision.isNaN && nothing.recall.isNaN && nothing.fBeta(1).isNaN)
    #expect(nothing.falsePositiveRate == 0)
    let silent = DecisionCounts(falseNegatives: 3, trueNegatives: 5)
    #expect(silent.precision.isNaN)
    #expect(silent.recall == 0 && silent.fBeta(1) == 0)
    let allGold = DecisionCounts(truePositives: 3)
    #expect(allGold.falsePositiveRate.isNaN && allGold.precision(atBaseRate: 0.1).isNaN)
    #expect(DecisionCounts.macro([nothing, nothing]) { $0.fBeta(1) }.isNaN)
    #expect(DecisionCounts.macro([], { $0.recall }).isNaN)
    // A class without gold and decisions is left out of the mean.
    #expect(DecisionCounts.macro([allGold, nothing, silent]) { $0.fBeta(1) } == 0.5)
  }

  /// PAN12's winner, problem 1: P .980, R .787, F0.5 .935 (200 of 204 retrieved, of 254).
  @Test func setsOfPAN12() {
    let relevant = Set(0..<254)
    let retrieved = Set(0..<200).union(1000..<1004)
    let counts = DecisionCounts(retrieved: retrieved, relevant: relevant)
    #expect(abs(counts.precision - 0.980) < 0.0005)
    #expect(abs(counts.recall - 0.787) < 0.0005)
    #expect(abs(counts.fBeta(0.5) - 0.935) < 0.001)
  }

  @Test func equalsScikitLearn() throws {
    let golden = try Golden.load("measures-golden", as: Golden.Measures.self)
    for row in golden.cases {
      let counts = DecisionCounts(retrieved: row.scores.map { $0 >= 0.5 }, relevant: row.positive)
      for (name, value) in [
        ("precision", counts.precision), ("recall", counts.recall), ("f1", counts.fBeta(1)),
        ("f0.5", counts.fBeta(0.5)), ("f3", counts.fBeta(3)), ("false_positive_rate", counts.falsePositiveRate),
      ] {
        let expected = try #require(row.decisions[name])
        #expect(isSame(value, expected), "\(row.name) \(name): \(value) instead of \(String(describing: expected))")
      }
    }
    let classes = (0..<5).map { column in
      DecisionCounts(
        retrieved: golden.averages.said.map { $0[column] }, relevant: golden.averages.gold.map { $0[column] })
    }
    let measures: [(String, (DecisionCounts) -> Double)] = [
      ("precision", { $0.precision }), ("recall", { $0.recall }), ("f1", { $0.fBeta(1) }), ("f0.5", { $0.fBeta(0.5) }),
      ("f3", { $0.fBeta(3) }),
    ]
    for (name, measure) in measures {
      #expect(isSame(measure(.micro(classes)), golden.averages.figures["micro"]?[name]), "micro \(name)")
      #expect(isSame(DecisionCounts.macro(classes, measure), golden.averages.figures["macro"]?[name]), "macro \(name)")
    }
  }

  @Test func confusionMatrix() throws {
    let golden = try Golden.load("measures-golden", as: Golden.Measures.self).confusion
    var matrix = ConfusionMatrix(names: ["a", "b", "c", "none"])
    for (gold, said) in zip(golden.gold, golden.said) { matrix.add(gold: gold, decided: said) }
    #expect(matrix.cells == golden.cells)
    #expect(matrix.total == 50)
    for item in 0..<4 {
      let counts = DecisionCounts(retrieved: golden.said.map { $0 == item }, relevant: golden.gold.map { $0 == item })
      #expect(matrix.counts(of: item) == counts)
    }
  }
}
