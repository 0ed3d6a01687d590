import JagaPollBot
import Testing

struct PollMachineTests {
  private func talk(_ replies: [String] = [], language: String? = "id") throws -> PollTalk {
    var talk = PollTalk(try PollSamples.machine(), language: language)
    for reply in replies { talk.reply(reply) }
    return talk
  }

  @Test func aWholePollIsGoneThrough() throws {
    var talk = try talk()
    #expect(talk.turn.say == [.text("Mau ikut?")])
    #expect(talk.reply("ya").say == [.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    talk.reply("13")
    #expect(talk.turn.say == [.text("Pernah?\n1. Ya\n2. Tidak\n3. Masih")])
    let young = [GroupValue(questionID: "age", choiceID: "young")]
    #expect(talk.turn.answers == [PollAnswer(questionID: "age", choiceID: "young", groups: young, at: talk.now)])
    #expect(talk.reply("iyaa").say == [.text("Oke."), .text("Boleh dipakai?")])
    #expect(talk.turn.answers == [PollAnswer(questionID: "met", choiceID: "yes", groups: young, at: talk.now)])
    #expect(talk.reply("boleh").say == [.text("Idemu?")])
    #expect(talk.turn.answers.isEmpty && talk.session.consent == true)
    talk.reply("lebih banyak lampu")
    #expect(talk.turn.say == [.text("Dadah.")])
    #expect(talk.turn.answers.map(\.text) == ["lebih banyak lampu"] && talk.turn.answers[0].mayLeave)
    #expect(talk.turn.ended == .finished && talk.session.isEnded && talk.turn.caseNote == nil)
    #expect(talk.reply("halo").say == [] && talk.turn.ended == nil)
  }

