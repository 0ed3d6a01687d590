internal import Crypto
internal import HTTPTypes
internal import Hummingbird

/// What stands for the place that a request comes from, for limits alone: a keyed hash in memory, written nowhere.
///
/// It is the connection's address, of IPv6 the first four groups, which one customer has. Where the connection comes from this machine it is a proxy's, and the last
/// address of `X-Forwarded-For` counts: the one that the proxy added itself. A proxy on another machine is one place with everybody behind it.
enum ClientAddress {
  static func mark(of request: Request, _ context: ServiceContext, _ key: SymmetricKey) -> String {
    let network = network(of: address(of: request, peer: context.peer))
    return Hexadecimal.text(
      HMAC<SHA256>.authenticationCode(for: Array("address \(network)".utf8), using: key).prefix(16))
  }

  static func address(of request: Request, peer: String?) -> String {
    if let peer, peer != "::1", !peer.hasPrefix("127."), !peer.hasPrefix("::ffff:127.") { return peer }
    let last = request.headers[values: .forwardedFor].last?.split(separator: ",").last?.trimmingWhitespace()
    guard let last, !last.isEmpty, last.utf8.count <= 64 else { return peer ?? "" }
    return last
  }

  /// The first four groups of an IPv6 address as it is written by a system; another address as it is.
  static func network(of address: String) -> String {
    guard address.contains(":"), !address.contains(".") else { return address }
    let halves =
      address.lowercased().split(separator: "%").first.map(String.init)?.split(
        separator: "::", maxSplits: 1, omittingEmptySubsequences: false) ?? []
    func groups(_ half: Substring) -> [Substring] { half.split(separator: ":") }
    guard let head = halves.first.map(groups) else { return address }
    guard halves.count == 2 else { return head.prefix(4).joined(separator: ":") }
    let tail = groups(halves[1])
    let zeros = max(0, 8 - head.count - tail.count)
    return (head + Array(repeating: "0", count: zeros) + tail).prefix(4).joined(separator: ":")
  }
}
