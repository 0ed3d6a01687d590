import JagaPollBot
import Testing

/// `tells: none`, and the bot's own questions.
struct PlainAnswerTests {
  private func talk(_ replies: [String], _ yaml: String = PollSamples.small) throws -> PollTalk {
    var talk = PollTalk(try PollSamples.machine(yaml))
    for reply in replies { talk.reply(reply) }
    return talk
  }

  static let alone = ["1", "ya", "Iyaa kak", "a", "yes", "👍"]

  @Test(arguments: alone) func aPlainChoiceAloneIsNoCase(reply: String) throws {
    for reading in [PollSamples.risky, PollSamples.told, PollSamples.tonight] {
      var talk = try talk(["ya", "13"])
      talk.reply(reply, reading)
      #expect(talk.turn.caseNote == nil && talk.turn.say == [.text("Oke."), .text("Boleh dipakai?")])
      #expect(talk.turn.answers.map(\.choiceID) == ["yes"])
    }
  }

  static let more = ["ya, dia minta terus", "1. takut", "ya 😭", "iya kemarin di game"]

  @Test(arguments: more) func aLongerReplyKeepsItsReading(reply: String) throws {
    var talk = try talk(["ya", "13"])
    talk.reply(reply, PollSamples.told)
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .disclosure))
    #expect(talk.turn.answers.map(\.choiceID) == ["yes"] && talk.session.isResting)
  }

  @Test func wordsOfSelfHarmAreNeverTakenAway() throws {
    for before in [[], ["ya", "13"], ["ya", "13", "2"]] {
      var talk = try talk(before)
      talk.reply("ya", PollSamples.selfHarm)
      #expect(talk.turn.say == [.response(.selfHarm), .response(.offer)])
    }
  }

  @Test func aChoiceThatSaysNothingIsLeftToTheScorer() throws {
    // The ages of the sample say nothing either way.
    var talk = try talk(["ya"])
    talk.reply("13", PollSamples.told)
    #expect(talk.turn.caseNote?.reading == PollSamples.told)
    var tells = try self.talk(["ya", "13"])
    #expect(tells.reply("masih", PollSamples.calm).caseNote?.reading == PollSamples.told)
  }

  @Test func aBareAnswerToTheBotsOwnQuestionsIsNoCase() throws {
    var optIn = try talk([])
    #expect(optIn.reply("ya", PollSamples.told).caseNote == nil)
    #expect(optIn.turn.say == [.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    var consent = try talk(["ya", "13", "2"])
    #expect(consent.reply("2", PollSamples.told).caseNote == nil && consent.session.consent == false)
    var more = try talk([])
    #expect(more.reply("ya, dia ancam aku", PollSamples.told).caseNote?.reading == PollSamples.told)
  }

  @Test func falseIsAnotherWordForNone() throws {
    let poll = try PollSamples.read(PollSamples.small.replacing("tells: none", with: "tells: false"))
    #expect(poll == (try PollSamples.read(PollSamples.small)))
  }
}
