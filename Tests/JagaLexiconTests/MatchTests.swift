import JagaCore
import JagaLexicon
import JagaText
import TestSupport
import Testing

/// Short ways to write phrases.
func word(_ words: String..., optional: Bool = false) -> PhraseElement {
  .choice(words.map { $0.split(separator: " ").map { .word(String($0)) } }, optional: optional)
}
func exact(_ word: String) -> PhraseElement { .choice([[.exact(word)]], optional: false) }
func token(_ kind: TokenClass) -> PhraseElement { .choice([[.token(kind)]], optional: false) }

func lexicon(_ entries: [LexiconEntry]) throws -> Lexicon {
  var builder = LexiconBuilder()
  for entry in entries { builder.add(entry) }
  return try Lexicon(section: Section(copying: builder.build()))
}

struct MatchTests {
  struct Row: CustomTestStringConvertible {
    let name: String
    let elements: [PhraseElement]
    let text: String
    /// Begin and end of each hit, in tokens.
    let hits: [[Int32]]
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(name: "one word", elements: [word("foto")], text: "kirim foto dong", hits: [[1, 2]]),
    Row(name: "canonical form", elements: [word("gue")], text: "gw/gue mau", hits: [[0, 1]]),
    Row(name: "root", elements: [word("kirim")], text: "ngirimin/ngirimin/kirim", hits: [[0, 1]]),
    Row(name: "surface", elements: [word("ngirimin")], text: "ngirimin/ngirimin/kirim", hits: [[0, 1]]),
    Row(name: "exact refuses the root", elements: [exact("beri")], text: "memberikan/memberikan/beri", hits: []),
    Row(name: "exact takes the canonical form", elements: [exact("gue")], text: "gw/gue", hits: [[0, 1]]),
    Row(name: "words in a row", elements: [word("a"), word("b")], text: "a b c a c b", hits: [[0, 2]]),
    Row(name: "two punctuation tokens are free", elements: [word("a"), word("b")], text: "a , . b", hits: [[0, 4]]),
    Row(name: "three are not", elements: [word("a"), word("b")], text: "a , . , b", hits: []),
    Row(name: "none before the first", elements: [word("a")], text: ", a ,", hits: [[1, 2]]),
    Row(
      name: "alternatives of several words", elements: [word("x", "a b"), word("c")], text: "a b c x c",
      hits: [[0, 3], [3, 5]]),
    Row(
      name: "optional present", elements: [word("a"), word("b", optional: true), word("c")], text: "a b c",
      hits: [[0, 3]]),
    Row(
      name: "optional absent", elements: [word("a"), word("b", optional: true), word("c")], text: "a c", hits: [[0, 2]]),
    Row(
      name: "optional first", elements: [word("a", optional: true), word("b")], text: "b a b", hits: [[0, 1], [1, 3]]),
    Row(
      name: "optional last takes the longest", elements: [word("a"), word("b", optional: true)], text: "a b",
      hits: [[0, 2]]),
    Row(name: "gap of nothing", elements: [word("a"), .gap(2), word("b")], text: "a b", hits: [[0, 2]]),
    Row(name: "gap full", elements: [word("a"), .gap(2), word("b")], text: "a x y b", hits: [[0, 4]]),
    Row(name: "gap exceeded", elements: [word("a"), .gap(2), word("b")], text: "a x y z b", hits: []),
    Row(name: "leftmost wins over overlap", elements: [word("a"), .gap(2), word("b")], text: "a a b", hits: [[0, 3]]),
    Row(name: "after a hit the next", elements: [word("a"), word("a")], text: "a a a a a", hits: [[0, 2], [2, 4]]),
    Row(name: "amount", elements: [word("bayar"), token(.amount)], text: "bayar <amount:50000>", hits: [[0, 2]]),
    Row(name: "number is no amount", elements: [token(.amount)], text: "<number:3>", hits: []),
    Row(name: "any is no punctuation", elements: [word("a"), token(.any)], text: "a , b", hits: [[0, 3]]),
    Row(name: "question mark", elements: [word("mau"), token(.question)], text: "mau ?", hits: [[0, 2]]),
    Row(name: "empty text", elements: [word("a")], text: "", hits: []),
  ]

