import CJaga
import Foundation
import JagaScoring
import Testing

@testable import JagaC

@Suite struct ExplanationTests {
  private static let text = "umur berapa dek? sendirian di rumah?"

  @Test func theTermsAreThoseOfTheScorer() throws {
    let model = try LibraryModel()
    let expected = Scorer(model: try Model.open(path: LibraryModel.path)).score(ExplanationTests.text, explain: true)
    var made: OpaquePointer?
    #expect(
      jaga_explain(model.pointer, ExplanationTests.text, ExplanationTests.text.utf8.count, &made) == Int32(JAGA_OK))
    let why = try #require(made)
    defer { jaga_explanation_free(why) }
    #expect(jaga_explanation_count(why, Int32(JAGA_EVIDENCE)) == Int64(expected.evidence.count))
    #expect(jaga_explanation_count(why, Int32(JAGA_CONTRIBUTIONS)) == Int64(expected.contributions.count))
    #expect(expected.evidence.count > 0)
    for (index, evidence) in expected.evidence.enumerated() {
      var term = jaga_term()
      #expect(jaga_explanation_term(why, Int32(JAGA_EVIDENCE), Int64(index), &term) == Int32(JAGA_OK))
      #expect(term.begin == Int64(evidence.range?.begin ?? -1))
      #expect(term.end == Int64(evidence.range?.end ?? -1))
      #expect(term.logit == evidence.logit)
      #expect(term.label == Int32(evidence.label.rawValue))
      #expect(String(cString: term.source) == evidence.source)
    }
    // The terms of the move head add up to its logit.
    var sum = 0.0
    for index in 0..<expected.contributions.count {
      var term = jaga_term()
      #expect(jaga_explanation_term(why, Int32(JAGA_CONTRIBUTIONS), Int64(index), &term) == Int32(JAGA_OK))
      if String(cString: term.head) == "move" {
        sum += term.logit
        #expect(term.label == -1)
      }
    }
    #expect(abs(1 / (1 + exp(-sum)) - expected.score) < 1e-9)
    let json = try #require(jaga_explanation_json(why))
    let object = try JSONSerialization.jsonObject(with: Data(String(cString: json).utf8)) as? [String: Any]
    #expect(object?["band"] as? String == expected.band.name)
    #expect((object?["contributions"] as? [Any])?.count == expected.contributions.count)
    #expect(object?["text"] == nil)
  }

  @Test func wrongArgumentsAreTold() throws {
    let model = try LibraryModel()
    var made: OpaquePointer?
    #expect(jaga_explain(model.pointer, "a", 1, nil) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_explain(nil, "a", 1, &made) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_explain(model.pointer, "a", 1, &made) == Int32(JAGA_OK))
    defer { jaga_explanation_free(made) }
    var term = jaga_term()
    for (kind, index) in [(-1, 0), (2, 0), (0, -1), (1, 1 << 40)] as [(Int32, Int64)] {
      #expect(jaga_explanation_term(made, kind, index, &term) == Int32(JAGA_ERROR_ARGUMENT))
      #expect(lastError() == "'index' is out of its range; pass a number below jaga_explanation_count of that kind")
    }
    #expect(jaga_explanation_count(made, 5) == 0)
    #expect(jaga_explanation_score(made, nil) == Int32(JAGA_ERROR_ARGUMENT))
  }
}
