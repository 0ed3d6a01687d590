import JagaBayes
import JagaCore
import JagaScoring
import TestSupport
import Testing

@testable import JagaTraining

/// Flat rows of numbers against sets and dictionaries of hashes.
@Suite struct ObservationsTests {
  private static let entryCount = 9
  private static let ruleCount = 4

  /// Messages of words that share characters, with features of every other kind; some words are not spelled.
  private static func messages(_ count: Int, _ random: inout SeededGenerator) -> [Observation] {
    (0..<count).map { _ in
      let words = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        String((0..<Int.random(in: 1...5, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
      }
      var observation = Observation.spelled(words)
      for kind in FeatureKind.allCases where kind != .word && kind != .characters {
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          let form = UInt64.random(in: 0..<40, using: &random)
          observation.pairs.append((combinedHash(UInt64(kind.rawValue), form), kind))
        }
      }
      if Bool.random(using: &random) {
        observation.pairs.append((Vocabulary.hash(word: "unspelled\(Int.random(in: 0...5, using: &random))"), .word))
      }
      observation.entries = (0..<UInt32(entryCount)).filter { _ in Int.random(in: 0...9, using: &random) == 0 }
        .shuffled(
          using: &random)
      observation.rules = (0..<UInt32(ruleCount)).filter { _ in Int.random(in: 0...9, using: &random) == 0 }
      return observation
    }
  }

  private static let tables: [CountTable] = {
    var first = CountTable()
    first.words = [("abc", 9), ("cab", 4), ("kirim", 12), ("a", 7), ("unspelled1", 8)]
    first.pairs = [("abc", "cab", 3), ("abc", "abc", 2), ("mana", "foto", 5)]
    var second = CountTable()
    second.words = [("abc", 2), ("bbb", 30)]
    return [first, second]
  }()

  /// Any number of workers, and any part of the messages, gives the vocabulary and the rows of the reference.
  @Test(arguments: 0..<6)
  func rowsAreThoseOfTheReference(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 1)
    let chunks = (0..<5).map { _ in Self.messages(Int.random(in: 1...60, using: &random), &random) }
    let minimum = 1 + seed % 3
    let tables = seed % 2 == 0 ? Self.tables : []
    for workers in 1...3 {
      let observations = SmallVocabulary.observed(
        chunks, counts: tables, minimum: minimum, countMinimum: 5, entryCount: Self.entryCount, workers: workers)
      for chosen in [[0, 1, 2, 3, 4], [0, 2], [3], [1, 2, 4]] {
        let vocabulary = Vocabulary(
          observations, chunks: chosen, minimum: minimum, entryCount: Self.entryCount, ruleCount: Self.ruleCount,
          workers: Workers(workers))
        let reference = ReferenceVocabulary(
          observations: chosen.flatMap { chunks[$0] }, counts: tables, minimum: minimum, countMinimum: 5,
          entryCount: Self.entryCount, ruleCount: Self.ruleCount)
        try #require(vocabulary.hashes == reference.hashes, "seed \(seed), \(workers) workers, chunks \(chosen)")
        #expect(vocabulary.kinds == reference.kinds)
        for number in vocabulary.hashes.indices {
          #expect(vocabulary.characters(of: number).map(Array.init) == reference.characters[UInt32(number)])
        }
        let view = RowView(
          observations, vocabulary: vocabulary, variant: .hybrid,
          lengthScale: WeightTable.lengthScale(pivot: 4, exponent: 0.7))
        for number in chunks.indices {
          let table = view.rows(ofChunk: number)
          let found = table.rows.map { Array(table.features[$0.begin..<$0.end]) }
          #expect(found == chunks[number].map { reference.numbers($0) }, "seed \(seed), chunk \(number)")
        }
        var row = 0
        for counts in tables {
          let rows =
            counts.words.map { [Vocabulary.hash(word: $0.form)] + Vocabulary.characters(of: $0.form) }
            + counts.pairs.map { pair in
              [Vocabulary.hash(pair: pair.first, pair.second)]
                + (pair.first == pair.second ? [pair.first] : [pair.first, pair.second]).flatMap {
                  [Vocabulary.hash(word: $0)] + Vocabulary.characters(of: $0)
                }
            }
          for hashes in rows {
            var found: [UInt32] = []
            RowView.append(observations.countRows, row: row, numbers: vocabulary.numbers, to: &found)
            #expect(found == hashes.compactMap { reference.number($0) }.sorted(), "row \(row)")
            row += 1
          }
        }
        #expect(observations.counts.count == row)
      }
    }
  }

  @Test func rowsAreSortedAtAnyLength() {
    var random = SeededGenerator(seed: 7)
    var sorter = RowSorter()
    for limit in [1, 255, 256, 70_000, UInt32.max - 1] {
      for count in [0, 1, 2, 23, 24, 25, 26, 400] {
        let row = (0..<count).map { _ in UInt32.random(in: 0...limit, using: &random) }
        sorter.removeAll()
        for number in row { sorter.append(number) }
        var sorted: [UInt32] = [9]
        sorter.write(to: &sorted)
        #expect(sorted == [9] + row.sorted(), "\(count) below \(limit)")
      }
    }
  }

  @Test func everyPieceIsDoneOnceInItsPlace() throws {
    for count in 1...4 {
      for pieces in [0, 1, 2, 50] {
        #expect(
          Workers(count).map(pieces) { piece, worker in worker < count ? piece * 3 : -1 } == (0..<pieces).map { $0 * 3 }
        )
      }
      for (part, whole) in [(1, 7), (3, 7), (9, 7), (2, 0)] {
        #expect((0..<part).flatMap { Array(Workers.part($0, of: part, in: whole)) } == Array(0..<whole))
      }
    }
    struct Fault: Error, Equatable { let piece: Int }
    #expect(throws: Fault(piece: 3)) {
      try Workers(3).tryMap(9) { piece, _ in if piece % 3 == 0, piece > 0 { throw Fault(piece: piece) } }
    }
  }
}
