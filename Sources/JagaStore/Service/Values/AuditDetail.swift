/// A flat JSON object, written in the order of its additions: what a row of the audit tells beyond its columns.
///
///     var detail = AuditDetail()
///     detail.add("item", 12)
///     detail.add("verdict", "confirm")
///     detail.json  // {"item":12,"verdict":"confirm"}
///
/// No text of messages and no ids of conversations, messages or authors belong in it.
public struct AuditDetail: Hashable, Sendable {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// Creates `{}`.
  public init() {}

  /// Adds a whole number.
  public mutating func add(_ key: StaticString, _ value: some BinaryInteger) {
    begin(key)
    bytes.append(contentsOf: "\(value)".utf8)
  }

  /// Adds a number, to the last bit; what is no number is null.
  public mutating func add(_ key: StaticString, _ value: Double) {
    begin(key)
    bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
  }

  /// Adds a text.
  public mutating func add(_ key: StaticString, _ value: String) {
    begin(key)
    quote(value)
  }

  /// Adds bytes as hexadecimal digits.
  public mutating func add(_ key: StaticString, hex value: [UInt8]) {
    begin(key)
    quote(Digest.hex(value))
  }

  /// The object.
  public var json: String { String(decoding: bytes, as: UTF8.self) + "}" }

  private mutating func begin(_ key: StaticString) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: "\":".utf8)
  }

  private mutating func quote(_ text: String) { JSONQuoting.append(text, to: &bytes) }
}
