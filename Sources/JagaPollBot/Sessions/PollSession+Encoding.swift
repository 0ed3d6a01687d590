extension PollSession {
  /// The version of the byte encoding. 2 added when the menu was asked for; 1 is still read.
  static let encodingVersion: UInt8 = 2

  /// Why stored bytes cannot be gone on with.
  public enum DecodingError: Error, Hashable, Sendable {
    /// Another version of the program wrote them.
    case otherVersion(found: UInt8)
    /// They are damaged.
    case damaged
  }

  /// The session as bytes: about 100, and no text that anybody wrote.
  public func encode() -> [UInt8] {
    var bytes = [PollSession.encodingVersion]
    func put(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    func put(_ text: String) {
      bytes.append(UInt8(clamping: text.utf8.count))
      bytes.append(contentsOf: text.utf8.prefix(255))
    }
    put(pollID)
    put(Int64(pollVersion))
    put(language)
    put(startedAt)
    put(updatedAt)
    bytes.append(ending.flatMap { PollEnding.allCases.firstIndex(of: $0) }.map { UInt8($0 + 1) } ?? 0)
    switch place {
    case .optIn: bytes.append(0)
    case .consent(let step):
      bytes.append(1)
      put(step)
    case .step(let step):
      bytes.append(2)
      put(step)
    case .end: bytes.append(3)
    }
    bytes.append(rest?.rawValue ?? 0)
    bytes.append(UInt8(clamping: misses))
    bytes.append(isReminded ? 1 : 0)
    bytes.append(consent.map { $0 ? 2 : 1 } ?? 0)
    bytes.append(heardAt == nil ? 0 : 1)
    if let heardAt { put(heardAt) }
    bytes.append(UInt8(clamping: groups.count))
    for group in groups.prefix(255) {
      put(group.questionID)
      put(group.choiceID)
    }
    bytes.append(helpedAt == nil ? 0 : 1)
    if let helpedAt { put(helpedAt) }
    return bytes
  }

  /// Reads what ``encode()`` wrote. Throws ``DecodingError``; damaged bytes never crash.
  public init(decoding bytes: [UInt8]) throws(DecodingError) {
    var reader = SessionBytes(bytes)
    let version = try reader.byte()
    guard (1...PollSession.encodingVersion).contains(version) else { throw .otherVersion(found: version) }
    pollID = try reader.text()
    pollVersion = Int(try reader.number())
    language = try reader.text()
    startedAt = try reader.number()
    updatedAt = try reader.number()
    let ended = try reader.byte(upTo: UInt8(PollEnding.allCases.count))
    ending = ended == 0 ? nil : PollEnding.allCases[Int(ended) - 1]
    switch try reader.byte(upTo: 3) {
    case 0: place = .optIn
    case 1: place = .consent(before: try reader.text())
    case 2: place = .step(try reader.text())
    default: place = .end
    }
    rest = Rest(rawValue: try reader.byte(upTo: 2))
    misses = Int(try reader.byte())
    isReminded = try reader.byte(upTo: 1) == 1
    let consented = try reader.byte(upTo: 2)
    consent = consented == 0 ? nil : consented == 2
    if try reader.byte(upTo: 1) == 1 { heardAt = try reader.number() }
    for _ in 0..<(try reader.byte()) {
      groups.append(GroupValue(questionID: try reader.text(), choiceID: try reader.text()))
    }
    if version > 1, try reader.byte(upTo: 1) == 1 { helpedAt = try reader.number() }
    guard reader.isAtEnd else { throw .damaged }
  }
}

/// Takes a session's bytes apart.
private struct SessionBytes {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func byte(upTo limit: UInt8 = .max) throws(PollSession.DecodingError) -> UInt8 {
    guard let byte = bytes.popFirst(), byte <= limit else { throw .damaged }
    return byte
  }

  mutating func number() throws(PollSession.DecodingError) -> Int64 {
    guard bytes.count >= 8 else { throw .damaged }
    var number: UInt64 = 0
    for byte in bytes.prefix(8).reversed() { number = number << 8 | UInt64(byte) }
    bytes.removeFirst(8)
    return Int64(bitPattern: number)
  }

  mutating func text() throws(PollSession.DecodingError) -> String {
    let count = Int(try byte())
    guard bytes.count >= count, let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
      throw .damaged
    }
    bytes.removeFirst(count)
    return text
  }
}
