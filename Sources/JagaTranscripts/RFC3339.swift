/// Times as gateways and other programs write them.
public enum RFC3339 {
  /// Milliseconds since 1970 of a time such as `2026-03-01T08:30:00+07:00`; nil when it is none.
  ///
  /// A space for the `T` is taken too, and so are a date alone and a number of seconds or milliseconds. Without a zone it is UTC.
  public static func milliseconds(_ text: String) -> Int64? {
    var copy = text
    return copy.withUTF8 { Timestamp.parse($0, offsetMinutes: 0) }
  }
}
