import JagaBayes
import JagaCore
import JagaScoring
import Testing

@testable import JagaTraining

@Suite struct VocabularyTests {
  private func observation(_ hashes: [UInt64], entries: [UInt32] = [], rules: [UInt32] = []) -> Observation {
    var observation = Observation()
    observation.features = hashes.map { ($0, .word) }
    observation.entries = entries
    observation.rules = rules
    return observation
  }

  private func vocabulary(
    _ observations: [Observation], counts: [CountTable] = [], minimum: Int = 2, countMinimum: Int = 5
  ) -> Vocabulary {
    Vocabulary(
      observations: observations, counts: counts, minimum: minimum, countMinimum: countMinimum, entryCount: 3,
      ruleCount: 2)
  }

  @Test func aFeatureNeedsEnoughMessagesNotOccurrences() {
    let vocabulary = vocabulary([observation([900, 5, 5, 5]), observation([900, 70]), observation([70, 900])])
    #expect(vocabulary.hashes == [70, 900])
    #expect(vocabulary.number(70) == 0)
    #expect(vocabulary.number(900) == 1)
    #expect(vocabulary.number(5) == nil)
    #expect(vocabulary.tokenFeatureCount == 2)
    #expect(vocabulary.count == 2 + 3 + 2)
  }

  @Test func wordsOfCountTablesJoinFromTheirOwnMinimum() {
    var counts = CountTable()
    counts.words = [("gue", 5), ("jarang", 4)]
    let vocabulary = vocabulary([observation([7]), observation([7])], counts: [counts])
    let gue = FeatureExtractor.hash(.word, tokenHash("gue"))
    #expect(vocabulary.hashes == [7, gue].sorted())
    #expect(Vocabulary.hash(word: "gue") == gue)
    #expect(vocabulary.number(Vocabulary.hash(word: "jarang")) == nil)
  }

  @Test func aPairsHashIsThatOfItsFeature() {
    let expected = FeatureExtractor.hash(.pair, combinedHash(tokenHash("kirim"), tokenHash("foto")))
    #expect(Vocabulary.hash(pair: "kirim", "foto") == expected)
    #expect(Vocabulary.hash(pair: "foto", "kirim") != expected)
  }

  @Test func numbersAreTokensThenEntriesThenRulesEachOnce() {
    let vocabulary = vocabulary([observation([900, 70]), observation([70, 900])])
    let numbers = vocabulary.numbers(observation([900, 5, 70, 900], entries: [2, 0], rules: [1]))
    #expect(numbers == [0, 1, 2, 4, 6])
    #expect(vocabulary.numbers(observation([])) == [])
  }

  @Test func theOrderOfMessagesDoesNotMatter() {
    let observations = (0..<60).map { number in observation((0..<4).map { finalised(UInt64(number * $0 % 17 + 1)) }) }
    #expect(vocabulary(observations).hashes == vocabulary(observations.reversed()).hashes)
    #expect(!vocabulary(observations).hashes.isEmpty)
  }
}
