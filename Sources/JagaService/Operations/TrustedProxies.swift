/// Proxies whose word about the client is believed, and what they said.
///
/// The last address in `X-Forwarded-For` that is no trusted proxy is the client: everything before it, a client can write itself.
public struct TrustedProxies: Sendable {
  private let networks: [Network]

  /// Trusts some addresses and networks; what is neither is left out.
  public init(_ names: [String]) { networks = names.compactMap { Network($0) } }

  /// True for an address of theirs.
  public func trusts(_ address: String) -> Bool { networks.contains { $0.contains(address) } }

  /// The client's address: `peer` itself unless it is trusted and says otherwise.
  public func client(peer: String, forwardedFor: [String]) -> String {
    guard trusts(peer) else { return peer }
    let hops = forwardedFor.flatMap { $0.split(separator: ",") }.map { hop in
      String(hop.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    var client = peer
    for hop in hops.reversed() {
      guard Network(hop) != nil, !hop.contains("/") else { break }
      client = hop
      if !trusts(hop) { break }
    }
    return client
  }

  /// True when the client's connection was encrypted, by the word of a trusted peer.
  public func isSecure(peer: String, forwardedProto: String?) -> Bool { trusts(peer) && forwardedProto == "https" }
}
