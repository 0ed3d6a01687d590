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
  ]

  @Test(arguments: others) func otherQuestionsChangeNothing(question: String) throws {
    #expect(try action("iya yang itu", question, 0.25) == .none)
    #expect(try action("ya", question, 0) == .none)
  }
}
