/// Walks JSON text without building anything: finds the keys near the top of a document that may be cut off, and the place
/// where a broken one breaks. Slow and plain; the readers of records use simdjson.
struct JSONSkimmer {
  enum Ending: Equatable {
    /// A whole value, ending before this place.
    case complete(end: Int)
    /// The bytes end inside the value.
    case cutOff
    /// Wrong at this place.
    case broken(at: Int)
  }

  /// A key on its way: how deep its object is (1 is the root), and the key of the root under which it lies.
  struct Key: Hashable {
    var depth: Int
    var under: String
    var name: String
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var stack: [UInt8] = []
  private var rootKey = ""
  /// The keys of the root and of what lies at most three levels under it, at most 4,096 of them.
  private(set) var keys: [Key] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  /// Walks one value.
  mutating func run() -> Ending {
    enum Expectation { case value, valueOrEnd, keyOrEnd, key, commaOrEnd }
    var expected = Expectation.value
    while true {
      skipBlanks()
      guard position < bytes.count else { return .cutOff }
      let byte = bytes[position]
      let closes = byte == 0x7D || byte == 0x5D
      if closes {
        let opener: UInt8 = byte == 0x7D ? 0x7B : 0x5B
        let empty: Expectation = byte == 0x7D ? .keyOrEnd : .valueOrEnd
        let allowed = expected == .commaOrEnd || expected == empty
        guard allowed, stack.last == opener else { return .broken(at: position) }
        stack.removeLast()
        position += 1
        if stack.isEmpty { return .complete(end: position) }
        expected = .commaOrEnd
        continue
      }
      switch expected {
      case .commaOrEnd:
        guard byte == 0x2C else { return .broken(at: position) }
        position += 1
        expected = stack.last == 0x7B ? .key : .value
      case .key, .keyOrEnd:
        guard byte == 0x22 else { return .broken(at: position) }
        let begin = position + 1
        if let fault = skipString() { return fault }
        note(begin..<position - 1)
        skipBlanks()
        guard position < bytes.count else { return .cutOff }
        guard bytes[position] == 0x3A else { return .broken(at: position) }
        position += 1
        expected = .value
      case .value, .valueOrEnd:
        if byte == 0x7B || byte == 0x5B {
          stack.append(byte)
          position += 1
          expected = byte == 0x7B ? .keyOrEnd : .valueOrEnd
          continue
        }
        if let fault = byte == 0x22 ? skipString() : skipWord() { return fault }
        if stack.isEmpty { return .complete(end: position) }
        expected = .commaOrEnd
      }
    }
  }

  private mutating func note(_ range: Range<Int>) {
    guard stack.count <= 4, keys.count < 4096, range.count <= 64 else { return }
    let name = String(decoding: bytes[range], as: UTF8.self)
    if stack.count == 1 { rootKey = name }
    keys.append(Key(depth: stack.count, under: stack.count == 1 ? "" : rootKey, name: name))
  }

  private mutating func skipString() -> Ending? {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case 0x22:
        position += 1
        return nil
      case 0x5C:
        guard position + 1 < bytes.count else { return .cutOff }
        let letter = bytes[position + 1]
        guard "\"\\/bfnrtu".utf8.contains(letter) else { return .broken(at: position) }
        if letter == 0x75 {
          guard position + 6 <= bytes.count else { return .cutOff }
          for index in position + 2..<position + 6 where !isHexDigit(bytes[index]) { return .broken(at: index) }
          position += 4
        }
        position += 2
      case 0..<0x20: return .broken(at: position)
      default: position += 1
      }
    }
    return .cutOff
  }

  private func isHexDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 || asciiLowercased(byte) &- 97 < 6 }

  /// A number, `true`, `false` or `null`.
  private mutating func skipWord() -> Ending? {
    let begin = position
    while position < bytes.count, !",]} \t\n\r".utf8.contains(bytes[position]) { position += 1 }
    let word = bytes.part(begin..<position)
    if word.equals("true") || word.equals("false") || word.equals("null") || isNumber(word) { return nil }
    return position == bytes.count && !stack.isEmpty ? .cutOff : .broken(at: begin)
  }

  private func isNumber(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    var cursor = ByteCursor(word)
    _ = cursor.take(0x2D)
    let zero = cursor.peek == 0x30
    let whole = cursor.skipDigits()
    guard whole > 0, !(zero && whole > 1) else { return false }
    if cursor.take(0x2E), cursor.skipDigits() == 0 { return false }
    if cursor.peek == 0x65 || cursor.peek == 0x45 {
      cursor.advance()
      if !cursor.take(0x2B) { _ = cursor.take(0x2D) }
      if cursor.skipDigits() == 0 { return false }
    }
    return cursor.atEnd
  }
}
