internal import Crypto
public import JagaTranscripts

/// Replaces ids by the first 32 hexadecimal digits of HMAC-SHA-256 under the operator's key: the same that `jaga score --hash-ids` makes of them.
public struct HashedIDs: IDTransform {
  private let key: SymmetricKey

  /// The shortest key taken, in bytes.
  public static let leastKey = 16

  /// A transform under a key of 16 bytes or more.
  public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

  /// Appends 32 hexadecimal digits, whatever the identifier names.
  public func append(_ identifier: UnsafeBufferPointer<UInt8>, kind: IDKind, to bytes: inout [UInt8]) {
    let code = HMAC<SHA256>.authenticationCode(for: UnsafeRawBufferPointer(identifier), using: key)
    bytes.append(contentsOf: Hexadecimal.text(code.prefix(16)).utf8)
  }
}
