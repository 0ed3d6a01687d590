import Hummingbird
import Testing

@testable import JagaService

struct AccessTests {
  /// A service that others can reach, with a token for each scope.
  private func fixture() throws -> ServiceFixture {
    let fixture = try ServiceFixture { $0.access.isLoopback = false }
    for scope in ["score", "review", "admin"] { try fixture.addToken(scope, [scope]) }
    try fixture.addToken("old", ["score", "review", "admin"], expiresAt: fixture.clock.now)
    try fixture.addToken("gone", ["score", "review", "admin"])
    try fixture.parts.store.revokeToken(name: "gone", now: fixture.clock.now, actor: "test")
    return fixture
  }

  /// Every path with the scope that it needs; nil for paths that are open to all.
  private static let rows: [(HTTPRequest.Method, String, String?)] = [
    (.get, "/openapi.json", nil),
    (.post, "/v1/score", "score"), (.post, "/v1/score/stream", "score"), (.post, "/v1/transcripts", "score"),
    (.get, "/v1/conversations/c", "score"), (.put, "/v1/conversations/c/messages", "score"),
    (.delete, "/v1/conversations/c/messages", "score"), (.post, "/v1/conversations/c/appeal", "score"),
    (.delete, "/v1/conversations/c", "admin"), (.get, "/v1/conversations/c/export", "admin"),
    (.get, "/v1/labels", "score"), (.get, "/v1/model", "score"),
    (.post, "/v1/moderations", "score"), (.post, "/v1alpha1/comments:analyze", "score"),
    (.post, "/contentsafety/text:analyze", "score"), (.post, "/v1/matrix/ping", "score"),
    (.post, "/v1/matrix/check_event_for_spam", "score"), (.post, "/v1/matrix/user_may_invite", "score"),
  ]

