import JagaCore
import JagaPollBot
import Testing

/// Where harm was asked about, a yes needs less of the score to be heard, and so does what follows up on harm that was told.
struct AnsweredQuestionTests {
  private func action(_ text: String, _ question: String?, _ disclosure: Double) throws -> ReplyAction {
    let score = CueSamples.score(disclosure: disclosure)
    return try ReplyReaderTests.reader.get().reading(of: text, score: score, question: question).action
  }

  static let asked = [
    "Pernahkah ada orang yang meminta foto pribadimu?", "Apakah ada yang membuatmu takut pulang?",
    "Ada yang pernah maksa kamu ketemuan?",
    "Has anyone asked you to keep a secret?", "Did somebody ever hit, shove or grab you?",
    "Have you been bullied this term?",
    "Do you ever feel pressured to send pictures?",
  ]

  @Test(arguments: asked) func aYesWithMoreNeedsLess(question: String) throws {
    for text in ["iya, sama yang itu lagi", "yes, the same one"] {
      #expect(try action(text, question, 0.25) == .support)
      #expect(try action(text, question, 0.15) == .none)
      #expect(try action(text, nil, 0.25) == .none)
    }
    #expect(try action("ya", question, 0) == .support)
    for text in ["tidak, yang itu lagi", "no, the same one", "yang itu lagi"] {
      #expect(try action(text, question, 0.25) == .none)
    }
  }

  static let followed = [
    "Siapa orangnya?", "Sejak kapan itu terjadi?", "Apa yang membuatmu belum cerita ke siapa pun?",
    "Who does this to you?",
    "How often does it happen?", "Does the person live with you?",
  ]

  @Test(arguments: followed) func whatFollowsUpOnHarmNeedsLess(question: String) throws {
    #expect(try action("yang di rumah", question, 0.25) == .support)
    #expect(try action("yang di rumah", question, 0.15) == .none)
    for text in ["tidak ada", "nobody", "no one at all"] { #expect(try action(text, question, 0.25) == .none) }
  }

  static let others = [
    "Siapa guru favoritmu?", "Seberapa sering kamu sarapan?", "What do you like about school?",
    "Apa yang harus dilakukan kalau diancam?", "Do you know where to report threats?",
    // Words of the lists in another sense.
    "Do you want to live in a big city?", "Do you want to be here tomorrow?",
    "Terima kasih sudah mengikuti polling ini. Lanjut?",
    "Apakah tugas sekolah mengganggu tidurmu?", "Apakah kamu menekan tombol itu?",
    "Apakah kamu pernah disuruh kerja bakti?",
    "Boleh kami minta video kegiatan posyandu?", "Apakah banjir masih terjadi?",
    "Apakah orang tuamu membatasi waktu main HP?",
    "Bolehkah kamu dihubungi oleh orang dari tim kami?", "Apakah kamu butuh bantuan mengisi survei?",
    "Do you want to keep getting our polls?", "Do you take your phone to school?",
    "Are you worried about climate change?",
    "Did you meet your friends in person this week?", "Do you post photos online?", "Do you push yourself at sport?",
    "Was your home hit by the flood?", "Have you followed our page?", "How often do you use it?", "Which app is it?",
    "How long does it take to get to school?", "Siapa idolamu dan kenapa kamu suka orangnya?",
    "Who is the person you trust most?",
    "Menurutmu, apakah memukul anak itu kekerasan?", "Apakah perundungan itu salah?",
  ]

  @Test(arguments: others) func otherQuestionsChangeNothing(question: String) throws {
    #expect(try action("iya yang itu", question, 0.25) == .none)
    #expect(try action("ya", question, 0) == .none)
  }

  @Test func aNoToWhetherSomebodyIsSafeTells() throws {
    for (text, question) in [
      ("tidak", "Apakah kamu merasa aman di rumah?"), ("belum kak", "Apakah kamu sekarang di tempat yang aman?"),
      ("no", "Do you feel safe at home?"), ("not really", "Are you safe right now?"),
    ] {
      #expect(try action(text, question, 0) == .support, "\(question)")
      #expect(try action("ya", question, 0) == .none && action("yes", question, 0) == .none)
    }
    let now = try ReplyReaderTests.reader.get().reading(
      of: "tidak", score: CueSamples.score(), question: "Apakah kamu aman sekarang?")
    #expect(now.urgency == .immediate)
    #expect(try action("tidak", "Apakah airnya aman diminum?", 0) == .none)
  }

  @Test func whoItIsTells() throws {
    for text in ["bapak", "sama om", "paman aku", "my uncle", "pacarku kak"] {
      #expect(try action(text, "Siapa yang memukulmu?", 0) == .support, "\(text)")
      #expect(try action(text, "Siapa yang kamu percaya?", 0) == .none, "\(text)")
    }
    #expect(try action("tidak ada", "Siapa yang memukulmu?", 0) == .none)
  }
}
