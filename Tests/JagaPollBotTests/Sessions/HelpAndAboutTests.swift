import JagaPollBot
import Testing

/// HELP, questions about the bot, abuse, and a poll that begins again.
struct HelpAndAboutTests {
  private func talk() throws -> PollTalk {
    var talk = PollTalk(try PollSamples.machine())
    talk.reply("ya")
    return talk
  }

  private static let question = Saying.text("Umurmu?\n1. Di bawah 15\n2. 15 ke atas")

  @Test func helpForTheMenuOpensNoCase() throws {
    for word in ["HELP", "bantuan", "info", "menu"] {
      var talk = try talk()
      #expect(talk.reply(word).say == [.response(.help), Self.question] && talk.turn.caseNote == nil)
      // An answer between: the menu was enough.
      talk.reply("1")
      talk.reply("2", after: 1)
      #expect(talk.reply(word).say.first == .response(.help) && talk.turn.caseNote == nil)
    }
  }

  @Test func helpSaidTwiceIsACall() throws {
    var talk = try talk()
    talk.reply("help")
    #expect(talk.reply("bantuan").say == [.response(.disclosure), .response(.offer)])
    #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .disclosure) && talk.session.isResting)
    var later = try self.talk()
    later.reply("help")
    #expect(later.reply("help", after: 61).say == [.response(.help), Self.question] && later.turn.caseNote == nil)
  }

  /// Also where no question is open: after STOP, a refusal, the end of the poll, and a session that ran out.
  @Test func helpSaidTwiceIsACallWhenItIsOver() throws {
    var ended: [(PollTalk, Bool)] = []
    for (replies, wasStopped) in [
      (["ya", "stop"], true), (["tidak"], false), (["ya", "1", "2", "tidak", "x"], false),
    ] {
      var talk = PollTalk(try PollSamples.machine())
      for reply in replies { talk.reply(reply) }
      ended.append((talk, wasStopped))
    }
    var late = try talk()
    late.turn = late.machine.expire(late.session, now: late.now + 11 * 3_600_000)
    ended.append((late, false))
    for (talk, wasStopped) in ended {
      #expect(talk.session.isEnded)
      var talk = talk
      #expect(talk.reply("BANTUAN").say == [.response(.help)] && talk.turn.caseNote == nil)
      var other = talk
      var later = talk
      #expect(
        talk.reply("BANTUAN").say
          == (wasStopped ? [.response(.disclosure)] : [.response(.disclosure), .response(.offer)]))
      #expect(talk.turn.caseNote == CaseNote(reading: PollSamples.told, response: .disclosure))
      // Something between, even what is not answered, or more than an hour.
      #expect(other.reply("oke makasih").say.isEmpty)
      #expect(other.reply("BANTUAN").say == [.response(.help)] && other.turn.caseNote == nil)
      #expect(later.reply("BANTUAN", after: 61).say == [.response(.help)] && later.turn.caseNote == nil)
    }
    var between = try self.talk()
    for reply in ["help", "stop", "help"] { between.reply(reply) }
    #expect(between.turn.say == [.response(.help)] && between.turn.caseNote == nil)
  }

  @Test func helpOfWhoToldIsPartOfTheCase() throws {
    var talk = try talk()
    talk.reply("dia chat terus", PollSamples.told)
    #expect(talk.reply("help").say == [.response(.help)] && talk.turn.caseNote?.response == .help)
  }

  @Test(arguments: ["HUBUNGI", "hubungi aku", "contact", "contact me", "mau dihubungi"])
  func whoWantsAPersonHasACase(text: String) throws {
    var talk = try talk()
    talk.reply("help")
    #expect(talk.reply(text).say == [.response(.contactYes), Self.question])
    #expect(
      talk.turn.caseNote == CaseNote(reading: PollSamples.told, wantsContact: true, response: .contactYes))
    var stopped = try self.talk()
    stopped.reply("stop")
    #expect(stopped.reply(text).say == [.response(.contactYes)] && stopped.turn.caseNote?.wantsContact == true)
    #expect(stopped.session.ending == .stopped)
  }

  @Test func aChoiceOfThatNameIsAChoice() throws {
    let yaml = PollSamples.small.replacing(
      "label: {id: Di bawah 15, en: Below 15}", with: "label: {id: Hubungi, en: Contact}")
    var talk = PollTalk(try PollSamples.machine(yaml))
    talk.reply("ya")
    #expect(talk.reply("hubungi").caseNote == nil && talk.turn.answers.first?.choiceID == "young")
  }

  @Test(arguments: [
    "siapa ini?", "Ini siapa ya kak", "gratis?", "ini apa", "bayar ga", "what is this?", "who is this", "is it free?",
    "how did you get my number?",
  ])
  func whoAsksWhatThisIsIsTold(text: String) throws {
    var talk = PollTalk(try PollSamples.machine())
    #expect(talk.reply(text).say == [.response(.about), .text("Mau ikut?")] && talk.turn.caseNote == nil)
    #expect(talk.reply("ya").say == [Self.question])
    #expect(talk.reply(text).say == [.response(.about), Self.question])
  }

  @Test func thePollMaySayItself() throws {
    let yaml = PollSamples.small.replacing("consent:", with: "about: {id: Dari kami., en: From us.}\nconsent:")
    let poll = try PollSamples.read(yaml)
    #expect(try PollSamples.read(PollWriter.yaml(poll)).about == poll.about)
    var talk = PollTalk(PollMachine(poll: poll))
    #expect(talk.reply("siapa ini").say == [.text("Dari kami."), .text("Mau ikut?")])
  }

  @Test func aWordMayBeAnAnswerToo() throws {
    var talk = try talk()
    for reply in ["1", "2", "tidak"] { talk.reply(reply) }
    #expect(talk.session.stepID == "idea")
    #expect(talk.reply("gratis").answers.count == 1)
  }

  @Test func abuseIsNotScoldedAndOpensNothing() throws {
    let abuse = ReplyReading(action: .none, isAbuse: true)
    var talk = try talk()
    #expect(talk.reply("bot goblok", abuse).say == [.response(.abuse), Self.question] && talk.turn.caseNote == nil)
    talk.reply("bot goblok", abuse)
    #expect(talk.reply("bot goblok", abuse).say.first == .response(.skipped))
    // It is no answer to a free question, and kept nowhere.
    for reply in ["tidak", "ya"] { talk.reply(reply) }
    #expect(talk.session.stepID == "idea")
    #expect(talk.reply("bot goblok", abuse).say.first == .response(.abuse) && talk.turn.answers.isEmpty)
    talk.reply("stop")
    #expect(talk.reply("bot goblok", abuse).say.isEmpty)
  }

  @Test func whoComesBackIsWelcomed() throws {
    let machine = try PollSamples.machine()
    #expect(machine.start(language: "id", now: 1, again: true).say == [.response(.restart), .text("Mau ikut?")])
    #expect(machine.start(language: "id", now: 1).say == [.text("Mau ikut?")])
  }

  @Test func bytesOfBeforeAreRead() throws {
    var talk = try talk()
    talk.reply("help")
    let bytes = talk.session.encode()
    #expect(bytes.first == 2)
    #expect(try PollSession(decoding: bytes) == talk.session)
    talk.reply("1")
    var old = talk.session.encode()
    #expect(old.popLast() == 0)
    old[0] = 1
    #expect(try PollSession(decoding: old) == talk.session)
  }
}
