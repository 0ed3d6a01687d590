internal import Crypto
internal import Synchronization

/// A reviewer's session. It lives in a signed cookie, so that a restart of the service signs nobody out.
struct ConsoleSession: Equatable, Sendable {
  /// How long a session lasts, in milliseconds: a working day.
  static let lifetime: Int64 = 10 * 3_600_000

  /// The token's name, or in the open mode the name that somebody gave.
  var reviewer: String
  /// True when it was begun in the open mode, without a token.
  var isOpen: Bool
  /// When it began, in milliseconds since 1970.
  var beganAt: Int64
  /// Decisions in it.
  var decisions: Int
  /// 128 random bits, in hexadecimal.
  var nonce: String

  /// A session that begins now.
  init(reviewer: String, isOpen: Bool, now: Int64) {
    self.reviewer = reviewer
    self.isOpen = isOpen
    beganAt = now
    decisions = 0
    var generator = SystemRandomNumberGenerator()
    nonce = Hexadecimal.text((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// Reads a cookie's value; nil for anything that this service has not signed, and for a session that is over.
  init?(_ cookie: String, key: SymmetricKey, now: Int64) {
    let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
    guard cookie.utf8.count <= 1024, parts.count == 2, let bytes = Hexadecimal.bytes(parts[0]),
      let code = Hexadecimal.bytes(parts[1]), TokenSecret.isSame(code, Self.code(bytes, key))
    else { return nil }
    let fields = String(decoding: bytes, as: UTF8.self).split(
      separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
    guard fields.count == 6, fields[0] == "1", let beganAt = Int64(fields[2]), let decisions = Int(fields[3]) else {
      return nil
    }
    guard beganAt <= now, now - beganAt < Self.lifetime else { return nil }
    isOpen = fields[1] == "open"
    self.beganAt = beganAt
    self.decisions = decisions
    nonce = String(fields[4])
    reviewer = String(fields[5])
  }

  /// The cookie's value.
  func cookie(_ key: SymmetricKey) -> String {
    let bytes = Array("1|\(isOpen ? "open" : "token")|\(beganAt)|\(decisions)|\(nonce)|\(reviewer)".utf8)
    return Hexadecimal.text(bytes) + "." + Hexadecimal.text(Self.code(bytes, key))
  }

  /// What the forms of this session carry. Another site can neither read nor guess it.
  func formToken(_ key: SymmetricKey) -> String {
    Hexadecimal.text(Array(HMAC<SHA256>.authenticationCode(for: Array("form \(nonce)".utf8), using: key)))
  }

  /// Minutes since it began.
  func minutes(at now: Int64) -> Int { Int(max(0, now - beganAt) / 60_000) }

  private static func code(_ bytes: [UInt8], _ key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("session ".utf8) + bytes, using: key))
  }
}

/// Sessions that were signed out before their time. A cookie that somebody copied is no longer good.
///
/// It is in memory alone: after a restart such a copy would be good again until the session's end.
final class EndedSessions: Sendable {
  private let ended = Mutex<[String: Int64]>([:])

  /// Remembers a session until it would have been over anyway.
  func end(_ session: ConsoleSession, now: Int64) {
    ended.withLock { ended in
      ended = ended.filter { now - $0.value < ConsoleSession.lifetime }
      ended[session.nonce] = session.beganAt
    }
  }

  /// True for a session that was signed out.
  func contains(_ session: ConsoleSession) -> Bool { ended.withLock { $0[session.nonce] != nil } }
}
