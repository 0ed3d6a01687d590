internal import HTTPTypes
internal import Hummingbird

/// What a request must be where no token protects the service: it listens on loopback alone, but a browser on the same machine
/// runs the pages of others, and a proxy may pass on what comes from outside.
enum LoopbackRules {
  /// What proxies add. One that adds none of them cannot be told from a program of this machine.
  private static let proxyFields: [HTTPField.Name] = [
    .forwarded, .forwardedFor, .forwardedProtocol, .forwardedHost, .realIP, .via,
  ]

  /// The refusal of a request; nil when it may pass.
  static func problem(with request: Request) -> Problem? {
    if let authority = request.head.authority, !isLoopback(authority) {
      // A foreign name that leads here is how a web page gets around the browser's same-origin rule (DNS rebinding).
      return refusal("foreign-host", "the Host field must be localhost, an address in 127.0.0.0/8 or [::1]")
    }
    if let origin = request.headers[.origin], !isSame(origin, authority: request.head.authority) {
      return refusal(
        "foreign-origin", "the Origin field names another site; pages of other sites may not call this service")
    }
    if proxyFields.contains(where: { request.headers[$0] != nil }) {
      return refusal("forwarded", "the request came through a proxy")
    }
    return nil
  }

  private static func refusal(_ kind: String, _ cause: String) -> Problem {
    Problem(
      .forbidden, kind,
      "\(cause). Without tokens the service answers to this machine alone; make a token to open it: "
        + "jaga-server token add")
  }

  /// True for a host, with or without a port, that can only be this machine.
  static func isLoopback(_ authority: String) -> Bool {
    var host = Substring(authority.lowercased())
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      guard isPort(host[host.index(after: end)...]) else { return false }
      return host[...end] == "[::1]"
    }
    if let colon = host.firstIndex(of: ":") {
      guard isPort(host[colon...]) else { return false }
      host = host[..<colon]
    }
    if host == "localhost" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "127" else { return false }
    return parts.allSatisfy { part in
      (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) } && (Int(part) ?? 256) < 256
    }
  }

  /// True for nothing, or a colon and digits.
  private static func isPort(_ text: Substring) -> Bool {
    guard !text.isEmpty else { return true }
    let digits = text.dropFirst()
    return text.first == ":" && (1...5).contains(digits.count) && digits.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// True when a page of this origin was served by the service itself.
  private static func isSame(_ origin: String, authority: String?) -> Bool {
    guard let authority = authority?.lowercased() else { return false }
    let origin = origin.lowercased()
    return origin == "http://" + authority || origin == "https://" + authority
  }
}
