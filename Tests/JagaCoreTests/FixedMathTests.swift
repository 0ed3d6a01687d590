import Foundation
import JagaCore
import TestSupport
import Testing

/// Our own functions against the C library's, which are right to about one unit in the last place (2.2e-16).
@Suite struct FixedMathTests {
  @Test func exponentialIsWithinTwoInTenToTheFifteen() {
    var worst = (x: 0.0, error: 0.0)
    func check(_ x: Double) {
      let expected = Foundation.exp(x)
      let error = abs(FixedMath.exponential(x) - expected) / expected
      if error > worst.error { worst = (x, error) }
    }
    for step in -70_000...70_000 { check(Double(step) / 100) }
    for step in -4000...4000 { check(Double(step) * 1e-6) }
    let seed: UInt64 = 21
    var random = SplitMix64(seed: seed)
    for _ in 0..<100_000 { check(Double.random(in: -700...700, using: &random)) }
    #expect(worst.error < 2e-15, "x = \(worst.x), seed \(seed)")
  }

  @Test func exponentialAtTheEnds() {
    #expect(FixedMath.exponential(0) == 1)
    #expect(FixedMath.exponential(-0.0) == 1)
    #expect(FixedMath.exponential(709.001) == .infinity)
    #expect(FixedMath.exponential(.infinity) == .infinity)
    #expect(FixedMath.exponential(-708.001) == 0)
    #expect(FixedMath.exponential(-.infinity) == 0)
    #expect(FixedMath.exponential(.nan).isNaN)
    #expect(FixedMath.exponential(709).isFinite)
    #expect(FixedMath.exponential(-708) > 0)
  }

  @Test func logarithmIsWithinOneInTenToTheFourteen() {
    var relative = (x: 1.0, error: 0.0)
    var absolute = (x: 1.0, error: 0.0)
    func check(_ x: Double) {
      let expected = Foundation.log(x)
      let error = abs(FixedMath.logarithm(x) - expected)
      // Near 1 the logarithm itself goes to 0: there the absolute error counts.
      if abs(expected) > 0.1, error / abs(expected) > relative.error { relative = (x, error / abs(expected)) }
      if abs(expected) <= 0.1, error > absolute.error { absolute = (x, error) }
    }
    for step in 1...100_000 { check(Double(step) / 1000) }
    for exponent in -300...300 {
      for mantissa in [1, 1.1, 1.41421356, 1.4142135623730951, 1.42, 1.9999999, 5, 7.77] {
        check(mantissa * Foundation.pow(10, Double(exponent)))
      }
    }
    let seed: UInt64 = 22
    var random = SplitMix64(seed: seed)
    for _ in 0..<100_000 { check(Foundation.exp(Double.random(in: -700...700, using: &random))) }
    #expect(relative.error < 1e-14, "x = \(relative.x), seed \(seed)")
    #expect(absolute.error < 1e-15, "x = \(absolute.x), seed \(seed)")
  }

  @Test func logarithmAtTheEnds() {
    #expect(FixedMath.logarithm(1) == 0)
    #expect(FixedMath.logarithm(0) == -.infinity)
    #expect(FixedMath.logarithm(.infinity) == .infinity)
    #expect(FixedMath.logarithm(-1).isNaN)
    #expect(FixedMath.logarithm(-.infinity).isNaN)
    #expect(FixedMath.logarithm(.nan).isNaN)
    #expect(abs(FixedMath.logarithm(.leastNonzeroMagnitude) - Foundation.log(Double.leastNonzeroMagnitude)) < 1e-11)
  }

  @Test func powerIsWithinOneInTenToTheTwelve() {
    var worst = (base: 0.0, exponent: 0.0, error: 0.0)
    for baseStep in 1...200 {
      for exponentStep in -60...60 {
        let base = Double(baseStep) / 16
        let exponent = Double(exponentStep) / 4
        let expected = Foundation.pow(base, exponent)
        let error = abs(FixedMath.power(base, exponent) - expected) / expected
        if error > worst.error { worst = (base, exponent, error) }
      }
    }
    #expect(worst.error < 1e-12, "\(worst.base) to the \(worst.exponent)")
    #expect(FixedMath.power(7, 0) == 1)
    #expect(FixedMath.power(1, 1000) == 1)
  }

