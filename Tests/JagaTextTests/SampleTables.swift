import JagaCore
import JagaText

/// Small tables for tests: invented for them, and small enough to know by heart.
enum SampleTables {
  static let roots = split(
    "kirim foto minta teman rahasia kelas malu lari beri tangis cari tulis pukul suruh kasih ambil sapu tanya dengar beli kunci "
      + "ayah sekolah umur jam menit ingat ikan saat maaf orang tua rumah main tidur bilang hapus simpan sebar lihat")
  static let englishRoots = split("send photo friend good make try stop carry chat block screenshot go hug")
  static let words = split("aku saya yang kamu kalian dia diamond pap vcs topup jumat")
  static let slang: [(String, [String])] = [
    ("tidak", split("gk ga gak g ngga nggak tdk")), ("gue", split("gw gua gwe w")),
    ("tidak apa apa", split("gpp gapapa")),
    ("teman", split("tmn")), ("siapa", split("sp sapa")), ("jangan", split("jgn")), ("orang", split("org")),
  ]

  static func builder() -> TextTablesBuilder {
    var builder = TextTablesBuilder()
    for word in roots { builder.addRoot(word, language: .id) }
    for word in englishRoots { builder.addRoot(word, language: .en) }
    for word in words { builder.addWord(word, language: .id) }
    for (canonical, forms) in slang {
      for form in forms { builder.addSlang(form: form, canonical: split(canonical), language: .id) }
    }
    return builder
  }

  static let tables: TextTables = {
    guard let tables = try? TextTables(section: Section(copying: builder().build())) else { return .empty }
    return tables
  }()

  static func analyze(_ text: String) -> AnalyzedText { TextAnalyzer(tables: tables).analyze(text) }

  private static func split(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}

extension AnalyzedText {
  func surface(_ index: Int) -> String { string(surfaceRanges[index]) }
  func canonical(_ index: Int) -> String { string(canonicalRanges[index]) }
  func root(_ index: Int) -> String { string(rootRanges[index]) }
  var canonicals: [String] { canonicalRanges.map { string($0) } }
  var surfaces: [String] { surfaceRanges.map { string($0) } }
  var roots: [String] { rootRanges.map { string($0) } }
}
