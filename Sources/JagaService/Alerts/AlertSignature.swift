internal import Crypto

/// The signature of a webhook: HMAC-SHA-256 over the time, a dot and the body, so that nobody else can send one, and an old one cannot be sent again.
///
///     Jaga-Signature: t=1764355200,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd
///
/// A receiver computes the same, compares in constant time, and refuses times that are more than five minutes off.
public struct AlertSignature: Sendable {
  private let key: SymmetricKey

  /// Signs with a secret of 16 bytes or more, as it stands in its file.
  public init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

  /// The header's value. `seconds` since 1970.
  public func header(body: [UInt8], seconds: Int64) -> String {
    var mac = HMAC<SHA256>(key: key)
    mac.update(data: Array("\(seconds).".utf8))
    mac.update(data: body)
    let digits = Array("0123456789abcdef".utf8)
    let text = mac.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "t=\(seconds),v1=" + String(decoding: text, as: UTF8.self)
  }
}
