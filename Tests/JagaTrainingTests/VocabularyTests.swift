import JagaBayes
import JagaCore
import JagaScoring
import Testing

@testable import JagaTraining

@Suite struct VocabularyTests {
  private func observation(_ hashes: [UInt64], entries: [UInt32] = [], rules: [UInt32] = []) -> Observation {
    var observation = Observation()
    observation.pairs = hashes.map { ($0, .word) }
    observation.entries = entries
    observation.rules = rules
    return observation
  }

  private func vocabulary(
    _ observations: [Observation], counts: [CountTable] = [], minimum: Int = 2, countMinimum: Int = 5
  ) -> SmallVocabulary {
    SmallVocabulary(
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

  @Test func charactersOfAFormAreItsRuns() {
    for word in [
      "ya", "gue", "abcd", "hahaha", "éa", String(repeating: "x", count: 24), String(repeating: "x", count: 25),
    ] {
      #expect(Vocabulary.characters(of: word).sorted() == Observation.runs(of: word).sorted(), "\(word)")
    }
  }

  /// Characters are numbered once for every distinct word that holds them, and within a word as often as it holds them.
  @Test func numbersKeepCharactersOfEveryDistinctWord() throws {
    let words = ["kirim", "kiriman", "kirim", "hahaha"]
    let message = Observation.spelled(words)
    let vocabulary = vocabulary([message, message])
    let numbers = vocabulary.numbers(message)
    #expect(numbers == numbers.sorted())
    let distinct = ["kirim", "kiriman", "hahaha"]
    let expected = distinct.flatMap { [Vocabulary.hash(word: $0)] + Observation.runs(of: $0) }
    #expect(numbers == expected.compactMap { vocabulary.number($0) }.sorted())
    #expect(numbers.count == expected.count)
    func count(_ hash: UInt64) throws -> Int {
      let number = try #require(vocabulary.number(hash))
      return numbers.filter { $0 == number }.count
    }
    let iri = FeatureExtractor.hash(.characters, 0x0300_0000_0069_7269)
    let aha = FeatureExtractor.hash(.characters, 0x0300_0000_0061_6861)
    #expect(try count(iri) == 2)
    #expect(try count(aha) == 2)
    #expect(try count(Vocabulary.hash(word: "kirim")) == 1)
  }

  @Test func repeatsOfEveryOtherKindAreDropped() {
    for kind in FeatureKind.allCases {
      var message = Observation()
      // Characters belong to a word.
      message.pairs = [(5, .word), (70, kind), (900, kind), (70, kind), (70, kind)]
      let numbers = vocabulary([Observation](repeating: message, count: 6)).numbers(message)
      #expect(numbers == (kind == .characters ? [0, 1, 1, 1, 2] : [0, 1, 2]), "\(kind)")
    }
  }

  /// Rare pairs some way apart, rare pairs of concepts and rare answers mean little: kind, messages that a minimum of two asks for.
  @Test func pairsNeedMoreMessagesThanOthers() {
    let rows: [(kind: FeatureKind, needed: Int)] = [
      (.word, 2), (.root, 2), (.pair, 2), (.skipPair, 3), (.edge, 2), (.shape, 2), (.characters, 2), (.concept, 2),
      (.conceptPair, 4), (.asked, 2), (.answer, 6),
    ]
    #expect(rows.map(\.kind) == FeatureKind.allCases)
    for row in rows {
      var message = Observation()
      message.pairs = [(70, row.kind), (70, row.kind)]
      for count in 1...7 {
        let vocabulary = vocabulary([Observation](repeating: message, count: count))
        #expect((vocabulary.number(70) != nil) == (count >= row.needed), "\(row.kind), \(count) messages")
      }
    }
  }

  @Test func everyFeatureKeepsItsKind() throws {
    var counts = CountTable()
    counts.words = [("kirim", 9)]
    var message = Observation()
    let kinds = FeatureKind.allCases
    message.pairs = kinds.map { (finalised(UInt64($0.rawValue)), $0) }
    let vocabulary = vocabulary([Observation](repeating: message, count: 6), counts: [counts])
    #expect(vocabulary.kinds.count == vocabulary.tokenFeatureCount && vocabulary.kinds.count == kinds.count + 1)
    for kind in kinds {
      let number = try #require(vocabulary.number(finalised(UInt64(kind.rawValue))))
      #expect(vocabulary.kinds[Int(number)] == kind)
    }
    let word = try #require(vocabulary.number(Vocabulary.hash(word: "kirim")))
    #expect(vocabulary.kinds[Int(word)] == .word)
  }

  @Test func repeatsOfCharactersAreOneMessageToTheMinimum() {
    let vocabulary = vocabulary([.spelled(["hahaha"]), .spelled(["gue"]), .spelled(["gue"])])
    #expect(vocabulary.hashes == ([Vocabulary.hash(word: "gue")] + Observation.runs(of: "gue")).sorted())
  }

  /// Words of messages and of count tables know their characters, as far as these have numbers; words without a number do not.
  @Test func wordsKnowTheNumbersOfTheirCharacters() throws {
    var counts = CountTable()
    counts.words = [("kirim", 9), ("hahaha", 9), ("ya", 9), ("jarang", 4)]
    let messages = ["kiriman", "kiriman", "foto"].map { Observation.spelled([$0]) }
    let vocabulary = vocabulary(messages, counts: [counts])
    for word in ["kirim", "kiriman", "hahaha", "ya"] {
      let number = try #require(vocabulary.number(Vocabulary.hash(word: word)))
      let expected = Observation.runs(of: word).compactMap { vocabulary.number($0) }
      #expect(vocabulary.characters(of: Int(number))?.sorted() == expected.sorted(), "\(word)")
      #expect(expected.isEmpty == ["hahaha", "ya"].contains(word), "runs of count tables alone get no weights")
    }
    #expect((0..<vocabulary.tokenFeatureCount).count { vocabulary.characters(of: $0) != nil } == 4)
    #expect(vocabulary.number(Vocabulary.hash(word: "foto")) == nil)
  }

  @Test func theOrderOfMessagesDoesNotMatter() {
    let observations = (0..<60).map { number in observation((0..<4).map { finalised(UInt64(number * $0 % 17 + 1)) }) }
    #expect(vocabulary(observations).hashes == vocabulary(observations.reversed()).hashes)
    #expect(!vocabulary(observations).hashes.isEmpty)
  }
}
