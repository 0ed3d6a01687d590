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
    var copy = authority
    return copy.withUTF8 { bytes in
      // A colon before the port; those of an IPv6 address stand in brackets.
      let end =
        bytes.first == UInt8(ascii: "[")
        ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? 0
        : bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
      guard isPort(bytes[end...]) else { return false }
      let host = bytes[..<end]
      return host.elementsEqual("[::1]".utf8) || isLocalhost(host) || isLoopbackAddress(host)
    }
  }

  private static func isLocalhost(_ host: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    host.count == 9 && zip(host, "localhost".utf8).allSatisfy { $0 | 0x20 == $1 }
  }

  /// True for four decimal numbers below 256, the first of them 127.
  private static func isLoopbackAddress(_ host: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard host.starts(with: "127.".utf8) else { return false }
    var (dots, digits, value) = (0, 0, 0)
    for byte in host {
      if byte == UInt8(ascii: ".") {
        guard digits > 0 else { return false }
        (dots, digits, value) = (dots + 1, 0, 0)
      } else {
        guard isDigit(byte) else { return false }
        (digits, value) = (digits + 1, value * 10 + Int(byte & 15))
        guard digits <= 3, value < 256 else { return false }
      }
    }
    return dots == 3 && digits > 0
  }

  /// True for nothing, or a colon and digits.
  private static func isPort(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = text.first else { return true }
    return first == UInt8(ascii: ":") && (2...6).contains(text.count) && text.dropFirst().allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// True when a page of this origin was served by the service itself.
  static func isSame(_ origin: String, authority: String?) -> Bool {
    guard let authority = authority?.lowercased() else { return false }
    let origin = origin.lowercased()
    return origin == "http://" + authority || origin == "https://" + authority
  }
}
