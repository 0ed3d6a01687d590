/// Short texts by name as a flat JSON object, names in order, for `json_each`: `{"age":"12-14","province":"jabar"}`.
///
/// Written and read by hand, as ``LabelLists`` are: the reader takes what the writer writes, and nothing else.
enum GroupValues {
  static func json(_ values: [String: String]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      JSONQuoting.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONQuoting.append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Nil when it is no such object.
  static func values(_ json: String) -> [String: String]? {
    var rest = Array(json.utf8)[...]
    guard rest.popFirst() == UInt8(ascii: "{"), rest.popLast() == UInt8(ascii: "}") else { return nil }
    var values: [String: String] = [:]
    while !rest.isEmpty {
      guard let name = JSONQuoting.read(&rest), rest.popFirst() == UInt8(ascii: ":"),
        let value = JSONQuoting.read(&rest)
      else { return nil }
      values[name] = value
      guard rest.isEmpty || (rest.popFirst() == UInt8(ascii: ",") && !rest.isEmpty) else { return nil }
    }
    return values
  }
}

/// Strings of JSON: quotes, backslashes and control characters are escaped, all else stands for itself.
enum JSONQuoting {
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0..<32:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(contentsOf: Digest.hex([byte]).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Takes a string off the front; nil when none stands there that ``append(_:to:)`` could have written.
  static func read(_ bytes: inout ArraySlice<UInt8>) -> String? {
    guard bytes.popFirst() == UInt8(ascii: "\"") else { return nil }
    var text: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escaped(&bytes) else { return nil }
        text.append(escaped)
      case 0..<32: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private static func escaped(_ bytes: inout ArraySlice<UInt8>) -> UInt8? {
    guard let byte = bytes.popFirst() else { return nil }
    guard byte == UInt8(ascii: "u") else {
      return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? byte : nil
    }
    let digits = bytes.prefix(4)
    guard digits.count == 4, digits.starts(with: "00".utf8) else { return nil }
    bytes = bytes.dropFirst(4)
    return UInt8(String(decoding: digits.suffix(2), as: UTF8.self), radix: 16).flatMap { $0 < 32 ? $0 : nil }
  }
}
