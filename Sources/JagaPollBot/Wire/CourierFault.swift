/// Why a gateway's request cannot be read. Facts only: names of fields, never what they hold.
public enum CourierFault: Error, Hashable, Sendable {
  /// Longer than the limit.
  case tooLarge(bytes: Int, limit: Int)
  /// More fields than the limit.
  case tooManyFields(limit: Int)
  /// A `%` without two hexadecimal digits behind it.
  case badEscape(field: String)
  /// Bytes that are not UTF-8.
  case notUTF8(field: String)
  /// Nobody sent it.
  case noSender
  /// A sender, or an id, that is longer than any.
  case longValue(field: String, limit: Int)
  /// A sender, or an id, with control characters in it.
  case controlCharacter(field: String)
  /// A date that is none.
  case badDate(field: String)
  /// A report about no message.
  case noID
}

extension CourierFault: CustomStringConvertible {
  /// The sentence shown to people; it goes back to the gateway.
  public var description: String {
    switch self {
    case .tooLarge(let bytes, let limit): "the form has \(bytes) bytes, more than \(limit)"
    case .tooManyFields(let limit): "the form has more than \(limit) fields"
    case .badEscape(let field): "'\(field)' is wrongly percent-encoded; write '%25' for '%'"
    case .notUTF8(let field): "'\(field)' is not UTF-8; let the gateway send UTF-8"
    case .noSender: "must have one of 'sender' or 'from' set"
    case .longValue(let field, let limit): "'\(field)' is longer than \(limit) bytes"
    case .controlCharacter(let field): "'\(field)' has control characters in it"
    case .badDate(let field): "'\(field)' has an invalid date format, must be RFC 3339"
    case .noID: "field 'id' required"
    }
  }
}
