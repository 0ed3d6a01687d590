import JagaPollBot
import TestSupport
import Testing

struct SMSPartsTests {
  @Test(arguments: [
    ("", 0, SMSParts.Encoding.gsm7),
    ("Halo, apa kabar?", 16, .gsm7),
    ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", 43, .gsm7),
    // The extension table counts twice.
    ("^{}\\[~]|€", 18, .gsm7),
    ("harga 5€", 9, .gsm7),
    // Not in the alphabet: curly quotes, a backtick, Latin letters with other accents, emoji (two units).
    ("it’s", 4, .ucs2),
    ("`", 1, .ucs2),
    ("ê", 1, .ucs2),
    ("hai 😀", 6, .ucs2),
    ("\u{09}", 1, .ucs2),
  ])
  func lengths(text: String, units: Int, encoding: SMSParts.Encoding) {
    let length = SMSParts.length(of: text)
    #expect(length.units == units)
    #expect(length.encoding == encoding)
  }

  @Test func aMessageHolds160Or70() {
    #expect(SMSParts.length(of: String(repeating: "a", count: 160)).fits)
    #expect(!SMSParts.length(of: String(repeating: "a", count: 161)).fits)
    #expect(SMSParts.length(of: String(repeating: "€", count: 80)).fits)
    #expect(!SMSParts.length(of: String(repeating: "€", count: 81)).fits)
    #expect(SMSParts.length(of: String(repeating: "ê", count: 70)).fits)
    #expect(!SMSParts.length(of: String(repeating: "ê", count: 71)).fits)
  }

  @Test func cutsAtTheEndOfASentence() {
    let first = "Ini kalimat pertama yang cukup panjang supaya mengisi sebagian besar dari satu pesan saja, ya, begitu."
    let second = "Lalu ini kalimat kedua yang juga panjang dan tidak muat lagi di pesan yang sama."
    #expect(SMSParts.split("  \(first)  \(second)\n") == [first, second])
    #expect(SMSParts.split(first) == [first])
    #expect(SMSParts.split(" \n ").isEmpty)
    #expect(SMSParts.split("").isEmpty)
  }

  @Test func cutsBetweenWordsWhereASentenceIsTooLong() {
    let text = Array(repeating: "kata", count: 60).joined(separator: " ")
    let pieces = SMSParts.split(text)
    #expect(pieces == [32, 28].map { Array(repeating: "kata", count: $0).joined(separator: " ") })
    // A short sentence at the beginning does not make a message by itself.
    #expect(SMSParts.split("Ya. \(text)")[0].count > 100)
  }

  @Test func leavesTheNumberOfAListWithItsItem() {
    let question = "Pertanyaan yang panjangnya lebih dari sepertiga pesan, supaya ada tempat untuk memotongnya."
    let items = "1. Belum pernah sama sekali\n2. Pernah satu kali saja\n3. Lebih dari satu kali"
    let pieces = SMSParts.split("\(question)\n\(items)")
    #expect(pieces.count == 2)
    #expect(pieces.allSatisfy { !$0.hasSuffix("2.") && !$0.hasSuffix("3.") })
    #expect(pieces[1] == "3. Lebih dari satu kali")
  }

  @Test func everyPieceChoosesItsEncoding() {
    let plain = Array(repeating: "Dua kata.", count: 14).joined(separator: " ")
    let pieces = SMSParts.split("\(plain) Sampai jumpa 😀")
    #expect(pieces.map { SMSParts.length(of: $0).encoding } == [.gsm7, .ucs2])
  }

  @Test func cutsAWordThatNoMessageHolds() {
    let pieces = SMSParts.split(String(repeating: "a", count: 400))
    #expect(pieces.map(\.count) == [160, 160, 80])
    // One letter under a heap of marks is cut between its scalars.
    let heap = "a" + String(repeating: "\u{0301}", count: 300)
    #expect(SMSParts.split(heap).map { $0.unicodeScalars.count } == [70, 70, 70, 70, 21])
  }

  @Test func losesNothingButWhiteSpace() {
    var random = SeededGenerator.announced("SMSParts")
    for _ in 0..<300 {
      let text = String(decoding: HostileText.scalars(&random), as: UTF8.self)
      let pieces = SMSParts.split(text)
      #expect(pieces.allSatisfy { SMSParts.length(of: $0).fits && !$0.isEmpty })
      let solid = { (text: String) in text.unicodeScalars.filter { !$0.properties.isWhitespace } }
      #expect(solid(pieces.joined()).elementsEqual(solid(text)))
    }
  }
}
