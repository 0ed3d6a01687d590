/// When a delivery that failed is tried again: exponential back-off with full jitter (Brooker 2015).
///
/// The pause before try n + 1 is drawn evenly from 0 to `base` · 2^(n − 1), at most an hour. Receivers that come back are so not met by all of
/// it at once. With 12 tries and 5 seconds the last one comes about two and a half hours after the first, in the mean.
public struct AlertRetry: Sendable {
  /// The longest pause, in milliseconds.
  public static let longest: Int64 = 3_600_000

  /// The longest first pause, in milliseconds.
  public let base: Int64
  /// The most tries.
  public let tries: Int

  /// A rule.
  public init(baseSeconds: Int, tries: Int) {
    base = Int64(baseSeconds) * 1_000
    self.tries = tries
  }

  /// The longest pause after `tried` tries.
  public func ceiling(after tried: Int) -> Int64 {
    let doublings = min(max(tried - 1, 0), 20)
    return min(base << Int64(doublings), AlertRetry.longest)
  }

  /// The pause after `tried` tries, nil when there is to be no other one. A receiver that asked for a pause gets at least that, up to an hour.
  public func pause(
    after tried: Int, asked seconds: Int?, using generator: inout some RandomNumberGenerator
  ) -> Int64? {
    guard tried < tries else { return nil }
    let drawn = Int64.random(in: 0...ceiling(after: tried), using: &generator)
    guard let seconds else { return drawn }
    return min(max(drawn, Int64(min(max(seconds, 0), 3_600)) * 1_000), AlertRetry.longest)
  }
}
