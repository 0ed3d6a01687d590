/// Steps through bytes; the small parsers of dates and headers are written on it.
struct ByteCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var atEnd: Bool { position >= bytes.count }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[min(position, bytes.count)...]) }

  mutating func advance(_ count: Int = 1) { position += count }

  /// Steps over one byte if it is there.
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// Steps over ASCII text if it is there, upper case read as lower case.
  mutating func take(lowercased text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for index in 0..<count where asciiLowercased(bytes[position + index]) != text.utf8Start[index] { return false }
    position += count
    return true
  }

  /// Steps over blanks, the no-break spaces U+00A0 and U+202F among them. Returns how many.
  @discardableResult
  mutating func skipSpaces() -> Int {
    var count = 0
    while true {
      let width = spaceWidth
      if width == 0 { return count }
      position += width
      count += 1
    }
  }

  private var spaceWidth: Int {
    guard let byte = peek else { return 0 }
    if byte == 0x20 || byte == 0x09 { return 1 }
    if byte == 0xC2, position + 1 < bytes.count, bytes[position + 1] == 0xA0 { return 2 }
    if byte == 0xE2, position + 2 < bytes.count, bytes[position + 1] == 0x80, bytes[position + 2] == 0xAF { return 3 }
    return 0
  }

  /// Reads that many digits and no fewer.
  mutating func digits(exactly count: Int) -> Int? {
    guard bytes.count - position >= count else { return nil }
    var value = 0
    for index in 0..<count {
      let digit = bytes[position + index] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    position += count
    return value
  }

  /// Steps over digits. Returns how many.
  mutating func skipDigits() -> Int {
    let begin = position
    while let byte = peek, byte &- 48 < 10 { position += 1 }
    return position - begin
  }

  /// Reads 1 to `most` digits, at most 18; nil when there are none or more.
  mutating func digits(upTo most: Int) -> (value: Int, count: Int)? {
    var value = 0
    var count = 0
    while let byte = peek, byte &- 48 < 10 {
      guard count < most else { return nil }
      value = value * 10 + Int(byte &- 48)
      count += 1
      position += 1
    }
    return count > 0 ? (value, count) : nil
  }

  /// Reads the digits of a fraction and returns the first `places` of them, padded with zeros.
  mutating func fraction(places: Int) -> Int? {
    var value = 0
    var count = 0
    while let byte = peek, byte &- 48 < 10 {
      if count < places { value = value * 10 + Int(byte &- 48) }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    while count < places {
      value *= 10
      count += 1
    }
    return value
  }
}

/// A–Z to a–z.
@inline(__always)
func asciiLowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

extension UnsafeBufferPointer<UInt8> {
  /// A part of it, as a buffer of its own.
  func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: self[range]) }

  /// Without ASCII white space at both ends.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = count
    while low < high, self[low] <= 0x20 { low += 1 }
    while high > low, self[high - 1] <= 0x20 { high -= 1 }
    return part(low..<high)
  }

  /// True when the bytes are exactly this text.
  func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != text.utf8Start[index] { return false }
    return true
  }
}
