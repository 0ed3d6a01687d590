import Testing

@testable import JagaPollBot

/// `Examples/polls/online-safety.yaml`, gone through as children might.
struct ExamplePollTests {
  private let poll: Poll

  init() throws {
    poll = try PollReader.read(FlowSamples.file("Examples/polls/online-safety.yaml"), file: "online-safety.yaml")
  }

  private func talk(_ replies: [String], language: String = "id") -> PollTalk {
    var talk = PollTalk(PollMachine(poll: poll), language: language)
    for reply in replies { talk.reply(reply) }
    return talk
  }

  @Test func everyAnswerIsHeardAsItself() {
    for (id, question) in poll.questions {
      for language in poll.languages {
        let hearing = ChoiceHearing(question, poll: poll, language: language)
        for (place, choice) in question.choices.enumerated() {
          let label = poll.text(choice.label, in: language)
          let replies = [
            label, label.uppercased(), "\(place + 1)", "\(place + 1).", "\(label) kak", "nomor \(place + 1)",
          ]
          for reply in replies + choice.words {
            #expect(hearing.choice(in: ReplyWords(reply)) == place, "\(id) \(language) '\(reply)'")
          }
        }
      }
    }
  }

  static let ways: [(String, [String], [String])] = [
    (
      "id", ["ya", "13", "desa", "game", "gak", "guru", "boleh", "lebih banyak teman"],
      ["12-13", "village", "games", "no", "teacher", "-"]
    ),
    (
      "id",
      ["iyaa kak", "umur 15", "di kota", "3", "pernah", "biasa saja", "blokir", "gak ke siapa2", "tidak", "entah"],
      ["14-15", "city", "videos", "yes", "no", "block", "nobody", "-"]
    ),
    (
      "en", ["yes", "16", "small town", "chat", "never", "my mom", "1", "no", "skip"],
      ["16-17", "town", "chat", "no", "family"]
    ),
  ]

  @Test(arguments: ways) func theWholePollIsAnswered(language: String, replies: [String], choices: [String]) {
    var talk = PollTalk(PollMachine(poll: poll), language: language)
    var heard: [String] = []
    for reply in replies {
      talk.reply(reply)
      heard += talk.turn.answers.map { $0.choiceID ?? "-" }
      #expect(talk.turn.caseNote == nil)
    }
    #expect(heard == choices)
    #expect(talk.turn.say.last == .response(.done) && talk.turn.ended == .finished)
  }

  @Test func whoeverTellsIsAnsweredAndMayGoOn() {
    var talk = talk(["ya", "14", "kota", "chat", "ya"])
    talk.reply("masih, kak")
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .disclosure))
    #expect(talk.turn.say == [.response(.disclosure), .response(.offer)])
    #expect(talk.reply("1").caseNote?.wantsContact == true)
    talk.reply("LANJUT")
    #expect(talk.machine.question(of: talk.session)?.hasPrefix("Kalau ada yang bikin kamu tidak nyaman") == true)
    var past = self.talk(["yes", "14", "city", "chat", "yes"], language: "en")
    past.reply("3")
    #expect(past.turn.caseNote?.reading.urgency == .ongoing)
    var over = self.talk(["yes", "14", "city", "chat", "yes"], language: "en")
    over.reply("yes, but it's over")
    #expect(over.turn.caseNote?.reading == ReplyReading(action: .support, urgency: .past))
  }
}
