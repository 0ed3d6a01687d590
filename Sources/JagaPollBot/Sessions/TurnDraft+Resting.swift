extension TurnDraft {
  /// Answers somebody who told, and lets the poll rest.
  mutating func rest(_ reading: ReplyReading) {
    turn.session.rest = .offered
    turn.session.heardAt = now
    turn.say.append(.response(reading.answer))
    turn.say.append(.response(.offer))
  }

  /// A reply of somebody who told.
  mutating func whileResting(_ reply: ReplyWords, _ command: BotCommand?, _ given: ReplyReading) {
    let reading = given.ofSameCase(in: session)
    if command == .goOn, !reading.isUrgent {
      if reading.action.opensCase { turn.caseNote = CaseNote(reading: reading) }
      resume()
      return
    }
    if command == .help || command == .about, !reading.isUrgent {
      explain(command == .help ? .help : .about, reading)
      return
    }
    if session.rest == .offered, let wants = ContactAnswer.answer(reply), wants || !reading.isUrgent {
      hear(wantsContact: wants, reading)
      return
    }
    hearFurther(reading)
  }

  /// A further message of the case of somebody who told: answered at once where it is urgent, and else once in a while.
  mutating func hearFurther(_ given: ReplyReading) {
    let reading = given.ofSameCase(in: session)
    let response: Occasion? = reading.isUrgent ? reading.answer : mayAnswer ? .heard : nil
    turn.caseNote = CaseNote(reading: reading, response: response)
    guard let response else { return }
    turn.say.append(.response(response))
    turn.session.heardAt = now
  }

  /// Says what the bot is. Of somebody who told, a person learns that they asked; of nobody else, since most look for the menu.
  mutating func explain(_ occasion: Occasion, _ reading: ReplyReading) {
    if occasion == .about, let about = poll.about { say(about) } else { turn.say.append(.response(occasion)) }
    if occasion == .help { turn.session.helpedAt = now }
    if session.hasTold { turn.caseNote = CaseNote(reading: reading, response: occasion) }
  }

  /// Whether somebody says, asked or not, that they want to be contacted; whoever told, also that they no longer do. Then it is answered. Who has told of nothing and
  /// wants a person has a case by that: HELP offers it.
  mutating func hearsWish(_ reply: ReplyWords, _ command: BotCommand?, _ given: ReplyReading) -> Bool {
    guard let wants = command == .contact ? true : ContactAnswer.wish(reply), !isOpenChoice(reply) else { return false }
    guard session.hasTold || wants else { return false }
    let reading = session.hasTold ? given.ofSameCase(in: session) : given.telling(.ongoing)
    guard wants || !reading.isUrgent else { return false }
    hear(wantsContact: wants, reading)
    return true
  }

  /// Whether a reply is a choice of the open question, whatever else it may mean.
  private func isOpenChoice(_ reply: ReplyWords) -> Bool {
    guard !session.isEnded, !session.isResting, case .step(let id) = session.place, let index = poll.index(of: id),
      case .ask(let question) = poll.steps[index].kind, !question.choices.isEmpty
    else { return false }
    return ChoiceHearing(question, poll: poll, language: session.language).hear(reply)?.isAll == true
  }

  /// Notes whether they want to be contacted. An open question stays open.
  private mutating func hear(wantsContact: Bool, _ reading: ReplyReading) {
    let occasion: Occasion = wantsContact ? .contactYes : .contactNo
    if reading.isUrgent { turn.say.append(.response(reading.answer)) }
    turn.say.append(.response(occasion))
    turn.session.heardAt = now
    turn.caseNote = CaseNote(
      reading: reading, wantsContact: wantsContact, response: reading.isUrgent ? reading.answer : occasion)
    if session.isEnded { return }
    if session.isResting {
      turn.session.rest = .told
      if session.place != .end { turn.say.append(.response(.goOn)) }
    } else if let text = openText {
      turn.say.append(.text(text))
    }
  }

  /// The reading of a reply, or of a call for help where HELP is said a second time within an hour with nothing between: the menu was no help.
  mutating func askedAgain(_ command: BotCommand?, _ reading: ReplyReading) -> ReplyReading {
    let asked = session.helpedAt
    turn.session.helpedAt = nil
    guard command == .help, let helpedAt = asked, now - helpedAt <= PollMachine.helpInterval else {
      return reading
    }
    return reading.telling(.ongoing)
  }

  /// A reply to a session that is over.
  mutating func afterTheEnd(_ command: BotCommand?, _ given: ReplyReading) {
    let reading = askedAgain(command, given)
    let wasStopped = session.ending == .stopped
    if reading.action.opensCase {
      if reading.action != .support {
        hearRisk(reading, wasStopped: wasStopped)
        return
      }
      let isAnswered = !wasStopped || mayAnswer || reading.urgency == .immediate
      turn.caseNote = CaseNote(reading: reading, response: isAnswered ? reading.answer : nil)
      guard isAnswered else { return }
      if wasStopped {
        turn.say.append(.response(reading.answer))
        turn.session.heardAt = now
        return
      }
      turn.session.ending = nil
      if session.place == .optIn { turn.session.place = .end }
      rest(reading)
      return
    }
    switch command {
    case .stop where !wasStopped:
      turn.say.append(.response(.stop))
      end(.stopped)
    case .help: explain(.help, reading)
    case .about where !wasStopped: explain(.about, reading)
    case .goOn where session.ending == .expired, .start where session.ending == .expired: resume()
    default: break
    }
  }

  /// What a person must read of somebody who has not told, or has and was heard. After STOP it is not answered.
  private mutating func hearRisk(_ reading: ReplyReading, wasStopped: Bool) {
    if wasStopped {
      turn.caseNote = CaseNote(reading: reading.ofSameCase(in: session))
    } else if session.hasTold {
      hearFurther(reading)
    } else {
      turn.caseNote = CaseNote(reading: reading, response: .risky)
      turn.say.append(.response(.risky))
    }
  }

  /// Whether the last answer to this case is old enough for another.
  private var mayAnswer: Bool {
    guard let heardAt = session.heardAt else { return true }
    return now - heardAt >= PollMachine.heardInterval
  }
}
