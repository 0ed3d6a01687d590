// Numbers as records carry them. The rule is fixed, so that equal values give equal bytes everywhere: rounded half away from
// zero, at most so many decimals, trailing zeros cut, always a digit before the point.
extension ByteBuffer {
  /// Appends an integer in decimal digits.
  public func append(integer value: Int) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(magnitude: value.magnitude)
  }

  /// Appends a probability with at most 6 decimals; what lies outside 0…1 is clamped, and NaN is written as 0.
  public func append(probability value: Double) {
    var pen = BytePen(room(for: 8 + BytePen.slack))
    pen.put(probability: value, DigitTable.shared)
    advance(to: pen)
  }

  /// Appends a logit with at most 4 decimals. A value that rounds to zero has no sign; NaN is written as 0.
  public func append(logit value: Double) {
    let limited = value.isNaN ? 0 : max(-1e12, min(1e12, value))
    let units = UInt((limited.magnitude * 10_000).rounded())
    if limited < 0, units > 0 { append(UInt8(ascii: "-")) }
    append(units: units, decimals: 4)
  }

  /// Appends `units / 10^decimals` with trailing zeros cut.
  private func append(units: UInt, decimals: Int) {
    var scale: UInt = 1
    for _ in 0..<decimals { scale &*= 10 }
    append(magnitude: units / scale)
    var rest = units % scale
    guard rest > 0 else { return }
    var length = decimals
    while rest % 10 == 0 {
      rest /= 10
      length -= 1
    }
    let start = room(for: length + 1)
    start[0] = UInt8(ascii: ".")
    var position = length
    while position > 0 {
      start[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      position &-= 1
    }
    advance(by: length + 1)
  }

  private func append(magnitude value: UInt) {
    var length = 1
    var rest = value / 10
    while rest > 0 {
      length &+= 1
      rest /= 10
    }
    let start = room(for: length)
    rest = value
    var position = length
    while position > 0 {
      position &-= 1
      start[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    advance(by: length)
  }
}
