import CJaga
import JagaScoring
import Testing

@testable import JagaC

@Suite struct ModelHandleTests {
  @Test func theModelIsFoundWithoutAPath() throws {
    var found: OpaquePointer?
    #expect(jaga_model_open(nil, 0, &found) == Int32(JAGA_OK))
    let id = try #require(jaga_model_id(found))
    #expect(String(cString: id) == (try Model.open(path: LibraryModel.path)).id)
    jaga_model_close(found)
  }

  @Test func whatIsNoModelIsRefused() {
    var found: OpaquePointer?
    #expect(jaga_model_open("/nowhere/x.jaga", 0, &found) == Int32(JAGA_ERROR_MODEL))
    #expect(
      lastError() == "/nowhere/x.jaga: cannot be opened (system error 2); check the path and the permissions")
    #expect(found == nil)
    #expect(jaga_model_open("Package.swift", 0, &found) == Int32(JAGA_ERROR_MODEL))
    #expect(
      lastError()
        == "Package.swift: is not a Jaga model; make one with 'jaga train' or 'jaga lexicon compile'")
    #expect(jaga_model_open(nil, 0, nil) == Int32(JAGA_ERROR_ARGUMENT))
  }

  @Test(arguments: [-0.1, 1, 2, Double.nan, -Double.infinity])
  func aBaseRateIsAShare(rate: Double) {
    var found: OpaquePointer?
    #expect(jaga_model_open(LibraryModel.path, rate, &found) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'base_rate' is out of its range; pass 0, or a share above 0 and below 1")
  }

  @Test func aBaseRateMovesTheScores() throws {
    var rare: OpaquePointer?
    var options = jaga_model_options()
    options.size = MemoryLayout<jaga_model_options>.size
    options.base_rate = 0.0001
    #expect(jaga_model_open_options(&options, &rare) == Int32(JAGA_OK))
    defer { jaga_model_close(rare) }
    let scorer = Scorer(
      model: try Model.open(path: LibraryModel.path), options: Scorer.Options(baseRate: 0.0001))
    var score = jaga_score()
    let text = "umur berapa dek? sendirian di rumah?"
    #expect(jaga_score_text(rare, text, text.utf8.count, &score) == Int32(JAGA_OK))
    #expect(score.score == scorer.score(text).score)
    options.size = 3
    #expect(jaga_model_open_options(&options, &rare) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'options.size' is out of its range; pass sizeof(jaga_model_options)")
  }

  @Test func nothingIsGivenBackTwice() {
    jaga_model_close(nil)
    jaga_tracker_free(nil)
    jaga_explanation_free(nil)
    jaga_reader_close(nil)
    #expect(jaga_model_id(nil) == nil)
    #expect(jaga_tracker_evictions(nil) == 0)
    #expect(jaga_reader_skipped(nil) == 0)
    #expect(jaga_reader_repeated(nil) == 0)
    #expect(jaga_explanation_json(nil) == nil)
  }
}
