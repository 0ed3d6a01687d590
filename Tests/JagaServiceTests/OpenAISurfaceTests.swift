import JagaTranscripts
import Testing

@testable import JagaService

struct OpenAISurfaceTests {
  private func ask(_ body: String) async throws -> Answer {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    return try await fixture.send(.post, "/v1/moderations", body)
  }

  private func result(_ text: String) async throws -> JSONValue {
    let answer = try await ask("{\"input\":\"\(text)\"}")
    return try #require(answer.json["results"]?.elements.first)
  }

  static let standard = [
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
  ]

  @Test func allCategoriesAreThereInEveryPart() async throws {
    let answer = try await ask(#"{"input":"halo","model":"omni-moderation-latest"}"#)
    #expect(answer.status == .ok)
    #expect(answer.json.keys == ["id", "model", "results"])
    #expect(answer.json["id"]?.string?.hasPrefix("modr-") == true)
    let result = try #require(answer.json["results"]?.elements.first)
    #expect(result.keys == ["categories", "category_applied_input_types", "category_scores", "flagged"])
    for part in ["categories", "category_applied_input_types", "category_scores"] {
      let keys = try #require(result[part]?.keys)
      let ours = ["grooming", "grooming/isolation", "topup/request", "trade", "disclosure"]
      #expect(keys.count == 38)
      #expect((OpenAISurfaceTests.standard + ours).filter { !keys.contains($0) } == [])
    }
  }

  @Test func theModelIsNamedWhateverWasAskedFor() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let answer = try await fixture.send(.post, "/v1/moderations", #"{"input":"halo","model":"x"}"#)
    #expect(answer.json["model"]?.string == "jaga-" + fixture.parts.scorer.modelID)
  }

  @Test func aThreatIsFlaggedWithItsStageAndWhatItOverlapsWith() async throws {
    let result = try await result(SurfaceLines.threat)
    let (flags, scores) = (try #require(result["categories"]), try #require(result["category_scores"]))
    #expect(result.boolean("flagged") == true)
    for key in ["sextortion", "sextortion/threat", "harassment/threatening"] {
      #expect(flags.boolean(key) == true, "\(key)")
    }
    #expect(flags.boolean("disclosure") == false)
    #expect((scores.number("harassment/threatening") ?? 0) > 0.9)
    #expect((scores.number("sextortion") ?? 0) > 0.9)
  }

  @Test func whatIsNotLookedForIsZeroAndSaysSo() async throws {
    let result = try await result(SurfaceLines.threat)
    for key in OpenAISurfaceTests.standard where !["harassment/threatening", "sexual/minors"].contains(key) {
      #expect(result["category_scores"]?.number(key) == 0)
      #expect(result["categories"]?.boolean(key) == false)
      #expect(result["category_applied_input_types"]?[key]?.elements == [])
    }
    #expect(result["category_applied_input_types"]?["sexual/minors"]?.elements == [.string("text")])
  }

  @Test func aRequestForPicturesOverlapsWithSexualMinors() async throws {
    let result = try await result(SurfaceLines.request)
    #expect(result["categories"]?.boolean("sexual/minors") == true)
    #expect(result["categories"]?.boolean("topup/request") == true)
    #expect((result["category_scores"]?.number("sexual/minors") ?? 0) > 0.9)
  }

  @Test(arguments: [SurfaceLines.harmless, SurfaceLines.contact])
  func whatIsBelowReviewIsNotFlagged(text: String) async throws {
    let result = try await result(text)
    #expect(result.boolean("flagged") == false)
    let flags = try #require(result["categories"])
    #expect(flags.keys.allSatisfy { flags.boolean($0) == false })
  }

  @Test func aDisclosureShowsAndIsNotFlagged() async throws {
    let result = try await result(SurfaceLines.disclosure)
    #expect(result.boolean("flagged") == false)
    let flags = try #require(result["categories"])
    #expect(flags.keys.filter { flags.boolean($0) == true } == ["disclosure"])
    #expect((result["category_scores"]?.number("disclosure") ?? 0) > 0.9)
  }

  @Test func severalTextsHaveSeveralResultsAndPartsHaveOne() async throws {
    let several = try await ask("{\"input\":[\"\(SurfaceLines.harmless)\",\"\(SurfaceLines.threat)\"]}")
    #expect(several.json["results"]?.elements.map { $0.boolean("flagged") } == [false, true])
    let parts = try await ask(
      #"{"input":[{"type":"text","text":"halo"},{"type":"text","text":"\#(SurfaceLines.threat)"}]}"#)
    #expect(parts.json["results"]?.elements.map { $0.boolean("flagged") } == [true])
  }

  @Test func nothingIsKept() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    _ = try await fixture.send(.post, "/v1/moderations", "{\"input\":\"\(SurfaceLines.threat)\"}")
    try await fixture.parts.engine.flush()
    #expect(try fixture.parts.store.sizes().conversations == 0)
  }

  @Test func textsBeyondTheLimitAreRefused() async throws {
    let fixture = try ServiceFixture {
      $0.textLimit = 8; $0.messageLimit = 2
    }
    defer { fixture.remove() }
    #expect(try await fixture.send(.post, "/v1/moderations", #"{"input":["12345678","a"]}"#).status == .ok)
    let long = try await fixture.send(.post, "/v1/moderations", #"{"input":["a","123456789"]}"#)
    #expect(long.status == .contentTooLarge)
    #expect(long.json["error"]?["message"]?.string == "a text may have 8 bytes at most")
    #expect(long.json["error"]?["param"]?.string == "input[1]")
    let many = try await fixture.send(.post, "/v1/moderations", #"{"input":["a","b","c"]}"#)
    #expect(many.json["error"]?["message"]?.string == "'input' may have 2 elements at most")
  }

  @Test(arguments: [
    ("{}", "'input' is missing", "null", "missing"),
    ("[]", "the body has to be a JSON object", "null", "not-an-object"),
    ("{", "the body is not JSON (RFC 8259)", "null", "not-json"),
    (
      #"{"input":5}"#,
      "'input' has to be a string, an array of strings, or an array of parts {\"type\": \"text\", \"text\": …}",
      "input", "wrong-type"
    ),
    (#"{"input":[]}"#, "'input' is an empty array; send at least one text", "input", "empty"),
    (#"{"input":["a",1]}"#, "'input[1]' has to be a string", "input[1]", "wrong-type"),
    (#"{"input":"a","model":1}"#, "'model' has to be a string", "model", "wrong-type"),
    (
      #"{"input":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"x"}}]}"#,
      "images are not read, only text; leave the parts of type 'image_url' out", "input[1]", "images-not-read"
    ),
    (#"{"input":[{"text":"a"}]}"#, "'input[0].type' is missing", "input[0]", "missing"),
    (#"{"input":[{"type":"sound"}]}"#, "the only type of part that is read is 'text'", "input[0].type", "unknown-part"),
    (
      #"{"input":[{"type":"text","text":"a"},"b"]}"#, "'input[1]' has to be an object, as the first element is",
      "input[1]", "wrong-type"
    ),
  ])
  func refusalsHaveTheShapeThatItsClientsRead(
    body: String, message: String, param: String, code: String
  ) async throws {
    let answer = try await ask(body)
    #expect(answer.status == .badRequest)
    #expect(answer.headers[.contentType] == "application/json")
    let error = try #require(answer.json["error"])
    #expect(error.keys == ["code", "message", "param", "type"])
    #expect(error["message"]?.string == message)
    #expect((error["param"]?.string ?? "null") == param)
    #expect(error["code"]?.string == code)
    #expect(error["type"]?.string == "invalid_request_error")
  }
}
