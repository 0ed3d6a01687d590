extension ByteBuffer {
  /// Appends a JSON string, quotes included: `"`, `\` and the control characters are escaped, all else stands as it is.
  ///
  /// `bytes` is valid UTF-8. Cost: one pass of eight bytes a step; six bytes of memory for each of them.
  public func append(json bytes: UnsafeBufferPointer<UInt8>) {
    // Long texts in pieces, so that room for the worst case stays small.
    guard bytes.count <= ByteBuffer.jsonPiece else {
      appendLong(json: bytes)
      return
    }
    var pen = BytePen(room(for: 6 * bytes.count + 2 + BytePen.slack))
    pen.put(json: bytes)
    advance(to: pen)
  }

  private static let jsonPiece = 4096

  private func appendLong(json bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    while start < bytes.count {
      let end = min(start + ByteBuffer.jsonPiece, bytes.count)
      var pen = BytePen(room(for: 6 * (end - start) + BytePen.slack))
      pen.put(escaping: UnsafeBufferPointer(rebasing: bytes[start..<end]))
      advance(to: pen)
      start = end
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a JSON string, quotes included.
  public func append(json text: String) {
    var copy = text
    copy.withUTF8 { append(json: $0) }
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
