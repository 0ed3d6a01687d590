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
    _ evidence: TokenEvidence, _ text: AnalyzedText, _ window: Range<Int>, _ table: WeightTable,
    from start: Int32 = 0
  ) -> (sums: [Int32], words: Int) {
    var sums = [Int32](repeating: start, count: Head.stride)
    let words = sums.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { evidence.add(text, window: window, table: table, to: $0) } ?? -1
    }
    return (sums, words)
  }

  @Test func aRepeatedFeatureCountsOnce() throws {
    let table = try open([FeatureExtractor.hash(.word, tokenHash("ya")): [Int16](repeating: 112, count: Head.stride)])
    let evidence = TokenEvidence(table: table)
    for count in [1, 2, 50] {
      let text = AnalyzedText([HandMadeToken](repeating: "ya", count: count))
      let result = sums(evidence, text, 0..<count, table)
      #expect(result.sums == [Int32](repeating: 112, count: Head.stride))
      #expect(result.words == count)
    }
  }

  @Test func sumsAreAddedToWhatIsThere() throws {
    let table = try open([FeatureExtractor.hash(.word, tokenHash("ya")): [Int16](repeating: -112, count: Head.stride)])
    let evidence = TokenEvidence(table: table)
    let result = sums(evidence, AnalyzedText(["ya"]), 0..<1, table, from: 1000)
    #expect(result.sums == [Int32](repeating: 888, count: Head.stride))
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
      for feature in SlowFeatures.list(text, window: 0..<text.count, rows: nil) where feature.hash & 1 == 0 {
        rows[feature.hash] = StoredRow.random(using: &random)
      }
    }
    let table = try open(rows)
    rows = rows.mapValues(StoredRow.values)
    let evidence = TokenEvidence(table: table)
    var repeated = 0
    for (number, text) in texts.enumerated() {
      let begin = Int.random(in: 0...text.count, using: &random)
      let window = begin..<Int.random(in: begin...text.count, using: &random)
      let features = SlowFeatures.list(text, window: window, rows: Set(rows.keys))
      let terms = SlowFeatures.terms(features).filter { rows[$0.hash] != nil }
      var expected = [Int32](repeating: 0, count: Head.stride)
      for term in terms {
        for (column, weight) in (rows[term.hash] ?? []).enumerated() { expected[column] += Int32(weight) }
      }
      let result = sums(evidence, text, window, table)
      #expect(result.sums == expected, "seed \(seed), text \(number)")
      let outer = evidence.outer(window: window, of: text, table: table)
      #expect(outer.sums.move == expected[Head.move] && outer.sums.disclosure == expected[Head.disclosure])
      #expect(outer.words == result.words)

      var found: [Feature] = []
      var total = [Int32](repeating: 0, count: Head.stride)
      var listed: [Feature] = []
      FeatureExtractor.extract(text, window: window, rows: table.index, into: &listed)
      let isListed = SlowFeatures.counted(listed) == SlowFeatures.counted(features)
      #expect(isListed, "seed \(seed), text \(number)")
      table.forEachRow(of: listed) { feature, row in
        found.append(feature)
        for (column, weight) in table.values(of: row).enumerated() { total[column] += Int32(weight) }
      }
      #expect(total == expected, "the terms add up; seed \(seed), text \(number)")
      let isEqual = SlowFeatures.counted(found) == SlowFeatures.counted(terms)
      #expect(isEqual, "terms at their first places; seed \(seed), text \(number)")
      repeated += Set(terms.map(\.hash)).count < terms.count ? 1 : 0
    }
    #expect(repeated > 20, "texts whose words share characters")
  }

  @Test func charactersCountOnceForEveryDistinctWord() throws {
    let run = FeatureExtractor.hash(.characters, 0x0300_0000_0063_6261)
    let table = try open([run: [Int16](repeating: 112, count: Head.stride)])
    let evidence = TokenEvidence(table: table)
    let rows: [(words: [HandMadeToken], sum: Int32)] = [
      (["abcd"], 112), (["abcd", "abcd"], 112), (["abcd", "xabc"], 224), (["abcd", "xabc", "abcd", "xabc"], 224),
      (["abcabc"], 224), (["abd"], 0),
    ]
    for row in rows {
      let result = sums(evidence, AnalyzedText(row.words), 0..<row.words.count, table)
      #expect(result.sums == [Int32](repeating: row.sum, count: Head.stride), "\(row.words.map(\.canonical))")
    }
  }

  /// A word's row with its characters' weights in it says what the word says spelled out: whole rows to the bit where all is in steps, rows
  /// of the outer heads up to the rounding of each part.
  @Test(arguments: [false, true]) func bakedRowsSayWhatSpelledOutWordsSay(isWhole: Bool) throws {
    let seed: UInt64 = 61
    var random = SplitMix64(seed: seed)
    // Few letters, so that words share runs and hold them twice.
    let stock = (0..<120).map { _ in
      String((0..<Int.random(in: 1...26, using: &random)).map { _ in "aiknu".randomElement(using: &random) ?? "a" })
    }
    func runs(_ word: String) -> [UInt64] {
      let text = AnalyzedText([HandMadeToken(word)])
      return SlowFeatures.list(text, window: 0..<1, rows: nil).filter { $0.kind == .characters }.map(\.hash)
    }
    /// Logits; in a whole row so few steps that a row of 48 parts stays within its range.
    func weights(steps: Int, outer: Double) -> [Double] {
      (0..<Head.stride).map { column in
        if isWhole { return Double(Int.random(in: -steps...steps, using: &random) * WeightTable.wideStep) / 1024 }
        return column == Head.move || column == Head.disclosure ? .random(in: -outer...outer, using: &random) : 0
      }
    }
    var logits: [UInt64: [Double]] = [:]
    for hash in Set(stock.flatMap(runs)).sorted() where Int.random(in: 0..<4, using: &random) > 0 {
      logits[hash] = weights(steps: 2, outer: 0.5)
    }
    let spelledRows = logits.mapValues { $0.map(FixedMath.units) }
    var bakedRows = spelledRows
    var own: [String: [Double]] = [:]
    for word in Set(stock).sorted() where Int.random(in: 0..<4, using: &random) > 0 {
      let weights = weights(steps: 20, outer: 4)
      own[word] = weights
      bakedRows[FeatureExtractor.hash(.word, tokenHash(word))] = (0..<Head.stride).map { column in
        FixedMath.units(weights[column] + runs(word).reduce(0) { $0 + (logits[$1]?[column] ?? 0) })
      }
    }
    let spelled = try open(spelledRows)
    let baked = try open(bakedRows)
    let spelledEvidence = TokenEvidence(table: spelled)
    let bakedEvidence = TokenEvidence(table: baked)
    var shared = 0
    for round in 0..<200 {
      let words = (0..<Int.random(in: 1...30, using: &random)).map { _ in stock.randomElement(using: &random) ?? "a" }
      let text = AnalyzedText(words.map { HandMadeToken($0) })
      var expected = sums(spelledEvidence, text, 0..<text.count, spelled).sums
      let found = sums(bakedEvidence, text, 0..<text.count, baked).sums
      // Half a unit for every rounded part and for the row itself; steps are whole units.
      var slack = 0.0
      for (word, weights) in own where words.contains(word) {
        for column in 0..<Head.stride { expected[column] += Int32(FixedMath.units(weights[column])) }
        if !isWhole { slack += Double(runs(word).filter { logits[$0] != nil }.count + 2) / 2 }
      }
      let worst = zip(found, expected).map { Double(abs($0 - $1)) }.max() ?? 0
      #expect(worst <= slack, "seed \(seed), round \(round)")
      let all = Set(words).flatMap(runs)
      shared += Set(all).count < all.count ? 1 : 0
    }
    #expect(shared > 100)
  }

  @Test func anEmptyTableAddsNothing() throws {
    let table = try open([:])
    let evidence = TokenEvidence(table: table)
    let result = sums(evidence, AnalyzedText(["kirim", .comma, "foto"]), 0..<3, table)
    #expect(result.sums == [Int32](repeating: 0, count: Head.stride))
    #expect(result.words == 2)
  }

  /// Words spelled out are the heaviest: every run of characters counts for each of them.
  @Test func theHeaviestWindowStaysInsideInt32() throws {
    let words = (0..<32).map { HandMadeToken(String(repeating: "x", count: 21) + String($0 + 100), flags: []) }
    let text = AnalyzedText(words)
    let all = SlowFeatures.list(text, window: 0..<32, rows: nil)
    for (isSpelled, isWhole) in [(true, true), (true, false), (false, true), (false, false)] {
      let row = isWhole ? [Int16](repeating: .min, count: Head.stride) : StoredRow.outer(.min, .min)
      var rows: [UInt64: [Int16]] = [:]
      for feature in all where !(isSpelled && feature.kind == .word) { rows[feature.hash] = row }
      let terms = SlowFeatures.terms(all).filter {
        isSpelled ? $0.kind != .word : $0.kind != .characters
      }
      #expect(terms.count > (isSpelled ? 32 * 50 : 32 * 4))
      let table = try open(rows)
      let evidence = TokenEvidence(table: table)
      let result = sums(evidence, text, 0..<32, table)
      #expect(result.sums == StoredRow.values(row).map { Int32(terms.count) * Int32($0) })
      #expect(result.sums[Head.move] == Int32(terms.count) * (isWhole ? -2032 : -32768))
    }
  }
}
