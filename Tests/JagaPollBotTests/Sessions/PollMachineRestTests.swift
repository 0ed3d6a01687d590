import JagaPollBot
import TestSupport
import Testing

/// What happens when somebody tells of harm.
struct PollMachineRestTests {
  private func talk(_ replies: [String] = ["ya", "13"]) throws -> PollTalk {
    var talk = PollTalk(try PollSamples.machine())
    for reply in replies { talk.reply(reply) }
    return talk
  }

  private let open = Saying.text("Pernah?\n1. Ya\n2. Tidak\n3. Masih")

  @Test(arguments: [
    (PollSamples.told, Occasion.disclosure), (PollSamples.tonight, .urgent), (PollSamples.selfHarm, .selfHarm),
    (ReplyReading(action: .review, urgency: .past, isSelfHarm: true), .selfHarm),
    (ReplyReading(action: .support, urgency: .past), .disclosure),
  ])
  func aDisclosureIsAnsweredAndThePollRests(reading: ReplyReading, occasion: Occasion) throws {
    for before in [[], ["ya"], ["ya", "13"], ["ya", "13", "2"], ["ya", "13", "2", "ya"]] {
      var talk = try talk(before)
      talk.reply("dia tidak mau berhenti", reading)
      #expect(talk.turn.say == [.response(occasion), .response(.offer)])
      #expect(talk.turn.caseNote?.response == occasion && talk.turn.caseNote?.reading.action == .support)
      #expect(talk.session.isResting && talk.turn.ended == nil)
      #expect(talk.turn.answers.allSatisfy { $0.text == nil })
      if reading.isSelfHarm { #expect(talk.turn.caseNote?.reading.urgency == .immediate) }
    }
  }

  @Test func aChoiceThatTellsIsADisclosure() throws {
    for reply in ["3", "masih", "Masih!", "masih, setiap hari"] {
      var talk = try talk()
      talk.reply(reply)
      #expect(talk.turn.say == [.response(.disclosure), .response(.offer)])
      #expect(talk.turn.caseNote?.reading == ReplyReading(action: .support, urgency: .ongoing))
      #expect(talk.turn.answers.map(\.choiceID) == ["now"])
      // The question was answered: the poll goes on after it.
      talk.reply("2")
      #expect(talk.reply("lanjut").say == [.text("Oke."), .text("Boleh dipakai?")])
    }
    var urgent = try talk()
    urgent.reply("masih, malam ini", PollSamples.tonight)
    #expect(urgent.turn.caseNote?.reading.urgency == .immediate && urgent.turn.say.first == .response(.urgent))
  }

  static let offers: [(String, Bool?)] = [
    ("1", true), ("ya", true), ("mau kak", true), ("iya, tolong", true), ("2", false), ("gak", false),
    ("jangan", false),
    ("ga usah", false), ("aku takut", nil), ("3", nil),
    ("ya mau", true), ("mau dong kak", true), ("boleh", true), ("Yes please", true), ("ya 😭", true), ("1.", true),
    ("aku mau dihubungi kak", true), ("please contact me", true), ("no thanks", false), ("ga usah kak 🙏", false),
    ("tidak usah, makasih", false), ("aku gak mau", false), ("jangan hubungi aku", false), ("2", false),
    // Begins with an answer and is none.
    ("gak tau harus gimana", nil), ("no one believes me", nil), ("gak kuat lagi hidup", nil), ("gak 😭", nil),
    ("ya dia masih di sini", nil), ("tidak ada yang percaya aku", nil), ("gak mau dia tau", nil), ("no one", nil),
    ("gak, dia bakal marah", nil), ("ya tapi aku takut", nil), ("aku salah", nil), ("mau mati", nil),
    ("ya allah", nil), ("1 orang tau", nil), ("2, dan dia kirim lagi", nil), ("no. he will know", nil),
  ]

  @Test(arguments: offers) func theOfferIsAnswered(reply: String, wanted: Bool?) throws {
    var talk = try talk()
    talk.reply("dia jahat", PollSamples.told)
    talk.reply(reply)
    #expect(talk.turn.caseNote?.wantsContact == wanted)
    #expect(talk.session.isResting)
    guard let wanted else {
      // Answered a minute ago.
      #expect(talk.turn.say == [] && talk.turn.caseNote?.response == nil)
      return
    }
    let occasion: Occasion = wanted ? .contactYes : .contactNo
    #expect(talk.turn.say == [.response(occasion), .response(.goOn)])
    #expect(talk.turn.caseNote?.response == occasion)
  }

  @Test func theOfferStaysOpenUntilItIsAnswered() throws {
    var talk = try talk()
    talk.reply("dia jahat", PollSamples.told)
    talk.reply("dia bilang jangan cerita")
    #expect(talk.reply("1").caseNote?.wantsContact == true)
    #expect(talk.reply("1").caseNote?.wantsContact == nil)
  }

  @Test func furtherMessagesAreHeardOnceInTenMinutes() throws {
    var talk = try talk()
    talk.reply("dia jahat", PollSamples.told)
    talk.reply("2")
    var said: [Int] = []
    for minute in 1...25 {
      talk.reply("dan lagi", minute % 2 == 0 ? PollSamples.told : PollSamples.calm)
      #expect(talk.turn.caseNote != nil && talk.turn.answers.isEmpty)
      if talk.turn.say == [.response(.heard)] { said.append(minute) } else { #expect(talk.turn.say.isEmpty) }
      #expect(talk.turn.caseNote?.response == (talk.turn.say.isEmpty ? nil : .heard))
    }
    #expect(said == [10, 20])
  }

  @Test func aNewUrgentMessageIsAlwaysAnswered() throws {
    var talk = try talk()
    talk.reply("dia jahat", PollSamples.told)
    #expect(talk.reply("malam ini", PollSamples.tonight).say == [.response(.urgent)])
    #expect(talk.reply("sudah tidak kuat", PollSamples.selfHarm).say == [.response(.selfHarm)])
    #expect(talk.reply("sudah tidak kuat", PollSamples.selfHarm).say == [.response(.selfHarm)])
    // The answer to the offer is heard with it.
    #expect(talk.reply("ya, malam ini", PollSamples.tonight).say == [.response(.urgent)])
    #expect(talk.turn.caseNote?.wantsContact == nil)
    let turn = talk.reply("ya", PollSamples.tonight)
    #expect(turn.say == [.response(.urgent), .response(.contactYes), .response(.goOn)])
    #expect(turn.caseNote == CaseNote(reading: PollSamples.tonight, wantsContact: true, response: .urgent))
    // Even LANJUT does not pass it by.
    #expect(talk.reply("lanjut", PollSamples.tonight).say == [.response(.urgent)] && talk.session.isResting)
  }

  @Test func noIsNotAnsweredWhereDangerIsNear() throws {
    for reply in ["gak", "tidak mau", "jangan hubungi aku", "gak kuat lagi hidup"] {
      for (reading, occasion) in [(PollSamples.selfHarm, Occasion.selfHarm), (PollSamples.tonight, .urgent)] {
        var talk = try talk()
        talk.reply("dia jahat", PollSamples.told)
        #expect(talk.reply(reply, reading).say == [.response(occasion)])
        #expect(talk.turn.caseNote == CaseNote(reading: reading, response: occasion))
        // The offer is still open.
        #expect(talk.reply("1").caseNote?.wantsContact == true)
      }
    }
  }

  @Test func aLaterWishIsHeard() throws {
    for reply in ["mau dihubungi", "aku mau dihubungi kak", "please contact me", "hubungi aku", "Tolong hubungi saya"] {
      var talk = try talk()
      talk.reply("dia jahat", PollSamples.told)
      talk.reply("2")
      for bare in ["1", "ya", "mau"] { #expect(talk.reply(bare).caseNote?.wantsContact == nil) }
      #expect(talk.reply(reply).say == [.response(.contactYes), .response(.goOn)])
      #expect(talk.turn.caseNote?.wantsContact == true && talk.session.isResting)
      #expect(talk.reply("jangan hubungi aku").say == [.response(.contactNo), .response(.goOn)])
      #expect(talk.turn.caseNote?.wantsContact == false)
      // The open question stays open, and whoever ran out of time is heard too.
      talk.reply("lanjut")
      #expect(talk.reply(reply).say == [.response(.contactYes), open])
      let expired = talk.machine.expire(talk.session, now: talk.now)
      let turn = talk.machine.next(expired.session, text: reply, reading: PollSamples.calm, now: talk.now)
      #expect(turn.say == [.response(.contactYes)] && turn.caseNote?.wantsContact == true)
    }
    // Whoever told nothing, and wants a person, has a case by that; a refusal of nothing is none.
    var calm = try talk()
    #expect(calm.reply("hubungi aku").caseNote?.wantsContact == true)
    var other = try talk()
    #expect(other.reply("jangan hubungi aku").caseNote == nil)
  }

  @Test func whatIsRiskyBelongsToTheCaseOfWhoeverTold() throws {
    let escalated = ReplyReading(action: .escalate, urgency: .ongoing)
    for reading in [PollSamples.risky, escalated] {
      let same = ReplyReading(action: .support, urgency: reading.urgency)
      for before in [[], ["2"], ["gak tau"]] {
        var talk = try talk()
        talk.reply("dia jahat", PollSamples.told)
        for reply in before { talk.reply(reply) }
        #expect(talk.reply("fotomu aku sebar", reading).say == [] && talk.session.isResting)
        #expect(talk.turn.caseNote == CaseNote(reading: same))
        #expect(talk.reply("fotomu aku sebar", reading, after: 11).say == [.response(.heard)])
        #expect(talk.turn.caseNote == CaseNote(reading: same, response: .heard))
      }
      // The poll goes on, and the case is the same.
      var talk = try talk()
      talk.reply("dia jahat", PollSamples.told)
      talk.reply("lanjut")
      talk.reply("gak jelas, fotomu aku sebar", reading)
      #expect(talk.turn.caseNote?.reading == same && !talk.turn.say.contains(.response(.risky)))
      #expect(!talk.session.isResting)
      talk.reply("stop", reading)
      #expect(talk.turn.caseNote == CaseNote(reading: same, response: .stop))
      #expect(talk.reply("fotomu aku sebar", reading).say == [])
      #expect(talk.turn.caseNote?.reading == same)
    }
    var near = try talk()
    near.reply("dia jahat", PollSamples.told)
    near.reply("dia di depan rumah", ReplyReading(action: .escalate, urgency: .immediate))
    #expect(near.turn.say == [.response(.urgent)] && near.turn.caseNote?.reading == PollSamples.tonight)
  }

  @Test func thePollGoesOnWhereItWas() throws {
    var talk = try talk()
    talk.reply("dia jahat", PollSamples.told)
    talk.reply("1")
    #expect(talk.reply("LANJUT").say == [open])
    #expect(!talk.session.isResting && talk.turn.caseNote == nil)
    #expect(talk.reply("2").say == [.text("Boleh dipakai?")])
    var english = PollTalk(try PollSamples.machine(), language: "en")
    english.reply("help me please, he has it", PollSamples.told)
    #expect(english.reply("go on").say == [.text("Join?")])
  }

  @Test func whoeverTellsAfterTheEndIsAnswered() throws {
    var talk = try talk(["ya", "13", "2", "ya", "ide"])
    #expect(talk.session.ending == .finished)
    talk.reply("sebenarnya dia masih", PollSamples.told)
    #expect(talk.turn.say == [.response(.disclosure), .response(.offer)] && talk.session.isResting)
    // Nothing is left to go on with.
    #expect(talk.reply("1").say == [.response(.contactYes)])
    var declined = try self.talk(["gak"])
    declined.reply("sebenarnya dia masih", PollSamples.told)
    #expect(declined.turn.say == [.response(.disclosure), .response(.offer)])
    #expect(declined.reply("2").say == [.response(.contactNo)])
  }

  @Test func afterStopOnlyACryForHelpIsAnswered() throws {
    var talk = try talk()
    talk.reply("STOP")
    #expect(talk.reply("hm", PollSamples.risky).say == [] && talk.turn.caseNote?.response == nil)
    #expect(talk.reply("dia di luar", PollSamples.told).say == [.response(.disclosure)])
    #expect(talk.session.ending == .stopped && talk.turn.caseNote?.response == .disclosure)
    #expect(talk.reply("dia di luar", PollSamples.told).say == [] && talk.turn.caseNote != nil)
    #expect(talk.reply("tolong", PollSamples.selfHarm).say == [.response(.selfHarm)])
    #expect(talk.reply("1").say == [] && talk.turn.caseNote == nil)
  }

  @Test func aReadingWithStopIsACaseAndEndsIt() throws {
    var talk = try talk()
    talk.reply("stop", PollSamples.told)
    #expect(talk.turn.say == [.response(.stop)] && talk.turn.ended == .stopped)
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .stop))
  }

  /// Any replies in any order: what always holds.
  @Test func anyConversationKeepsTheRules() throws {
    var dice = SeededGenerator.announced("conversations")
    let machine = try PollSamples.machine()
    let texts = [
      "ya", "tidak", "1", "2", "3", "13", "masih", "stop", "lanjut", "help", "lewati", "ide bagus", "", "mulai",
      "aku takut",
    ]
    let plain = ["ya", "tidak", "1", "2", "lanjut", "mulai"]
    let readings = [
      PollSamples.calm, PollSamples.calm, PollSamples.calm, PollSamples.calm, PollSamples.risky, PollSamples.told,
      PollSamples.tonight, PollSamples.selfHarm,
    ]
    for _ in 0..<2_000 {
      var talk = PollTalk(machine, language: dice.pick(["id", "en"]))
      for _ in 0..<12 {
        let before = talk.session
        let (text, reading) = (dice.pick(texts), dice.pick(readings))
        let turn = talk.reply(text, reading, after: Int64(dice.below(30)))
        // The same again is the same.
        #expect(machine.next(before, text: text, reading: reading, now: talk.now) == turn)
        #expect(try PollSession(decoding: turn.session.encode()) == turn.session)
        // What is an answer and nothing more is no case, unless words of self-harm are found in it.
        let mayBePlain = plain.contains(text) && !reading.isSelfHarm && !before.isResting && !before.isEnded
        #expect((turn.caseNote != nil) || !reading.action.opensCase || mayBePlain)
        if reading.isSelfHarm, BotCommand.heard(in: text, stopWords: ["sudah dulu"]) != .stop {
          #expect(turn.say.contains(.response(.selfHarm)))
        }
        if before.ending == .stopped, reading.action != .support, text != "help" { #expect(turn.say == []) }
        if turn.session.isResting { #expect(machine.question(of: turn.session) == nil) }
        #expect(turn.say.count <= 4)
        #expect(turn.answers.count <= 1 && turn.answers.allSatisfy { $0.text == nil || !reading.action.opensCase })
      }
    }
  }
}
