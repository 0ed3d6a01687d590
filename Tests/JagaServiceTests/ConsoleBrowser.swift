import Foundation
import HTTPTypes
import Hummingbird
import JagaStore
import Testing

@testable import JagaService

/// A reader of the console as a browser is: it keeps cookies, and fills in the form of the page it has before it.
final class ConsoleBrowser {
  let fixture: ServiceFixture
  /// One router for all requests, as in a running service: what it has in memory stays.
  private let router: Router<ServiceContext>
  var cookies: [String: String] = [:]
  var headers: [String: String] = [:]
  private(set) var page = ""

  init(_ fixture: ServiceFixture) {
    self.fixture = fixture
    router = fixture.parts.router()
  }

  @discardableResult
  func get(_ path: String) async throws -> Answer { try await send(.get, path, nil) }

  /// Sends a form with the page's token, unless the fields have one.
  @discardableResult
  func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
    let all = ["csrf": token].merging(fields) { _, given in given }
    let body = all.map { "\($0.key)=\($0.value.percentEncoded)" }.sorted().joined(separator: "&")
    return try await send(.post, path, body)
  }

  /// The token in the forms of the page.
  var token: String { value(after: "name=\"csrf\" value=\"") }
  /// The version in the form of the page.
  var version: String { value(after: "name=\"version\" value=\"") }

  func value(after start: String) -> String {
    let parts = page.components(separatedBy: start)
    return parts.count > 1 ? parts[1].components(separatedBy: "\"")[0] : ""
  }

  private func send(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws -> Answer {
    var fields = headers
    if body != nil && fields["Content-Type"] == nil { fields["Content-Type"] = "application/x-www-form-urlencoded" }
    if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
    let answer = try await fixture.send(method, path, body, headers: fields, to: router)
    for cookie in answer.headers[values: .setCookie] {
      let pair = cookie.components(separatedBy: ";")[0].components(separatedBy: "=")
      let value = pair.dropFirst().joined(separator: "=")
      cookies[pair[0]] = cookie.contains("Max-Age=0") ? nil : value
    }
    if !answer.text.isEmpty { page = answer.text }
    return answer
  }

  /// Signs in by a token that the fixture has made.
  func signIn(_ name: String) async throws {
    try await get("/sign-in")
    let answer = try await post("/sign-in", ["token": "jaga_" + name, "next": "/"])
    #expect(answer.status == .seeOther && answer.headers[.location] == "/")
    try await get("/")
  }
}

extension ServiceFixture {
  /// A service with tokens, so that reviewers sign in.
  static func withReviewers(
    textKey: [UInt8]? = nil, _ change: @escaping (inout ServiceSettings) -> Void = { _ in },
    desk: ((ServiceParts) throws -> PollDesk)? = nil
  ) throws -> ServiceFixture {
    let fixture = try ServiceFixture(
      { settings in
        settings.access.isLoopback = false
        settings.secondReviewShare = 0
        change(&settings)
      }, textKey: textKey, desk: desk)
    try fixture.addToken("pipeline", ["score"])
    for name in ["sari", "budi", "citra"] { try fixture.addToken(name, ["review"]) }
    try fixture.addToken("dewi", ["review", "admin"])
    return fixture
  }

  /// Scores the sample conversation.
  func scoreRisky(_ id: String) async throws {
    let list = SampleLines.risky(id).split(separator: "\n").joined(separator: ",")
    let answer = try await send(
      .post, "/v1/score", "{\"messages\":[\(list)]}", headers: ["Authorization": "Bearer jaga_pipeline"])
    #expect(answer.status == .ok)
    try await parts.engine.flush()
  }

  /// Supplies the sample conversation's texts for review.
  func supplyRisky(_ id: String, replacing old: String = "\u{0}", with new: String = "") async throws {
    let list = SampleLines.risky(id).replacingOccurrences(of: old, with: new).split(separator: "\n").joined(
      separator: ",")
    let answer = try await send(
      .put, "/v1/conversations/\(id)/messages", "{\"messages\":[\(list)]}",
      headers: ["Authorization": "Bearer jaga_pipeline"])
    #expect(answer.status == .ok)
  }

  /// The actions of the audit with their actors, oldest first.
  func actions() throws -> [String] {
    try parts.store.audit(from: 1, limit: 1000).map { "\($0.actor) \($0.action)" }
  }
}
