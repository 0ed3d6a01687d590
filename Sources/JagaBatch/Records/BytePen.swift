internal import JagaCore

/// Writes into memory that has been made ready, without a check per byte.
///
///     var pen = BytePen(buffer.room(for: 6 * id.count + BytePen.slack))
///     pen.put(json: id)
///     buffer.advance(to: pen)
///
/// Whoever makes room counts what will be written at its longest, and ``slack`` on top, since the last step of a copy may
/// write past its end.
struct BytePen {
  /// What may be written past the last byte.
  static let slack = 16

  private(set) var position: UnsafeMutablePointer<UInt8>

  init(_ position: UnsafeMutablePointer<UInt8>) { self.position = position }

  /// One byte.
  @inline(__always)
  mutating func put(_ byte: UInt8) {
    position.pointee = byte
    position += 1
  }

  /// A constant of the program.
  @inline(__always)
  mutating func put(_ text: StaticString) {
    position.initialize(from: text.utf8Start, count: text.utf8CodeUnitCount)
    position += text.utf8CodeUnitCount
  }

  /// Bytes as they are.
  @inline(__always)
  mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    position.initialize(from: start, count: bytes.count)
    position += bytes.count
  }

  /// A fragment, copied with all of its room.
  @inline(__always)
  mutating func put(_ fragments: FragmentTable, _ index: Int) {
    position.initialize(from: fragments.base + index &* FragmentTable.stride, count: FragmentTable.stride)
    position += Int(fragments.lengths[index])
  }

  /// A probability with at most 6 decimals, trailing zeros cut; what lies outside 0…1 is clamped, and NaN is written as 0.
  /// Takes 8 bytes at most.
  @inline(__always)
  mutating func put(probability value: Double, _ digits: DigitTable) {
    let scaled = (value > 0 ? min(value, 1) : 0) * 1_000_000
    // Half away from zero: what is cut off is known without an error.
    var units = Int(scaled)
    if scaled - Double(units) >= 0.5 { units &+= 1 }
    guard units > 0, units < 1_000_000 else {
      put(units > 0 ? UInt8(ascii: "1") : UInt8(ascii: "0"))
      return
    }
    let high = units / 1000
    let low = units &- high &* 1000
    let raw = UnsafeMutableRawPointer(position)
    raw.storeBytes(of: UInt16(UInt8(ascii: "0")) | UInt16(UInt8(ascii: ".")) << 8, as: UInt16.self)
    raw.storeBytes(of: digits.base[high], toByteOffset: 2, as: UInt32.self)
    raw.storeBytes(of: digits.base[low], toByteOffset: 5, as: UInt32.self)
    // The fourth byte of an entry is the number of zeros at its end.
    let zeros = low > 0 ? digits.base[low] >> 24 : 3 &+ digits.base[high] >> 24
    position += 8 &- Int(zeros)
  }

  /// A JSON string, quotes included: `"`, `\` and the control characters are escaped, all else stands as it is. Takes six bytes
  /// for each byte at most, and two.
  @inline(__always)
  mutating func put(json bytes: UnsafeBufferPointer<UInt8>) {
    put(UInt8(ascii: "\""))
    put(escaping: bytes)
    put(UInt8(ascii: "\""))
  }

  /// The same without the quotes.
  @inline(__always)
  mutating func put(escaping bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    let from = UnsafeRawPointer(start)
    var index = 0
    while index < bytes.count {
      let step = min(bytes.count &- index, 8)
      let word = BytePen.load(from + index, step)
      if BytePen.needsEscape(word) {
        for place in index..<index &+ step { put(escaped: start[place]) }
      } else {
        UnsafeMutableRawPointer(position).storeBytes(of: word, as: UInt64.self)
        position += step
      }
      index &+= step
    }
  }

  /// One to eight bytes as a little-endian word, filled up with blanks; reads nothing beyond them.
  @inline(__always)
  private static func load(_ from: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count == 8 { return from.loadUnaligned(as: UInt64.self) }
    var word: UInt64
    if count >= 4 {
      // The two halves overlap in bytes that are equal.
      let low = UInt64(from.loadUnaligned(as: UInt32.self))
      let high = UInt64(from.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      word = low | high &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
    } else {
      let first = UInt64(from.load(as: UInt8.self))
      let middle = UInt64(from.load(fromByteOffset: count &>> 1, as: UInt8.self))
      let last = UInt64(from.load(fromByteOffset: count &- 1, as: UInt8.self))
      word = first | middle &<< UInt64((count &>> 1) &* 8) | last &<< UInt64((count &- 1) &* 8)
    }
    return word | 0x2020_2020_2020_2020 &<< UInt64(count &* 8)
  }

  /// True when one of eight bytes is a control character, a quote or a backslash.
  @inline(__always)
  private static func needsEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let control = (word &- 0x2020_2020_2020_2020) & ~word
    let quote = word ^ 0x2222_2222_2222_2222
    let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
    let found = control | ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash)
    return found & 0x8080_8080_8080_8080 != 0
  }

  @inline(never)
  private mutating func put(escaped byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): put("\\\"")
    case UInt8(ascii: "\\"): put("\\\\")
    case 0x08: put("\\b")
    case 0x09: put("\\t")
    case 0x0A: put("\\n")
    case 0x0C: put("\\f")
    case 0x0D: put("\\r")
    case 0..<0x20:
      put("\\u00")
      put(BytePen.hexDigit(byte >> 4))
      put(BytePen.hexDigit(byte & 15))
    default: put(byte)
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ value &- 10
  }
}

/// The three digits of every number below 1000, leading zeros included, and in the fourth byte how many zeros end them
/// (of 000, three).
struct DigitTable: @unchecked Sendable {
  let base: UnsafePointer<UInt32>

  /// The one table; it lives as long as the process.
  static let shared = DigitTable()

  private init() {
    let made = UnsafeMutablePointer<UInt32>.allocate(capacity: 1000)
    for number in 0..<1000 {
      let digits = [number / 100, number / 10 % 10, number % 10]
      let zeros = digits.reversed().prefix { $0 == 0 }.count
      var entry = UInt32(zeros) << 24
      for (place, digit) in digits.enumerated() { entry |= UInt32(48 + digit) << UInt32(8 * place) }
      made[number] = entry
    }
    base = UnsafePointer(made)
  }
}
