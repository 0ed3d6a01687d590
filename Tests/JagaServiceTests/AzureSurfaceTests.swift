import JagaTranscripts
import Testing

@testable import JagaService

struct AzureSurfaceTests {
  private func ask(_ body: String) async throws -> Answer {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    return try await fixture.send(.post, "/contentsafety/text:analyze?api-version=2023-10-01", body)
  }

  private func severities(_ text: String, _ more: String = "") async throws -> [String: Int] {
    let answer = try await ask("{\"text\":\"\(text)\"\(more)}")
    #expect(answer.status == .ok)
    #expect(answer.json["blocklistsMatch"]?.elements == [])
    return Dictionary(
      (answer.json["categoriesAnalysis"]?.elements ?? []).map {
        ($0["category"]?.string ?? "", Int($0.number("severity") ?? -1))
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test(
    arguments: [
      (SurfaceLines.harmless, [:]),
      (SurfaceLines.threat, ["Violence": 6, "Sextortion": 6, "Sexual": 0]),
      (SurfaceLines.request, ["Sexual": 6, "TopupBait": 6]),
      // Azure counts grooming as sexual.
      (SurfaceLines.isolation, ["Sexual": 4, "Grooming": 4]),
      (SurfaceLines.contact, ["Sexual": 2, "Grooming": 2]),
      (SurfaceLines.disclosure, ["Disclosure": 6]),
    ] as [(String, [String: Int])])
  func severityIsTheBandOfWhatOverlaps(text: String, expected: [String: Int]) async throws {
    let found = try await severities(text)
    #expect(found.count == 9)
    for (name, severity) in found { #expect(severity == expected[name] ?? 0, "\(name)") }
  }

  @Test func eightLevelsTellMore() async throws {
    let found = try await severities(SurfaceLines.isolation, #","outputType":"EightSeverityLevels""#)
    #expect(found["Grooming"] == 5)
    #expect(found["Hate"] == 0)
  }

  @Test func onlyWhatIsAskedForIsAnswered() async throws {
    let answer = try await ask(
      #"{"text":"halo","categories":["Violence","Hate"],"blocklistNames":["mine"],"haltOnBlocklistHit":true}"#)
    #expect(
      answer.text
        == #"{"blocklistsMatch":[],"categoriesAnalysis":[{"category":"Violence","severity":0},{"category":"Hate","severity":0}]}"#
    )
  }

  @Test(arguments: [
    ("{}", "'text' is missing"), (#"{"text":""}"#, "'text' has to be a string that is not empty"),
    (#"{"text":1}"#, "'text' has to be a string"),
    (
      #"{"text":"a","categories":["Spam"]}"#,
      "a category is one of Hate, SelfHarm, Sexual, Violence, Grooming, Sextortion, TopupBait, Trade, Disclosure"
    ),
    (#"{"text":"a","outputType":"Nine"}"#, "'outputType' has to be FourSeverityLevels or EightSeverityLevels"),
  ])
  func refusalsHaveAzuresShape(body: String, message: String) async throws {
    let answer = try await ask(body)
    #expect(answer.status == .badRequest)
    #expect(answer.headers[.azureErrorCode] == "InvalidRequestBody")
    #expect(answer.json["error"]?["code"]?.string == "InvalidRequestBody")
    #expect(answer.json["error"]?["message"]?.string == message)
  }
}
