internal import Crypto
internal import JagaTranscripts

/// Replaces identifiers by the first 32 hexadecimal digits of HMAC-SHA-256 under the operator's key.
///
/// The same identifier gives the same digits whatever it names, so a mention can be matched to an author, and
/// `printf %s ID | openssl dgst -sha256 -hmac "$(cat KEYFILE)"` finds a person's messages again, by those who hold the key.
/// 128 bits keep collisions out of reach; without the key nothing leads back.
struct KeyedHash: IDTransform {
  private let key: SymmetricKey

  /// The shortest key taken, in bytes.
  static let leastKey = 16

  /// Reads the key: all bytes of the file, but for one line break at its end. Throws a ``Failure``.
  init(keyFile path: String) throws(Failure) {
    var bytes = try Files.read(path)
    if bytes.last == 0x0A { bytes.removeLast() }
    if bytes.last == 0x0D { bytes.removeLast() }
    guard bytes.count >= KeyedHash.leastKey else {
      throw Failure(
        "\(path): a key of \(bytes.count) bytes is too short to protect anybody; make one of 32 with 'openssl rand -hex 32'"
      )
    }
    key = SymmetricKey(data: bytes)
  }

  func append(_ identifier: UnsafeBufferPointer<UInt8>, kind: IDKind, to bytes: inout [UInt8]) {
    let code = HMAC<SHA256>.authenticationCode(for: UnsafeRawBufferPointer(identifier), using: key)
    var count = 0
    for byte in code where count < 16 {
      bytes.append(KeyedHash.digit(byte >> 4))
      bytes.append(KeyedHash.digit(byte & 15))
      count += 1
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
