import JagaCore
import JagaText
import Testing

@Suite struct LookAlikeTests {
  @Test(arguments: [
    "fоtо", "ｆｏｔｏ", "𝗳𝗼𝘁𝗼", "f\u{336}o\u{336}t\u{336}o\u{336}", "f\u{200B}o\u{200B}t\u{200B}o", "ⓕⓞⓣⓞ", "fοtο", "ꜰᴏᴛᴏ",
    "f\u{2060}oto", "fo\u{AD}to", "𝑓𝑜𝑡𝑜", "𝕗𝕠𝕥𝕠", "FОTО",
  ])
  func disguisesFold(text: String) {
    let analyzed = SampleTables.analyze(text)
    #expect(analyzed.surfaces == ["foto"])
    #expect(analyzed.flags.first?.isSuperset(of: [.disguised, .known]) == true)
    #expect(analyzed.ends == [Int32(text.utf8.count)])
  }

  /// Capitals of other scripts look Latin where their small letters do not: they fold only beside Latin letters.
  @Test(arguments: [("КIRIM", "kirim"), ("MINТA", "minta"), ("ΚIRIM", "kirim"), ("каlian", "kalian")])
  func capitalsFoldInMixedWords(row: (text: String, folded: String)) {
    let analyzed = SampleTables.analyze(row.text)
    #expect(analyzed.surfaces == [row.folded])
    #expect(analyzed.flags.first?.contains(.disguised) == true)
  }

  @Test(arguments: ["привет", "там", "фото", "вот", "καλημέρα", "שלום", "مرحبا", "漢字", "café", "naïve", "piñata"])
  func realWordsStay(text: String) {
    let analyzed = SampleTables.analyze(text)
    #expect(analyzed.surfaces.joined() == text)
    #expect(analyzed.flags.allSatisfy { !$0.contains(.disguised) })
  }

  @Test func plainTextIsNotDisguised() {
    let text = SampleTables.analyze("Foto KIRIM don’t temen² “ya” cafe\u{301}")
    #expect(text.flags.allSatisfy { !$0.contains(.disguised) })
  }

  @Test func foldedKeepsWhiteSpaceAndDropsTheInvisible() {
    let analyzer = TextAnalyzer(tables: .empty)
    #expect(analyzer.folded("  Fо\u{200B}TO\n“ya”—ok") == "  foto\n\"ya\"-ok")
    #expect(TextAnalyzer.unicodeVersion.hasPrefix("15"))
  }
}
