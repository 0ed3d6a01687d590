import JagaPollBot
import JagaStore
import JagaTranscripts
import Testing

@testable import JagaService

/// The gateway's side: what it posts, what it gets back, what it is given.
struct CourierRoutesTests {
  private static let path = "/c/ex/" + DeskFixture.channelID
  private static let form = ["Content-Type": "application/x-www-form-urlencoded"]

  private func post(
    _ fixture: DeskFixture, _ body: String, to action: String = "receive", headers: [String: String] = form
  ) async throws -> Answer {
    try await fixture.send(.post, Self.path + "/" + action, Array(body.utf8), headers: headers)
  }

  @Test(arguments: ["receive", "receive/"]) func aMessageIsTakenAndAnswered(action: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let answer = try await post(
      fixture, "from=%2B62000001&text=halo+kak&date=2026-11-29T01%3A02%3A03Z&id=g1", to: action)
    #expect(answer.status == .ok)
    #expect(answer.headers[.contentType] == "application/json")
    let id = try #require(answer.json["data"]?.elements.first?["msg_uuid"]?.string)
    #expect(id.count == 32)
    #expect(
      answer.text
        == #"{"message":"Message Accepted","data":[{"type":"msg","msg_uuid":"\#(id)","text":"halo kak","urn":"tel:+62000001"}]}"#
    )
    #expect(await fixture.delivered(to: "+62000001").first?.hasPrefix("Hai! Ada 8") == true)
    // Once more: the same answer, and nothing is said again.
    #expect(
      try await post(fixture, "from=%2B62000001&text=halo+kak&date=2026-11-29T01%3A02%3A03Z&id=g1").text == answer.text)
    #expect(await fixture.delivered(to: "+62000001") == [])
  }

  @Test func theGatewayIsGivenIdTextAndAddress() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    _ = try await post(fixture, "sender=%2B62000001&text=halo&time=2026-11-29T01:02:03%2B07:00")
    while await fixture.dispatcher.round() > 0 {}
    let request = try #require(fixture.gateway.requests.withLock { $0.first })
    #expect(request.url == "http://127.0.0.1:9/send" && request.method == "POST")
    #expect(request.contentType == "application/json")
    #expect(request.headers.map(\.0) == ["Authorization"] && request.headers.map(\.1) == ["Token rahasia"])
    let message = try #require(fixture.gateway.taken(to: "+62000001").first)
    #expect(message.from == "1771" && message.id.hasSuffix("-0") && message.text.hasPrefix("Hai! Ada 8"))
  }

  @Test func aFailedMessageHoldsBackItsContactAlone() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    _ = try await post(fixture, "from=1&id=a&text=\(SurfaceLines.disclosure.replacing(" ", with: "+"))")
    fixture.gateway.answers.withLock { $0 = [AlertAnswer(status: 503)] }
    #expect(await fixture.dispatcher.round() == 0)
    _ = try await post(fixture, "from=2&id=b&text=halo")
    #expect(await fixture.dispatcher.round() == 1)
    #expect(fixture.gateway.taken(to: "1") == [] && fixture.gateway.taken(to: "2").count == 1)
    fixture.clock.advance(by: 2_000)
    #expect(await fixture.delivered(to: "1") == fixture.response(.pressure) + fixture.response(.offer))
    // The same id at each attempt.
    let ids = fixture.gateway.requests.withLock { $0 }.compactMap { request in
      (try? JSONValue.parse(request.body)).flatMap { $0["to"]?.string == "1" ? $0["id"]?.string : nil }
    }
    #expect(ids.count == 5 && ids[0] == ids[1] && Set(ids).count == 4)
  }

  /// A gateway that does not answer for one contact, and answers for the others.
  @Test func aSlowAnswerHoldsBackItsContactAlone() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    fixture.gateway.slow.withLock { $0 = ["1"] }
    _ = try await post(fixture, "from=1&id=a&text=halo")
    let running = Task { try await fixture.dispatcher.run() }
    for number in 2..<12 { _ = try await post(fixture, "from=\(number)&id=b\(number)&text=halo") }
    let count = "SELECT count(*) FROM outgoing WHERE status = 'sent'"
    for _ in 0..<1_000 where try fixture.rows(count) != [[.integer(10)]] {
      try await Task.sleep(for: .milliseconds(10))
    }
    let sent = try fixture.rows(count)
    running.cancel()
    fixture.gateway.gate.continuation.finish()
    _ = await running.result
    #expect(sent == [[.integer(10)]])
  }

  @Test func aMessageThatFailsForGoodIsGivenUp() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    _ = try await post(fixture, "from=1&id=a&text=halo")
    fixture.gateway.answers.withLock { $0 = [AlertAnswer](repeating: AlertAnswer(status: 400), count: 3) }
    for _ in 0..<3 {
      _ = await fixture.dispatcher.round()
      fixture.clock.advance(by: 10_000)
    }
    #expect(try fixture.rows("SELECT status, attempts FROM outgoing") == [[.text("dead"), .integer(3)]])
    #expect(fixture.log.text.contains("a message was given up") && !fixture.log.text.contains("Hai! Ada"))
  }

  @Test func reportsOfTheGatewayAreKept() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    _ = try await post(fixture, "from=1&id=a&text=halo")
    while await fixture.dispatcher.round() > 0 {}
    let id = try #require(fixture.gateway.taken(to: "1").first).id
    func status() throws -> [[QueryAnswer.Value]] { try fixture.rows("SELECT status FROM outgoing") }
    for (action, word) in [("sent", "sent"), ("failed", "failed"), ("delivered", "delivered"), ("failed", "delivered")]
    {
      let answer = try await post(fixture, "id=\(id)", to: action)
      #expect(
        answer.text == #"{"message":"Status Update Accepted","data":[{"type":"status","msg_uuid":"\#(id)"}]}"#)
      #expect(try status() == [[.text(word)]])
    }
    let unknown = try await post(fixture, "id=none", to: "delivered")
    #expect(unknown.text == #"{"message":"Ignored","data":[{"type":"info","info":"no message of this id"}]}"#)
    let none = try await post(fixture, "x=1", to: "delivered")
    #expect(none.status == .badRequest)
    #expect(none.text == #"{"message":"Error","data":[{"type":"error","error":"field 'id' required"}]}"#)
  }

  @Test func aContactThatTheGatewayStopsIsLeftAlone() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    for (id, text) in [("a", "halo"), ("b", "ya")] { _ = try await post(fixture, "from=1&id=\(id)&text=\(text)") }
    let answer = try await post(fixture, "from=1", to: "stopped")
    #expect(
      answer.text
        == #"{"message":"Event Accepted","data":[{"type":"event","event_type":"stop_contact","urn":"tel:1"}]}"#)
    #expect(await fixture.delivered(to: "1") == [])
    _ = try await post(fixture, "from=1&id=c&text=1")
    fixture.clock.advance(by: 100 * 3_600_000)
    try await fixture.desk.lookAtTheClock()
    #expect(await fixture.delivered(to: "1") == [])
    _ = try await post(fixture, "from=1&id=d&text=mulai")
    #expect(await fixture.delivered(to: "1").count == fixture.response(.restart).count + 1)
  }

  @Test(arguments: [
    ("text=halo", "must have one of 'sender' or 'from' set"),
    ("from=&text=halo", "must have one of 'sender' or 'from' set"),
    ("from=1&text=%zz", "'text' is wrongly percent-encoded; write '%25' for '%'"),
    ("from=1&text=%ff%fe", "'text' is not UTF-8; let the gateway send UTF-8"),
    ("from=1&text=halo&date=kemarin", "'date' has an invalid date format, must be RFC 3339"),
    ("from=1%00&text=halo", "'from' has control characters in it"),
  ])
  func whatCannotBeReadIsRefused(body: String, error: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let before = try fixture.rowCounts()
    let answer = try await post(fixture, body)
    #expect(answer.status == .badRequest)
    #expect(answer.text == #"{"message":"Error","data":[{"type":"error","error":"\#(error)"}]}"#)
    #expect(try fixture.rowCounts() == before)
  }

  @Test func aFormThatIsTooLargeIsRefused() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let answer = try await post(fixture, "from=1&text=" + String(repeating: "x", count: 70_000))
    #expect(answer.status == .contentTooLarge)
    #expect(try fixture.rows("SELECT count(*) FROM poll_session") == [[.integer(0)]])
  }

  @Test(arguments: ["salah", "", DeskFixture.channelID + "x"]) func anotherChannelIsNotThere(id: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(
      .post, "/c/ex/\(id)/receive", Array("from=1&text=halo".utf8), headers: Self.form)
    #expect(answer.status == .notFound)
    #expect(try fixture.rows("SELECT count(*) FROM poll_session") == [[.integer(0)]])
  }

  @Test func gatewaysThatUseGETAreHeard() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(.get, Self.path + "/receive?from=1&text=halo+kak&id=q")
    #expect(answer.status == .ok && answer.json["data"]?.elements.first?["text"]?.string == "halo kak")
  }

  @Test func aFloodIsToldToTheGateway() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    for number in 0..<60 { _ = try await post(fixture, "from=1&id=n\(number)&text=halo") }
    #expect(
      try await post(fixture, "from=1&id=n60&text=halo").text
        == #"{"message":"Ignored","data":[{"type":"info","info":"too many messages from this sender"}]}"#)
    #expect(try await post(fixture, "from=2&id=n61&text=halo").json["message"]?.string == "Message Accepted")
    // What was taken is said to be taken, also now.
    #expect(try await post(fixture, "from=1&id=n3&text=halo").json["message"]?.string == "Message Accepted")
  }

  @Test func aStoreThatFailsIsSaidSo() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try fixture.store.close()
    let answer = try await post(fixture, "from=1&id=a&text=halo")
    #expect(answer.status == .serviceUnavailable)
    #expect(!answer.text.contains("halo") && !fixture.log.text.contains("halo"))
  }
}
