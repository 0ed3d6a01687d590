import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaCore
import NIOCore
import Testing

@testable import JagaService

struct ScoreRouteTests {
  private func post(
    _ body: String, to path: String = "/v1/score", type: String? = "application/json", with fixture: ServiceFixture
  ) async throws -> (status: HTTPResponse.Status, type: String?, body: String) {
    try await fixture.app.test(.router) { client in
      var headers: HTTPFields = [:]
      if let type { headers[.contentType] = type }
      return try await client.execute(
        uri: path, method: .post, headers: headers, body: NIOCore.ByteBuffer(string: body)
      ) { ($0.status, $0.headers[.contentType], String(buffer: $0.body)) }
    }
  }

  @Test func oneMessageIsAnsweredByItsRecord() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let line =
      #"{"conversation_id":"c1","message_id":"m7","author_id":"a","text":"gw isiin 50rb, asal kirim foto yg kmrn dulu yaa"}"#
    let answer = try await post(line, with: fixture)
    #expect(answer.status == .ok)
    #expect(answer.type == "application/json")
    #expect(answer.body + "\n" == (try fixture.reference(line + "\n")))
  }

  @Test func aListIsAnsweredInOrder() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let lines = SampleLines.risky("c")
    let list = lines.split(separator: "\n").joined(separator: ",")
    let answer = try await post("{\"messages\":[\(list)]}", with: fixture)
    let records = try fixture.reference(lines).split(separator: "\n").joined(separator: ",")
    #expect(answer.body == "{\"results\":[\(records)]}")
    #expect(try await post("{\"messages\":[]}", with: fixture).body == "{\"results\":[]}")
  }

  /// The answer, the flag and the alert name a message without an id alike.
  @Test func aMessageWithoutAnIDHasItsPlaceForOne() async throws {
    let fixture = try ServiceFixture { $0.alertTargets = ["webhook"] }
    defer { fixture.remove() }
    _ = try await post(#"{"conversation_id":"c","text":"besok jadi latihan jam 4 ya"}"#, with: fixture)
    let answer = try await post(
      #"{"messages":[{"text":"alone"},{"conversation_id":"c","text":"kalo ga dikirim, fotomu aku sebar ke semua kontakmu"}]}"#,
      with: fixture)
    #expect(answer.body.contains(##""conversation_id":"1","message_id":"1""##))
    #expect(answer.body.contains(##""conversation_id":"c","message_id":"#1""##))
    #expect(try fixture.parts.store.flags(conversation: "c").map(\.messageID) == ["#1"])
    let alert = try #require(try fixture.parts.store.dueAlerts(now: fixture.clock.now, limit: 1).first)
    #expect(String(decoding: alert.payload, as: UTF8.self).contains(##""message_id":"#1""##))
  }

  @Test func explanationsHaveEveryTerm() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await post(#"{"text":"halo"}"#, to: "/v1/score?explain=true", with: fixture)
    #expect(answer.body.contains(#""contributions":[{"head":"move""#))
    #expect(!(try await post(#"{"text":"halo"}"#, with: fixture)).body.contains("contributions"))
  }

  @Test(arguments: [("utf-8", 5), ("unicode", 2), ("utf-16", 3)])
  func offsetsAreCountedAsAskedFor(unit: String, before: Int) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let text = "😀 gw isiin 50rb, asal kirim foto yg kmrn dulu yaa"
    let plain = try await post(#"{"text":"\#(text)"}"#, with: fixture).body
    let counted = try await post(#"{"text":"\#(text)"}"#, to: "/v1/score?offsets=\(unit)", with: fixture).body
    // The face is four bytes, one scalar, two units; the blank after it one of each.
    func begins(_ body: String) -> [Int] {
      body.split(separator: "\"begin\":").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }
    #expect(!begins(plain).isEmpty)
    #expect(begins(counted) == begins(plain).map { $0 == 0 ? 0 : $0 - 5 + before })
  }

  @Test(arguments: [
    ("[{\"text\":\"a\"}]", "/v1/score", "message", 400), ("{}", "/v1/score", "message", 400),
    ("{\"text\":\"a\",\"conversationId\":\"c\"}", "/v1/score", "message", 400),
    ("", "/v1/score", "json", 400), ("{\"text\":\"a\"", "/v1/score", "json", 400),
    ("{\"text\":\"\\udc00\"}", "/v1/score", "encoding", 400),
    ("{\"text\":\"a\"}", "/v1/score?explain=maybe", "query", 400),
    ("{\"text\":\"a\"}", "/v1/score?offsets=words", "query", 400),
    ("{\"text\":\"a\"}", "/v1/nothing", "not-found", 404),
  ])
  func whatIsWrongIsToldAsAProblem(body: String, path: String, kind: String, status: Int) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await post(body, to: path, with: fixture)
    #expect(answer.status.code == status)
    #expect(answer.type == "application/problem+json")
    #expect(answer.body.contains("\"type\":\"urn:jaga:problem:\(kind)\""))
    #expect(answer.body.contains("\"status\":\(status)"))
  }

  @Test func aFaultInAListRefusesAllOfItAndCountsNothing() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await post(
      #"{"messages":[{"conversation_id":"c","text":"a"},{"conversation_id":"c"}]}"#, with: fixture)
    #expect(answer.status == .badRequest)
    #expect(answer.body.contains(#""pointer":"/messages/1""#))
    #expect(try fixture.parts.engine.conversation("c") == nil)
  }

  @Test func limitsGiveTheirOwnStatus() async throws {
    let fixture = try ServiceFixture {
      $0.bodyLimit = 300
      $0.messageLimit = 2
      $0.textLimit = 20
    }
    defer { fixture.remove() }
    let long = try await post("{\"text\":\"\(String(repeating: "a", count: 400))\"}", with: fixture)
    #expect(long.status == .contentTooLarge && long.body.contains("body-too-large"))
    let many = try await post(#"{"messages":[{"text":"a"},{"text":"a"},{"text":"a"}]}"#, with: fixture)
    #expect(many.status == .contentTooLarge && many.body.contains("too-many-messages"))
    let text = try await post("{\"text\":\"\(String(repeating: "a", count: 21))\"}", with: fixture)
    #expect(text.status == .contentTooLarge && text.body.contains("field-too-long"))
  }

  @Test(arguments: [
    ("application/json; charset=utf-8", 200), ("application/problem+json", 200), (nil, 200), ("text/plain", 415),
    ("application/json; charset=latin1", 415), ("application/x-www-form-urlencoded", 415),
  ])
  func contentTypesThatAreNotJSONAreRefused(type: String?, status: Int) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await post("{\"text\":\"a\"}", type: type, with: fixture).status.code == status)
  }

  @Test func aStreamGivesTheRecordsOfTheBatchScorer() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let lines = (0..<40).map { SampleLines.risky("c\($0)") }.joined()
    let answer = try await post(lines, to: "/v1/score/stream", type: "application/x-ndjson", with: fixture)
    #expect(answer.type == "application/x-ndjson")
    #expect(answer.body == (try fixture.reference(lines)))
  }

  @Test func aBadLineOfAStreamIsToldAndTheRestGoesOn() async throws {
    let fixture = try ServiceFixture { $0.lineLimit = 500 }
    defer { fixture.remove() }
    let long = "{\"text\":\"\(String(repeating: "a", count: 600))\"}"
    let answer = try await post(
      "{\"text\":\"satu\"}\nnot json\n\(long)\n{\"text\":\"dua\"}", to: "/v1/score/stream", with: fixture)
    let lines = answer.body.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.filter { $0.hasPrefix("{\"error\":{\"line\":2,") }.count == 1)
    #expect(lines.filter { $0.hasPrefix("{\"error\":{\"line\":3,") }.count == 1)
    #expect(lines.filter { $0.hasPrefix("{\"conversation_id\":") }.count == 2)
  }
}
