import JagaCore
import JagaText
import Testing

/// A class stands for a word that tells who or where somebody is.
@Suite struct NeutralWordsTests {
  private static func builder(neutralFirst: Bool = false) -> TextTablesBuilder {
    var builder = TextTablesBuilder()
    func addNeutral() {
      for name in ["budi", "siti", "Agus", "rahmawati"] { builder.addNeutral(name, className: "anyname") }
      for place in ["jakarta", "medan"] { builder.addNeutral(place, className: "anyplace") }
      builder.addNeutral("he", className: "anyone")
      builder.addNeutral("she", className: "anyone")
      for word in ["gue", "saya"] { builder.addNeutral(word, className: "aku") }
    }
    if neutralFirst { addNeutral() }
    for root in ["kirim", "foto", "tidur"] { builder.addRoot(root, language: .id) }
    for word in ["saya", "jakarta", "rahmawati", "aku"] { builder.addWord(word, language: .id) }
    builder.addSlang(form: "hes", canonical: ["he", "is"], language: .en)
    builder.addSlang(form: "shes", canonical: ["she", "is"], language: .en)
    builder.addSlang(form: "gw", canonical: ["gue"], language: .id)
    builder.addSlang(form: "jkt", canonical: ["jakarta"], language: .id)
    builder.addSlang(form: "medan", canonical: ["kota"], language: .id)
    if !neutralFirst { addNeutral() }
    return builder
  }

  private static func analyzer() throws -> TextAnalyzer {
    TextAnalyzer(tables: try TextTables(section: Section(copying: builder().build())))
  }

  @Test(arguments: [
    ("budi", "anyname"), ("BUDI", "anyname"), ("agus", "anyname"), ("jakarta", "anyplace"),
    // A chat form of the word, and the word though it is a chat form of something else.
    ("gw", "aku"), ("gue", "aku"), ("saya", "aku"), ("aku", "aku"), ("jkt", "anyplace"), ("medan", "anyplace"),
    // A word of a sequence.
    ("hes", "anyone is"), ("shes", "anyone is"), ("he is", "anyone is"),
    // Elongated, leet, apart.
    ("budiiii", "anyname"), ("bud1", "anyname"),
    // Slips of a known one: letters swapped, vowels dropped.
    ("jakatra", "anyplace"), ("rhmwt", "anyname"),
    // Others stay what they are.
    ("budiman", "budiman"), ("foto", "foto"), ("anyname", "anyname"),
  ]) func aClassStandsForAWord(_ written: String, _ canonical: String) throws {
    let text = try Self.analyzer().analyze(written)
    #expect(text.canonicals == canonical.split(separator: " ").map(String.init))
    #expect(text.roots == text.canonicals, "features of roots see the class too")
  }

  @Test func offsetsStillSliceTheOriginal() throws {
    let source = "kirim ke Rahmawati, hes di JAKARTA"
    let text = try Self.analyzer().analyze(source)
    #expect(text.canonicals == ["kirim", "ke", "anyname", ",", "anyone", "is", "di", "anyplace"])
    let bytes = Array(source.utf8)
    let slices = zip(text.begins, text.ends).map { String(decoding: bytes[Int($0)..<Int($1)], as: UTF8.self) }
    #expect(slices == ["kirim", "ke", "Rahmawati", ",", "hes", "hes", "di", "JAKARTA"])
  }

  /// Two texts that differ in words of one class alone are the same to lexicons, rules and features.
  @Test(arguments: [
    ("kirim foto budi dong", "kirim foto siti dong"), ("budi, siti: tidur!", "agus, budi: tidur!"),
    ("he is at home", "she is at home"), ("hes at home", "shes at home"), ("gue di medan", "saya di jakarta"),
    ("gw kirim foto", "gue kirim foto"), ("aku takut", "saya takut"),
  ]) func twoWordsOfAClassGiveTheSameAnalysis(_ left: String, _ right: String) throws {
    let analyzer = try Self.analyzer()
    let (one, other) = (analyzer.analyze(left), analyzer.analyze(right))
    #expect(one.canonicalHashes == other.canonicalHashes)
    #expect(one.rootHashes == other.rootHashes)
    #expect(one.kinds == other.kinds && one.values == other.values && one.clauses == other.clauses)
    #expect(one.language == other.language)
    #expect(one.surfaces != other.surfaces)
  }

  @Test func wordsOfTwoClassesDiffer() throws {
    let analyzer = try Self.analyzer()
    #expect(analyzer.analyze("kirim ke budi").canonicalHashes != analyzer.analyze("kirim ke medan").canonicalHashes)
  }

  @Test func theOrderOfAddingDoesNotMatter() {
    #expect(Self.builder().build() == Self.builder(neutralFirst: true).build())
  }
}
