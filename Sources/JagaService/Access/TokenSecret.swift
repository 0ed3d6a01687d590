internal import Crypto

/// The secret of an access token: `jaga_` and 64 hexadecimal digits, of which every bit is random.
///
///     let secret = TokenSecret.random()
///     print(secret.text)                       // once, for its owner
///     store(name: "pipeline", hash: secret.hash)
///
/// The service keeps the hash alone. A secret has 256 random bits, so that a plain SHA-256 is enough: there is nothing to guess.
/// What prints or logs a secret by mistake gets `jaga_…`.
public struct TokenSecret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
  /// What every secret begins with, so that scanners of repositories can find one that leaked.
  public static let prefix = "jaga_"
  /// The longest text that is looked up as a secret, in bytes; longer ones are refused unhashed.
  public static let longest = 256

  /// The secret itself. It is shown to its owner once and kept nowhere.
  public let text: String

  /// A secret that somebody presents or chooses.
  public init(_ text: String) { self.text = text }

  /// A new secret from the system's generator.
  public static func random() -> TokenSecret {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// A new secret from a generator; for tests.
  public static func random(using generator: inout some RandomNumberGenerator) -> TokenSecret {
    let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return TokenSecret(prefix + Hexadecimal.text(bytes))
  }

  /// SHA-256 of the text's UTF-8 bytes, 32 bytes: what the store keeps.
  public var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  /// `jaga_…`, whatever the secret.
  public var description: String { TokenSecret.prefix + "…" }
  /// The same.
  public var debugDescription: String { description }
}

extension TokenSecret {
  /// True when two hashes are equal. Looks at every byte whatever it finds, so that the time tells nothing; different lengths
  /// are different at once.
  public static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
