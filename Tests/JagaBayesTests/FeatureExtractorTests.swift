import JagaBayes
import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct FeatureExtractorTests {
  /// The features of a text whose words all have rows, or only those of `rows`.
  private func features(
    _ text: AnalyzedText, window: Range<Int>? = nil, rows: [String]? = nil
  ) throws -> [Feature] {
    let words = rows.map { $0.map(tokenHash) } ?? Array(text.canonicalHashes)
    let index = try HashIndex(of: Set(words.map { FeatureExtractor.hash(.word, $0) }))
    var features: [Feature] = []
    FeatureExtractor.extract(text, window: window ?? 0..<text.count, rows: index, into: &features)
    return features
  }

  private func characters(_ text: AnalyzedText, rows: [String]? = nil) throws -> [Feature] {
    try features(text, rows: rows).filter { $0.kind == .characters }
  }

  private func shapeNumbers(_ text: AnalyzedText) throws -> Set<UInt64> {
    let hashes = Set(try features(text).filter { $0.kind == .shape }.map(\.hash))
    return Set((0..<200).filter { hashes.contains(FeatureExtractor.hash(.shape, $0)) })
  }

  /// Golden values from scripts/golden/token_hash.py: feature hashes are stored in models and count tables refer to them.
  @Test func hashesArePinned() {
    let kirim = tokenHash("kirim")
    #expect(FeatureExtractor.hash(.word, kirim) == 0x5866_94C2_59F2_303F)
    #expect(FeatureExtractor.hash(.pair, combinedHash(kirim, tokenHash("foto"))) == 0xBE37_0F7F_593F_6813)
    #expect(FeatureKind.allCases.map(\.rawValue) == Array(1...11))
    #expect(
      FeatureKind.allCases.map(\.name) == [
        "word", "root", "pair", "skip-pair", "edge", "shape", "characters", "concept", "concept-pair", "asked",
        "answer",
      ])
    #expect(FeatureExtractor.windowTokens == 32)
  }

  @Test func aSentenceByHand() throws {
    let text = AnalyzedText([HandMadeToken("ngirimin", root: "kirim"), "foto", "dulu"])
    func root(_ word: String) -> UInt64 { tokenHash(word) }
    func feature(_ kind: FeatureKind, _ key: UInt64, _ begin: Int32, _ end: Int32) -> Feature {
      Feature(hash: combinedHash(UInt64(kind.rawValue), key), kind: kind, begin: begin, end: end)
    }
    #expect(
      try features(text) == [
        feature(.word, root("ngirimin"), 0, 1), feature(.root, root("kirim"), 0, 1),
        feature(.edge, combinedHash(1, root("kirim")), 0, 1), feature(.word, root("foto"), 1, 2),
        feature(.pair, combinedHash(root("kirim"), root("foto")), 0, 2), feature(.word, root("dulu"), 2, 3),
        feature(.pair, combinedHash(root("foto"), root("dulu")), 1, 3),
        feature(.skipPair, combinedHash(root("kirim"), root("dulu")), 0, 3), feature(.shape, 101, 0, 0),
      ])
  }

  @Test func generatedTextsHaveTheFeaturesOfTheDefinition() throws {
    let seed: UInt64 = 31
    var random = SplitMix64(seed: seed)
    var spelled = 0
    for round in 0..<300 {
      let text = AnalyzedText.random(count: Int.random(in: 0...40, using: &random), using: &random)
      let begin = Int.random(in: 0...text.count, using: &random)
      let window = begin..<Int.random(in: begin...text.count, using: &random)
      // Every word spelled out, or all but a random share of the features that occur; most rows are of other kinds than words.
      let all = SlowFeatures.list(text, window: 0..<text.count, rows: nil).map(\.hash)
      let rows = round % 4 == 0 ? nil : Set(Set(all).sorted().filter { _ in Bool.random(using: &random) })
      let index = try rows.map { try HashIndex(of: $0) }
      var found: [Feature] = []
      let words = FeatureExtractor.extract(text, window: window, rows: index, into: &found)
      #expect(words == window.filter { text.kinds[$0] != .punctuation }.count)
      let isEqual =
        SlowFeatures.counted(found) == SlowFeatures.counted(SlowFeatures.list(text, window: window, rows: rows))
      #expect(isEqual, "seed \(seed), round \(round), window \(window) of \(text.count)")
      let places = found.filter { $0.kind != .shape }.map(\.end)
      let isSorted = places == places.sorted()
      #expect(isSorted, "features come in token order; seed \(seed), round \(round)")
      spelled += rows != nil && found.contains { $0.kind == .characters } ? 1 : 0
    }
    #expect(spelled > 100)
  }

  @Test func punctuationIsInvisibleAndMentionsCountOnlyAsWords() throws {
    let plain = AnalyzedText(["kirim", "foto", "dulu", "ya"])
    let marked = AnalyzedText(["kirim", .comma, "foto", "dulu", .comma, "ya"])
    #expect(try features(plain).map(\.hash) == features(marked).map(\.hash))
    let mentioned = AnalyzedText(["kirim", .mention, "foto", "dulu"])
    #expect(try Set(features(mentioned).map(\.hash)).isSubset(of: Set(features(plain).map(\.hash))))
    #expect(try !features(mentioned).contains { $0.hash == FeatureExtractor.hash(.word, tokenHash("<mention>")) })
    var none: [Feature] = []
    #expect(FeatureExtractor.extract(mentioned, window: 0..<4, rows: nil, into: &none) == 4)
  }

  @Test func pairsStayInsideTheirClauseAndSkipPairsDoNot() throws {
    let text = AnalyzedText(["kirim", "foto", HandMadeToken("dulu", opensClause: true), "ya"])
    #expect(try features(text).filter { $0.kind == .pair }.map(\.begin) == [0, 2])
    let apart = try features(text).filter { $0.kind == .skipPair }
    #expect(apart.map(\.begin) == [0, 1, 0] && apart.map(\.end) == [3, 4, 4])
  }

  /// Two, three or four places apart, counted in content tokens: marks and mentions between do not count.
  @Test func skipPairsReachFourPlaces() throws {
    let words = ["kirim", "foto", "dulu", "ya", "dm", "gue", "besok"]
    let plain = AnalyzedText(words.map { HandMadeToken($0) })
    func places(_ text: AnalyzedText) throws -> Set<[Int32]> {
      Set(try features(text).filter { $0.kind == .skipPair }.map { [$0.begin, $0.end - 1] })
    }
    let expected = (0..<7).flatMap { first in (2...4).map { [first, first + $0] } }.filter { $0[1] < 7 }
    #expect(try places(plain) == Set(expected.map { $0.map(Int32.init) }))
    let apart = AnalyzedText(["kirim", .comma, .mention, .comma, "foto", .comma, "dulu"])
    #expect(try places(apart) == [[0, 6]])
    let hash = FeatureExtractor.hash(.skipPair, combinedHash(tokenHash("kirim"), tokenHash("dm")))
    #expect(try features(plain).filter { $0.hash == hash }.map(\.begin) == [0], "first the earlier, then the later")
  }

  @Test func aWindowSeesNothingOutsideItself() throws {
    let text = AnalyzedText([.amount(50_000), "kirim", "foto", "dulu"])
    #expect(try features(text, window: 2..<4).filter { $0.kind == .pair }.count == 1)
    #expect(try features(text, window: 2..<4).filter { $0.kind == .skipPair }.isEmpty)
    #expect(try features(text, window: 2..<4).first?.begin == 2)
    #expect(try features(text, window: 2..<4).filter { $0.kind == .shape }.count == 1)
  }

  @Test func anEmptyWindowHasItsLengthOnly() throws {
    #expect(
      try features(AnalyzedText()) == [
        Feature(hash: FeatureExtractor.hash(.shape, 100), kind: .shape, begin: 0, end: 0)
      ])
  }

  /// Bytes of a canonical form, and how many runs of characters it gives.
  @Test(arguments: [
    ("ab", 0), ("abc", 5), ("abcd", 7), ("é", 0), ("éa", 5), (String(repeating: "x", count: 24), 47),
    (String(repeating: "x", count: 25), 0),
  ])
  func charactersOfWordsWithoutARow(_ word: String, _ count: Int) throws {
    for flags in [TokenFlags.known, []] {
      let text = AnalyzedText([HandMadeToken(word, flags: flags)])
      #expect(try characters(text, rows: []).count == count, "the table decides, not the word lists")
      #expect(try characters(text, rows: [word]).isEmpty)
      var everyWord: [Feature] = []
      FeatureExtractor.extract(text, window: 0..<1, rows: nil, into: &everyWord)
      #expect(everyWord.filter { $0.kind == .characters }.count == count, "learning spells out every word")
    }
    for kind in TokenKind.allCases where kind != .word {
      #expect(try characters(AnalyzedText([HandMadeToken(word, kind: kind, flags: [])]), rows: []).isEmpty)
    }
  }

  @Test func charactersAreListedOnceForEveryDistinctWord() throws {
    let text = AnalyzedText(["abcd", "abcd", "xabc", "abcd"])
    let found = try characters(text, rows: [])
    #expect(found.map(\.begin) == [Int32](repeating: 0, count: 7) + [Int32](repeating: 2, count: 7))
    let shared = FeatureExtractor.hash(.characters, 0x0300_0000_0063_6261)
    #expect(found.filter { $0.hash == shared }.map(\.begin) == [0, 2], "abc counts for both words")
    #expect(try characters(text, rows: ["abcd"]).map(\.begin) == [Int32](repeating: 2, count: 7))
    let inside = try features(text, window: 1..<4, rows: []).filter { $0.kind == .characters }
    #expect(Set(inside.map(\.begin)) == [1, 2], "what stands before the window does not count as seen")
  }

  @Test func aRunThatComesTwiceInAWordIsListedTwice() throws {
    let aha = FeatureExtractor.hash(.characters, 0x0300_0000_0061_6861)
    #expect(try characters(AnalyzedText(["hahaha"]), rows: []).filter { $0.hash == aha }.count == 2)
  }

  /// The row of a root or of the very characters spares nothing: only the word's own row holds its characters.
  @Test func rowsOfOtherKindsDoNotSpareAWord() throws {
    let text = AnalyzedText([HandMadeToken("ngirimin", root: "kirim")])
    let all = SlowFeatures.list(text, window: 0..<1, rows: nil)
    let index = try HashIndex(of: Set(all.filter { $0.kind != .word }.map(\.hash) + [tokenHash("ngirimin")]))
    var found: [Feature] = []
    FeatureExtractor.extract(text, window: 0..<1, rows: index, into: &found)
    #expect(found.filter { $0.kind == .characters }.count == 15)
    #expect(try characters(text, rows: ["kirim"]).count == 15)
  }

  @Test func charactersMarkTheEdgesOfAWord() throws {
    func hashes(_ word: String) throws -> Set<UInt64> {
      Set(try characters(AnalyzedText([HandMadeToken(word)]), rows: []).map(\.hash))
    }
    // "gue" inside a longer word shares the bare run only, not those with an edge.
    #expect(try hashes("gue").intersection(hashes("xguex")).count == 1)
    #expect(try hashes("gue").intersection(hashes("guex")).count == 3)
  }

  /// Tokens, question, the numbers of the shapes.
  @Test func shapesOfAMessage() throws {
    let rows: [(tokens: [HandMadeToken], question: Bool, shapes: Set<UInt64>)] = [
      ([], false, [100]),
      (["ya"], true, [9, 100]),
      (["ya", "dong"], false, [101]),
      ([.amount(99_999)], false, [0, 1, 100]),
      ([.amount(100_000)], false, [0, 2, 100]),
      ([.amount(999_999)], false, [0, 2, 100]),
      ([.amount(1_000_000)], false, [0, 3, 100]),
      ([.amount(50_000), .amount(2_000_000)], false, [0, 1, 3, 101]),
      ([HandMadeToken("<phone>", kind: .phone)], false, [4, 100]),
      ([HandMadeToken("<account>", kind: .account)], false, [5, 100]),
      ([HandMadeToken("<number>", kind: .number)], false, [6, 100]),
      ([HandMadeToken("🙂", kind: .emoji)], false, [7, 100]),
      ([HandMadeToken("<link>", kind: .link), .mention], false, [101]),
      ([HandMadeToken("rahasia", flags: .leet)], false, [100]),
      ([HandMadeToken("rahasia", flags: [.spaced, .known])], false, [100]),
      ([HandMadeToken("rahasia", flags: .disguised)], false, [100]),
      ([HandMadeToken("rahasia", flags: [.elongated, .shouted, .slang])], false, [100]),
    ]
    for row in rows {
      let text = AnalyzedText(row.tokens, hasQuestionMark: row.question)
      #expect(try shapeNumbers(text) == row.shapes, "\(row.tokens.map(\.canonical))")
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 3), (13, 4), (24, 4), (25, 5), (32, 5)])
  func lengthsFallIntoSixSteps(_ words: Int, _ step: UInt64) throws {
    let text = AnalyzedText([HandMadeToken](repeating: "ya", count: words))
    #expect(try shapeNumbers(text) == [100 + step])
  }

  /// The bound that keeps sums of a window inside Int32: 54 features a token and at most 12 shapes a window.
  @Test func noTokenHasMoreThanFiftyFourFeatures() throws {
    let words = (0..<32).map { index in
      HandMadeToken(String(repeating: "x", count: 21) + String(index + 100), root: "akar\(index)", flags: [.leet])
    }
    let found = try features(AnalyzedText(words, hasQuestionMark: true), rows: [])
    let byToken = found.filter { $0.kind != .shape }.reduce(into: [:]) { $0[$1.end, default: 0] += 1 }
    #expect(byToken.values.max() == 53)
    #expect(found.count <= 32 * 54 + 12)
    #expect((32 * 54 + 12) * 32768 < Int(Int32.max))
  }
}
