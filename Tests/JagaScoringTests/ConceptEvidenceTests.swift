import JagaBayes
import JagaCore
import JagaLexicon
import JagaRules
import JagaText
import TestSupport
import Testing

@testable import JagaScoring

/// Entries without a label as concepts, alone and in pairs.
@Suite struct ConceptEvidenceTests {
  private static func table(_ concepts: [UInt64]) throws -> Table<UInt64> {
    var writer = SectionWriter()
    writer.append(table: concepts)
    var reader = SectionReader(Section(copying: writer.bytes))
    return try reader.table(of: UInt64.self)
  }

  private static func weights(_ rows: [UInt64: [Int16]]) throws -> WeightTable {
    let scale = WeightTable.lengthScale(pivot: 4, exponent: 0.7)
    return try WeightTable(section: Section(copying: WeightTable.encode(rows: rows, lengthScale: scale)))
  }

  private static func hit(_ entry: UInt32, _ tokens: Range<Int32>) -> LexiconHit {
    LexiconHit(entry: entry, begin: tokens.lowerBound, end: tokens.upperBound)
  }

  /// What is collected, as `1` for a concept and `1>2` for a pair.
  private func collected(
    _ hits: [LexiconHit], window: Range<Int> = 0..<32, concepts: [UInt64] = [10, 20, 30, 0, 10]
  ) throws -> [String] {
    var evidence = ConceptEvidence()
    evidence.collect(hits[...], window: window, concepts: try Self.table(concepts))
    return evidence.features.map { feature in
      feature.kind == .concept ? "\(feature.first)" : "\(feature.first)>\(feature.second)"
    }
  }

  @Test func pairsKeepTheirOrder() throws {
    #expect(try collected([Self.hit(0, 0..<1), Self.hit(1, 2..<3)]) == ["0", "0>1", "1"])
    #expect(try collected([Self.hit(1, 0..<1), Self.hit(0, 2..<3)]) == ["1", "1>0", "0"])
    #expect(ConceptEvidence.hash(pair: 10, 20) != ConceptEvidence.hash(pair: 20, 10))
    #expect(ConceptEvidence.hash(concept: 10) == FeatureExtractor.hash(.concept, 10))
    #expect(ConceptEvidence.hash(pair: 10, 20) == FeatureExtractor.hash(.conceptPair, combinedHash(10, 20)))
  }

  /// Where the second begins after a first of tokens 2 and 3, and whether the two are a pair: at most four tokens lie between.
  @Test(arguments: [(3, false), (4, true), (5, true), (8, true), (9, false), (20, false)] as [(Int32, Bool)])
  func pairsReachFourTokens(_ begin: Int32, _ isPair: Bool) throws {
    let found = try collected([Self.hit(0, 2..<4), Self.hit(1, begin..<begin + 3)])
    #expect(found == (isPair ? ["0", "0>1", "1"] : ["0", "1"]))
  }

