import JagaCore
import Testing

@testable import JagaTraining

@Suite struct PlattScalingTests {
  @Test func fitsAreThoseOfTheReference() throws {
    let golden = try Golden.load("platt-golden", as: Golden.PlattFigures.self)
    #expect(golden.cases.count == 8)
    for row in golden.cases {
      let fit = PlattScaling.fit(
        sums: row.sums, positive: row.positive, prevalence: row.prevalence, slopeRange: row.lowest...row.highest)
      #expect(abs(fit.slope - row.slope) < 1e-5, "\(row.name): \(fit.slope) instead of \(row.slope)")
      #expect(abs(fit.intercept - row.intercept) < 1e-5, "\(row.name): \(fit.intercept) instead of \(row.intercept)")
      if let other = row.scikitLearn {
        #expect(abs(fit.slope - other.slope) < 1e-4, "\(row.name)")
        #expect(abs(fit.intercept - other.intercept) < 1e-4, "\(row.name)")
      }
    }
  }

  @Test func theDefaultRangeIsAFifthToTwo() throws {
    let golden = try Golden.load("platt-golden", as: Golden.PlattFigures.self)
    for row in golden.cases where row.lowest == 0.2 {
      let fit = PlattScaling.fit(sums: row.sums, positive: row.positive, prevalence: row.prevalence)
      #expect(abs(fit.slope - row.slope) < 1e-5, "\(row.name)")
    }
  }

  @Test func aMissingClassLeavesSumsAsTheyAre() {
    for positive in [[true, true], [false, false], []] {
      let fit = PlattScaling.fit(sums: positive.map { _ in 3 }, positive: positive, prevalence: 0.25)
      #expect(fit == (1, 0))
    }
  }

  @Test func separableSumsKeepAFiniteSlope() {
    let fit = PlattScaling.fit(
      sums: [-3, -2, -1, 1, 2, 3], positive: [false, false, false, true, true, true], prevalence: nil,
      slopeRange: 0...100)
    #expect(fit.slope > 0.3 && fit.slope < 3)
    #expect(abs(fit.intercept) < 1e-6)
  }

  /// Classes far apart, few and many: the fit is no worse than leaving sums alone, and tells them apart. (Newton's step alone ran to the end of its range.)
  @Test(arguments: [(6, 2.0, 0.05), (12, 8.0, 0.073), (120, 20.0, 0.21), (40, 60.0, 0.5)] as [(Int, Double, Double)])
  func separableSumsAreToldApart(_ negatives: Int, _ distance: Double, _ prevalence: Double) {
    var random = DeterministicRandom(seed: 5)
    func noise() -> Double { Double(random.next() % 1000) / 500 - 1 }
    let positives = max(2, negatives / 10)
    let sums = (0..<negatives).map { _ in -distance + noise() } + (0..<positives).map { _ in distance + noise() }
    let positive = sums.map { $0 > 0 }
    let fit = PlattScaling.fit(sums: sums, positive: positive, prevalence: prevalence)
    let told = zip(sums, positive).map { (FixedMath.sigmoid(fit.slope * $0 + fit.intercept), $1) }
    #expect(told.allSatisfy { ($0 > 0.5) == $1 }, "\(fit)")
  }

  /// Where the sums say nothing, the fit gives back the prevalence asked for.
  @Test(arguments: [0.05, 0.25, 0.5, 0.9])
  func silentSumsGiveThePrevalence(_ prevalence: Double) {
    let positive = (0..<2000).map { $0 % 2 == 0 }
    let fit = PlattScaling.fit(sums: positive.map { _ in 0 }, positive: positive, prevalence: prevalence)
    #expect(abs(FixedMath.sigmoid(fit.intercept) - prevalence) < 0.002)
  }
}
