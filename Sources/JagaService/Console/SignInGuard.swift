internal import Crypto
internal import Synchronization

/// Holds back whoever tries tokens at the sign-in: ten that are no good within a quarter of an hour, from one address or with one beginning of a token.
///
/// A refusal is given before a token is looked at, so that it tells nothing of it. Everything is in memory, as hashes: a restart forgets it. Of more than
/// ``limit`` places that failed, the longest ago are forgotten; whoever has so many addresses is held by the beginning of the token.
final class SignInGuard: Sendable {
  /// What somebody is held for. The raw values stand in the audit.
  enum Cause: String, Sendable {
    case address, token
  }

  /// Why and for how long somebody must wait.
  struct Refusal: Equatable {
    var cause: Cause
    var seconds: Int
  }

  private struct Count {
    var failures: Int
    var since: Int64
  }

  /// Failures that are let pass, and how long they count, in milliseconds.
  static let failures = 10
  static let window: Int64 = 15 * 60_000
  static let limit = 10_000
  /// How much of a token's text is its beginning: `jaga_` and 32 of its 256 bits.
  static let prefix = 13

  private let counts = Mutex<[String: Count]>([:])

  /// Whether somebody must wait; nil when the token may be looked at.
  func refusal(address: String, token: String, now: Int64) -> Refusal? {
    counts.withLock { counts in
      for (cause, key) in Self.keys(address, token) {
        guard let count = counts[key], now - count.since < Self.window, count.failures >= Self.failures else {
          continue
        }
        return Refusal(cause: cause, seconds: max(1, Int((count.since + Self.window - now + 999) / 1_000)))
      }
      return nil
    }
  }

  /// Counts a token that was no good. Gives what is held from now on, once; nothing otherwise.
  func fail(address: String, token: String, now: Int64) -> [Cause] {
    counts.withLock { counts in
      if counts.count >= Self.limit { Self.sweep(&counts, now: now) }
      return Self.keys(address, token).compactMap { cause, key in
        var count = counts[key] ?? Count(failures: 0, since: now)
        if now - count.since >= Self.window { count = Count(failures: 0, since: now) }
        count.failures += 1
        counts[key] = count
        return count.failures == Self.failures ? cause : nil
      }
    }
  }

  /// Places that failed.
  var count: Int { counts.withLock { $0.count } }

  private static func keys(_ address: String, _ token: String) -> [(Cause, String)] {
    let beginning = SHA256.hash(data: Array(token.utf8.prefix(prefix)))
    return [(.address, "a" + address), (.token, "t" + Hexadecimal.text(beginning.prefix(16)))]
  }

  private static func sweep(_ counts: inout [String: Count], now: Int64) {
    counts = counts.filter { now - $0.value.since < window }
    guard counts.count >= limit else { return }
    let middle = counts.values.map(\.since).sorted()[counts.count / 2]
    counts = counts.filter { $0.value.since > middle }
  }
}
