extension ByteBuffer {
  /// Appends a JSON string, quotes included: `"`, `\` and the control characters are escaped, all else stands as it is.
  ///
  /// `bytes` is valid UTF-8. Cost: one pass; runs without escapes are copied whole.
  public func append(json bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        index &+= 1
        continue
      }
      append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
      appendEscape(byte)
      index &+= 1
      start = index
    }
    append(UnsafeBufferPointer(rebasing: bytes[start..<bytes.count]))
    append(UInt8(ascii: "\""))
  }

  /// Appends a JSON string, quotes included.
  public func append(json text: String) {
    var copy = text
    copy.withUTF8 { append(json: $0) }
  }

  private func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u00")
      append(ByteBuffer.hexDigit(byte >> 4))
      append(ByteBuffer.hexDigit(byte & 15))
    }
  }

  static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &+ value &- 10
  }

  /// Appends a CSV field of RFC 4180: quoted only where it holds a comma, a quote or a line break.
  public func append(csv bytes: UnsafeBufferPointer<UInt8>) {
    let needsQuotes = bytes.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard needsQuotes else {
      append(bytes)
      return
    }
    append(UInt8(ascii: "\""))
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}