  /// A hit counts when it lies in the window whole, and a pair when both do.
  @Test func aWindowSeesNothingOutsideItself() throws {
    let hits = [Self.hit(0, 1..<3), Self.hit(1, 4..<5), Self.hit(2, 5..<7)]
    let rows: [(window: Range<Int>, expected: [String])] = [
      (0..<7, ["0", "0>1", "0>2", "1", "1>2", "2"]), (0..<6, ["0", "0>1", "1"]), (0..<5, ["0", "0>1", "1"]),
      (0..<4, ["0"]), (0..<2, []),
    ]
    for row in rows { #expect(try collected(hits, window: row.window) == row.expected, "\(row.window)") }
  }

  @Test func entriesWithoutAConceptAndOneConceptTwiceMakeNoPair() throws {
    #expect(try collected([Self.hit(0, 0..<1), Self.hit(3, 1..<2), Self.hit(1, 2..<3)]) == ["0", "0>1", "1"])
    #expect(try collected([Self.hit(3, 0..<1)]) == [])
    // Entries 0 and 4 are one concept in two languages.
    #expect(try collected([Self.hit(0, 0..<1), Self.hit(4, 1..<2)]) == ["0", "4"])
    #expect(try collected([Self.hit(0, 0..<2), Self.hit(1, 1..<3)]) == ["0", "1"], "overlapping")
  }

  @Test func aWindowHasAtMostSoManyFeatures() throws {
    let hits = (0..<200).flatMap { token in (0..<3).map { Self.hit($0, Int32(token)..<Int32(token) + 1) } }
    #expect(try collected(hits, window: 0..<200).count == ConceptEvidence.limit)
    #expect(ConceptEvidence.limit == 512 && ConceptEvidence.reach == 4)
    #expect((32 * 54 + ConceptEvidence.limit) * 32768 < Int(Int32.max), "sums stay inside Int32")
  }

  /// What scoring adds up is what the plain list holds, window by window, also where a window holds more than counts and in long messages.
  @Test(arguments: [24, 40, 400]) func rowsAddUpToThePlainList(tokens: Int32) throws {
    let seed: UInt64 = 98
    var random = SplitMix64(seed: seed)
    var cut = 0
    var repeated = 0
    for round in 0..<120 {
      let concepts =
        (0..<12).map { _ in UInt64.random(in: 0...9, using: &random) }
        + (0..<150).map { UInt64($0) + 100 }
      let count = round % 4 == 0 ? 200 : Int.random(in: 0...60, using: &random)
      let hits = (0..<count).map { _ -> LexiconHit in
        let begin = Int32.random(in: 0..<tokens, using: &random)
        return Self.hit(
          round % 3 == 0 ? .random(in: 0..<162, using: &random) : .random(in: 0..<12, using: &random),
          begin..<begin + Int32.random(in: 1...4, using: &random))
      }.sorted { ($0.begin, $0.end, $0.entry) < ($1.begin, $1.end, $1.entry) }
      var weights: [UInt64: [Int16]] = [:]
      for feature in SlowConcepts.list(hits, window: 0..<Int(tokens) + 4, concepts: concepts)
      where feature.hash & 3 != 0 && weights[feature.hash] == nil {
        let isWhole = feature.hash & 4 == 0
        weights[feature.hash] = (0..<Head.stride).map { column in
          isWhole || column == Head.move || column == Head.disclosure
            ? Int16.random(in: -90...90, using: &random) * 16 : 0
        }
      }
      let table = try Self.weights(weights)
      let matrix = try ConceptMatrix(
        section: Section(copying: ConceptMatrix.encode(concepts: concepts, weights: table)), entries: concepts.count,
        rowCount: table.count)
      let rows = ConceptRows(concepts: try Self.table(concepts), matrix: matrix, table: table)
      var plain = ConceptEvidence()
      for _ in 0..<2 {
        hits.withUnsafeBufferPointer { rows.prepare($0, tokens: Int(tokens) + 4, table: table) }
        for _ in 0..<6 {
          let lower = tokens < 28 ? 0 : Int.random(in: 0...Int(tokens), using: &random)
          let window = lower..<min(Int(tokens) + 4, lower + 32)
          let first = hits.firstIndex { Int($0.begin) >= lower } ?? hits.count
          plain.collect(hits[first...], window: window, concepts: try Self.table(concepts))
          var expected = [Int32](repeating: 0, count: Head.stride)
          expected.withUnsafeMutableBufferPointer { sums in
            guard let base = sums.baseAddress else { return }
            plain.forEachTerm(in: table) { _, row in table.add(row, to: base) }
          }
          var found = [Int32](repeating: 0, count: Head.stride)
          let outer = hits.withUnsafeBufferPointer { hits -> OuterSums? in
            found.withUnsafeMutableBufferPointer { sums in
              guard let base = sums.baseAddress else { return }
              rows.add(window: window, of: hits, table: table, to: base)
            }
            return tokens < 28 ? nil : rows.outer(window: window, of: hits, table: table)
          }
          #expect(found == expected, "seed \(seed), round \(round)")
          if let outer {
            #expect(outer.move == expected[Head.move] && outer.disclosure == expected[Head.disclosure])
          }
          cut += rows.wasCut ? 1 : 0
          #expect(!rows.wasCut || plain.features.count == ConceptEvidence.limit)
          repeated += Set(plain.features.map(\.hash)).count < plain.features.count ? 1 : 0
        }
      }
    }
    #expect(repeated > 50 && (cut > 5 || tokens > 40), "\(repeated) with repetitions, \(cut) cut")
  }

  @Test func generatedHitsGiveThePairsOfTheDefinition() throws {
    let seed: UInt64 = 97
    var random = SplitMix64(seed: seed)
    var pairs = 0
    for round in 0..<300 {
      let concepts = (0..<12).map { _ in UInt64.random(in: 0...6, using: &random) }
      let hits = (0..<Int.random(in: 0...60, using: &random)).map { _ -> LexiconHit in
        let begin = Int32.random(in: 0..<40, using: &random)
        return Self.hit(.random(in: 0..<12, using: &random), begin..<begin + Int32.random(in: 1...4, using: &random))
      }.sorted { ($0.begin, $0.end, $0.entry) < ($1.begin, $1.end, $1.entry) }
      let lower = Int.random(in: 0...30, using: &random)
      let window = lower..<lower + Int.random(in: 0...32, using: &random)
      let expected = SlowConcepts.list(hits, window: window, concepts: concepts)
      // Weights for about half of the features.
      let rows = Dictionary(
        expected.filter { $0.hash & 1 == 0 }.map { ($0.hash, [Int16](repeating: 16, count: Head.stride)) }
      ) { first, _ in first }
      let table = try Self.weights(rows)
      var evidence = ConceptEvidence()
      for _ in 0..<2 {
        let first = hits.firstIndex { Int($0.begin) >= lower } ?? hits.count
        evidence.collect(hits[first...], window: window, concepts: try Self.table(concepts))
        #expect(evidence.features == expected, "seed \(seed), round \(round)")
        var terms: [ConceptFeature] = []
        evidence.forEachTerm(in: table) { feature, row in
          terms.append(feature)
          #expect(table.index[feature.hash] == row)
        }
        var seen = Set<UInt64>()
        let once = expected.filter { rows[$0.hash] != nil && seen.insert($0.hash).inserted }
        #expect(terms == once, "each once, at its first place; seed \(seed), round \(round)")
      }
      pairs += expected.contains { $0.kind == .conceptPair } ? 1 : 0
    }
    #expect(pairs > 100)
  }
}

/// Concepts and pairs by their definition.
private enum SlowConcepts {
  static func list(_ hits: [LexiconHit], window: Range<Int>, concepts: [UInt64]) -> [ConceptFeature] {
    let inside = hits.filter {
      window.contains(Int($0.begin)) && Int($0.end) <= window.upperBound && concepts[Int($0.entry)] != 0
    }
    let all = inside.enumerated().flatMap { index, hit -> [ConceptFeature] in
      let concept = concepts[Int(hit.entry)]
      let alone = ConceptFeature(
        hash: combinedHash(8, concept), kind: .concept, begin: hit.begin, end: hit.end, first: hit.entry,
        second: hit.entry)
      let pairs = inside[(index + 1)...].filter { other in
        other.begin >= hit.end && other.begin - hit.end <= 4 && concepts[Int(other.entry)] != concept
      }.map { other in
        ConceptFeature(
          hash: combinedHash(9, combinedHash(concept, concepts[Int(other.entry)])), kind: .conceptPair,
          begin: hit.begin,
          end: other.end, first: hit.entry, second: other.entry)
      }
      return [alone] + pairs
    }
    return Array(all.prefix(512))
  }
}
