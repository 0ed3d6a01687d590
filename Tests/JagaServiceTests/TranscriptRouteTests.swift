import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import JagaService

struct TranscriptRouteTests {
  private func post(_ body: String, query: String = "", with fixture: ServiceFixture) async throws -> (Int, String) {
    try await fixture.app.test(.router) { client in
      try await client.execute(
        uri: "/v1/transcripts" + query, method: .post, headers: [:],
        body: NIOCore.ByteBuffer(string: body)
      ) { (Int($0.status.code), String(buffer: $0.body)) }
    }
  }

  private struct Answer: Decodable {
    struct Skipped: Decodable {
      var malformed: Int
      var repeated: Int
      var withoutText: Int
    }
    struct Note: Decodable {
      var line: Int
      var cause: String
    }
    struct Record: Decodable {
      var conversationId: String
      var band: String
    }
    var records: [Record]
    var messages: Int
    var conversations: Int
    var skipped: Skipped
    var notes: [Note]
  }

  private func decoded(_ body: String) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: Data(body.utf8))
  }

  @Test func anExportIsRecognisedAndScored() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let chat = URL(filePath: #filePath).appending(path: "../../../Examples/gamers-whatsapp.txt").standardized
    let (status, body) = try await post(try String(contentsOf: chat, encoding: .utf8), with: fixture)
    #expect(status == 200)
    let answer = try decoded(body)
    #expect(answer.messages > 5)
    #expect(answer.records.count == answer.messages)
    #expect(answer.records.contains { $0.band == "high" || $0.band == "review" })
    #expect(try fixture.parts.store.sizes().conversations == 0)
  }

  @Test func conversationsInsteadOfMessages() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let lines = SampleLines.risky("c1") + SampleLines.risky("c2")
    let (_, body) = try await post(lines, query: "?level=conversation&format=jsonl", with: fixture)
    let records = try fixture.reference(lines, level: .conversation).split(separator: "\n").joined(separator: ",")
    #expect(body.hasPrefix("{\"records\":[\(records)],"))
    #expect(try decoded(body).conversations == 2)
  }

  @Test func whatIsSkippedIsCountedAndNoted() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let (status, body) = try await post(
      "{\"id\":\"m\",\"conversation_id\":\"c\",\"text\":\"a\"}\nnot json\n{\"id\":\"m\",\"conversation_id\":\"c\",\"text\":\"a\"}\n",
      query: "?format=jsonl", with: fixture)
    #expect(status == 200)
    let answer = try decoded(body)
    #expect(answer.messages == 1)
    #expect(answer.skipped.malformed == 1 && answer.skipped.repeated == 1)
    #expect(answer.notes.map(\.line) == [2])
  }

  @Test(arguments: [
    ("", "", "empty"), ("hello there", "", "transcript"),
    ("hello there", "?format=whatsapp", "transcript"), ("{\"a\":1}", "?format=jsonl", "transcript"),
    ("{}", "?format=docx", "query"),
    ("{}", "?level=word", "query"),
  ])
  func whatCannotBeReadIsRefused(body: String, query: String, kind: String) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let (status, answer) = try await post(body, query: query, with: fixture)
    #expect(status == 400)
    #expect(answer.contains("urn:jaga:problem:\(kind)"))
    #expect(!answer.contains("hello there"))
  }
}
