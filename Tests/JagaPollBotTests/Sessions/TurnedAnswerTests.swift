import JagaPollBot
import Testing

/// A no that is turned by what follows is no no, and words for the bot are no yes: taken at such a word, somebody is left alone or tells of
/// harm that is none.
struct TurnedAnswerTests {
  static let harm = """
    id: harm
    version: 1
    title: {id: Bahaya}
    languages: [id]
    start_words: [harm]
    opt_in:
      text: {id: Mau ikut?}
    steps:
      - id: hurt
        ask: {id: Ada yang menyakitimu?}
        choices:
          - {id: no, label: {id: Tidak}, tells: none}
          - {id: yes, label: {id: Ya}, tells: ongoing}
      - id: idea
        ask: {id: Idemu?}
        text: true
    """

  private func talk(_ replies: [String]) throws -> PollTalk {
    var talk = PollTalk(try PollSamples.machine(TurnedAnswerTests.harm))
    for reply in replies { talk.reply(reply) }
    return talk
  }

  static let open = [
    "ga ngerti", "gak paham", "ga tau", "ga bisa jawab", "ga boleh bilang", "ga aman", "tidak cuma sekali",
    "ga pernah berhenti",
    "gak, eh iya", "nggak kok, cuma kadang", "no idea", "not sure", "not only once", "no comment", "males",
    "ok", "oke", "boleh", "siap", "gas", "mulai", "START", "lanjut", "ikut",
  ]

  @Test(arguments: open) func isNoAnswerToAQuestionOfHarm(text: String) throws {
    let talk = try talk(["ya", text])
    #expect(talk.turn.answers.isEmpty && talk.turn.caseNote == nil)
    #expect(talk.turn.say.last == .text("Ada yang menyakitimu?\n1. Tidak\n2. Ya"))
  }

  @Test func aPlainAnswerStaysOne() throws {
    for text in [
      "tidak", "ga ada", "nggak kok kak", "tidak pernah", "no", "nope", "ga, aman kok", "tidak, cuma bercanda",
      "no, just my brother joking",
    ] {
      #expect(try talk(["ya", text]).turn.answers.map(\.choiceID) == ["no"], "\(text)")
    }
    for text in ["ya", "iya kak", "yes", "betul"] {
      #expect(try talk(["ya", text]).turn.answers.map(\.choiceID) == ["yes"], "\(text)")
    }
    for text in ["ok", "mulai", "ikut", "boleh"] {
      #expect(try talk([text]).turn.say == [.text("Ada yang menyakitimu?\n1. Tidak\n2. Ya")], "\(text)")
    }
  }

  /// The word that turns a no elsewhere is the question's own.
  @Test func aNoInTheQuestionsWordsIsOne() throws {
    let safe = TurnedAnswerTests.harm.replacing("Ada yang menyakitimu?", with: "Apakah kamu aman?")
    for text in ["tidak aman", "ga aman kak", "tidak"] {
      var talk = PollTalk(try PollSamples.machine(safe))
      talk.reply("ya")
      #expect(talk.reply(text).answers.map(\.choiceID) == ["no"], "\(text)")
    }
  }

  @Test func startInMidPollAsksAgainAndIsNoAnswer() throws {
    for word in ["mulai", "START", "lanjut"] {
      let talk = try talk(["ya", "tidak", word])
      #expect(talk.turn.say == [.text("Idemu?")] && talk.turn.answers.isEmpty, "\(word)")
    }
  }
}
