import JagaCore
import JagaText
import Testing

@Suite struct LanguageEvidenceTests {
  static let rows: [(String, Language)] = [
    ("kamu lagi apa sih", .id), ("gue nggak bisa datang hari ini", .id), ("what are you doing there", .en),
    ("i'm not sure if she can come", .en), ("iya", .id), ("ok", .other), ("", .other), ("12345", .other),
    ("😀😀", .other),
    ("gue tuh literally the worst at this, asli deh", .mix), ("can you tolong kirim yang itu dong please", .mix),
    ("привет как дела", .other), ("hola buenos dias amigo como estas hoy", .other),
    ("terus kalau dia marah gimana", .id),
  ]

  @Test(arguments: rows) func withoutWordLists(row: (text: String, language: Language)) {
    #expect(TextAnalyzer(tables: .empty).analyze(row.text).language == row.language)
  }

  @Test(arguments: [
    ("ngirimin foto", Language.id), ("sends photos", .en), ("foto rahasia", .id), ("good friend", .en), ("gw", .id),
  ])
  func withWordLists(row: (text: String, language: Language)) {
    #expect(SampleTables.analyze(row.text).language == row.language)
  }
}