  @Test func theLanguageIsTheWantedOneOrTheDefault() throws {
    let rows: [(String?, String)] = [("en", "Join?"), ("id", "Mau ikut?"), (nil, "Mau ikut?"), ("fr", "Mau ikut?")]
    for (language, text) in rows { #expect(try talk(language: language).turn.say == [.text(text)]) }
  }

  @Test func aChoiceLeadsToItsBranch() throws {
    #expect(try talk(["ya", "13", "gak"]).turn.say == [.text("Boleh dipakai?")])
  }

  @Test func theQuestionIsTheTextThatWasAsked() throws {
    var talk = try talk()
    let machine = talk.machine
    #expect(machine.question(of: talk.session) == "Mau ikut?")
    talk.reply("ya")
    #expect(machine.question(of: talk.session) == "Umurmu?\n1. Di bawah 15\n2. 15 ke atas")
    talk.reply("tolong", PollSamples.told)
    #expect(machine.question(of: talk.session) == nil)
    talk.reply("lanjut")
    #expect(machine.question(of: talk.session) == "Umurmu?\n1. Di bawah 15\n2. 15 ke atas")
    talk.reply("stop")
    #expect(machine.question(of: talk.session) == nil)
  }

  @Test func freeTextIsKeptOnlyWithConsent() throws {
    #expect(try talk(["ya", "13", "2", "ya", "ide"]).turn.answers.map(\.text) == ["ide"])
    #expect(try talk(["ya", "13", "2", "gak", "ide"]).turn.answers.map(\.text) == [nil])
    // Three unclear answers are a no.
    #expect(try talk(["ya", "13", "2", "apa", "apa", "apa", "ide"]).turn.answers.map(\.text) == [nil])
    // What a person must read is not for results.
    var risky = try talk(["ya", "13", "2", "ya"])
    risky.reply("ide", PollSamples.risky)
    #expect(risky.turn.answers.map(\.text) == [nil] && risky.turn.say == [.response(.risky), .text("Dadah.")])
  }

  @Test func whatFitsNothingIsAskedTwiceAgain() throws {
    var talk = try talk(["ya"])
    let question = Saying.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")
    #expect(talk.reply("hm?").say == [.response(.again), question])
    #expect(talk.reply("99").say == [.response(.again), question])
    #expect(talk.reply("eh").say == [.response(.skipped), .text("Pernah?\n1. Ya\n2. Tidak\n3. Masih")])
    #expect(talk.turn.answers.isEmpty && talk.session.groups.isEmpty)
    #expect(talk.reply("apa").say.first == .response(.again))
  }

  @Test func whoeverIsUnclearThriceAtTheBeginningIsLeftAlone() throws {
    var talk = try talk(["apa", "siapa"])
    #expect(talk.reply("?").say == [.response(.stop)] && talk.turn.ended == .declined)
    #expect(try self.talk(["gak"]).turn.ended == .declined)
    #expect(try self.talk(["gaskeun"]).turn.ended == nil)
  }

  @Test(
    arguments: [
      ("gak ngerti ini apa", nil), ("no idea what this is", nil), ("ya ini apa", nil), ("gak tau", nil),
      ("gak", false), ("ga mau kak", false), ("no thanks", false), ("gak usah 🙏", false), ("2", false),
      ("ya 😊", true), ("ya mau", true), ("boleh kak", true), ("gaskeun", true), ("1", true),
    ] as [(String, Bool?)])
  func onlyAWholeAnswerIsARefusalOrAYes(reply: String, isYes: Bool?) throws {
    var talk = try talk([])
    talk.reply(reply)
    switch isYes {
    case true?: #expect(talk.turn.say == [.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    case false?: #expect(talk.turn.say == [.response(.stop)] && talk.turn.ended == .declined)
    case nil: #expect(talk.turn.say == [.response(.again), .text("Mau ikut?")] && talk.turn.ended == nil)
    }
  }

  @Test func stopEndsItEverywhere() throws {
    for before in [[], ["ya"], ["ya", "13", "masih"], ["ya", "13", "masih", "1"], ["ya", "13", "2"]] {
      for word in ["STOP", "berhenti", "stop dong", "sudah dulu"] {
        var talk = try talk(before)
        #expect(talk.reply(word).say == [.response(.stop)])
        #expect(talk.turn.ended == .stopped && talk.turn.answers.isEmpty)
        for later in ["ya", "lanjut", "halo", "stop", "mulai", "1"] {
          #expect(talk.reply(later) == PollTurn(session: talk.session))
        }
        #expect(talk.machine.expire(talk.session, now: talk.now).say == [])
      }
    }
  }

  @Test func helpAndSkipAreHeard() throws {
    var talk = try talk(["ya"])
    #expect(talk.reply("HELP").say == [.response(.help), .text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    #expect(talk.reply("lewati").say == [.text("Pernah?\n1. Ya\n2. Tidak\n3. Masih")])
    #expect(talk.turn.answers.isEmpty)
  }

  @Test func aRiskyReplyIsAnsweredAndThePollGoesOn() throws {
    var talk = try talk(["ya", "13"])
    talk.reply("ya, tapi sudah lama", PollSamples.risky)
    #expect(talk.turn.say == [.response(.risky), .text("Oke."), .text("Boleh dipakai?")])
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.risky, response: .risky))
    #expect(talk.turn.answers.map(\.choiceID) == ["yes"])
    var watched = try self.talk(["ya", "13"])
    watched.reply("ya", ReplyReading(action: .watch))
    #expect(watched.turn.say == [.text("Oke."), .text("Boleh dipakai?")] && watched.turn.caseNote == nil)
  }

  @Test func timeRunsOut() throws {
    var talk = try talk(["ya"])
    let machine = talk.machine
    #expect(machine.expiry(of: talk.session) == talk.now + 36_000_000)
    let turn = machine.expire(talk.session, now: talk.now + 36_000_000)
    #expect(turn.say == [.response(.expired)] && turn.ended == .expired)
    #expect(machine.expiry(of: turn.session) == nil)
    // It goes on where it was.
    talk.turn = turn
    #expect(talk.reply("13") == PollTurn(session: turn.session))
    #expect(talk.reply("LANJUT").say == [.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    #expect(!talk.session.isEnded)
    // Who never took part, or told, is not written to.
    #expect(try machine.expire(self.talk().session, now: 9_000_000).say == [])
    var told = try self.talk(["ya"])
    told.reply("tolong", PollSamples.told)
    #expect(machine.expire(told.session, now: told.now + 36_000_000).say == [])
  }

  @Test func aQuestionIsRemindedOfOnce() throws {
    let talk = try talk(["ya"])
    let machine = talk.machine
    #expect(machine.reminder(of: talk.session) == talk.now + 14_400_000)
    let turn = try #require(machine.remind(talk.session, now: talk.now + 14_400_000))
    #expect(turn.say == [.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")])
    #expect(machine.expiry(of: turn.session) == machine.expiry(of: talk.session))
    #expect(machine.remind(turn.session, now: talk.now) == nil && machine.reminder(of: turn.session) == nil)
    let answered = machine.next(turn.session, text: "13", reading: PollSamples.calm, now: talk.now + 15_000_000)
    #expect(machine.reminder(of: answered.session) != nil)
    #expect(try machine.remind(self.talk().session, now: 9_000_000) == nil)
  }

  @Test func aPollThatChangedEndsPolitely() throws {
    var talk = try talk(["ya", "13"])
    let changed = try PollSamples.machine(PollSamples.small.replacing("- id: met", with: "- id: seen"))
    let turn = changed.next(talk.session, text: "ya", reading: PollSamples.calm, now: talk.now)
    #expect(turn.say == [.response(.expired)] && turn.ended == .expired)
    talk.turn = changed.next(talk.session, text: "ya", reading: PollSamples.told, now: talk.now)
    #expect(talk.turn.caseNote?.reading == PollSamples.told)
    #expect(talk.turn.say == [.response(.disclosure), .response(.offer)])
  }

  @Test func aCircleOfStepsEnds() throws {
    let machine = try PollSamples.machine(
      PollSamples.small.replacing("say: {id: Oke., en: Okay.}}", with: "say: {id: Oke., en: Okay.}, goto: thanks}"))
    var talk = PollTalk(machine)
    for reply in ["ya", "13", "ya"] { talk.reply(reply) }
    #expect(talk.turn.ended == .finished && talk.turn.say.count <= 7)
  }

  @Test func startWordsAreWholeReplies() throws {
    let machine = try PollSamples.machine()
    for (text, starts) in [("Kecil", true), ("kecil kak", true), ("rumah kecil", false), ("", false), ("ya", false)] {
      #expect(machine.isStart(text) == starts)
    }
  }
}
