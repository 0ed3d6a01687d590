import HTTPTypes
import Hummingbird
import JagaStore
import Testing

@testable import JagaService

struct ChatAccessTests {
  private static let message = "{\"id\":\"1\",\"text\":\"hai\"}"
  private static let paths: [(HTTPRequest.Method, String)] = [
    (.get, "/chat"), (.get, "/chat/chat.js"), (.get, "/chat/messages"), (.post, "/chat/messages"),
    (.post, "/chat/leave"),
  ]

  @Test func withoutPollsThereIsNoChat() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    for (method, path) in Self.paths {
      #expect(try await fixture.send(method, path, Self.message).status == .notFound)
    }
  }

  /// With tokens, and where others reach the service, only the operator's own setting opens the chat.
  @Test(arguments: [true, false]) func whereOthersReachTheService(isOpened: Bool) async throws {
    let fixture = try ServiceFixture { settings in
      settings.access.isLoopback = false
      settings.hasWebChat = isOpened
    }
    defer { fixture.remove() }
    try fixture.addToken("sari", ["review"])
    let visitor = ChatVisitor(try ChatService(fixture))
    for (method, path) in Self.paths {
      let answer = try await visitor.send(method, path, method == .post ? Self.message : nil)
      #expect(answer.status == (isOpened ? path == "/chat/leave" ? .noContent : .ok : .notFound), "\(path)")
    }
    // A token does not change that.
    visitor.headers["Authorization"] = "Bearer jaga_sari"
    #expect(try await visitor.send(.get, "/chat").status == (isOpened ? .ok : .notFound))
  }

  @Test func theFirstTokenClosesTheChatOfThisMachine() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    #expect(try await visitor.send(.get, "/chat").status == .ok)
    try fixture.addToken("sari", ["review"])
    fixture.clock.advance(by: 2_000)
    #expect(try await visitor.send(.get, "/chat").status == .notFound)
  }

  @Test(
    arguments: [
      (["Origin": "https://evil.example"], .forbidden, "foreign-origin"),
      (["Origin": "null"], .forbidden, "foreign-origin"),
      (["Sec-Fetch-Site": "cross-site"], .forbidden, "foreign-origin"),
      (["Sec-Fetch-Site": "same-site"], .forbidden, "foreign-origin"),
      // One that says where it comes from must not hide behind the other field.
      (["Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"], .forbidden, "foreign-origin"),
      (["Content-Type": "text/plain"], .unsupportedMediaType, "content-type"),
      (["Content-Type": ""], .unsupportedMediaType, "content-type"),
      (["Content-Type": "application/x-www-form-urlencoded"], .unsupportedMediaType, "content-type"),
      (["Content-Type": "application/json; charset=utf-8"], .ok, nil),
      (["Sec-Fetch-Site": "same-origin"], .ok, nil),
    ] as [([String: String], HTTPResponse.Status, String?)])
  func requestsOfOtherSites(headers: [String: String], status: HTTPResponse.Status, kind: String?) async throws {
    let fixture = try ServiceFixture { settings in
      settings.access.isLoopback = false
      settings.hasWebChat = true
    }
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    visitor.headers = headers
    let answer = try await visitor.send(.post, "/chat/messages", Self.message)
    #expect(answer.status == status)
    #expect(answer.json["type"]?.string == kind.map { "urn:jaga:problem:\($0)" })
  }

  @Test(
    arguments: [
      ("", .badRequest, nil), ("[]", .badRequest, nil), ("{\"id\":\"1\"", .badRequest, nil),
      ("{\"text\":\"hai\"}", .badRequest, "/id"), ("{\"id\":\"\",\"text\":\"hai\"}", .badRequest, "/id"),
      ("{\"id\":1,\"text\":\"hai\"}", .badRequest, "/id"),
      ("{\"id\":\"\(String(repeating: "x", count: 65))\",\"text\":\"hai\"}", .badRequest, "/id"),
      ("{\"id\":\"1\"}", .badRequest, "/text"), ("{\"id\":\"1\",\"text\":[\"hai\"]}", .badRequest, "/text"),
      ("{\"id\":\"1\",\"text\":\"hai\",\"language\":\"fr\"}", .badRequest, "/language"),
      ("{\"id\":\"1\",\"text\":\"\(String(repeating: "x", count: 20_000))\"}", .contentTooLarge, "/text"),
      ("{\"id\":\"1\",\"text\":\"\(String(repeating: "x", count: 70_000))\"}", .contentTooLarge, nil),
      ("{\"id\":\"1\",\"text\":\"\",\"more\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}", .badRequest, nil),
    ] as [(String, HTTPResponse.Status, String?)])
  func bodiesThatAreNoMessage(body: String, status: HTTPResponse.Status, pointer: String?) async throws {
    let fixture = try ServiceFixture { $0.textLimit = 16_384 }
    defer { fixture.remove() }
    let answer = try await ChatVisitor(try ChatService(fixture)).send(.post, "/chat/messages", body)
    #expect(answer.status == status)
    #expect(answer.json["pointer"]?.string == pointer)
    #expect(answer.headers[.setCookie] == nil)
  }

  @Test func floods() async throws {
    let fixture = try ServiceFixture { $0.repliesPerMinute = 2 }
    defer { fixture.remove() }
    let service = try ChatService(fixture)
    let visitor = ChatVisitor(service)
    var last: Answer?
    for _ in 0..<61 { last = try await visitor.say("hai") }
    #expect(last?.status == .tooManyRequests && last?.headers[.retryAfter] == "60")
    // Others chat on, as many as may begin in a minute.
    var begun = 1
    while try await ChatVisitor(service).say("hai").status == .ok, begun < 1_000 { begun += 1 }
    #expect(begun == ChatRoutes.newChatsPerAddress)
    fixture.clock.advance(by: 60_000)
    #expect(try await ChatVisitor(service).say("hai").status == .ok)
    #expect(try await visitor.say("hai").status == .ok)
  }

  @Test(
    arguments: [
      ("/chat", "", "id"), ("/chat", "en-GB,en;q=0.9", "en"), ("/chat", "fr, id;q=0.8", "id"),
      ("/chat?lang=en", "id", "en"),
      ("/chat?lang=fr", "en", "en"),
    ])
  func thePage(path: String, accepted: String, language: String) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    visitor.headers["Accept-Language"] = accepted
    let page = try await visitor.send(.get, path)
    #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\" data-known=\"no\">"))
    #expect(page.headers[.contentType] == "text/html; charset=utf-8")
    #expect(page.headers[.cacheControl] == "no-store" && page.headers[.referrerPolicy] == "no-referrer")
    #expect(
      page.headers[.contentSecurityPolicy]
        == "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    #expect(!page.text.contains("{{") && !page.text.contains(" style=") && !page.text.contains("<script>"))
  }

  @Test(arguments: [
    ("chat.css", "text/css; charset=utf-8"), ("chat.js", "text/javascript; charset=utf-8"),
    ("chat.svg", "image/svg+xml"),
  ])
  func files(name: String, type: String) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    let file = try await visitor.send(.get, "/chat/\(name)")
    #expect(file.status == .ok && file.headers[.contentType] == type && file.headers[.cacheControl] == "no-store")
    #expect(try await visitor.send(.get, "/chat/console.css").status == .notFound)
    #expect(try await visitor.send(.post, "/chat").status == .methodNotAllowed)
  }
}
