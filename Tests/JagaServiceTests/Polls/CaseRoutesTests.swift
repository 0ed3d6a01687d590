import JagaStore
import JagaTranscripts
import Testing

@testable import JagaService

/// Cases by the API.
struct CaseRoutesTests {
  private let review = ["Authorization": "Bearer jaga_sari"]

  @Test func aCaseIsReadAndAnswered() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    let known = try bench.known()
    let read = try await bench.fixture.send(.get, "/v1/cases/\(item)", headers: review)
    #expect(read.status == .ok && read.headers[.contentType] == "application/json")
    #expect(
      read.text
        == "{\"item\":\(item),\"conversation_id\":\"\(try bench.conversation())\",\"kind\":\"disclosure\",\"status\":\"open\",\"urgency\":\"ongoing\",\"lang\":\"id\",\"channel\":\"ex\",\"wants_contact\":null,\"awaits_answer\":false,\"stopped\":false,\"left\":false,\"reachable\":true,\"opened_at\":\(known.openedAt),\"updated_at\":\(known.updatedAt),\"changed_at\":\(known.updatedAt),\"responses\":[{\"at\":\(known.openedAt),\"response\":\"\(known.responses[0].responseID ?? "")\",\"delivery\":\"pending\"}]}"
    )
    let text = "Halo, terima kasih sudah menulis. " + String(repeating: "Kami di sini. ", count: 12)
    let answered = try await bench.fixture.send(
      .post, "/v1/cases/\(item)/answer", "{\"text\":\"\(text)\"}", headers: review)
    #expect(answered.status == .ok)
    let last = try #require(answered.json["responses"]?.elements.last)
    #expect(last["reviewer"]?.string == "sari" && last["delivery"]?.string == "pending" && last["response"] == nil)
    #expect(!answered.text.contains("terima kasih") && !answered.text.contains(CaseBench.address))
    #expect(try bench.answers().suffix(2).joined(separator: " ") == text.dropLast())
    #expect(try bench.fixture.actions().last == "sari case.answered")
    try await bench.write("1")
    let wanted = try await bench.fixture.send(.get, "/v1/cases/\(item)", headers: review)
    #expect(wanted.json.boolean("wants_contact") == true)
  }

  @Test(arguments: [
    ("{\"text\":\"\"}", 400, "text"), ("{\"text\":\" \\n \"}", 400, "text"), ("{}", 400, "json"), ("", 400, "json"),
    ("[]", 400, "json"), ("{\"text\":7}", 400, "json"), ("{\"text\":\"a", 400, "json"),
    ("{\"text\":\"" + String(repeating: "a", count: 1_001) + "\"}", 413, "field-too-long"),
    ("{\"text\":\"" + String(repeating: "a", count: 20_000) + "\"}", 413, "body-too-large"),
  ])
  func bodies(body: String, status: Int, kind: String) async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let before = try bench.known()
    let answer = try await bench.fixture.send(
      .post, "/v1/cases/\(try bench.item())/answer", body, headers: review)
    #expect(answer.status.code == status && answer.json["type"]?.string == "urn:jaga:problem:\(kind)")
    #expect(try bench.known() == before)
  }

  @Test func theListOfCases() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    func list(_ query: String, _ token: String = "sari") async throws -> Answer {
      try await bench.fixture.send(.get, "/v1/cases" + query, headers: ["Authorization": "Bearer jaga_" + token])
    }
    #expect(try await list("").text == "{\"cases\":[]}")
    try await bench.tell()
    let item = try bench.item()
    let one = try await bench.fixture.send(.get, "/v1/cases/\(item)", headers: review).text
    for query in ["", "?state=waiting", "?state=open&urgency=ongoing", "?since=1&limit=1"] {
      #expect(try await list(query).text == "{\"cases\":[\(one)]}", "\(query)")
    }
    for query in ["?state=closed", "?urgency=past", "?since=9007199254740992"] {
      #expect(try await list(query).text == "{\"cases\":[]}", "\(query)")
    }
    for query in ["?state=new", "?urgency=3", "?since=-1", "?limit=0", "?limit=501", "?cursor=1"] {
      let answer = try await list(query)
      #expect(answer.status == .badRequest && answer.json["type"]?.string == "urn:jaga:problem:query", "\(query)")
    }
    #expect(try await list("", "pipeline").status == .forbidden)
    // A decision is followed by a case of its own, which names it; the pages go from one to the other.
    let kept = try #require(try bench.fixture.parts.store.item(item))
    try bench.fixture.parts.store.decide(
      DecisionDraft(
        item: item, itemVersion: kept.version, reviewer: "sari", verdict: .confirm, now: bench.fixture.clock.now),
      policy: ReviewPolicy(secondReviewShare: 0))
    bench.fixture.clock.advance(by: 60_000)
    try await bench.write("masih ada lagi")
    let first = try await list("?limit=1")
    #expect(first.json["cases"]?.elements.first?["status"]?.string == "closed")
    let next = try #require(first.json["next"]?.string)
    let second = try await list("?limit=1&cursor=\(next)")
    #expect(second.text.contains("\"follows\":\(item),") && second.json["next"] == nil)
  }

  @Test func decisionsAreListed() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try bench.fixture.addToken("kepala", ["admin"])
    try await bench.tell()
    let item = try #require(try bench.fixture.parts.store.item(try bench.item()))
    func list(_ query: String = "", _ token: String = "kepala") async throws -> Answer {
      try await bench.fixture.send(.get, "/v1/decisions" + query, headers: ["Authorization": "Bearer jaga_" + token])
    }
    #expect(try await list().text == "")
    try bench.fixture.parts.store.decide(
      DecisionDraft(
        item: item.number, itemVersion: item.version, reviewer: "sari", verdict: .confirm, now: bench.fixture.clock.now),
      policy: ReviewPolicy(secondReviewShare: 0))
    let answer = try await list()
    #expect(answer.status == .ok && answer.headers[.contentType] == "application/x-ndjson")
    let line = try JSONValue.parse(Array(answer.text.utf8.dropLast()))
    #expect(answer.text.hasSuffix("}\n") && line["decided"]?["outcome"]?.string == "confirm")
    #expect(line["decisions"]?.elements.first?["reviewer"]?.string == "sari")
    #expect(!answer.text.contains("ancam"))
    #expect(try await list("?since=\(bench.fixture.clock.now + 1)").text == "")
    #expect(try await list("?since=x").status == .badRequest)
    #expect(try await list("", "sari").status == .forbidden)
    #expect(try bench.fixture.actions().filter { $0 == "kepala decisions.exported" }.count == 3)
  }

  @Test func refusals() async throws {
    var bench = try CaseBench()
    defer { bench.remove() }
    try await bench.tell()
    let item = try bench.item()
    func answer(_ path: String, _ token: String = "sari") async throws -> (Int, String?) {
      let answer = try await bench.fixture.send(
        .post, "/v1/cases/\(path)/answer", "{\"text\":\"Halo\"}", headers: ["Authorization": "Bearer jaga_" + token])
      return (answer.status.code, answer.json["type"]?.string)
    }
    for path in ["0", "-1", "x", "99999999999999999999"] {
      #expect(try await answer(path) == (400, "urn:jaga:problem:item"))
    }
    #expect(try await answer("99") == (404, "urn:jaga:problem:unknown-case"))
    #expect(try await answer("\(item)", "pipeline") == (403, "urn:jaga:problem:scope-missing"))
    #expect(try await bench.fixture.send(.get, "/v1/cases/\(item)").status == .unauthorized)
    let unknown = try await bench.fixture.send(.get, "/v1/cases/99", headers: review)
    #expect(unknown.status == .notFound)
    #expect(
      unknown.json["detail"]?.string
        == "item 99: it came from no poll, or its conversation was deleted; there is nobody to answer")
    try await bench.write("stop")
    #expect(try await answer("\(item)") == (409, "urn:jaga:problem:case"))
    let stopped = try await bench.fixture.send(.get, "/v1/cases/\(item)", headers: review)
    #expect(stopped.json.boolean("stopped") == true && stopped.json.boolean("reachable") == false)
    // A service without the bot reads cases, and cannot answer.
    try await bench.fixture.stop()
    let other = try ServiceFixture(
      folder: bench.fixture.folder, clock: bench.fixture.clock, { $0.access.isLoopback = false })
    #expect(try await other.send(.get, "/v1/cases/\(item)", headers: review).status == .ok)
    let refused = try await other.send(.post, "/v1/cases/\(item)/answer", "{\"text\":\"Halo\"}", headers: review)
    #expect(refused.status == .conflict && refused.json["type"]?.string == "urn:jaga:problem:no-bot")
    let none = try await other.send(.post, "/v1/cases/99/answer", "{\"text\":\"Halo\"}", headers: review)
    #expect(none.status == .notFound)
  }

  @Test(
    arguments: [
      ("Halo", "Halo"), ("  Halo\r\nkamu\r", "Halo\nkamu"), ("a\tb\u{0}c\u{1B}[2J", "a bc[2J"), ("é👩‍👧", "é👩‍👧"),
      (String(repeating: "a", count: 1_000) + "  ", String(repeating: "a", count: 1_000)), ("", nil), ("\u{0}", nil),
      (String(repeating: "😀", count: 501), nil),
    ] as [(String, String?)])
  func answers(written: String, text: String?) { #expect((try? CaseAnswer(written))?.text == text) }
}
