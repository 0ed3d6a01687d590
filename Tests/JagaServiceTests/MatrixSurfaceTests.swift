import JagaStore
import Testing

@testable import JagaService

struct MatrixSurfaceTests {
  private func event(_ text: String, id: String = "$1", type: String = "m.room.message") -> String {
    #"{"event":{"type":"\#(type)","room_id":"!room:x","event_id":"\#(id)","sender":"@a:x","origin_server_ts":1790000000000,"content":{"msgtype":"m.text","body":"\#(text)"}}}"#
  }

  @Test func byDefaultEverythingPassesAndIsFlagged() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    for (place, text) in [SurfaceLines.harmless, SurfaceLines.threat, SurfaceLines.disclosure].enumerated() {
      let answer = try await fixture.send(.post, "/v1/matrix/check_event_for_spam", event(text, id: "$\(place)"))
      #expect(answer.status == .ok)
      #expect(answer.text == "{}")
    }
    let flags = try fixture.parts.store.flags(conversation: "!room:x")
    #expect(Set(flags.map(\.messageID)) == ["$1", "$2"])
    #expect(flags.first { $0.messageID == "$1" }?.authorID == "@a:x")
    #expect(flags.first { $0.messageID == "$2" }?.kind == .disclosure)
  }

  @Test(arguments: [
    ("m.room.encrypted", SurfaceLines.threat, 200), ("m.room.member", SurfaceLines.threat, 200),
    ("m.room.message", SurfaceLines.threat, 403), ("m.room.message", SurfaceLines.harmless, 200),
    // Support, never suspicion.
    ("m.room.message", SurfaceLines.disclosure, 200),
  ])
  func anOperatorMayHoldBackFromABandOn(type: String, text: String, status: Int) async throws {
    let fixture = try ServiceFixture { $0.surfaces.matrixForbidsFrom = .review }
    defer { fixture.remove() }
    let answer = try await fixture.send(.post, "/v1/matrix/check_event_for_spam", event(text, type: type))
    #expect(answer.status.code == status)
    let refusal = #"{"errcode":"M_FORBIDDEN","error":"This message was held back; a moderator can tell you more."}"#
    #expect(answer.text == (status == 403 ? refusal : "{}"))
  }

  @Test func aPingComesBack() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(.post, "/v1/matrix/ping", #"{"id":"aBcDeFgH"}"#)
    #expect(answer.text == #"{"id":"aBcDeFgH","status":"ok"}"#)
  }

  @Test(arguments: [
    "user_may_join_room", "accept_make_join", "user_may_invite", "user_may_send_3pid_invite", "user_may_create_room",
    "user_may_create_room_alias", "user_may_publish_room", "check_username_for_spam", "check_login_for_spam",
    "federated_user_may_invite", "something_of_tomorrow",
  ])
  func everyOtherCallbackPasses(name: String) async throws {
    let fixture = try ServiceFixture { $0.surfaces.matrixForbidsFrom = .watch }
    defer { fixture.remove() }
    #expect(try await fixture.send(.post, "/v1/matrix/" + name, "{\"user\":\"@a:x\"}").text == "{}")
  }

  /// The module takes any refusal in JSON for a verdict on the message, so an error must not be JSON.
  @Test func errorsAreNoVerdict() async throws {
    let fixture = try ServiceFixture { $0.access.isLoopback = false }
    defer { fixture.remove() }
    let missing = try await fixture.send(.post, "/v1/matrix/check_event_for_spam", event("halo"))
    #expect(missing.status == .unauthorized)
    #expect(missing.headers[.contentType] == "text/plain; charset=utf-8")
    #expect(missing.json == .null)
    try fixture.addToken("score", ["score"])
    fixture.clock.advance(by: 2_000)
    for body in ["{", "{}", #"{"event":5}"#, #"{"event":{"type":"m.room.message"}}"#] {
      let answer = try await fixture.send(
        .post, "/v1/matrix/check_event_for_spam", body, headers: ["Authorization": "Bearer jaga_score"])
      #expect(answer.status == .badRequest, "\(body)")
      #expect(answer.json == .null)
    }
  }

  @Test func roomsGoOnAsConversationsAndAnEventCountsOnce() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    for id in ["$1", "$1", "$2"] {
      _ = try await fixture.send(.post, "/v1/matrix/check_event_for_spam", event(SurfaceLines.threat, id: id))
    }
    #expect(try fixture.parts.engine.conversation("!room:x")?.messages == 2)
  }
}