  @Test func sigmoidNeverFallsAndStaysBetweenZeroAndOne() {
    var previous = -1.0
    for step in -8_000_000...8_000_000 where step % 16 == 0 || abs(step) < 4000 {
      let x = Double(step) * 1e-4
      let value = FixedMath.sigmoid(x)
      guard value >= previous, value >= 0, value <= 1 else {
        Issue.record("sigmoid(\(x)) = \(value) after \(previous)")
        return
      }
      previous = value
    }
    #expect(FixedMath.sigmoid(-800) == 0)
    #expect(FixedMath.sigmoid(800) == 1)
    #expect(FixedMath.sigmoid(0) == 0.5)
  }

  /// Fixed-point logits are multiples of 2^-38; neighbours must not change places, wherever the reduction switches over.
  @Test func sigmoidNeverFallsBetweenNeighbours() {
    for turn in -60...60 {
      // The reduction of the exponential changes its exponent at odd multiples of ln 2 / 2.
      let centre = (Double(turn) + 0.5) * 0.6931471805599453
      var previous = 0.0
      for step in -200...200 {
        let x = centre + Double(step) * 0x1p-38
        let value = FixedMath.sigmoid(x)
        #expect(value >= previous, "x = \(x)")
        previous = value
      }
    }
  }

  @Test func sigmoidIsAccurateAndSymmetric() {
    var worst = 0.0
    for step in -30_000...30_000 {
      let x = Double(step) / 1000
      worst = max(worst, abs(FixedMath.sigmoid(x) - 1 / (1 + Foundation.exp(-x))))
      #expect(abs(FixedMath.sigmoid(x) + FixedMath.sigmoid(-x) - 1) < 1e-15)
    }
    #expect(worst < 1e-15)
  }

  @Test func logitUndoesSigmoid() {
    for step in -1000...1000 {
      let x = Double(step) / 100
      #expect(abs(FixedMath.logit(FixedMath.sigmoid(x)) - x) < 1e-11, "x = \(x)")
    }
    #expect(FixedMath.logit(0) == -.infinity)
    #expect(FixedMath.logit(0.5) == 0)
  }

  @Test(
    arguments: [
      (0, 0), (1, 1024), (-1, -1024), (0.5 / 1024, 1), (-0.5 / 1024, -1), (0.49 / 1024, 0), (31.99, 32758), (32, 32767),
      (-32, -32768), (1e9, 32767), (-1e9, -32768), (.infinity, 32767), (-.infinity, -32768), (.nan, 0),
    ] as [(Double, Int16)])
  func unitsRoundToNearestAndClamp(_ logit: Double, _ units: Int16) {
    #expect(FixedMath.units(logit) == units)
  }

  /// Four at a time: the same bits as one by one.
  @Test func fourSigmoidsAreTheSameBits() {
    var random = SplitMix64(seed: 21)
    var values: [Double] = [0, -0.0, 0.5, -0.5, 1e-300, 699.9, 700, -700, 745, -745, 1e300, .infinity, -.infinity]
    for _ in 0..<40_000 { values.append(Double.random(in: -40...40, using: &random)) }
    // Close to where the reduction goes from one whole number to the next.
    for whole in -900...900 { values.append((Double(whole) + 0.5) * 0.6931471805599453) }
    for _ in 0..<2_000 { values.append(Double.random(in: -750...750, using: &random)) }
    for index in stride(from: 0, to: values.count - 3, by: 1) {
      let four = FixedMath.sigmoid(SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3]))
      for lane in 0..<4 {
        #expect(four[lane].bitPattern == FixedMath.sigmoid(values[index + lane]).bitPattern, "\(values[index + lane])")
      }
    }
  }
}
