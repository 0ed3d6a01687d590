import Foundation
import HTTPTypes
import Hummingbird
import JagaStore
import JagaTranscripts
import Testing

@testable import JagaService

struct ChatRoutesTests {
  static let optIn =
    "Hai! Ada 8 pertanyaan singkat soal dunia online. Tanpa nama. Tim kami bisa membaca jawabanmu. Balas STOP kapan saja. Mau ikut? YA atau TIDAK"
  static let optInEnglish =
    "Hi! We have 8 short questions about life online. No names. Our team can read your answers. Reply STOP at any time. Join? YES or NO"
  static let age = "Berapa umurmu?\n1. 12 atau 13\n2. 14 atau 15\n3. 16 atau 17\n4. Umur lain"

  @Test func aChatBeginsAndGoesOn() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    let first = try await visitor.say("MULAI", language: "id")
    #expect(first.status == .ok && first.headers[.contentType] == "application/json")
    #expect(first.texts == [Self.optIn])
    #expect(first.json.keys == ["messages"] && first.json["messages"]?.elements.first?.keys == ["id", "text"])
    let second = try await visitor.say("ya", seen: first.ids.last)
    #expect(second.texts == [Self.age])
    #expect(second.headers[.setCookie] == nil)
    let english = ChatVisitor(visitor.service)
    #expect(try await english.say("START", language: "en").texts == [Self.optInEnglish])
    #expect(english.cookie != visitor.cookie)
  }

  @Test func theCookieIsTheChatsAlone() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    #expect(try await visitor.send(.get, "/chat").headers[.setCookie] == nil)
    let field = try #require(try await visitor.say("MULAI").headers[.setCookie])
    let parts = field.components(separatedBy: "; ")
    #expect(Set(parts.dropFirst()) == ["Path=/chat", "HttpOnly", "SameSite=Strict"])
    let value = try #require(visitor.cookie)
    #expect(value.utf8.count == 32 + 1 + 64)
    // The store has a keyed mark of it and nothing else.
    let files = try FileManager.default.contentsOfDirectory(at: fixture.folder, includingPropertiesForKeys: nil)
    for file in files {
      #expect(try Data(contentsOf: file).range(of: Data(value.prefix(32).utf8)) == nil, "\(file.lastPathComponent)")
    }
    #expect(files.count >= 2)
    let left = try await visitor.send(.post, "/chat/leave")
    #expect(left.status == .noContent && visitor.cookie == nil)
    #expect(left.headers[.setCookie]?.contains("Max-Age=0") == true)
    #expect(try await visitor.say("MULAI", language: "id").texts == [Self.optIn])
  }

  /// A new chat ends the way back, and the case says so; leaving the page alone does not.
  @Test func aNewChatEndsTheWayBack() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    try await visitor.say(SurfaceLines.disclosure, language: "id")
    let store = fixture.parts.store
    let item = try #require(try store.queue(QueueQuery()).items.first).number
    #expect(try store.reviewCase(item: item)?.obstacle == nil)
    try await visitor.send(.get, "/chat/messages")
    #expect(try store.reviewCase(item: item)?.obstacle == nil)
    try await visitor.send(.post, "/chat/leave")
    #expect(try store.reviewCase(item: item)?.obstacle == .left(item: item))
    let other = ChatVisitor(visitor.service)
    #expect(try await other.send(.post, "/chat/leave").status == .noContent)
  }

  /// One address cannot take the chats of all.
  @Test func newChatsOfOneAddress() async throws {
    let fixture = try ServiceFixture {
      $0.hasWebChat = true
      $0.access.isLoopback = false
    }
    defer { fixture.remove() }
    let service = try ChatService(fixture)
    func begin(_ address: String) async throws -> Answer {
      let visitor = ChatVisitor(service)
      visitor.headers["X-Forwarded-For"] = address
      return try await visitor.say("hai")
    }
    for _ in 0..<ChatRoutes.newChatsPerAddress { #expect(try await begin("198.51.100.1").status == .ok) }
    let refused = try await begin("203.0.113.7, 198.51.100.1")
    #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] != nil)
    #expect(refused.json["type"]?.string == "urn:jaga:problem:too-many-chats")
    #expect(try await begin("198.51.100.2").status == .ok)
  }

  @Test func withTLSTheCookieIsSecure() async throws {
    let fixture = try ServiceFixture { settings in
      settings.hasWebChat = true
      settings.access.isLoopback = false
      settings.access.speaksTLS = true
    }
    defer { fixture.remove() }
    #expect(try await ChatVisitor(try ChatService(fixture)).say("hai").headers[.setCookie]?.contains("Secure") == true)
  }

  /// A cookie that this service did not sign is none: nobody makes up contacts, or takes the place of one by chance.
  @Test(arguments: ["", "x", String(repeating: "0", count: 32), "0123456789abcdef0123456789abcdef.00", "changed"])
  func madeUpCookies(value: String) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let service = try ChatService(fixture)
    let owner = ChatVisitor(service)
    try await owner.say("MULAI")
    let own = try #require(owner.cookie)
    let stranger = ChatVisitor(service)
    stranger.cookie = value == "changed" ? String(own.dropLast()) + (own.hasSuffix("0") ? "1" : "0") : value
    #expect(try await stranger.send(.get, "/chat/messages").texts == [])
    #expect(try await stranger.send(.get, "/chat").text.contains("data-known=\"no\""))
    #expect(try await stranger.say("hai").headers[.setCookie] != nil)
    #expect(stranger.cookie != own)
  }

  /// What was lost on its way is not lost: it waits until the page has shown it; a message that is sent again counts once.
  @Test func answersWaitUntilTheyWereShown() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    let first = try await visitor.say("MULAI", id: "a")
    let lost = try await visitor.say("ya", id: "b", seen: first.ids.last)
    let again = try await visitor.say("ya", id: "b", seen: first.ids.last)
    #expect(again.texts == [Self.age] && again.ids == lost.ids)
    #expect(try await visitor.send(.get, "/chat/messages").ids == lost.ids)
    #expect(try await visitor.send(.get, "/chat/messages?seen=\(lost.ids[0])").ids == [])
    #expect(try await visitor.send(.get, "/chat/messages").ids == [])
    let sent = try fixture.parts.store.outgoing(conversation: try conversation(in: fixture))
    #expect(sent.map(\.status) == [.delivered, .delivered])
  }

  /// Another contact's page cannot have read for this one.
  @Test func nobodyConfirmsForAnother() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let service = try ChatService(fixture)
    let (one, two) = (ChatVisitor(service), ChatVisitor(service))
    // The same ids on both pages are two messages.
    let first = try await one.say("MULAI", id: "1")
    #expect(try await two.say("MULAI", id: "1").texts == [Self.optIn])
    try await two.say("ya", seen: first.ids[0])
    #expect(try await one.send(.get, "/chat/messages").ids == first.ids)
  }

  @Test func aPageLoadedAnewShowsTheOpenQuestion() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    #expect(try await visitor.send(.get, "/chat/messages?open=1").texts == [])
    let first = try await visitor.say("MULAI")
    let second = try await visitor.say("ya", seen: first.ids.last)
    #expect(try await visitor.send(.get, "/chat/messages?open=1").ids == second.ids)
    let open = try await visitor.send(.get, "/chat/messages?open=1&seen=\(second.ids[0])")
    #expect(open.texts == [Self.age] && open.ids == ["open"])
    #expect(try await visitor.send(.get, "/chat").text.contains("data-known=\"yes\""))
    #expect(try await visitor.send(.get, "/chat/messages?open=maybe").status == .badRequest)
    let told = try await visitor.say("ada orang ancam mau sebar foto aku")
    _ = try await visitor.send(.get, "/chat/messages?seen=\(try #require(told.ids.last))")
    #expect(try await visitor.send(.get, "/chat/messages?open=1").texts == [])
  }

  @Test func whoTellsIsAnsweredAndAPersonCanWriteBack() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let visitor = ChatVisitor(try ChatService(fixture))
    try await visitor.say("MULAI", language: "id")
    var answer = try await visitor.say("ada orang ancam mau sebar foto aku, aku takut")
    #expect(
      answer.texts.contains(
        "Mau dihubungi orang dari tim kami lewat sini? Balas 1 kalau mau. Balas 2 kalau tidak. Dua-duanya tidak apa-apa."
      ))
    let id = try conversation(in: fixture)
    let item = try #require(try fixture.parts.store.items(conversation: id).first)
    #expect(item.kind == .disclosure)
    #expect(try fixture.parts.store.reviewCase(item: item.number)?.channel == "web")
    answer = try await visitor.say("1", seen: answer.ids.last)
    _ = try await visitor.send(.get, "/chat/messages?seen=\(try #require(answer.ids.last))")
    _ = try await visitor.service.desk.answer(case: item.number, text: "Halo, aku Sari. Aku di sini.", reviewer: "sari")
    answer = try await visitor.send(.get, "/chat/messages")
    #expect(answer.texts == ["Halo, aku Sari. Aku di sini."])
  }

  private func conversation(in fixture: ServiceFixture) throws -> String {
    ContactKeys.conversationID(
      of: try #require(try fixture.parts.store.expiredSessions(now: .max, limit: 9).first).contact)
  }
}
