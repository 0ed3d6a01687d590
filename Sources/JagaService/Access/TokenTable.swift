internal import HTTPTypes
internal import JagaStore
internal import Logging
internal import Synchronization

/// The tokens of the store as they were at most two seconds ago, found by the hash of a presented secret.
///
/// A lookup costs one SHA-256 and one look into a table; every two seconds one lookup reads the store again, so that a revoked
/// token is refused within seconds. While the store cannot be read the last tokens stay good for a minute, then nothing is.
/// The table's key is the beginning of a hash: how long a lookup takes tells about the hash of what somebody sent, which he
/// knows, and nothing about a secret.
final class TokenTable: Sendable {
  /// How old the tokens may be, in milliseconds.
  static let freshFor: Int64 = 2_000
  /// How long they stay good while the store cannot be read.
  static let goodFor: Int64 = 60_000

  private struct Held {
    var byStart: [UInt64: [KeptToken]] = [:]
    var count = 0
    /// When they were read; nil before the first time.
    var readAt: Int64?
    /// When the last attempt began; the others go on with what there is.
    var triedAt: Int64?
  }

  private let held = Mutex(Held())
  private let read: @Sendable () throws -> [KeptToken]
  private let logger: Logger

  init(logger: Logger, read: @escaping @Sendable () throws -> [KeptToken]) {
    self.logger = logger
    self.read = read
  }

  /// The good token of a secret; nil when there is none. Throws where the tokens are unknown.
  func token(of secret: TokenSecret, now: Int64) throws(Problem) -> KeptToken? {
    guard secret.text.utf8.count <= TokenSecret.longest else { return nil }
    try refresh(now)
    let hash = secret.hash
    let candidates = held.withLock { $0.byStart[TokenTable.start(of: hash)] ?? [] }
    return candidates.first { TokenSecret.isSame($0.hash, hash) && $0.isValid(at: now) }
  }

  /// The good token with this name.
  func token(named name: String, now: Int64) throws(Problem) -> KeptToken? {
    try refresh(now)
    return held.withLock { held in
      for tokens in held.byStart.values {
        if let token = tokens.first(where: { $0.name == name && $0.isValid(at: now) }) { return token }
      }
      return nil
    }
  }

  /// True when the store has no token, not even a revoked one.
  func isEmpty(now: Int64) throws(Problem) -> Bool {
    try refresh(now)
    return held.withLock { $0.count == 0 }
  }

  /// Reads the tokens again where they are too old.
  private func refresh(_ now: Int64) throws(Problem) {
    let (mustRead, isFirst) = held.withLock { held in
      guard let readAt = held.readAt else { return (true, true) }
      let last = max(readAt, held.triedAt ?? readAt)
      // A clock that was set back makes them old as well.
      guard abs(now - last) >= TokenTable.freshFor else { return (false, false) }
      held.triedAt = now
      return (true, false)
    }
    guard mustRead else { return try checkAge(now) }
    do {
      keep(try read(), now)
    } catch {
      logger.error("tokens cannot be read", metadata: ["error": "\(type(of: error))"])
      guard !isFirst else { throw TokenTable.unknown }
      try checkAge(now)
    }
  }

  private func keep(_ tokens: [KeptToken], _ now: Int64) {
    let byStart = Dictionary(grouping: tokens) { TokenTable.start(of: $0.hash) }
    held.withLock { held in
      held.byStart = byStart
      held.count = tokens.count
      held.readAt = now
      held.triedAt = now
    }
  }

  private func checkAge(_ now: Int64) throws(Problem) {
    let readAt = held.withLock { $0.readAt }
    guard let readAt, now - readAt <= TokenTable.goodFor else { throw TokenTable.unknown }
  }

  private static let unknown = Problem(
    .serviceUnavailable, "tokens-unknown", "the service cannot read its tokens; try again, its log says more",
    headers: [.retryAfter: "5"])

  private static func start(of hash: [UInt8]) -> UInt64 {
    hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
