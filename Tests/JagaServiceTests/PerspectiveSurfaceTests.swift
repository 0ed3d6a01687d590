import JagaTranscripts
import Testing

@testable import JagaService

struct PerspectiveSurfaceTests {
  private func ask(_ body: String) async throws -> Answer {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    return try await fixture.send(.post, "/v1alpha1/comments:analyze?key=unused", body)
  }

  @Test func anAnswerHasPerspectivesShape() async throws {
    let answer = try await ask(
      #"{"comment":{"text":"\#(SurfaceLines.isolation)"},"languages":["id"],"requestedAttributes":{"GROOMING":{}},"doNotStore":true,"clientToken":"t1","sessionId":"s"}"#
    )
    #expect(answer.status == .ok)
    #expect(answer.json.keys == ["attributeScores", "clientToken", "detectedLanguages", "languages"])
    #expect(answer.json["clientToken"] == .string("t1"))
    #expect(answer.json["languages"] == .array([.string("id")]))
    let attribute = try #require(answer.json["attributeScores"]?["GROOMING"])
    #expect(attribute["summaryScore"]?["type"] == .string("PROBABILITY"))
    #expect((attribute["summaryScore"]?.number("value") ?? 0) > 0.9)
    // Without annotations there is one span, the whole comment.
    let spans = try #require(attribute["spanScores"]?.elements)
    #expect(spans.count == 1)
    #expect(spans.first?.number("begin") == 0)
    #expect(spans.first?.number("end") == Double(SurfaceLines.isolation.utf16.count))
    #expect(spans.first?["score"] == attribute["summaryScore"])
  }