  @Test(arguments: rows) func finds(_ row: Row) throws {
    let lexicon = try lexicon([LexiconEntry(id: "id.test.a", phrases: [Phrase(row.elements)])])
    let text = SpaceAnalyzer().analyze(row.text)
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(text, scratch: &scratch, into: &hits)
    #expect(hits.map { [$0.begin, $0.end] } == row.hits)
    #expect(hits == NaiveMatcher([LexiconEntry(id: "id.test.a", phrases: [Phrase(row.elements)])]).match(text))
  }

  /// 24,000 pairs of lexicon and text against the recursive reference. Half of the texts follow one of the phrases, nearly.
  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func agreesWithNaiveMatcher(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let found = try compare(rounds: 1_000, seed: seed, dice: &dice) { dice in
      let entries = Generator.entries(&dice)
      return (entries, (0..<6).map { $0 < 3 ? Generator.text(&dice) : Generator.text(like: entries, &dice) })
    }
    #expect(found > 8_000, "the generator makes too few hits to test anything")
  }

  /// Matches of more tokens than a word has bits, in texts of more, with runs and gaps.
  @Test(arguments: [5, 6] as [UInt64]) func agreesInLongTexts(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let found = try compare(rounds: 150, seed: seed, dice: &dice) { dice in
      let entries = Generator.longEntries(&dice)
      return (entries, (0..<4).map { _ in Generator.text(like: entries, times: 3, &dice) })
    }
    #expect(found > 200, "the generator makes too few hits to test anything")
  }

  private func compare(
    rounds: Int, seed: UInt64, dice: inout Dice, _ make: (inout Dice) -> ([LexiconEntry], [String])
  ) throws -> Int {
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    var found = 0
    for round in 0..<rounds {
      let (entries, sources) = make(&dice)
      let lexicon = try lexicon(entries)
      let naive = NaiveMatcher(entries)
      for source in sources {
        let text = SpaceAnalyzer().analyze(source)
        lexicon.match(text, scratch: &scratch, into: &hits)
        let expected = naive.match(text)
        found += expected.count
        if hits != expected {
          Issue.record(
            "seed \(seed), round \(round): \(source) in \(entries.map(\.phrases)): \(hits), expected \(expected)")
          return found
        }
      }
    }
    return found
  }

  /// Text that keeps thousands of matches open: every hit is found all the same, and each begin is read once.
  @Test func hostileTextIsMatchedInFull() throws {
    let a = word("a")
    let entries = [
      LexiconEntry(
        id: "id.test.a", phrases: [Phrase([a, .gap(5), a, .gap(5), a, .gap(5), a, .gap(5), a, .gap(5), a])]),
      LexiconEntry(id: "id.test.b", phrases: [Phrase([word("a", "b"), .gap(5), word("a", "b"), .gap(5), word("c")])]),
    ]
    let lexicon = try lexicon(entries)
    let text = SpaceAnalyzer().analyze(String(repeating: "a ", count: 2_000) + "b c")
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    lexicon.match(text, scratch: &scratch, into: &hits)
    #expect(hits.first == LexiconHit(entry: 0, begin: 0, end: 31))
    #expect(hits.filter { $0.entry == 0 }.count == 2_000 / 31 + 1)
    #expect(hits.contains(LexiconHit(entry: 1, begin: 1_989, end: 2_002)))
  }

  @Test func oneScratchServesSeveralLexicons() throws {
    let small = try lexicon([LexiconEntry(id: "id.test.a", phrases: [Phrase([word("a")])])])
    let large = try lexicon(
      (0..<50).map { LexiconEntry(id: "id.test.w\($0)", phrases: [Phrase([word("a"), word("w\($0)")])]) })
    let text = SpaceAnalyzer().analyze("a w7 a")
    var scratch = LexiconScratch()
    var hits: [LexiconHit] = []
    for _ in 0..<3 {
      large.match(text, scratch: &scratch, into: &hits)
      #expect(hits.map { large.id(of: $0.entry) } == ["id.test.w7"])
      small.match(text, scratch: &scratch, into: &hits)
      #expect(hits.count == 2)
    }
  }
}