  @Test(arguments: rows)
  func eachPathAsksForItsScope(method: HTTPRequest.Method, path: String, scope: String?) async throws {
    let fixture = try fixture()
    defer { fixture.remove() }
    for name in ["", "score", "review", "admin", "old", "gone", "unknown"] {
      let headers = name.isEmpty ? [:] : ["Authorization": "Bearer jaga_" + name]
      let answer = try await fixture.send(method, path, method == .get ? nil : "{}", headers: headers)
      switch name {
      case "old", "gone", "unknown":
        #expect(answer.status == .unauthorized, "\(path) with \(name)")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"jaga\", error=\"invalid_token\"")
      case _ where scope == nil || name == scope:
        #expect(![401, 403, 429].contains(answer.status.code), "\(path) with \(name)")
      case "":
        #expect(answer.status == .unauthorized, "\(path) without a token")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer realm=\"jaga\", scope=\"\(scope ?? "")\"")
      default:
        #expect(answer.status == .forbidden, "\(path) with \(name)")
        #expect(
          answer.headers[.wwwAuthenticate]
            == "Bearer realm=\"jaga\", error=\"insufficient_scope\", scope=\"\(scope ?? "")\"")
      }
    }
  }

  /// What no row names must be closed as well, except for the probes and what the console shows before the sign-in.
  @Test func noRouteIsForgotten() async throws {
    let fixture = try fixture()
    defer { fixture.remove() }
    let known = Set(AccessTests.rows.map { "\($0.0) \($0.1)" })
    for route in fixture.parts.router().routes {
      let path = route.path.description.replacing("{id}", with: "c").replacing("{callback}", with: "user_may_invite")
      guard !known.contains("\(route.method) \(path)"),
        !["/healthz", "/readyz", "/assets/{name}"].contains(path)
      else { continue }
      let answer = try await fixture.send(route.method, path, route.method == .get ? nil : "{}")
      let isPage = answer.headers[.contentType]?.hasPrefix("application/") != true
      #expect(isPage || [401, 403].contains(answer.status.code), "\(route) is open: \(answer.status)")
    }
  }

  @Test(arguments: [("/healthz", 200), ("/readyz", 503)])
  func probesAreAnsweredWhateverIsWrong(path: String, status: Int) async throws {
    let fixture = try fixture()
    defer { fixture.remove() }
    try fixture.parts.store.close()
    for headers in [[:], ["Authorization": "Bearer jaga_unknown"], ["Origin": "https://evil.example"]] {
      #expect(try await fixture.send(.get, path, headers: headers).status.code == status)
    }
  }

  @Test func aRefusalIsAProblemInWords() async throws {
    let fixture = try fixture()
    defer { fixture.remove() }
    let missing = try await fixture.send(.post, "/v1/score", "{}")
    #expect(missing.headers[.contentType] == "application/problem+json")
    #expect(
      missing.text
        == #"{"type":"urn:jaga:problem:token-missing","title":"Unauthorized","status":401,"detail":"this path needs a token with the scope 'score'; send it as 'Authorization: Bearer …'"}"#
    )
    let lacking = try await fixture.send(.post, "/v1/score", "{}", headers: ["X-API-Key": "jaga_review"])
    #expect(lacking.json["type"]?.string == "urn:jaga:problem:scope-missing")
    let unknown = try await fixture.send(.post, "/v1/score", "{}", headers: ["X-API-Key": "jaga_x"])
    #expect(unknown.json["type"]?.string == "urn:jaga:problem:token-unknown")
  }

  @Test func withoutTokensThisMachineMayDoEverything() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(.post, "/v1/score", #"{"text":"halo"}"#)
    #expect(answer.status == .ok)
    // Clients that cannot do without a key may send any.
    let keyed = try await fixture.send(
      .post, "/v1/score", #"{"text":"halo"}"#, headers: ["Authorization": "Bearer unused"])
    #expect(keyed.status == .ok)
    for (name, value) in [("Origin", "https://evil.example"), ("X-Forwarded-For", "10.0.0.9")] {
      let refused = try await fixture.send(.post, "/v1/score", #"{"text":"halo"}"#, headers: [name: value])
      #expect(refused.status == .forbidden)
    }
  }

  @Test func theFirstTokenClosesTheOpenMode() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, "/v1/labels").status == .ok)
    try fixture.addToken("one", ["score"])
    fixture.clock.advance(by: 2_000)
    #expect(try await fixture.send(.get, "/v1/labels").status == .unauthorized)
    try fixture.parts.store.revokeToken(name: "one", now: fixture.clock.now, actor: "test")
    fixture.clock.advance(by: 2_000)
    #expect(try await fixture.send(.get, "/v1/labels").status == .unauthorized)
  }

  @Test func whereOthersCanReachItNoTokenMeansNothing() async throws {
    let fixture = try ServiceFixture { $0.access.isLoopback = false }
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, "/v1/labels").status == .unauthorized)
  }

  @Test func aTokenHasItsOwnLimit() async throws {
    let fixture = try ServiceFixture { $0.access.requestsPerMinute = 3 }
    defer { fixture.remove() }
    try fixture.addToken("slow", ["score"], requestsPerMinute: 1)
    try fixture.addToken("plain", ["score"])
    let slow = ["Authorization": "Bearer jaga_slow"]
    let first = try await fixture.send(.get, "/v1/labels", headers: slow)
    #expect(first.status == .ok)
    #expect(first.headers[.rateLimitLimit] == "1")
    #expect(first.headers[.rateLimitRemaining] == "0")
    #expect(first.headers[.rateLimitReset] == "60")
    let second = try await fixture.send(.get, "/v1/labels", headers: slow)
    #expect(second.status == .tooManyRequests)
    #expect(second.headers[.retryAfter] == "60")
    let plain = try await fixture.send(.get, "/v1/labels", headers: ["Authorization": "Bearer jaga_plain"])
    #expect(plain.headers[.rateLimitRemaining] == "2")
    fixture.clock.advance(by: 60_000)
    #expect(try await fixture.send(.get, "/v1/labels", headers: slow).status == .ok)
  }

  @Test(arguments: ["/v1/labels", "/v1/nothing", "/openapi.json", "/v1/score"])
  func everyAnswerHasTheSecurityFields(path: String) async throws {
    let fixture = try fixture()
    defer { fixture.remove() }
    let headers = try await fixture.send(.get, path).headers
    #expect(headers[.xContentTypeOptions] == "nosniff")
    #expect(headers[.frameOptions] == "DENY")
    #expect(headers[.referrerPolicy] == "no-referrer")
    #expect(headers[.resourcePolicy] == "same-origin")
    #expect(
      headers[.contentSecurityPolicy]
        == "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
    #expect(headers[.cacheControl] == (path == "/openapi.json" ? "max-age=3600" : "no-store"))
    #expect(headers[.strictTransportSecurity] == nil)
  }

  @Test func overTLSABrowserShallComeBackThatWay() async throws {
    let fixture = try ServiceFixture { $0.access.speaksTLS = true }
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, "/v1/labels").headers[.strictTransportSecurity] == "max-age=31536000")
  }

  @Test(arguments: [
    (HTTPRequest.Method.get, "/v1/score", "POST"), (.put, "/v1/conversations/c", "DELETE, GET"),
    (.delete, "/v1/moderations", "POST"), (.get, "/v1/matrix/ping", "POST"), (.get, "/v1/matrix/other", "POST"),
    (.post, "/v1/labels", "GET"),
  ])
  func aWrongMethodIsNotAWrongPath(method: HTTPRequest.Method, path: String, allowed: String) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(method, path)
    #expect(answer.status == .methodNotAllowed)
    #expect(answer.headers[.allow] == allowed)
    #expect(try await fixture.send(method, path + "/and/more").status == .notFound)
  }
}
