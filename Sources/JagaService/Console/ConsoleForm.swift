internal import Hummingbird

/// A form as a browser sends it (`application/x-www-form-urlencoded`), or a query.
struct ConsoleForm: Equatable, Sendable {
  /// The longest form that is read, in bytes.
  static let limit = 16 << 10
  private var fields: [String: String] = [:]

  /// Takes a form apart. Of a field that stands twice the first counts; what is wrongly encoded is left out.
  init(_ text: String) {
    for pair in text.split(separator: "&").prefix(64) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]), fields[name] == nil else { continue }
      fields[name] = parts.count == 2 ? Self.decoded(parts[1]) : ""
    }
  }

  /// A field's value, without blanks around it; nil where there is none.
  subscript(name: String) -> String? { fields[name] }

  /// A field that is not empty.
  func filled(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }

  private static func decoded(_ part: Substring) -> String? {
    String(part.map { $0 == "+" ? " " : $0 }).percentDecoded.map { $0[...].trimmingWhitespace() }
  }
}

/// Where a form came from.
enum ConsoleOrigin {
  /// True unless a browser says that another site has sent it. A client that says nothing is no browser; it needs the form's token all the same.
  static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[.fetchSite] { return site == "same-origin" || site == "none" }
    guard let origin = request.headers[.origin]?.lowercased() else { return true }
    guard let authority = request.head.authority?.lowercased() else { return false }
    return origin == "https://" + authority || origin == "http://" + authority
  }

  /// A path of this console to go on to; `/` for anything else, such as another site's address.
  static func path(_ text: String?) -> String {
    guard let text, text.utf8.count <= 1024, text.first == "/", !text.hasPrefix("//"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return text
  }
}
