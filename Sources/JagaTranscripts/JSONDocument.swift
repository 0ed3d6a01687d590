internal import CSIMDJSON
internal import JagaCore

/// A node of a parsed document: a place on simdjson's tape (see its doc/tape.md). Valid until the next parse.
struct JSONNode {
  let tape: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>
  let index: Int

  enum Kind { case object, array, string, number, boolean, null }

  private var word: UInt64 { tape[index] }
  private var tag: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }
  private var payload: Int { Int(truncatingIfNeeded: word & 0x00FF_FFFF_FFFF_FFFF) }

  var kind: Kind {
    switch tag {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    default: .null
    }
  }

  private func at(_ index: Int) -> JSONNode { JSONNode(tape: tape, strings: strings, index: index) }

  /// The place after this value.
  private var next: Int {
    switch kind {
    case .object, .array: Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
    case .number: index + 2
    default: index + 1
    }
  }

  /// The bytes of a string, or nil.
  var string: UnsafeBufferPointer<UInt8>? {
    guard kind == .string else { return nil }
    let start = strings + payload
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }

  /// The value of a number, or nil.
  var number: Double? {
    switch tag {
    case UInt8(ascii: "l"): Double(Int64(bitPattern: tape[index + 1]))
    case UInt8(ascii: "u"): Double(tape[index + 1])
    case UInt8(ascii: "d"): Double(bitPattern: tape[index + 1])
    default: nil
    }
  }

  /// A whole number, or nil.
  var integer: Int? { tag == UInt8(ascii: "l") ? Int(Int64(bitPattern: tape[index + 1])) : nil }

  var isTrue: Bool { tag == UInt8(ascii: "t") }

  /// A string's or a number's text for an id; nil for anything else and for an empty string.
  func identifier() -> [UInt8]? {
    if let string { return string.isEmpty ? nil : Array(string) }
    switch tag {
    case UInt8(ascii: "l"): return Array("\(Int64(bitPattern: tape[index + 1]))".utf8)
    case UInt8(ascii: "u"): return Array("\(tape[index + 1])".utf8)
    case UInt8(ascii: "d"): return Array("\(Double(bitPattern: tape[index + 1]))".utf8)
    default: return nil
    }
  }

  /// The value of a key of an object; the last one when it stands twice.
  subscript(key: StaticString) -> JSONNode? {
    var found: JSONNode?
    forEachMember { name, value in
      if name.equals(key) { found = value }
    }
    return found?.kind == .null ? nil : found
  }

  func forEachMember(_ body: (UnsafeBufferPointer<UInt8>, JSONNode) -> Void) {
    guard kind == .object else { return }
    let end = next - 1
    var place = index + 1
    while place < end {
      let value = at(place + 1)
      if let name = at(place).string { body(name, value) }
      place = value.next
    }
  }

  /// The elements of an array, in order; none for anything else.
  var elements: Elements {
    guard kind == .array else { return Elements(node: self, place: 0, end: 0) }
    return Elements(node: self, place: index + 1, end: next - 1)
  }

  struct Elements: Sequence, IteratorProtocol {
    let node: JSONNode
    var place: Int
    let end: Int

    mutating func next() -> JSONNode? {
      guard place < end else { return nil }
      let element = node.at(place)
      place = element.next
      return element
    }
  }

  /// How many objects open on the tape before this place, from a place on; for finding its line in the source.
  static func objectsOpened(_ tape: UnsafePointer<UInt64>, from: Int, to: Int) -> Int {
    var count = 0
    var place = from
    while place < to {
      let tag = UInt8(truncatingIfNeeded: tape[place] >> 56)
      if tag == UInt8(ascii: "{") { count += 1 }
      place += tag == UInt8(ascii: "l") || tag == UInt8(ascii: "u") || tag == UInt8(ascii: "d") ? 2 : 1
    }
    return count
  }
}

/// Parses whole documents; what is repairable is repaired and told.
final class JSONDocument {
  private let parser: OpaquePointer
  private let owned: Bool
  private var repaired: [UInt8] = []
  private(set) var loneSurrogates = false
  private(set) var invalidUTF8 = false

  init() throws(TranscriptError) {
    guard let made = jaga_json_parser_create() else { throw .outOfMemory }
    parser = made
    owned = true
  }

  init(sharing parser: OpaquePointer) {
    self.parser = parser
    owned = false
  }

  deinit { if owned { jaga_json_parser_destroy(parser) } }

