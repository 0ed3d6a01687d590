/// Elementary functions of our own, from basic IEEE operations only, so that every platform gives the same bits.
///
/// The C library's `exp` and `log` may differ in the last bit between versions, which would break "one result" and
/// training that is deterministic to the byte.
public enum FixedMath {
  /// e^x. Relative error below 2e-15 in -700…700; 0 below, infinity above.
  ///
  /// Reduction x = k·ln 2 + r with |r| ≤ ln 2 / 2, then a Taylor polynomial of degree 13.
  public static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709 { return .infinity }
    if x < -708 { return 0 }
    let scaled = (x * 1.4426950408889634).rounded(.toNearestOrAwayFromZero)
    let rest = (x - scaled * 0.693147180369123816490) - scaled * 1.90821492927058770002e-10
    var sum = 1.0
    var index = 13
    while index > 0 {
      sum = 1.0 + rest * sum / Double(index)
      index -= 1
    }
    return sum * Double(sign: .plus, exponent: Int(scaled), significand: 1)
  }

  /// ln x for positive x; -infinity at 0, NaN below. Relative error below 1e-14 away from 1.
  ///
  /// x = m·2^k with m in 0.7…1.42, then 2·artanh((m − 1)/(m + 1)) by its series.
  public static func logarithm(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    guard x > 0, x.isFinite else { return x > 0 ? x : .nan }
    var exponent = Int(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var sum = 0.0
    var power = 27
    while power > 0 {
      sum = sum * square + 1 / Double(power)
      power -= 2
    }
    return 2 * ratio * sum + Double(exponent) * 0.6931471805599453
  }

  /// base^exponent for positive bases.
  public static func power(_ base: Double, _ exponent: Double) -> Double { exponential(exponent * logarithm(base)) }

  /// 1 / (1 + e^−x), between 0 and 1.
  public static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exponential(-x)) }
    let value = exponential(x)
    return value / (1 + value)
  }

  /// Four times ``sigmoid(_:)-(Double)``, the same bits: the divisions of one run beside those of the others.
  public static func sigmoid(_ x: SIMD4<Double>) -> SIMD4<Double> {
    var rest = SIMD4<Double>()
    var power = SIMD4<Double>()
    var isPositive = SIMD4<Double>()
    for lane in 0..<4 {
      let value = x[lane]
      guard value.magnitude < 700 else {
        return SIMD4(sigmoid(x[0]), sigmoid(x[1]), sigmoid(x[2]), sigmoid(x[3]))
      }
      // e to the power of −|x|, reduced as in `exponential`; a tie is rounded away from zero.
      let negative = -value.magnitude
      let scaled = negative * 1.4426950408889634
      var whole = Int(scaled)
      if scaled - Double(whole) <= -0.5 { whole -= 1 }
      rest[lane] = (negative - Double(whole) * 0.693147180369123816490) - Double(whole) * 1.90821492927058770002e-10
      power[lane] = Double(bitPattern: UInt64(truncatingIfNeeded: whole &+ 1023) << 52)
      isPositive[lane] = value >= 0 ? 1 : 0
    }
    var sum = SIMD4<Double>(repeating: 1)
    var index = 13.0
    while index > 0 {
      sum = 1.0 + rest * sum / index
      index -= 1
    }
    let small = sum * power
    // 1 / (1 + e) or e / (1 + e).
    return (isPositive + (1.0 - isPositive) * small) / (1.0 + small)
  }

  /// ln(p / (1 − p)).
  public static func logit(_ probability: Double) -> Double { logarithm(probability / (1 - probability)) }

  /// The nearest fixed-point value of a logit, clamped to Int16.
  public static func units(_ logit: Double) -> Int16 {
    let value = (logit * Double(Head.unitsPerLogit)).rounded(.toNearestOrAwayFromZero)
    return Int16(max(-32768, min(32767, value.isNaN ? 0 : value)))
  }
}
