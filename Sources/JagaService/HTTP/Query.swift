internal import Hummingbird

extension Request {
  /// A yes-or-no parameter of the query: `true`, `1` or nothing after the name is yes. Throws a ``Problem`` for anything else.
  func flag(_ name: String) throws(Problem) -> Bool {
    guard let value = uri.queryParameters[Substring(name)] else { return false }
    switch value {
    case "", "true", "1": return true
    case "false", "0": return false
    default:
      throw Problem(.badRequest, "query", "'\(name)' in the query is true or false", pointer: nil)
    }
  }

  /// A whole number of the query within a range; `standard` where it is not given.
  func number(_ name: String, in range: ClosedRange<Int>, standard: Int) throws(Problem) -> Int {
    guard let value = uri.queryParameters[Substring(name)] else { return standard }
    guard let number = Int(value), range.contains(number) else {
      throw Problem(
        .badRequest, "query", "'\(name)' in the query is a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }
}

extension String {
  /// With `%41` for `A` resolved (RFC 3986); nil when an escape is cut off or the bytes are not UTF-8.
  var percentDecoded: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var rest = Substring(self).utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(String.hexValue), let low = rest.popFirst().flatMap(String.hexValue)
      else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
