// Text of strangers on a terminal: control characters, escape sequences and invisible direction marks must not act there.

/// The columns that a character takes on a terminal: 0, 1 or 2. An approximation of UAX #11 that needs no tables.
func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return 1 }
  switch value {
  case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x610...0x61A, 0x64B...0x65F, 0x6D6...0x6DC, 0xE31, 0xE34...0xE3A,
    0xE47...0xE4E, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200F, 0x2060...0x2064, 0x20D0...0x20FF,
    0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF:
    return 0
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// What stands for a character that must not reach a terminal: a blank for line breaks and tabs, U+FFFD for the rest.
package func displayed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
  case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
  default: scalar
  }
}

extension ByteBuffer {
  /// Appends a name in exactly `width` columns: shortened in the middle with `…`, or filled up with blanks.
  func append(name bytes: UnsafeBufferPointer<UInt8>, width: Int) {
    var scalars: [Unicode.Scalar] = []
    var total = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      scalars.append(displayed(scalar))
      total += displayWidth(scalars[scalars.count - 1])
    }
    if total > width {
      let tail = (width - 1) / 2
      var used = 0
      var last = scalars.count
      while last > 0, used + displayWidth(scalars[last - 1]) <= tail {
        last -= 1
        used += displayWidth(scalars[last])
      }
      var first = 0
      while first < last, used + displayWidth(scalars[first]) + 1 <= width {
        used += displayWidth(scalars[first])
        first += 1
      }
      scalars.replaceSubrange(first..<last, with: ["…"])
      total = used + 1
    }
    for scalar in scalars { append(scalar: scalar) }
    append(UInt8(ascii: " "), times: width - total)
  }

  /// Appends a constant, filled up with blanks to `width` columns.
  func append(_ text: StaticString, width: Int) {
    append(text)
    append(UInt8(ascii: " "), times: width - text.utf8CodeUnitCount)
  }

  /// Appends one character.
  func append(scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
  }

  /// Appends a probability with exactly three decimals, for people.
  public func append(rounded value: Double) {
    let thousandths = Int((min(max(value.isNaN ? 0 : value, 0), 1) * 1000).rounded())
    append(integer: thousandths / 1000)
    append(UInt8(ascii: "."))
    let rest = thousandths % 1000
    append(UInt8(ascii: "0") + UInt8(rest / 100))
    append(UInt8(ascii: "0") + UInt8(rest / 10 % 10))
    append(UInt8(ascii: "0") + UInt8(rest % 10))
  }

  /// Appends a logit with a sign and exactly two decimals, for people.
  public func append(signed value: Double) {
    let limited = value.isNaN ? 0 : max(-1e9, min(1e9, value))
    let hundredths = Int((limited.magnitude * 100).rounded())
    append(limited < 0 && hundredths > 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(integer: hundredths / 100)
    append(UInt8(ascii: "."))
    append(UInt8(ascii: "0") + UInt8(hundredths / 10 % 10))
    append(UInt8(ascii: "0") + UInt8(hundredths % 10))
  }
}
