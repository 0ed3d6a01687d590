import JagaBayes
import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct TokenEvidenceTests {
  private func open(_ rows: [UInt64: [Int16]]) throws -> WeightTable {
    let bytes = WeightTable.encode(rows: rows, lengthScale: WeightTable.lengthScale(pivot: 8, exponent: 0.5))
    return try WeightTable(section: Section(copying: bytes))
  }

  private func sums(
    _ evidence: inout TokenEvidence, _ text: AnalyzedText, _ window: Range<Int>, _ table: WeightTable,
    from start: Int32 = 0
  ) -> (sums: [Int32], words: Int) {
    var sums = [Int32](repeating: start, count: Head.stride)
    let words = sums.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { evidence.add(text, window: window, table: table, to: $0) } ?? -1
    }
    return (sums, words)
  }

  @Test func aRepeatedFeatureCountsOnce() throws {
    let table = try open([FeatureExtractor.hash(.word, tokenHash("ya")): [Int16](repeating: 7, count: Head.stride)])
    var evidence = TokenEvidence(table: table)
    for count in [1, 2, 50] {
      let text = AnalyzedText([HandMadeToken](repeating: "ya", count: count))
      let result = sums(&evidence, text, 0..<count, table)
      #expect(result.sums == [Int32](repeating: 7, count: Head.stride))
      #expect(result.words == count)
    }
  }

  @Test func sumsAreAddedToWhatIsThere() throws {
    let table = try open([FeatureExtractor.hash(.word, tokenHash("ya")): [Int16](repeating: -7, count: Head.stride)])
    var evidence = TokenEvidence(table: table)
    let result = sums(&evidence, AnalyzedText(["ya"]), 0..<1, table, from: 1000)
    #expect(result.sums == [Int32](repeating: 993, count: Head.stride))
  }

  @Test func sumsEqualThoseOfASlowReference() throws {
    let seed: UInt64 = 51
    var random = SplitMix64(seed: seed)
    let texts = (0..<200).map { _ in
      AnalyzedText.random(count: Int.random(in: 0...60, using: &random), using: &random)
    }
    // Weights for about half of all features that occur.
    var rows: [UInt64: [Int16]] = [:]
    for text in texts {
      for feature in SlowFeatures.list(text, window: 0..<text.count) where feature.hash & 1 == 0 {
        rows[feature.hash] = (0..<Head.stride).map { _ in .random(in: .min ... .max, using: &random) }
      }
    }
    let table = try open(rows)
    var evidence = TokenEvidence(table: table)
    for (number, text) in texts.enumerated() {
      let begin = Int.random(in: 0...text.count, using: &random)
      let window = begin..<Int.random(in: begin...text.count, using: &random)
      let features = SlowFeatures.list(text, window: window)
      var expected = [Int32](repeating: 0, count: Head.stride)
      for hash in Set(features.map(\.hash)) {
        for (column, weight) in (rows[hash] ?? []).enumerated() { expected[column] += Int32(weight) }
      }
      let result = sums(&evidence, text, window, table)
      #expect(result.sums == expected, "seed \(seed), text \(number)")
      #expect(Set(evidence.features) == Set(features))

      var terms: [UInt64] = []
      var total = [Int32](repeating: 0, count: Head.stride)
      evidence.forEachTerm(text, window: window, table: table) { feature, row in
        terms.append(feature.hash)
        for column in 0..<Head.stride { total[column] += Int32(row[column]) }
      }
      #expect(total == expected, "the terms add up; seed \(seed), text \(number)")
      #expect(Set(terms).count == terms.count)
    }
  }

  @Test func anEmptyTableAddsNothing() throws {
    let table = try open([:])
    var evidence = TokenEvidence(table: table)
    let result = sums(&evidence, AnalyzedText(["kirim", .comma, "foto"]), 0..<3, table)
    #expect(result.sums == [Int32](repeating: 0, count: Head.stride))
    #expect(result.words == 2)
  }

  @Test func theHeaviestWindowStaysInsideInt32() throws {
    let words = (0..<256).map { HandMadeToken(String(repeating: "x", count: 21) + String($0 + 100), flags: []) }
    let text = AnalyzedText(words)
    var rows: [UInt64: [Int16]] = [:]
    for feature in SlowFeatures.list(text, window: 0..<256) { rows[feature.hash] = [Int16](repeating: .min, count: 24) }
    let table = try open(rows)
    var evidence = TokenEvidence(table: table)
    let result = sums(&evidence, text, 0..<256, table)
    #expect(result.sums == [Int32](repeating: Int32(rows.count) * -32768, count: Head.stride))
  }
}
