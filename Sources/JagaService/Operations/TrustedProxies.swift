/// Proxies whose word is believed when they say that the client's own connection was encrypted (`X-Forwarded-Proto: https`).
///
/// Addresses of clients are of no use here: nothing is decided by them and no log names them, so `X-Forwarded-For` is not looked at.
public struct TrustedProxies: Sendable {
  private let networks: [Network]

  /// Trusts some addresses and networks; what is neither is left out.
  public init(_ names: [String] = []) { networks = names.compactMap { Network($0) } }

  /// True when the client's connection was encrypted, by the word of a trusted peer.
  public func isSecure(peer: String?, forwardedProto: String?) -> Bool {
    guard let peer, forwardedProto == "https" else { return false }
    return networks.contains { $0.contains(peer) }
  }
}
