import JagaCore
import JagaPollBot
import Testing

/// Harm in plain words is heard though the scorer, which knows chats, is silent about it; its harmless twins are not.
struct HarmRowsTests {
  private func reading(_ text: String, question: String? = nil) throws -> ReplyReading {
    try ReplyReaderTests.reader.get().reading(of: text, score: CueSamples.score(), question: question)
  }

  static let told = [
    "aku diperkosa", "aku di perkosa sama om", "aku dilecehin sm guru", "temenku dicabuli tetangganya",
    "omku suka pegang2 aku",
    "pamanku menyakiti aku, aku disiksa", "aq sring dpukul bpk klo mlm", "bapak suka mukul aku",
    "aku dipukulin ayah tiap malem",
    "adikku suka dipukul ibu",
    "mama nampar aku lagi", "aku dikunci di kamar", "kami disiksa di rumah", "i was raped", "he raped me",
    "my uncle touches me",
    "my teacher touched me", "someone is touching me", "my dad hits me", "my dad hits me too", "dad beats me",
    "my stepdad hurts my sister",
    "i get beaten at home", "i am locked in my room",
  ]

  @Test(arguments: told) func itOpensACase(text: String) throws {
    let reading = try reading(text)
    #expect(reading.action == .support && reading.urgency != nil)
  }

  static let harmless = [
    "ga pernah dipukul", "belum pernah dilecehkan", "aku ga pernah dipukul bapak",
    "film nya tentang orang yang disiksa",
    "kemarin main bola aku ditendang temen", "latihan silat aku dipukul pelatih", "berita anak disiksa itu serem",
    "pukul berapa kak",
    "aku pegang hp adik", "bapak pegang tangan ibu", "dia suka pegang bola", "kakak sentuh hp aku",
    "aku dihajar teman wkwk di rank", "my brother beats me at fifa",
    "she hit me up yesterday", "nobody hits me", "my dad does not hit me", "the song touched me deeply",
    "he beat me in chess",
    "the ball hit me", "a movie about a girl who was abused", "my mom hurt her knee", "i hit my head",
    "they beat us by one goal",
  ]

  @Test(arguments: harmless) func itOpensNone(text: String) throws {
    #expect(try reading(text) == ReplyReading(action: .none))
  }

  @Test func aYesToADirectQuestionAboutHarmIsHeard() throws {
    for (question, answers) in [
      ("Apakah ada yang menyakitimu?", ["ya", "Ya.", "iya", "iya kak", "pernah"]),
      ("Apakah kamu pernah dipukul?", ["ya", "pernah", "sering"]),
      ("Apakah kamu pernah dipaksa kirim sesuatu?", ["pernah"]), ("Is anybody hurting you?", ["yes", "Yes"]),
      ("Were you ever threatened?", ["yes"]),
    ] {
      for answer in answers {
        #expect(
          try reading(answer, question: question) == ReplyReading(action: .support, urgency: .ongoing),
          "\(question) \(answer)")
      }
      for answer in ["tidak", "no", "ga pernah", "belum", "never", "ya enggak lah"] {
        #expect(try reading(answer, question: question) == ReplyReading(action: .none), "\(question) \(answer)")
      }
    }
    #expect(try reading("ya", question: "Kamu suka main bola?") == ReplyReading(action: .none))
    #expect(try reading("ya") == ReplyReading(action: .none))
  }
}
