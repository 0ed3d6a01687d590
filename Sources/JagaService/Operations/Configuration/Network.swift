#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An address or a network of addresses, IPv4 or IPv6: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`.
///
///     Network("10.0.0.0/8")?.contains("10.1.2.3")  // true
public struct Network: Sendable, Equatable {
  private let bytes: [UInt8]
  private let bits: Int

  /// Nil for what is neither.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let bytes = Network.bytes(of: String(first)), parts.count <= 2 else { return nil }
    var bits = bytes.count * 8
    if parts.count == 2 {
      guard let stated = Int(parts[1]), (0...bits).contains(stated) else { return nil }
      bits = stated
    }
    self.bytes = bytes
    self.bits = bits
  }

  /// True for an address in the network. An IPv4 address that came in through IPv6 (`::ffff:10.0.0.1`) counts as what it is.
  public func contains(_ address: String) -> Bool {
    guard let other = Network.bytes(of: address), other.count == bytes.count else { return false }
    for index in 0..<bits where (bytes[index / 8] ^ other[index / 8]) & (0x80 >> UInt8(index % 8)) != 0 { return false }
    return true
  }

  /// Addresses of this machine itself.
  public static let loopback = ["127.0.0.0/8", "::1"].compactMap { Network($0) }

  /// True for a host that only this machine can reach.
  public static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || loopback.contains { $0.contains(host) }
  }

  private static func bytes(of address: String) -> [UInt8]? {
    var four = [UInt8](repeating: 0, count: 4)
    if inet_pton(AF_INET, address, &four) == 1 { return four }
    var bytes = [UInt8](repeating: 0, count: 16)
    guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    return isMapped ? Array(bytes[12...]) : bytes
  }
}