  /// Parses `count` bytes, after which there must be padding. Returns the root, or why there is none.
  func parse(_ bytes: UnsafePointer<UInt8>, count: Int) -> (root: JSONNode?, status: Int32) {
    loneSurrogates = false
    invalidUTF8 = false
    var (root, status) = parseOnce(bytes, count)
    if root != nil { return (root, status) }
    // simdjson refuses a lone surrogate like any wrong escape, bad bytes at once, and integers beyond 64 bits: repair a copy and try
    // again.
    let source = UnsafeBufferPointer(start: bytes, count: count)
    if isValidUTF8(source) {
      repaired = Array(source)
    } else {
      repaired = repairedUTF8(source)
      invalidUTF8 = true
    }
    let surrogates = replaceLoneSurrogates(&repaired)
    let integers = writeLongIntegersAsDecimals(&repaired)
    guard invalidUTF8 || surrogates || integers else { return (nil, status) }
    let length = repaired.count
    repaired.append(contentsOf: repeatElement(0, count: Chunk.padding))
    (root, status) = repaired.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return (nil, status) }
      return parseOnce(base, length)
    }
    loneSurrogates = surrogates
    return (root, status)
  }

  private func parseOnce(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (JSONNode?, Int32) {
    var tape: UnsafePointer<UInt64>?
    var strings: UnsafePointer<UInt8>?
    let status = jaga_json_parse(parser, bytes, count, &tape, &strings)
    guard status == JAGA_JSON_OK, let tape, let strings else { return (nil, status) }
    return (JSONNode(tape: tape, strings: strings, index: 1), status)
  }
}

/// Writes `\ufffd` over every escape of half a surrogate pair, in place and of the same length. Returns true if there were
/// any. Escapes occur inside strings only, so the rest of a well-formed document cannot match.
func replaceLoneSurrogates(_ bytes: inout [UInt8]) -> Bool {
  func unit(_ at: Int) -> UInt32? {
    guard at + 6 <= bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { return nil }
    var value: UInt32 = 0
    for index in at + 2..<at + 6 {
      let byte = asciiLowercased(bytes[index])
      if byte &- 48 < 10 {
        value = value << 4 | UInt32(byte &- 48)
      } else if byte &- 97 < 6 {
        value = value << 4 | UInt32(byte &- 87)
      } else {
        return nil
      }
    }
    return value
  }
  var found = false
  var index = 0
  while index < bytes.count {
    guard bytes[index] == 0x5C else {
      index += 1
      continue
    }
    guard let high = unit(index), (0xD800..<0xE000).contains(high) else {
      index += 2
      continue
    }
    if high < 0xDC00, let low = unit(index + 6), (0xDC00..<0xE000).contains(low) {
      index += 12
      continue
    }
    for (offset, byte) in "fffd".utf8.enumerated() { bytes[index + 2 + offset] = byte }
    found = true
    index += 6
  }
  return found
}

/// Writes `e0` behind every integer of more than 18 digits, so that it is read as a decimal: RFC 8259 sets no limit. Returns true if there
/// were any. Of a document that is not well formed it makes nothing that is.
func writeLongIntegersAsDecimals(_ bytes: inout [UInt8]) -> Bool {
  var ends: [Int] = []
  var inString = false
  var index = 0
  while index < bytes.count {
    switch bytes[index] {
    case 0x5C where inString: index += 1
    case 0x22: inString.toggle()
    case 0x30...0x39 where !inString:
      let start = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
      let goesOn = index < bytes.count && [0x2E, 0x65, 0x45].contains(bytes[index])
      // The digits behind a point or an exponent are not an integer.
      let isPart = start > 0 && [0x2E, 0x65, 0x45, 0x2B].contains(bytes[start - 1])
      let isExponent = start > 1 && bytes[start - 1] == 0x2D && [0x65, 0x45].contains(bytes[start - 2])
      if index - start > 18, !goesOn, !isPart, !isExponent { ends.append(index) }
      index -= 1
    default: break
    }
    index += 1
  }
  guard !ends.isEmpty else { return false }
  var written: [UInt8] = []
  written.reserveCapacity(bytes.count + 2 * ends.count)
  var from = 0
  for end in ends {
    written.append(contentsOf: bytes[from..<end])
    written.append(contentsOf: "e0".utf8)
    from = end
  }
  written.append(contentsOf: bytes[from...])
  bytes = written
  return true
}