  @Test(arguments: [
    (SurfaceLines.threat, "SEXTORTION"), (SurfaceLines.threat, "SEXTORTION_THREAT"), (SurfaceLines.threat, "RISK"),
    (SurfaceLines.request, "TOPUP_BAIT"), (SurfaceLines.request, "TOPUP_REQUEST"),
    (SurfaceLines.isolation, "GROOMING_ISOLATION"), (SurfaceLines.disclosure, "DISCLOSURE"),
  ])
  func theRightAttributeIsHigh(text: String, name: String) async throws {
    let all = PerspectiveAttribute.all.map { "\"\($0.name)\":{}" }.joined(separator: ",")
    let answer = try await ask(#"{"comment":{"text":"\#(text)"},"requestedAttributes":{\#(all)}}"#)
    let scores = try #require(answer.json["attributeScores"])
    #expect(scores.keys.count == 26)
    #expect((scores[name]?["summaryScore"]?.number("value") ?? 0) > 0.5)
    let risk = try #require(scores["RISK"]?["summaryScore"]?.number("value"))
    #expect(name == "DISCLOSURE" ? risk < 0.5 : risk > 0.9)
  }

  @Test func aHarmlessCommentIsLowEverywhere() async throws {
    let all = PerspectiveAttribute.all.map { "\"\($0.name)\":{}" }.joined(separator: ",")
    let answer = try await ask(
      #"{"comment":{"text":"\#(SurfaceLines.harmless)"},"requestedAttributes":{\#(all)}}"#)
    let scores = try #require(answer.json["attributeScores"])
    #expect(scores.keys.allSatisfy { (scores[$0]?["summaryScore"]?.number("value") ?? 1) < 0.5 })
  }

  @Test func spansCountUTF16CodeUnits() async throws {
    // Four bytes are two units, three bytes one: the words begin at unit 4, at byte 8.
    let text = "😀… jangan cerita ke mama ya, hapus chat ini"
    let answer = try await ask(
      #"{"comment":{"text":"\#(text)"},"requestedAttributes":{"GROOMING_ISOLATION":{}},"spanAnnotations":true}"#)
    let spans = try #require(answer.json["attributeScores"]?["GROOMING_ISOLATION"]?["spanScores"]?.elements)
    let units = Array(text.utf16)
    let pieces = spans.compactMap { span -> String? in
      guard let begin = span.number("begin"), let end = span.number("end"), Int(end) <= units.count else { return nil }
      return String(decoding: units[Int(begin)..<Int(end)], as: UTF16.self)
    }
    #expect(pieces.count == spans.count)
    #expect(pieces.contains("jangan cerita ke mama"))
    #expect(spans.allSatisfy { ($0["score"]?.number("value") ?? 0) > 0.5 })
  }

  @Test func scoresBelowTheThresholdAreLeftOut() async throws {
    let answer = try await ask(
      #"{"comment":{"text":"\#(SurfaceLines.threat)"},"requestedAttributes":{"SEXTORTION":{"scoreThreshold":0.5},"TRADE":{"scoreThreshold":0.5}}}"#
    )
    #expect(answer.json["attributeScores"]?.keys == ["SEXTORTION"])
  }

  @Test func bothSpellingsOfFieldsAreRead() async throws {
    let answer = try await ask(
      #"{"comment":{"text":"halo"},"requested_attributes":{"RISK":{"score_type":"PROBABILITY"}},"client_token":"t"}"#)
    #expect(answer.status == .ok)
    #expect(answer.json["clientToken"] == .string("t"))
  }

  private static let has =
    "this service scores RISK, GROOMING, SEXTORTION, TOPUP_BAIT, TRADE, DISCLOSURE, and stages such as GROOMING_ISOLATION or SEXTORTION_THREAT"

  @Test(arguments: [
    (#"{"requestedAttributes":{"RISK":{}}}"#, "'comment' is missing", "MISSING"),
    (#"{"comment":{"text":""},"requestedAttributes":{"RISK":{}}}"#, "Comment must be non-empty.", "COMMENT_EMPTY"),
    (#"{"comment":{"text":"a"}}"#, "Missing requested_attributes; \(has)", "MISSING_ATTRIBUTES"),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{}}"#, "Missing requested_attributes; \(has)",
      "MISSING_ATTRIBUTES"
    ),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{"TOXICITY":{}}}"#,
      "Unknown requested attribute: TOXICITY. It is Perspective's and has no counterpart; \(has)", "UNKNOWN_ATTRIBUTE"
    ),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{"THREAT_EXPERIMENTAL":{}}}"#,
      "Unknown requested attribute: THREAT_EXPERIMENTAL. It is Perspective's and has no counterpart; \(has)",
      "UNKNOWN_ATTRIBUTE"
    ),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{"somebody's words":{}}}"#, "Unknown requested attribute; \(has)",
      "UNKNOWN_ATTRIBUTE"
    ),
    (
      #"{"comment":{"text":"a","type":"HTML"},"requestedAttributes":{"RISK":{}}}"#,
      "Currently, only 'PLAIN_TEXT' comments are supported", "TEXT_TYPE"
    ),
    (
      #"{"comment":{"text":"a"},"languages":["id","xx"],"requestedAttributes":{"RISK":{}}}"#,
      "the request languages are not supported: this service reads Indonesian (id) and English (en)",
      "LANGUAGE_NOT_SUPPORTED"
    ),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{"RISK":{"scoreType":"X"}}}"#,
      "the only score type of RISK is PROBABILITY", "SCORE_TYPE"
    ),
    (
      #"{"comment":{"text":"a"},"requestedAttributes":{"RISK":{}},"spanAnnotations":"yes"}"#,
      "'spanAnnotations' has to be true or false", "WRONG_TYPE"
    ),
  ])
  func refusalsHaveGooglesShape(body: String, message: String, reason: String) async throws {
    let answer = try await ask(body)
    #expect(answer.status == .badRequest)
    let error = try #require(answer.json["error"])
    #expect(error.number("code") == 400)
    #expect(error["status"]?.string == "INVALID_ARGUMENT")
    #expect(error["message"]?.string == message)
    #expect(error["details"]?.elements.first?["reason"]?.string == reason)
  }
}
