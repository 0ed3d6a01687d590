import JagaCore
import JagaText
import TestSupport
import Testing

@Suite struct AffixTests {
  @Test(arguments: [
    ("ngirimin", "kirim"), ("ngirim", "kirim"), ("fotoin", "foto"), ("dikirimkan", "kirim"), ("berikan", "beri"),
    ("menangis", "tangis"), ("nangis", "tangis"), ("nyari", "cari"), ("nulis", "tulis"), ("mukul", "pukul"),
    ("nyuruh", "suruh"), ("ngasih", "kasih"), ("dikasihin", "kasih"), ("ngechat", "chat"), ("memukul", "pukul"),
    ("menyapu", "sapu"), ("mengambil", "ambil"), ("ngambil", "ambil"), ("mendengarkan", "dengar"), ("membeli", "beli"),
    ("mengirimkannya", "kirim"), ("melihat", "lihat"), ("bertanya", "tanya"), ("pertanyaan", "tanya"),
    ("terkunci", "kunci"),
    ("sekelas", "kelas"), ("fotonya", "foto"), ("fotokulah", "foto"), ("kemaluan", "malu"), ("permainan", "main"),
    ("disebarin", "sebar"), ("screenshotin", "screenshot"), ("diblock", "block"), ("kuminta", "minta"),
    ("berikannya", "beri"), ("sends", "send"), ("tried", "try"), ("carries", "carry"), ("making", "make"),
    ("stopped", "stop"), ("going", "go"), ("chatting", "chat"), ("hugged", "hug"), ("photos", "photo"),
  ])
  func roots(row: (word: String, root: String)) {
    let text = SampleTables.analyze(row.word)
    #expect(text.roots == [row.root])
    #expect(text.canonicals == [row.word])
    #expect(text.flags.first?.contains(.affixed) == true)
    #expect(text.rootHashes == [tokenHash(row.root)])
  }

  @Test(arguments: [
    "kirim", "saya", "dia", "bali", "makan", "ikan", "zopin", "ringan", "was", "bed", "xing", "an", "kalian",
  ])
  func wordsWithoutAffixesStay(word: String) {
    let text = SampleTables.analyze(word)
    #expect(text.roots == [word])
    #expect(text.flags.first?.contains(.affixed) == false)
  }

  /// Every form of at least four letters that the plain reference builds from a root is led back to a root from which the reference builds that form.
  @Test func agreesWithTheForwardReference() {
    var forms: [String: Set<String>] = [:]
    for root in SampleTables.roots {
      for form in ForwardAffixes.forms(of: root) { forms[form, default: []].insert(root) }
    }
    let listed = Set(SampleTables.roots + SampleTables.words + SampleTables.slang.flatMap(\.1))
    let analyzer = TextAnalyzer(tables: SampleTables.tables)
    var wrong: [String] = []
    for (form, roots) in forms.sorted(by: { $0.key < $1.key }) where !listed.contains(form) && form.count > 3 {
      let text = analyzer.analyze(form)
      if text.count != 1 || !roots.contains(text.root(0)) { wrong.append("\(form) → \(text.roots)") }
    }
    #expect(forms.count > 5000)
    #expect(wrong == [])
  }

  /// Stretching the letters of a known word leads back to a word with the same letters.
  @Test func elongationAgreesWithPlainCollapse() {
    var random = SeededGenerator.announced("elongation")
    let analyzer = TextAnalyzer(tables: SampleTables.tables)
    let words = SampleTables.roots + SampleTables.words
    for _ in 0..<2000 {
      let word = random.pick(words)
      var stretched = ""
      for letter in word {
        stretched += String(repeating: letter, count: random.below(4) == 0 ? 3 + random.below(5) : 1)
      }
      let text = analyzer.analyze(stretched)
      #expect(text.count == 1)
      #expect(words.contains(text.canonical(0)) || text.flags[0].contains(.affixed))
      #expect(collapse(text.canonical(0)) == collapse(word))
      #expect(text.flags[0].contains(.elongated) == (stretched != word && !words.contains(stretched)))
    }
  }

  private func collapse(_ word: String) -> String {
    word.reduce(into: "") { if $0.last != $1 { $0.append($1) } }
  }
}

/// A plain and slow reference: builds the affixed forms of a root by the rules of a grammar book.
enum ForwardAffixes {
  static func forms(of root: String) -> Set<String> {
    var stems: Set<String> = [
      root, "di" + root, "ter" + root, "ber" + root, "ke" + root, "se" + root, "per" + root, "nge" + root,
      "diper" + root,
      nasal("me", root), nasal("pe", root), colloquial(root),
    ]
    stems.remove("")
    var forms: Set<String> = []
    for stem in stems {
      for derivation in ["", "kan", "in", "an", "i"] {
        for possessive in ["", "ku", "mu", "nya"] {
          for particle in ["", "lah", "kah", "pun"] { forms.insert(stem + derivation + possessive + particle) }
        }
      }
    }
    return forms
  }

  private static let vowels = Set("aeiou")

  /// meN- and peN-: the nasal takes the place of k, p, s, t.
  private static func nasal(_ prefix: String, _ root: String) -> String {
    guard let first = root.first else { return "" }
    let rest = String(root.dropFirst())
    switch first {
    case "k": return prefix + "ng" + rest
    case "p": return prefix + "m" + rest
    case "s": return prefix + "ny" + rest
    case "t": return prefix + "n" + rest
    case "b", "f": return prefix + "m" + root
    case "d", "c", "j": return prefix + "n" + root
    case "g", "h": return prefix + "ng" + root
    default: return vowels.contains(first) ? prefix + "ng" + root : prefix + root
    }
  }

  /// Jakarta speech: the same without `me`, and c falls too.
  private static func colloquial(_ root: String) -> String {
    guard let first = root.first else { return "" }
    let rest = String(root.dropFirst())
    switch first {
    case "k": return "ng" + rest
    case "p": return "m" + rest
    case "s", "c": return "ny" + rest
    case "t": return "n" + rest
    default: return vowels.contains(first) ? "ng" + root : ""
    }
  }
}
