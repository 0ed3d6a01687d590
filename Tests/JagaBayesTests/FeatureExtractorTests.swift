import JagaBayes
import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct FeatureExtractorTests {
  private func features(_ text: AnalyzedText, window: Range<Int>? = nil) -> [Feature] {
    var features: [Feature] = []
    FeatureExtractor.extract(text, window: window ?? 0..<text.count, rows: rows(of: text), into: &features)
    return features
  }

  /// An index that holds the known words of a text, as a weight table would.
  private func rows(of text: AnalyzedText) -> HashIndex? {
    var builder = HashIndexBuilder()
    for token in 0..<text.count where text.flags[token].contains(.known) {
      builder.set(FeatureExtractor.hash(.word, text.canonicalHashes[token]), to: 0)
    }
    var writer = SectionWriter()
    builder.write(to: &writer)
    var reader = SectionReader(Section(copying: writer.bytes))
    return try? HashIndex(reading: &reader)
  }

  private func shapeNumbers(_ text: AnalyzedText) -> Set<UInt64> {
    let hashes = Set(features(text).filter { $0.kind == .shape }.map(\.hash))
    return Set((0..<200).filter { hashes.contains(FeatureExtractor.hash(.shape, $0)) })
  }

  /// Golden values from scripts/golden/token_hash.py: feature hashes are stored in models and count tables refer to them.
  @Test func hashesArePinned() {
    let kirim = tokenHash("kirim")
    #expect(FeatureExtractor.hash(.word, kirim) == 0x5866_94C2_59F2_303F)
    #expect(FeatureExtractor.hash(.pair, combinedHash(kirim, tokenHash("foto"))) == 0xBE37_0F7F_593F_6813)
    #expect(FeatureKind.allCases.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 7])
    #expect(
      FeatureKind.allCases.map(\.name) == ["word", "root", "pair", "skip-pair", "edge", "shape", "characters"])
    #expect(FeatureExtractor.windowTokens == 256)
  }

  @Test func aSentenceByHand() {
    let text = AnalyzedText([HandMadeToken("ngirimin", root: "kirim"), "foto", "dulu"])
    func root(_ word: String) -> UInt64 { tokenHash(word) }
    func feature(_ kind: FeatureKind, _ key: UInt64, _ begin: Int32, _ end: Int32) -> Feature {
      Feature(hash: combinedHash(UInt64(kind.rawValue), key), kind: kind, begin: begin, end: end)
    }
    #expect(
      features(text) == [
        feature(.word, root("ngirimin"), 0, 1), feature(.root, root("kirim"), 0, 1),
        feature(.edge, combinedHash(1, root("kirim")), 0, 1), feature(.word, root("foto"), 1, 2),
        feature(.pair, combinedHash(root("kirim"), root("foto")), 0, 2), feature(.word, root("dulu"), 2, 3),
        feature(.pair, combinedHash(root("foto"), root("dulu")), 1, 3),
        feature(.skipPair, combinedHash(root("kirim"), root("dulu")), 0, 3), feature(.shape, 101, 0, 0),
      ])
  }

  @Test func generatedTextsHaveTheFeaturesOfTheDefinition() {
    let seed: UInt64 = 31
    var random = SplitMix64(seed: seed)
    for round in 0..<300 {
      let text = AnalyzedText.random(count: Int.random(in: 0...40, using: &random), using: &random)
      let begin = Int.random(in: 0...text.count, using: &random)
      let window = begin..<Int.random(in: begin...text.count, using: &random)
      var found: [Feature] = []
      let words = FeatureExtractor.extract(text, window: window, rows: rows(of: text), into: &found)
      #expect(words == window.filter { text.kinds[$0] != .punctuation }.count)
      #expect(
        counted(found) == counted(SlowFeatures.list(text, window: window)),
        "seed \(seed), round \(round), window \(window) of \(text.count)")
      let places = found.filter { $0.kind != .shape }.map(\.end)
      #expect(places == places.sorted(), "features come in token order")
    }
  }

  private func counted(_ features: [Feature]) -> [Feature: Int] {
    features.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test func punctuationIsInvisibleAndMentionsCountOnlyAsWords() {
    let plain = AnalyzedText(["kirim", "foto", "dulu", "ya"])
    let marked = AnalyzedText(["kirim", .comma, "foto", "dulu", .comma, "ya"])
    #expect(features(plain).map(\.hash) == features(marked).map(\.hash))
    let mentioned = AnalyzedText(["kirim", .mention, "foto", "dulu"])
    #expect(Set(features(mentioned).map(\.hash)).isSubset(of: Set(features(plain).map(\.hash))))
    #expect(!features(mentioned).contains { $0.hash == FeatureExtractor.hash(.word, tokenHash("<mention>")) })
    var none: [Feature] = []
    #expect(FeatureExtractor.extract(mentioned, window: 0..<4, rows: nil, into: &none) == 4)
  }

  @Test func pairsStayInsideTheirClause() {
    let text = AnalyzedText(["kirim", "foto", HandMadeToken("dulu", opensClause: true), "ya"])
    #expect(features(text).filter { $0.kind == .pair }.map(\.begin) == [0, 2])
    #expect(features(text).filter { $0.kind == .skipPair }.isEmpty)
  }

  @Test func aWindowSeesNothingOutsideItself() {
    let text = AnalyzedText([.amount(50_000), "kirim", "foto", "dulu"])
    #expect(features(text, window: 2..<4).filter { $0.kind == .pair }.count == 1)
    #expect(features(text, window: 2..<4).filter { $0.kind == .skipPair }.isEmpty)
    #expect(features(text, window: 2..<4).first?.begin == 2)
    #expect(features(text, window: 2..<4).filter { $0.kind == .shape }.count == 1)
  }

  @Test func anEmptyWindowHasItsLengthOnly() {
    #expect(
      features(AnalyzedText()) == [
        Feature(hash: FeatureExtractor.hash(.shape, 100), kind: .shape, begin: 0, end: 0)
      ])
  }

  /// Bytes of a canonical form, and how many runs of characters it gives.
  @Test(arguments: [
    ("ab", 0), ("abc", 5), ("abcd", 7), ("é", 0), ("éa", 5), (String(repeating: "x", count: 24), 47),
    (String(repeating: "x", count: 25), 0),
  ])
  func charactersOfUnknownWords(_ word: String, _ count: Int) {
    let unknown = AnalyzedText([HandMadeToken(word, flags: [])])
    #expect(features(unknown).filter { $0.kind == .characters }.count == count)
    let known = AnalyzedText([HandMadeToken(word, flags: .known)])
    #expect(!features(known).contains { $0.kind == .characters })
    let number = AnalyzedText([HandMadeToken(word, kind: .number, flags: [])])
    #expect(!features(number).contains { $0.kind == .characters })
  }

  @Test func charactersAreListedOnceForEveryDistinctWord() {
    let text = AnalyzedText(["abcd", "abcd", "xabc"].map { HandMadeToken($0, flags: []) })
    let found = features(text).filter { $0.kind == .characters }
    #expect(found.filter { $0.begin == 0 }.count == 7)
    #expect(found.filter { $0.begin == 1 }.isEmpty)
    #expect(found.filter { $0.begin == 2 }.count == 7)
    var everyWord: [Feature] = []
    FeatureExtractor.extract(AnalyzedText(["abcd"]), window: 0..<1, rows: nil, into: &everyWord)
    #expect(everyWord.filter { $0.kind == .characters }.count == 7, "learning spells out known words too")
  }

  @Test func charactersMarkTheEdgesOfAWord() {
    func hashes(_ word: String) -> Set<UInt64> {
      Set(features(AnalyzedText([HandMadeToken(word, flags: [])])).filter { $0.kind == .characters }.map(\.hash))
    }
    // "gue" inside a longer word shares the bare run only, not those with an edge.
    #expect(hashes("gue").intersection(hashes("xguex")).count == 1)
    #expect(hashes("gue").intersection(hashes("guex")).count == 3)
  }

  /// Tokens, question, the numbers of the shapes.
  @Test func shapesOfAMessage() {
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
      ([HandMadeToken("rahasia", flags: .leet)], false, [8, 100]),
      ([HandMadeToken("rahasia", flags: [.spaced, .known])], false, [8, 100]),
      ([HandMadeToken("rahasia", flags: .disguised)], false, [8, 100]),
      ([HandMadeToken("rahasia", flags: [.elongated, .shouted, .slang])], false, [100]),
    ]
    for row in rows {
      let text = AnalyzedText(row.tokens, hasQuestionMark: row.question)
      #expect(shapeNumbers(text) == row.shapes, "\(row.tokens.map(\.canonical))")
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3), (12, 3), (13, 4), (24, 4), (25, 5), (256, 5)])
  func lengthsFallIntoSixSteps(_ words: Int, _ step: UInt64) {
    let text = AnalyzedText([HandMadeToken](repeating: "ya", count: words))
    #expect(shapeNumbers(text) == [100 + step])
  }

  /// The bound that keeps sums of a window inside Int32: 52 features a token and at most 12 shapes a window.
  @Test func noTokenHasMoreThanFiftyTwoFeatures() {
    let words = (0..<256).map { index in
      HandMadeToken(String(repeating: "x", count: 21) + String(index + 100), root: "akar\(index)", flags: [.leet])
    }
    let found = features(AnalyzedText(words, hasQuestionMark: true))
    let byToken = found.filter { $0.kind != .shape }.reduce(into: [:]) { $0[$1.end, default: 0] += 1 }
    #expect(byToken.values.max() == 51)
    #expect(found.count <= 256 * 52 + 12)
    #expect((256 * 52 + 12) * 32768 < Int(Int32.max))
  }
}
