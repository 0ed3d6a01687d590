/// Writes JSON into bytes; for the hot path of records, where an encoder would cost more than the scoring.
public enum JSONWriter {
  /// What a byte needs: 0 nothing, 1 `\u00XX`, 0xE2 a look at the next two bytes, else the letter after the backslash.
  private static let escapes: [UInt8] = {
    var table = [UInt8](repeating: 0, count: 256)
    for byte in 0..<0x20 { table[byte] = 1 }
    table[0x22] = 0x22
    table[0x5C] = 0x5C
    table[0x08] = 0x62
    table[0x0C] = 0x66
    table[0x0A] = 0x6E
    table[0x0D] = 0x72
    table[0x09] = 0x74
    table[0xE2] = 0xE2
    return table
  }()

  /// Appends a quoted string of valid UTF-8. Control characters and the line separators U+2028 and U+2029 are escaped, so
  /// that no tool can split a record. Cost: one table look-up a byte; runs are copied.
  public static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    escapes.withUnsafeBufferPointer { escapes in
      var run = 0
      var index = 0
      while index < text.count {
        let escape = escapes[Int(text[index])]
        if escape == 0 {
          index += 1
          continue
        }
        if escape == 0xE2 {
          guard index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] & 0xFE == 0xA8 else {
            index += 1
            continue
          }
          bytes.append(contentsOf: text.part(run..<index))
          bytes.append(contentsOf: text[index + 2] == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8)
          index += 3
          run = index
          continue
        }
        bytes.append(contentsOf: text.part(run..<index))
        if escape == 1 {
          bytes.append(contentsOf: "\\u00".utf8)
          bytes.append(hexDigit(text[index] >> 4))
          bytes.append(hexDigit(text[index] & 15))
        } else {
          bytes.append(0x5C)
          bytes.append(escape)
        }
        index += 1
        run = index
      }
      bytes.append(contentsOf: text.part(run..<text.count))
    }
    bytes.append(0x22)
  }

  /// Appends a quoted string.
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    var copy = text
    copy.withUTF8 { append($0, to: &bytes) }
  }

  /// Appends a whole number.
  public static func append(_ number: Int, to bytes: inout [UInt8]) { appendDecimal(number, to: &bytes) }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}
