internal import HTTPTypes
internal import Synchronization

/// One bucket of requests for each token: it holds a minute's worth and fills up evenly.
///
/// Memory is bounded by the number of tokens; a bucket that has been full for a minute is forgotten when a new one is made.
final class RateLimiter: Sendable {
  /// What a bucket says about one request.
  struct Verdict: Equatable {
    /// Requests a minute.
    var limit: Int
    /// Requests left.
    var remaining: Int
    /// Seconds until the bucket is full again.
    var reset: Int
    /// Seconds to wait; nil when the request may pass.
    var retryAfter: Int?
  }

  private struct Bucket {
    var left: Double
    var at: Int64
  }

  private static let minute = 60_000.0
  private let buckets = Mutex<[String: Bucket]>([:])

  /// Buckets in memory.
  var bucketCount: Int { buckets.withLock { $0.count } }

  /// Takes one request from a token's bucket.
  func take(_ name: String, perMinute: Int, now: Int64) -> Verdict {
    let limit = Double(max(perMinute, 1))
    return buckets.withLock { buckets in
      if buckets[name] == nil {
        buckets = buckets.filter { Double(now - $0.value.at) < RateLimiter.minute }
      }
      var bucket = buckets[name] ?? Bucket(left: limit, at: now)
      // A clock that was set back fills nothing.
      bucket.left = min(limit, bucket.left + Double(max(0, now - bucket.at)) * limit / RateLimiter.minute)
      bucket.at = now
      let passes = bucket.left >= 1
      if passes { bucket.left -= 1 }
      buckets[name] = bucket
      // Whole milliseconds first, or a rounding error would cost a second.
      func seconds(for requests: Double) -> Int {
        Int(((requests * RateLimiter.minute / limit).rounded() / 1_000).rounded(.up))
      }
      return Verdict(
        limit: Int(limit), remaining: Int(bucket.left), reset: seconds(for: limit - bucket.left),
        retryAfter: passes ? nil : max(1, seconds(for: 1 - bucket.left)))
    }
  }
}

extension RateLimiter.Verdict {
  /// The header fields that tell a client where it stands.
  var fields: HTTPFields {
    var fields = HTTPFields()
    fields[.rateLimitLimit] = String(limit)
    fields[.rateLimitRemaining] = String(remaining)
    fields[.rateLimitReset] = String(reset)
    return fields
  }

  /// The refusal, where there is one.
  var problem: Problem? {
    guard let retryAfter else { return nil }
    var headers = fields
    headers[.retryAfter] = String(retryAfter)
    return Problem(
      .tooManyRequests, "too-many-requests",
      "this token may send \(limit) requests a minute; send several messages in one request, or wait",
      headers: headers)
  }
}
