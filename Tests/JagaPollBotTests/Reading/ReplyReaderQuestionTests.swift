import JagaCore
import JagaPollBot
import Testing

/// A yes tells of harm where the question was about the person themself, and not where it asked what they know.
struct ReplyReaderQuestionTests {
  private func action(_ answer: String, _ question: String) throws -> ReplyAction {
    try ReplyReaderTests.reader.get().reading(of: answer, score: CueSamples.score(), question: question).action
  }

  @Test func whatSomebodyKnowsOrThinksTellsNothing() throws {
    for (question, answer) in [
      ("Apakah kamu tahu ke mana melapor kalau dilecehkan?", "ya"),
      ("Apakah kamu setuju anak tidak boleh dipukul?", "ya"),
      ("Do you know what to do if you are threatened?", "yes"),
      ("Kamu tahu nomor bantuan kalau ada teman mau bunuh diri?", "ya"),
      ("Apakah kamu pernah dengar tentang anak yang dipukul?", "iya"),
      ("Apakah kamu pernah melihat teman diancam?", "pernah"),
      ("Apa yang harus kamu lakukan kalau diancam?", "ya"),
      ("Do you agree that nobody should hit you?", "yes"),
      ("Would you tell someone if you were hit?", "yes"),
      ("Do you know where to call if you are abused?", "yes"),
      ("Have you heard of people who hurt you online?", "yes"),
      ("Kamu tahu cara bantu teman yang ingin bunuh diri?", "iya"),
    ] { #expect(try action(answer, question) == .none, "\(question)") }
  }

  @Test func whatHappensToThemDoes() throws {
    for (question, answer) in [
      ("Apakah kamu pernah dipukul?", "ya"),
      ("Kalau kamu mau jawab, apakah kamu pernah dipukul?", "ya"),
      ("Kamu boleh tidak menjawab. Apakah kamu pernah diancam?", "pernah"),
      ("Apakah ada yang menyakitimu? Kalau tidak mau jawab, ketik LEWATI.", "ya"),
      ("Apakah kamu dipukul kalau nilaimu jelek?", "ya"),
      ("If you like, tell us: were you ever threatened?", "yes"),
      ("Do they hit you when you get bad marks?", "yes"),
      ("Is anybody hurting you?", "yes"),
      ("Pernah merasa ingin menyakiti diri sendiri?", "pernah"),
      ("Kalau boleh tahu, pernahkah kamu ingin bunuh diri?", "iya"),
      ("Apakah ada yang tahu kamu dipukul di rumah?", "ya"),
    ] { #expect(try action(answer, question) == .support, "\(question)") }
  }
}
