import Testing

@testable import JagaPollBot

struct CuePhraseTests {
  private func range(_ phrase: String, _ text: String) throws -> [Range<Int>] {
    let lists = ["who": ["dia", "orang itu"]]
    let spellings = ["mlm": ["malam"], "udh": ["sudah"], "rn": ["right", "now"], "he's": ["he", "is"]]
    return try #require(CuePhrase(phrase, lists: lists, spellings: spellings))
      .ranges(in: CueText(text, spellings: spellings))
  }

  @Test func findsTheNotation() throws {
    let rows: [(phrase: String, text: String, ranges: [Range<Int>])] = [
      ("malam ini", "Mlm INI!", [0..<2]), ("malam ini", "malammm iniii", [0..<2]), ("malam ini", "malam itu", []),
      ("soon", "my son", []), ("soon", "soooon", [0..<1]),
      ("dia ~2 rumah*", "dia di depan rumahku", [0..<4]), ("dia ~1 rumah*", "dia di depan rumahku", []),
      ("{who} di? (depan|dekat)", "orang itu depan", [0..<3]), ("{who} di? (depan|dekat)", "dia di dekat", [0..<3]),
      ("(satu (jam|menit)|sejam) lagi", "satu menit lagi", [0..<3]), ("sejam lagi", "sejam, lagi", [0..<2]),
      ("jam <number>", "jam9 atau jam 10", [0..<2, 3..<5]), ("teman", "teman2", [0..<1]),
      ("he is here", "he\u{2019}s here", [0..<3]), ("right now", "rn", [0..<2]), ("sebar", "s3bar", [0..<1]),
      ("pengen mati", "p3n63n m4t1", [0..<2]), ("jam 9", "jam9", [0..<2]), ("b4", "b4", [0..<1]),
      ("^ dulu", "dulu", [0..<1]), ("^ dulu", "makan dulu", []), ("stopped $", "it stopped", [1..<2]),
      ("stopped $", "it stopped there", []), ("😂", "haha😂😂", [1..<2, 2..<3]),
    ]
    for row in rows { #expect(try range(row.phrase, row.text) == row.ranges, "\(row.phrase) in \(row.text)") }
  }

  @Test func whatIsNotWellFormedIsNoPhrase() {
    for source in [
      "", "~2", "(dia", "dia)", "(dia|)", "{nobody} di", "dia?", "~0 dia", "~12 dia", "d*", "^", "a ~x b",
      "((((((a))))))",
    ] {
      #expect(CuePhrase(source) == nil, "\(source)")
    }
  }

  @Test func nothingReachesAcrossWhatWasTakenOut() throws {
    let innocent = try #require(CuePhrase("besok ujian"))
    let phrase = try #require(CuePhrase("dia ~3 sebar"))
    #expect(phrase.isIn(CueText("dia besok ujian sebar")))
    #expect(!phrase.isIn(CueText("dia besok ujian sebar").without([innocent])))
  }

  @Test func aLongTextIsReadUpToTheLimit() throws {
    let text = CueText(String(repeating: "kata ", count: 5_000) + "tolong")
    #expect(text.words.count == CueText.limit)
  }
}
