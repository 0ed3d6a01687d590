import JagaCore
import JagaText
import Testing

/// Row tables: a text, and what its tokens become.
@Suite struct ChatLayerTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let text: String
    let canonical: [String]
    var flags: TokenFlags = []
    var testDescription: String { text }

    init(_ text: String, _ canonical: String, _ flags: TokenFlags = []) {
      self.text = text
      self.canonical = canonical.split(separator: " ").map(String.init)
      self.flags = flags
    }
  }

  private func check(_ row: Row) {
    let text = SampleTables.analyze(row.text)
    #expect(text.canonicals == row.canonical)
    #expect(text.flags.contains { $0.isSuperset(of: row.flags) } || row.flags.isEmpty)
  }

  @Test(arguments: [
    Row("maluuuu", "malu", .elongated), Row("maaaaluuuu", "malu", .elongated), Row("saat", "saat"), Row("maaf", "maaf"),
    Row("good", "good"), Row("goooood", "good", .elongated), Row("saaaat", "saat", .elongated),
    Row("gaaaak", "tidak", [.elongated, .slang]), Row("malluu", "malu", .elongated), Row("zuppp", "zup", .elongated),
    Row("zuuppp", "zuup", .elongated), Row("kirimiiiin", "kirimin", [.elongated, .affixed]), Row("zuup", "zuup"),
    Row("wkwkwkwkwk", "wkwk", .elongated), Row("hahahah", "haha", .elongated), Row("hihi", "hihi"), Row("awak", "awak"),
  ])
  func elongation(row: Row) { check(row) }

  @Test(arguments: [
    Row("r4h4s1a", "rahasia", .leet), Row("4ku", "aku", .leet), Row("s@y@", "saya", .leet), Row("$aya", "saya", .leet),
    Row("k3l4s", "kelas", .leet), Row("f0t0", "foto", .leet), Row("p4p", "pap", .leet),
    Row("k1r1m1n", "kirimin", .leet),
    Row("r4h451a", "rahasia", .leet), Row("m4lu", "malu", .leet), Row("x4x0x", "xaxox", .leet),
    Row("@ku", "aku", .leet),
    Row("mp3", "mp3"), Row("ff4", "ff4"), Row("b2b", "b2b"), Row("2x", "2x"), Row("smp2", "smp2"), Row("ps5", "ps5"),
    Row("a15", "a15"), Row("4g", "4g"), Row("1st", "1st"), Row("umur15", "umur <number>"),
    Row("5menit", "<number> menit"),
    Row("16thn", "<number> thn"), Row("jam7an", "jam <number>"), Row("jam 7an", "jam <number>"),
  ])
  func leet(row: Row) { check(row) }

  @Test(arguments: [
    Row("k e l a s", "kelas", .spaced), Row("p a p", "pap", .spaced),
    Row("kirim f o t o kamu", "kirim foto kamu", .spaced),
    Row("k e l a s  kamu", "kelas kamu", .spaced), Row("f o t o k a m u", "foto kamu", .spaced),
    Row("how r u a boy", "how r u a boy"), Row("a b c d e", "a b c d e"), Row("x x x", "x x x"),
    Row("r 4 h 4 s 1 a", "rahasia", [.spaced, .leet]), Row("r.a.h.a.s.i.a", "rahasia", .spaced),
    Row("v-c-s", "vcs", .spaced), Row("k*e*l*a*s", "kelas", .spaced), Row("fo😀to", "foto", .spaced),
    Row("fo.to", "foto", .spaced), Row("ki~rim foto", "kirim foto", .spaced), Row("aku.kamu", "aku . kamu"),
    Row("foto-kamu", "foto - kamu"), Row("aku😀kamu", "aku 😀 kamu"), Row("f•o•t•o", "foto", .spaced),
    Row("fo😀to😀in ya", "fotoin ya", [.spaced, .affixed]),
  ])
  func apart(row: Row) { check(row) }

  @Test(arguments: [
    Row("foto2", "foto", .reduplicated), Row("foto-foto", "foto", .reduplicated), Row("tmn²", "teman", .reduplicated),
    Row("foto2nya", "fotonya", [.reduplicated, .affixed]),
    Row("teman-temannya", "temannya", [.reduplicated, .affixed]),
    Row("berlari-lari", "berlari", [.reduplicated, .affixed]), Row("org2", "orang", [.reduplicated, .slang]),
    Row("zing2", "zing", .reduplicated), Row("mm2", "mm2"), Row("foto-fotoan", "fotoan", .reduplicated),
  ])
  func reduplication(row: Row) {
    check(row)
    let text = SampleTables.analyze(row.text)
    #expect(text.values.first == (row.flags.contains(.reduplicated) ? 2 : 0))
  }

  @Test(arguments: [
    Row("gw", "gue", .slang), Row("GW", "gue", .slang), Row("gpp", "tidak apa apa", [.slang, .continuation]),
    Row("tmnku", "temanku", [.slang, .affixed]), Row("gk mau", "tidak mau", .slang), Row("jgn2", "jangan", .slang),
  ])
  func slang(row: Row) { check(row) }

  @Test(arguments: [
    Row("can't", "can't"), Row("don’t", "don't"), Row("jum'at", "jumat"), Row("ma'af", "maaf"),
    Row("friend's", "friend's"),
    Row("'foto'", "' foto '"), Row("kirim 'foto' ya", "kirim ' foto ' ya"),
  ])
  func apostrophes(row: Row) { check(row) }

  @Test func severalWordsOfOneFormCoincide() {
    let text = SampleTables.analyze("ya gpp kok")
    #expect(text.canonicals == ["ya", "tidak", "apa", "apa", "kok"])
    #expect(text.begins == [0, 3, 3, 3, 7])
    #expect(text.ends == [2, 6, 6, 6, 10])
    #expect(text.flags.map { $0.contains(.continuation) } == [false, false, true, true, false])
    #expect(text.surfaces == ["ya", "gpp", "gpp", "gpp", "kok"])
  }

  @Test func joinedLettersSpanAllOfThem() {
    let text = SampleTables.analyze("ya k e l a s, r.a.h.a.s.i.a")
    #expect(text.surfaces == ["ya", "k e l a s", ",", "r.a.h.a.s.i.a"])
    #expect(text.begins == [0, 3, 12, 14])
    #expect(text.ends == [2, 12, 13, 27])
  }

  @Test func schoolNumbersKeepTheSchoolAsRoot() {
    #expect(SampleTables.analyze("smp2").roots == ["smp"])
  }

  @Test func shouting() {
    let text = SampleTables.analyze("KIRIM Foto DM FOTO2 iyaA")
    #expect(text.flags.map { $0.contains(.shouted) } == [true, false, false, true, false])
  }

  @Test func knownMeansTheCanonicalForm() {
    let text = SampleTables.analyze("foto kirimin gw zzyzx")
    #expect(text.flags.map { $0.contains(.known) } == [true, false, false, false])
  }

  @Test(arguments: [
    ("halo. apa kabar? baik", [0, 0, 1, 1, 1, 2], true), ("a\nb", [0, 1], false), ("a\n\n\nb", [0, 1], false),
    ("wah!!! ya", [0, 0, 1], false), ("eh… ok", [0, 0, 1], false), ("a; b", [0, 0, 1], false),
    ("v1.5 ok", [0, 0, 0, 0], false),
    ("? a", [0, 1], true), ("ya ？", [0, 0], true), ("\n\na", [0], false), ("a , b", [0, 0, 0], false),
  ])
  func clauses(row: (text: String, clauses: [UInt16], asks: Bool)) {
    let text = TextAnalyzer(tables: .empty).analyze(row.text)
    #expect(text.clauses == row.clauses)
    #expect(text.hasQuestionMark == row.asks)
  }

  @Test func marksAndEmoji() {
    let text = SampleTables.analyze("??? ... 👍🏽 👨‍👩‍👧 🇮🇩🇮🇩 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿!")
    #expect(text.canonicals == ["?", "..", "👍", "👨👩👧", "🇮🇩", "🇮🇩", "❤", "🏴", "!"])
    #expect(text.kinds == [.punctuation, .punctuation, .emoji, .emoji, .emoji, .emoji, .emoji, .emoji, .punctuation])
    #expect(text.ends[6] - text.begins[6] == 6)
    #expect(text.ends[7] - text.begins[7] == 28)
  }
}
