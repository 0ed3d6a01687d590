import HTTPTypes
import Hummingbird
import JagaStore
import NIOCore
import Synchronization
import Testing

@testable import JagaService

struct ConsoleAccessTests {
  @Test(arguments: [
    ("/", "/sign-in"), ("/items/1", "/sign-in?next=%2Fitems%2F1"),
    ("/find?conversation=a%20b", "/sign-in?next=%2Ffind%3Fconversation%3Da%2520b"),
    ("/audit", "/sign-in?next=%2Faudit"),
    ("/work", "/sign-in?next=%2Fwork"),
  ])
  func strangersAreSentToTheSignIn(path: String, address: String) async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let answer = try await ConsoleBrowser(fixture).get(path)
    #expect(answer.status == .seeOther)
    #expect(answer.headers[.location] == address)
    #expect(answer.text.isEmpty)
  }

  @Test func aTokenWithTheScopeOpensASession() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    for wrong in ["", "jaga_nobody", "jaga_pipeline", "sari"] {
      try await browser.get("/sign-in?next=/work")
      let answer = try await browser.post("/sign-in", ["token": wrong, "next": "/work"])
      #expect(answer.headers[.location] == "/sign-in?next=%2Fwork", "\(wrong)")
      #expect(browser.cookies["jaga_session"] == nil)
    }
    #expect(
      try await browser.get("/sign-in").text.contains("Token ini tidak berlaku di sini, atau tidak berwenang meninjau.")
    )
    #expect(try await !browser.get("/sign-in").text.contains("Token ini tidak berlaku"))
    let answer = try await browser.post("/sign-in", ["token": "jaga_sari", "next": "/work"])
    #expect(answer.headers[.location] == "/work")
    let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("jaga_session=") })
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"))
    #expect(!cookie.contains("Secure") && !cookie.contains("jaga_sari"))
    #expect(try await browser.get("/work").text.contains("<bdi>sari</bdi>"))
    #expect(try fixture.actions().last == "sari session.opened")
  }

  @Test func behindTLSCookiesAreSecure() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    browser.headers["X-Forwarded-Proto"] = "https"
    let answer = try await browser.post("/sign-in", ["token": "jaga_sari"])
    #expect(answer.headers[values: .setCookie].allSatisfy { $0.contains("Secure") })
  }

  @Test func aSessionEnds() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    let copy = browser.cookies
    #expect(try await browser.post("/sign-out", [:]).headers[.location] == "/sign-in")
    #expect(browser.cookies["jaga_session"] == nil)
    #expect(try await browser.get("/sign-in").text.contains("Anda sudah keluar."))
    browser.cookies = copy
    #expect(try await browser.get("/").status == .seeOther, "a copy of the cookie is no longer good")

    let second = ConsoleBrowser(fixture)
    try await second.signIn("budi")
    fixture.clock.advance(by: ConsoleSession.lifetime - 1)
    #expect(try await second.get("/").status == .ok)
    fixture.clock.advance(by: 1)
    #expect(try await second.get("/").status == .seeOther)
    #expect(try await second.get("/sign-in").text.contains("Sesi Anda sudah berakhir."))

    let third = ConsoleBrowser(fixture)
    try await third.signIn("citra")
    try fixture.parts.store.revokeToken(name: "citra", now: fixture.clock.now, actor: "test")
    fixture.clock.advance(by: 2_000)
    #expect(try await third.get("/").status == .seeOther, "the session rests on the token")
  }

  /// Anybody may send a form to the sign-in: no more of it is read than a form can have, whatever the API takes.
  @Test func aFormIsReadNoFurtherThanItsLimit() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let pieces = Pieces(count: 1_000, of: ByteBuffer(repeating: UInt8(ascii: "x"), count: 1_024))
    let request = Request(
      head: .init(
        method: .post, scheme: "http", authority: "localhost", path: "/sign-in",
        headerFields: [.contentType: "application/x-www-form-urlencoded"]),
      body: RequestBody(asyncSequence: pieces))
    let console = try #require(ConsoleRoutes(parts: fixture.parts))
    await #expect(throws: ConsoleFault.self) { try await console.form(of: request) }
    #expect(pieces.taken == 17)
    #expect(fixture.parts.settings.bodyLimit > 1_000 * 1_024)
  }

  @Test func formsNeedTheirToken() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    try await browser.signIn("sari")
    try await browser.get("/items/1")
    let fields = ["verdict": "confirm", "version": browser.version]
    let stranger = ConsoleBrowser(fixture)
    try await stranger.signIn("budi")
    for wrong in ["", "0", stranger.token, String(browser.token.dropLast())] {
      let answer = try await browser.post("/items/1/decision", fields.merging(["csrf": wrong]) { $1 })
      #expect(answer.status == .badRequest, "\(wrong)")
      try await browser.get("/items/1")
    }
    for (name, value) in [
      ("Origin", "https://elsewhere.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"),
      ("Sec-Fetch-Site", "same-site"), ("Content-Type", "text/plain"), ("Content-Type", "application/json"),
    ] {
      browser.headers = [name: value]
      #expect(try await browser.post("/items/1/decision", fields).status == .badRequest, "\(name): \(value)")
      browser.headers = [:]
      try await browser.get("/items/1")
    }
    #expect(try fixture.parts.store.decisions(item: 1) == [])
    browser.headers = ["Sec-Fetch-Site": "same-origin"]
    #expect(try await browser.post("/items/1/decision", fields).status == .seeOther)
    #expect(try fixture.parts.store.decisions(item: 1).count == 1)
  }

  @Test func hugeForms() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    let answer = try await browser.post("/sign-in", ["token": String(repeating: "x", count: 20_000)])
    #expect(answer.status == .badRequest)
    #expect(browser.cookies["jaga_session"] == nil)
  }

  @Test func headersOfEveryPage() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    try await fixture.scoreRisky("c")
    let browser = ConsoleBrowser(fixture)
    var answers = [try await browser.get("/sign-in")]
    try await browser.signIn("dewi")
    for path in ["/", "/items/1", "/items/99", "/find", "/audit", "/work"] {
      answers.append(try await browser.get(path))
    }
    for answer in answers {
      #expect(
        answer.headers[.contentSecurityPolicy]
          == "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      )
      #expect(answer.headers[.cacheControl] == "no-store")
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[.referrerPolicy] == "same-origin")
      #expect(answer.headers[.frameOptions] == "DENY")
      #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
    }
  }

  @Test func assetsAreForEverybodyAndKept() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    try await browser.get("/sign-in")
    for (start, type) in [
      ("<link rel=\"stylesheet\" href=\"", "text/css; charset=utf-8"),
      ("<script src=\"", "text/javascript; charset=utf-8"),
      ("<link rel=\"icon\" href=\"", "image/svg+xml"),
    ] {
      let answer = try await fixture.send(.get, browser.value(after: start))
      #expect(answer.status == .ok && answer.headers[.contentType] == type)
      #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
    }
    #expect(try await fixture.send(.get, "/assets/console.css?v=0").headers[.cacheControl] == "no-cache")
    #expect(try await fixture.send(.get, "/assets/other.css").status == .notFound)
  }

  /// On this machine alone and without tokens a name is enough, and it stands in the audit.
  @Test func openMode() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    #expect(try await browser.get("/sign-in").text.contains("name=\"name\""))
    for wrong in ["", "jaga", "Local", "a<b", "x|y", "a\u{202E}b", String(repeating: "x", count: 65)] {
      try await browser.post("/sign-in", ["name": wrong])
      #expect(browser.cookies["jaga_session"] == nil, "\(wrong)")
    }
    #expect(try await browser.post("/sign-in", ["name": "Ibu Sari O'Neil"]).headers[.location] == "/")
    #expect(try await browser.get("/").text.contains("<bdi>Ibu Sari O&#39;Neil</bdi>"))
    #expect(try await browser.get("/audit").status == .ok)
    #expect(try fixture.actions() == ["Ibu Sari O'Neil session.opened"])
    // Once there is a token, names are not enough any more.
    try fixture.addToken("dewi", ["review"])
    fixture.clock.advance(by: 2_000)
    #expect(try await browser.get("/").status == .seeOther)
    #expect(try await browser.get("/sign-in").text.contains("name=\"token\""))
  }

  @Test func aLinkFromAnotherSiteFindsTheSession() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    browser.headers = ["Sec-Fetch-Site": "cross-site"]
    let first = try await browser.get("/items/1")
    #expect(first.headers[.location] == "/sign-in?next=%2Fitems%2F1")
    #expect(
      try await browser.get("/sign-in?next=%2Fitems%2F1").headers[.refresh] == "0; url=/sign-in?next=%2Fitems%2F1")
    browser.headers = [:]
    try await browser.signIn("sari")
    #expect(try await browser.get("/sign-in?next=%2Fitems%2F1").headers[.location] == "/items/1")
  }

  @Test func habits() async throws {
    let fixture = try ServiceFixture.withReviewers()
    defer { fixture.remove() }
    let browser = ConsoleBrowser(fixture)
    #expect(
      try await browser.get("/sign-in").text.hasPrefix("<!DOCTYPE html>\n<html lang=\"id\" data-theme=\"system\">"))
    browser.headers["Accept-Language"] = "fr, en-GB;q=0.9, id;q=0.8"
    #expect(try await browser.get("/sign-in").text.contains("<html lang=\"en\""))
    try await browser.signIn("sari")
    try await browser.get("/work")
    #expect(
      try await browser.post("/preferences", ["language": "id", "return": "/work"]).headers[.location] == "/work")
    try await browser.get("/work")
    try await browser.post("/preferences", ["theme": "dark", "return": "/work"])
    try await browser.get("/work")
    try await browser.post("/preferences", ["shortcuts": "off", "return": "/work"])
    #expect(browser.cookies["jaga_habits"] == "id.dark.on.off")
    let page = try await browser.get("/work").text
    #expect(page.contains("<html lang=\"id\" data-theme=\"dark\">") && page.contains("<body data-shortcuts=\"off\""))
    #expect(try await browser.post("/preferences", ["language": "fr"]).status == .badRequest)
  }
}

/// A body in pieces that counts how many were taken.
private final class Pieces: AsyncSequence, Sendable {
  private let left: Mutex<Int>
  private let count: Int
  private let piece: ByteBuffer
  var taken: Int { count - left.withLock { $0 } }

  init(count: Int, of piece: ByteBuffer) {
    self.count = count
    self.piece = piece
    left = Mutex(count)
  }

  private func next() -> ByteBuffer? {
    left.withLock { left in
      guard left > 0 else { return nil }
      left -= 1
      return piece
    }
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    let pieces: Pieces
    func next() async -> ByteBuffer? { pieces.next() }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: self) }
}
