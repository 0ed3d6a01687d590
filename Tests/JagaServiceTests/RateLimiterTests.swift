import Testing

@testable import JagaService

struct RateLimiterTests {
  @Test func aMinutesWorthAtOnceThenEvenly() {
    let limiter = RateLimiter()
    for sent in 1...60 {
      let verdict = limiter.take("a", perMinute: 60, now: 1_000)
      #expect(verdict == .init(limit: 60, remaining: 60 - sent, reset: sent, retryAfter: nil))
    }
    #expect(limiter.take("a", perMinute: 60, now: 1_000).retryAfter == 1)
    #expect(limiter.take("a", perMinute: 60, now: 1_999).retryAfter == 1)
    #expect(limiter.take("a", perMinute: 60, now: 2_000).retryAfter == nil)
    #expect(limiter.take("a", perMinute: 60, now: 2_000).retryAfter == 1)
  }

  @Test func tokensDoNotShareABucket() {
    let limiter = RateLimiter()
    #expect(limiter.take("a", perMinute: 1, now: 0).retryAfter == nil)
    #expect(limiter.take("a", perMinute: 1, now: 0).retryAfter == 60)
    #expect(limiter.take("b", perMinute: 1, now: 0).retryAfter == nil)
  }

  @Test func aClockThatIsSetBackFillsNothing() {
    let limiter = RateLimiter()
    _ = limiter.take("a", perMinute: 1, now: 100_000)
    #expect(limiter.take("a", perMinute: 1, now: 0).retryAfter == 60)
    #expect(limiter.take("a", perMinute: 1, now: 59_000).retryAfter == 1)
    #expect(limiter.take("a", perMinute: 1, now: 60_000).retryAfter == nil)
  }

  @Test func aRefusalSaysHowLongToWait() throws {
    let limiter = RateLimiter()
    _ = limiter.take("a", perMinute: 2, now: 0)
    _ = limiter.take("a", perMinute: 2, now: 0)
    let problem = try #require(limiter.take("a", perMinute: 2, now: 0).problem)
    #expect(problem.status == .tooManyRequests)
    #expect(
      problem.detail == "this token may send 2 requests a minute; send several messages in one request, or wait")
    #expect(problem.headers[.retryAfter] == "30")
    #expect(problem.headers[.rateLimitLimit] == "2")
    #expect(problem.headers[.rateLimitRemaining] == "0")
    #expect(problem.headers[.rateLimitReset] == "60")
  }

  @Test func bucketsThatAreFullAgainAreForgotten() {
    let limiter = RateLimiter()
    for name in 0..<1_000 { _ = limiter.take("token \(name)", perMinute: 10, now: Int64(name)) }
    #expect(limiter.bucketCount == 1_000)
    _ = limiter.take("later", perMinute: 10, now: 120_000)
    #expect(limiter.bucketCount == 1)
  }
}
