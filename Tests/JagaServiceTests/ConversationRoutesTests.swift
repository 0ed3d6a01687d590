import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JagaCore
import JagaStore
import JagaTranscripts
import NIOCore
import Testing

@testable import JagaService

struct ConversationRoutesTests {
  private func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", with fixture: ServiceFixture
  ) async throws -> (status: Int, body: String) {
    try await fixture.app.test(.router) { client in
      try await client.execute(
        uri: path, method: method, headers: [.contentType: "application/json"],
        body: NIOCore.ByteBuffer(string: body)
      ) { (Int($0.status.code), String(buffer: $0.body)) }
    }
  }

  private func scored(_ id: String = "c") async throws -> ServiceFixture {
    let fixture = try ServiceFixture()
    let list = SampleLines.risky(id).split(separator: "\n").joined(separator: ",")
    #expect(try await send(.post, "/v1/score", "{\"messages\":[\(list)]}", with: fixture).status == 200)
    return fixture
  }

  @Test func aConversationIsItsRecordWithFlagsAndItems() async throws {
    let fixture = try await scored()
    defer { fixture.remove() }
    let answer = try await send(.get, "/v1/conversations/c", with: fixture)
    let record = try fixture.reference(SampleLines.risky("c"), level: .conversation).dropLast()
    #expect(answer.body.hasPrefix("{\"conversation\":\(record),\"flags\":[{\"conversation_id\":\"c\""))
    #expect(answer.body.contains("\"items\":[{\"item\":1"))
    #expect(!answer.body.contains("sebar"))
  }

  @Test(arguments: ["a/b", "grup kelas", "emoji 😀", "100%", "?x=1#y"])
  func idsInPathsArePercentEncoded(id: String) async throws {
    let fixture = try await scored(id)
    defer { fixture.remove() }
    let path = id.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber)
        ? String(character) : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    #expect(try await send(.get, "/v1/conversations/\(path)", with: fixture).status == 200)
    #expect(try await send(.get, "/v1/conversations/%zz", with: fixture).status == 400)
    #expect(try await send(.get, "/v1/conversations/%ff", with: fixture).status == 400)
  }

  @Test func deletionLeavesNothingButTheAudit() async throws {
    let fixture = try await scored()
    defer { fixture.remove() }
    let export = try await send(.get, "/v1/conversations/c/export", with: fixture)
    #expect(export.status == 200 && export.body.contains("\"messages\":8"))
    let deleted = try await send(.delete, "/v1/conversations/c", with: fixture)
    #expect(deleted.status == 200 && deleted.body.hasPrefix("{\"deleted\":{\"conversations\":1,"))
    for (method, path) in [
      (HTTPRequest.Method.get, "/v1/conversations/c"), (.delete, "/v1/conversations/c"),
      (.get, "/v1/conversations/c/export"),
    ] {
      #expect(try await send(method, path, with: fixture).status == 404)
    }
    let rows = try fixture.parts.store.audit(from: 0, limit: 100)
    #expect(rows.contains { $0.action == "conversation.exported" })
    #expect(rows.allSatisfy { !$0.detail.contains("\"c\"") })
    #expect(try fixture.parts.store.verifyAudit().fault == nil)
  }

  /// Alerts are about somebody as well: the export has them, and the deletion says that they went.
  @Test func alertsAreExportedAndDeleted() async throws {
    let fixture = try ServiceFixture({ $0.alertTargets = ["webhook"] })
    defer { fixture.remove() }
    let list = SampleLines.risky("c").split(separator: "\n").joined(separator: ",")
    #expect(try await send(.post, "/v1/score", "{\"messages\":[\(list)]}", with: fixture).status == 200)
    let alerts = try fixture.parts.store.export(conversation: "c", now: 0).alerts
    let first = try #require(alerts.first)
    let export = try await send(.get, "/v1/conversations/c/export", with: fixture)
    #expect(
      export.body.contains(
        "\"alerts\":[{\"number\":\(first.number),\"target\":\"webhook\",\"status\":\"pending\",\"attempts\":0,\"created_at\":\(first.createdAt),\"payload\":\(String(decoding: first.payload, as: UTF8.self))}"
      ))
    #expect(throws: Never.self) { try JSONValue.parse(Array(export.body.utf8)) }
    let deleted = try await send(.delete, "/v1/conversations/c", with: fixture)
    #expect(deleted.body.hasSuffix("\"texts\":0,\"alerts\":\(alerts.count),\"supplied\":0}}"))
  }

  @Test func whatWasOnlySuppliedIsDeletedAsWell() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let texts = "{\"messages\":[{\"text\":\"satu\"},{\"text\":\"dua\"}]}"
    #expect(try await send(.put, "/v1/conversations/c/messages", texts, with: fixture).status == 200)
    let deleted = try await send(.delete, "/v1/conversations/c", with: fixture)
    #expect(deleted.status == 200)
    #expect(
      deleted.body
        == "{\"deleted\":{\"conversations\":0,\"flags\":0,\"items\":0,\"decisions\":0,\"appeals\":0,\"texts\":0,\"alerts\":0,\"supplied\":2}}"
    )
    #expect(fixture.parts.supplied.messages(of: "c", now: fixture.clock.now) == nil)
    #expect(try await send(.delete, "/v1/conversations/c", with: fixture).status == 404)
  }

  @Test func suppliedTextsAreForgottenAfterTheirTime() async throws {
    let fixture = try await scored()
    defer { fixture.remove() }
    let answer = try await send(
      .put, "/v1/conversations/c/messages", "{\"messages\":[{\"text\":\"satu\"}]}", with: fixture)
    #expect(answer.status == 200 && answer.body.hasPrefix("{\"messages\":1,"))
    #expect(fixture.parts.supplied.messages(of: "c", now: fixture.clock.now)?.first?.text == "satu")
    fixture.clock.advance(by: 15 * 60_000)
    #expect(fixture.parts.supplied.messages(of: "c", now: fixture.clock.now) == nil)
    _ = try await send(.put, "/v1/conversations/c/messages", "{\"messages\":[{\"text\":\"satu\"}]}", with: fixture)
    #expect(try await send(.delete, "/v1/conversations/c/messages", with: fixture).status == 204)
    #expect(fixture.parts.supplied.messages(of: "c", now: fixture.clock.now) == nil)
  }

  @Test func anAppealNeedsADecision() async throws {
    let fixture = try await scored()
    defer { fixture.remove() }
    let reason = AppealReason.allCases[0].rawValue
    #expect(
      try await send(.post, "/v1/conversations/c/appeal", "{\"reason\":\"\(reason)\"}", with: fixture).status == 404)
    #expect(
      try await send(.post, "/v1/conversations/c/appeal", "{\"reason\":\"because\"}", with: fixture).status == 400)
    #expect(try await send(.post, "/v1/conversations/c/appeal", "reason", with: fixture).status == 400)
    for item in try fixture.parts.store.items(conversation: "c") {
      _ = try fixture.parts.store.decide(
        DecisionDraft(
          item: item.number, itemVersion: item.version, reviewer: "r", verdict: .confirm, now: fixture.clock.now),
        policy: ReviewPolicy(secondReviewShare: 0))
    }
    let answer = try await send(.post, "/v1/conversations/c/appeal", "{\"reason\":\"\(reason)\"}", with: fixture)
    #expect(answer.status == 200 && answer.body.contains("\"status\":\"appeal\""))
  }

  @Test func labelsAndModelSayWhatTheyAre() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let labels = try await send(.get, "/v1/labels", with: fixture)
    #expect(labels.body.contains(#"{"label":"topup.condition","track":"topup","stage":"condition"}"#))
    let model = try await send(.get, "/v1/model", with: fixture)
    #expect(model.body.hasPrefix("{\"model\":\"\(fixture.parts.scorer.modelID)\","))
  }
}
