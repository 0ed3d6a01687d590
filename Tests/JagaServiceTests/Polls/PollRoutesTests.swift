import Foundation
import Hummingbird
import JagaPollBot
import JagaStore
import JagaTranscripts
import Testing

@testable import JagaService

struct PollRoutesTests {
  private func router(_ fixture: ServiceFixture) throws -> Router<ServiceContext> {
    var parts = fixture.parts
    let voice = BotVoice(responses: try .bundled(), reader: try .bundled())
    parts.desk = PollDesk(parts: parts, polls: [try PollSheet.poll()], voice: voice)
    return parts.router()
  }

  @Test func pollsAreListedWithTheirUse() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try PollSheet.fill(fixture)
    try PollSheet.answer(fixture, contact: 30, version: 1, age: "old", met: "yes")
    let answer = try await fixture.send(.get, "/v1/polls", to: try router(fixture))
    #expect(answer.status == .ok)
    #expect(
      answer.text
        == #"{"polls":[{"id":"sheet","version":2,"title":{"id":"Lembar","en":"Sheet"},"live_sessions":null,"respondents":12,"#
        + #""other_versions":[{"version":1,"respondents":null}]}]}"#)
  }

  @Test func withoutAPollBotThereAreNone() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, "/v1/polls").text == #"{"polls":[]}"#)
    #expect(try await fixture.send(.get, "/v1/polls/sheet/results").status == .notFound)
  }

  @Test func resultsAreCountsWithTheSmallOnesHidden() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try PollSheet.fill(fixture)
    let router = try router(fixture)
    let answer = try await fixture.send(.get, "/v1/polls/sheet/results", to: router)
    #expect(answer.status == .ok && answer.headers[.contentType] == "application/json")
    #expect(
      answer.text
        == #"{"poll":"sheet","version":2,"other_versions":[],"questions":["#
        + #"{"id":"age","answered":12,"choices":[{"id":"young","label":"Muda","count":6},{"id":"old","label":"Tua","count":6}],"groups":[]},"#
        // Two said no: without the other count it cannot be told.
        + #"{"id":"met","answered":12,"choices":[{"id":"yes","label":"Ya","count":null},{"id":"no","label":"Tidak","count":null}],"#
        + #""groups":[{"question":"age","cells":[{"value":"young","choice":"yes","count":null},{"value":"young","choice":"no","count":null},"#
        + #"{"value":"old","choice":"yes","count":null},{"value":"old","choice":"no","count":null}]}]},"#
        + #"{"id":"idea","answered":null,"choices":[{"id":"(text)","label":"","count":null}],"#
        + #""groups":[{"question":"age","cells":[{"value":"young","choice":"(text)","count":null},{"value":"old","choice":"(text)","count":null}]}]}]}"#
    )
    let csv = try await fixture.send(.get, "/v1/polls/sheet/results?format=csv", to: router)
    #expect(csv.headers[.contentType] == "text/csv; charset=utf-8")
    let report = try PollReport(try PollSheet.poll(), store: fixture.parts.store)
    #expect(csv.text == String(decoding: report.results.csv(), as: UTF8.self))
    #expect(
      csv.text.hasPrefix("poll,version,question,choice,label,group,value,count,hidden\r\nsheet,2,age,(all),,,,12,\r\n"))
  }

  @Test func noTextIsInTheResults() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    for contact in 1...6 as ClosedRange<UInt8> {
      try PollSheet.answer(fixture, contact: contact, age: "young", met: "yes", idea: "lampu jalan")
    }
    let router = try router(fixture)
    for path in ["", "?format=csv"] {
      let answer = try await fixture.send(.get, "/v1/polls/sheet/results" + path, to: router)
      #expect(answer.status == .ok && !answer.text.contains("lampu"))
    }
  }

  static let refusals: [(String, Int)] = [
    ("/v1/polls/other/results", 404), ("/v1/polls/%FF/results", 404), ("/v1/polls/sheet/results?format=xlsx", 400),
    ("/v1/polls/sheet/results?version=0", 400), ("/v1/polls/sheet/results?version=two", 400),
    ("/v1/polls/sheet/results?version=1", 200), ("/v1/polls/sheet/results?format=json", 200),
  ]

  @Test(arguments: refusals) func whatIsAskedForMustBeThere(path: String, status: Int) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await fixture.send(.get, path, to: try router(fixture)).status.code == status)
  }

  @Test func theyNeedTheScopeReview() async throws {
    let fixture = try ServiceFixture { $0.access.isLoopback = false }
    defer { fixture.remove() }
    try fixture.addToken("scorer", ["score"])
    try fixture.addToken("reader", ["review"])
    let router = try router(fixture)
    for path in ["/v1/polls", "/v1/polls/sheet/results"] {
      #expect(try await fixture.send(.get, path, to: router).status == .unauthorized)
      for (name, status) in [("scorer", 403), ("reader", 200)] {
        let answer = try await fixture.send(.get, path, headers: ["Authorization": "Bearer jaga_\(name)"], to: router)
        #expect(answer.status.code == status, "\(path) \(name)")
      }
    }
  }
}
