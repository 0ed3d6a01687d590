/// The fields of a form (`application/x-www-form-urlencoded`) or of a query; the names `x-www-form-urlencoded` and query differ in nothing here.
struct FormFields: Sendable {
  /// The longest form, in bytes.
  static let sizeLimit = 256 << 10
  /// How many fields are looked at.
  static let countLimit = 100

  private var values: [String: String] = [:]

  /// Takes forms apart, the first one first; of a field that stands several times the first counts.
  init(_ forms: [[UInt8]]) throws(CourierFault) {
    let size = forms.reduce(0) { $0 + $1.count }
    guard size <= FormFields.sizeLimit else { throw .tooLarge(bytes: size, limit: FormFields.sizeLimit) }
    var count = 0
    for form in forms {
      for pair in form.split(separator: UInt8(ascii: "&")) {
        count += 1
        guard count <= FormFields.countLimit else { throw .tooManyFields(limit: FormFields.countLimit) }
        let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = try FormFields.decoded(parts[0], field: "")
        guard values[name] == nil else { continue }
        values[name] = parts.count == 2 ? try FormFields.decoded(parts[1], field: name) : ""
      }
    }
  }

  /// The first of some fields that is there, with its name.
  func first(of names: String...) -> (name: String, value: String)? {
    for name in names { if let value = values[name] { return (name, value) } }
    return nil
  }

  /// With `+` for a space and `%41` for `A` resolved. The field's own name is no secret unless it is wrong itself.
  private static func decoded(_ part: ArraySlice<UInt8>, field: String) throws(CourierFault) -> String {
    let field = known.contains(field) ? field : "another field"
    var bytes: [UInt8] = []
    bytes.reserveCapacity(part.count)
    var rest = part
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
          throw .badEscape(field: field)
        }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(field: field) }
    return text
  }

  private static let known: Set<String> = ["from", "sender", "text", "date", "time", "id", "message_id"]

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
