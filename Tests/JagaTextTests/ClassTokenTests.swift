import JagaCore
import JagaText
import Testing

/// Phones, accounts, links, mentions: one token, whose canonical form hides what it says.
@Suite struct ClassTokenTests {
  @Test(arguments: [
    "0812-0000-0000", "081200000000", "0812 0000 0000", "0812.0000.0000", "+62 812 0000 0000", "+6281200000000",
    "6281200000000", "08xx-xxxx-xxxx", "0812xxxxxxxx", "0812****0000", "+1 555 010 0000", "021-5550000", "555-010-0000",
    "０８１２００００００００",
  ])
  func phones(text: String) { expectOne(text, .phone, "<phone>") }

  @Test(arguments: ["1234567890", "12345678", "1234-5678-9012", "1234 5678 9012", "123456789012345"])
  func accounts(text: String) { expectOne(text, .account, "<account>") }

  @Test(arguments: [
    "https://example.com/a?b=1&c=2", "http://example.com", "www.example.org", "t.me/abc", "wa.me/620000", "bit.ly/abc",
    "toko.co.id", "example.com", "example.com/path", "URL", "[url]", "sub.example.net", "HTTPS://EXAMPLE.COM",
    "example-shop.com/x",
  ])
  func links(text: String) { expectOne(text, .link, "<link>") }

  @Test(arguments: [
    "@nama_ku", "@nama.ku99", "xxxuserxxx", "[USERNAME]", "<USER>", "<username>", "nama@example.com", "@someone",
  ])
  func mentions(text: String) { expectOne(text, .mention, "<mention>") }

  private func expectOne(_ string: String, _ kind: TokenKind, _ name: String) {
    let text = SampleTables.analyze("ya \(string) ya")
    #expect(text.kinds == [.word, kind, .word])
    #expect(text.canonicals == ["ya", name, "ya"])
    #expect(text.roots == ["ya", name, "ya"])
    #expect(text.begins == [0, 3, Int32(4 + string.utf8.count)])
  }

  @Test(arguments: [
    ("lihat https://example.com/a.", [TokenKind.word, .link, .punctuation]),
    ("(t.me/abc)", [.punctuation, .link, .punctuation]),
    ("kamu.me", [.word, .punctuation, .word]), ("oke.gas ya", [.word, .punctuation, .word, .word]),
    ("@ foto", [.punctuation, .word]),
    ("12/05/2023", [.number, .punctuation, .number, .punctuation, .number]), ("14.30", [.number]),
    (
      "2023-12-20",
      [
        .number, .punctuation, .number, .punctuation, .number,
      ]
    ), ("0812", [.number]), ("62 ribu", [.amount]), ("http", [.word]), ("www", [.word]), ("user", [.word]),
    ("08.30 wib", [.number, .word]), ("1234567", [.number]),
  ])
  func neighbours(row: (text: String, kinds: [TokenKind])) {
    #expect(SampleTables.analyze(row.text).kinds == row.kinds)
  }

  @Test func noDigitOrAddressBecomesAFeature() {
    let one = SampleTables.analyze("wa 0812-0000-0000 https://example.com/a 1234567890 50rb 17 @satu_dua")
    let two = SampleTables.analyze("wa 0813-0000-0000 https://example.org/b 9876543210 75rb 18 @tiga_empat")
    #expect(one.kinds == two.kinds)
    #expect(one.canonicalHashes == two.canonicalHashes)
    #expect(one.rootHashes == two.rootHashes)
    #expect(one.surfaceHashes != two.surfaceHashes)
  }
}
