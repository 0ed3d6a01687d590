import Testing

@testable import JagaPollBot

struct WordPatternTests {
  @Test(arguments: [
    ("foto", "Kirim foto.", 1..<2),
    ("foto", "fotomu", nil),
    ("foto*", "FOTOMU!", 0..<1),
    ("*ancam*", "dia mengancamku", 1..<2),
    ("*kan", "kirimkan", 0..<1),
    ("*kan", "kankirim", nil),
    ("tidak usah bayar", "Tidak usah, bayar", 0..<3),
    ("tidak usah bayar", "tidak bayar", nil),
    // The star belongs to the word at its side.
    ("akan membaca*", "orang akan membacanya", 1..<3),
    ("akan* membaca", "akanlah membaca", 0..<2),
    ("hati-hati", "Hati hati ya", 0..<2),
    ("don't pay", "Don't, pay", 0..<2),
    ("", "apa pun", nil),
    ("apa", "", nil),
  ])
  func finds(pattern: String, text: String, range: Range<Int>?) {
    #expect(WordPattern(pattern).range(in: WordPattern.words(in: text)) == range)
  }

  @Test func whatIsLeftOutJoinsNothing() {
    let words = WordPattern.words(in: "ini bukan salahmu ya, bukan salahmu")
    let rest = WordPattern.without([WordPattern("bukan salahmu")], words)
    #expect(rest == ["ini", "", "", "ya", "", ""])
    #expect(WordPattern("ini ya").range(in: rest) == nil)
    #expect(WordPattern("ya").range(in: rest, from: 4) == nil)
  }

  @Test(arguments: [
    ("Satu. Dua! Tiga? Empat", ["Satu.", "Dua!", "Tiga?", "Empat"]),
    ("Buka a.example sekarang.", ["Buka a.example sekarang."]),
    ("1. Ya\n2. Tidak", ["1. Ya", "2. Tidak"]),
    (" ... ", []),
  ])
  func sentences(text: String, sentences: [String]) {
    #expect(ChapterCheck.sentences(text).map { $0.drop(while: \.isWhitespace) } == sentences.map { $0[...] })
  }

  @Test func spokenWordsAreWithoutMarks() {
    #expect(
      ChapterCheck.spokenWords("\"Halo,\" – Chat-nya (baru) it's 08111-129-129!") == [
        "halo", "chat-nya", "baru", "it's", "08111-129-129",
      ])
  }
}
