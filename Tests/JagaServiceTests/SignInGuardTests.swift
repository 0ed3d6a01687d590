import HTTPTypes
import Hummingbird
import JagaStore
import Testing

@testable import JagaService

/// Guessing at the sign-in of the console.
struct SignInGuardTests {
  private let minute: Int64 = 60_000

  @Test func tenFailuresAreHeldForAQuarterOfAnHour() {
    let signIns = SignInGuard()
    for attempt in 1...10 {
      #expect(signIns.refusal(address: "a", token: "token-\(attempt)-aaaaaaaa", now: 0) == nil)
      #expect(
        signIns.fail(address: "a", token: "token-\(attempt)-aaaaaaaa", now: 0) == (attempt == 10 ? [.address] : []))
    }
    #expect(signIns.refusal(address: "a", token: "another-token", now: 1) == .init(cause: .address, seconds: 900))
    #expect(signIns.refusal(address: "a", token: "another-token", now: 15 * minute - 1)?.seconds == 1)
    #expect(signIns.refusal(address: "a", token: "another-token", now: 15 * minute) == nil)
    #expect(signIns.refusal(address: "b", token: "another-token", now: 1) == nil)
  }

  /// From many addresses at one token.
  @Test func theBeginningOfATokenIsHeld() {
    let signIns = SignInGuard()
    for attempt in 0..<10 { _ = signIns.fail(address: "a\(attempt)", token: "jaga_0123456789-\(attempt)", now: 0) }
    #expect(signIns.refusal(address: "z", token: "jaga_0123456789-x", now: 1)?.cause == .token)
    #expect(signIns.refusal(address: "z", token: "jaga_1123456789-x", now: 1) == nil)
  }

  @Test func memoryIsBounded() {
    let signIns = SignInGuard()
    for attempt in 0..<15_000 { _ = signIns.fail(address: "a\(attempt)", token: "\(attempt)", now: Int64(attempt)) }
    #expect(signIns.count <= SignInGuard.limit + 2)
  }

  @Test(
    arguments: [
      (nil, nil, ""), ("203.0.113.9", "198.51.100.1", "203.0.113.9"), ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
      ("::1", "1.1.1.1, 198.51.100.2", "198.51.100.2"), (nil, "198.51.100.3", "198.51.100.3"),
      ("127.0.0.1", nil, "127.0.0.1"),
    ] as [(String?, String?, String)])
  func addresses(peer: String?, forwarded: String?, expected: String) {
    var fields = HTTPFields()
    if let forwarded { fields[.forwardedFor] = forwarded }
    let request = Request(
      head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/", headerFields: fields),
      body: .init(buffer: .init()))
    #expect(ClientAddress.address(of: request, peer: peer) == expected)
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:DB8::1", "2001:db8:0:0"),
    ("fe80::1%eth0", "fe80:0:0:0"), ("::", "0:0:0:0"), ("", ""),
  ])
  func networks(address: String, expected: String) { #expect(ClientAddress.network(of: address) == expected) }

  @Test func theConsoleAnswers429() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    browser.headers["Accept-Language"] = "en"
    browser.headers["X-Forwarded-For"] = "198.51.100.7"
    for attempt in 0..<10 {
      // Unknown, and known without the scope: refused alike.
      let token = attempt == 3 ? "jaga_pipeline" : "jaga_wrong\(attempt)"
      #expect(try await browser.post("/sign-in", ["token": token]).status == .seeOther)
    }
    for token in ["jaga_wrong", "jaga_sari"] {
      let answer = try await browser.post("/sign-in", ["token": token])
      #expect(answer.status == .tooManyRequests && answer.headers[.retryAfter] == "900")
      #expect(answer.text.contains("Too many attempts") && !answer.text.contains(token))
    }
    let held = try fixture.parts.store.audit(from: 1, limit: 99).filter { $0.action == "session.held" }
    #expect(held.map(\.detail) == ["{\"cause\":\"address\",\"failures\":10}"])
    #expect(try fixture.parts.metricsText().contains("jaga_sign_ins_failed_total{outcome=\"refused\"} 10"))
    // Others go in meanwhile, and so do those who waited.
    let other = ConsoleBrowser(fixture)
    other.headers["X-Forwarded-For"] = "198.51.100.8"
    try await other.signIn("budi")
    fixture.clock.advance(by: 15 * minute)
    try await browser.signIn("sari")
  }
}
