internal import Mustache

/// Text on its way into HTML: what could become markup is escaped, what cannot be seen or turns the text around is replaced.
///
/// It works on scalars. The escaping that comes with Mustache works on characters, and a quotation mark with a combining accent is one
/// character that is no quotation mark, so that a name could leave its attribute.
enum Escape {
  /// The name under which the templates ask for this escaping.
  static let contentType = "CONSOLE"

  /// Escapes what is written into elements and quoted attributes. Cost: one pass.
  static func html(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      append(scalar, to: &result)
    }
    return result
  }

  /// Appends one scalar. Hidden ones, but for tab and line break, become U+FFFD.
  static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.unicodeScalars.append(isHidden(scalar) ? "\u{FFFD}" : scalar)
    }
  }

  /// True for scalars that a reader cannot see or that change the order of others: controls, zero-width and bidirectional ones, tags.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180E,
      0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xE0000...0xE007F:
      true
    case let value: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
  }
}

/// The templates' way to ``Escape``.
struct ConsoleContentType: MustacheContentType {
  func escapeText(_ text: String) -> String { Escape.html(text) }
}

/// Parts of addresses.
enum Address {
  /// Percent-encodes all but unreserved characters (RFC 3986), for values of a query.
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%"
        result.unicodeScalars.append(digits[Int(byte >> 4)])
        result.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    return result
  }
}
