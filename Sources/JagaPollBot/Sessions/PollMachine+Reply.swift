extension PollMachine {
  /// A reply, and what it was read as together with ``question(of:)``.
  ///
  /// A live session goes on. One that ran out goes on after LANJUT or MULAI. One that is over is left alone, unless the reply tells of
  /// harm: that is answered even after STOP, as is HELP, since whoever writes so has begun to talk; but nothing more follows.
  public func next(_ session: PollSession, text: String, reading: ReplyReading, now: Int64) -> PollTurn {
    var draft = TurnDraft(poll: poll, session: session, now: now)
    let reply = ReplyWords(text)
    let command = BotCommand.heard(in: reply, stopWords: poll.stopWords)
    var reading = reading
    if reading.isSelfHarm { reading = reading.telling(.immediate) }
    if command == nil || command == .contact, draft.hearsWish(reply, command, reading) { return draft.turn }
    if session.isEnded {
      draft.afterTheEnd(command, reading)
    } else if command == .stop {
      draft.turn.say.append(.response(.stop))
      draft.end(.stopped)
      draft.turn.session.helpedAt = nil
      if reading.action.opensCase {
        draft.turn.caseNote = CaseNote(reading: reading.ofSameCase(in: session), response: .stop)
      }
    } else if session.isResting {
      draft.whileResting(reply, command, reading)
    } else {
      draft.answer(reply, text: text, command, reading)
    }
    // What changes nothing leaves the session as it is, but for this: it stands between one HELP and the next.
    if session.isEnded, draft.turn.say.isEmpty, draft.turn.caseNote == nil {
      var same = session
      same.helpedAt = draft.turn.session.helpedAt
      return PollTurn(session: same)
    }
    return draft.turn
  }
}

extension ReplyReading {
  /// The reading of somebody who tells, at least this urgent.
  func telling(_ urgency: CaseUrgency) -> ReplyReading {
    ReplyReading(
      action: .support, urgency: max(self.urgency ?? .past, urgency), isSelfHarm: isSelfHarm, concern: concern)
  }

  /// The reading of an answer that tells of nothing, as whoever asked knows. Words of self-harm stay what they are.
  var ofPlainAnswer: ReplyReading { isSelfHarm ? self : ReplyReading(action: .none) }

  /// The reading as a part of the case of somebody who told: such a case never becomes a suspicion.
  func ofSameCase(in session: PollSession) -> ReplyReading {
    session.hasTold && action.opensCase ? telling(urgency ?? .past) : self
  }

  /// Whether it is answered at once, whatever was said before.
  var isUrgent: Bool { action == .support && (isSelfHarm || urgency == .immediate) }

  /// What is said first to a reply that opens a case.
  var answer: Occasion { response ?? .risky }
}

extension TurnDraft {
  /// A reply to an open question.
  mutating func answer(_ reply: ReplyWords, text: String, _ command: BotCommand?, _ given: ReplyReading) {
    var reading = askedAgain(command, given)
    var outcome = Outcome.unclear
    switch session.place {
    case .optIn:
      let hearing = ChoiceHearing(
        agree: (poll.optIn?.agree ?? []) + poll.startWords, decline: poll.optIn?.decline ?? [])
      let heard = hearing.hear(reply)
      // The bot's own question: a yes to it tells of nothing.
      if heard?.isAll == true { reading = reading.ofPlainAnswer }
      // 'Gak ngerti ini apa' is no refusal.
      switch hearing.wholeChoice(in: reply).map({ $0 == 0 }) ?? ContactAnswer.phrase(reply) {
      case true?: outcome = .goOn(poll.steps.first?.id)
      case false?: outcome = .declined
      case nil: break
      }
    case .consent(let step):
      if let heard = ChoiceHearing(agree: [], decline: []).hear(reply) {
        if heard.isAll { reading = reading.ofPlainAnswer }
        turn.session.consent = heard.place == 0
        outcome = .goOn(step)
      } else if command == .skip || session.misses + 1 >= PollMachine.missLimit, given.action != .support {
        turn.session.consent = false
        outcome = .goOn(step)
      }
    case .step(let id):
      guard let index = poll.index(of: id), case .ask(let question) = poll.steps[index].kind else {
        afterAChange(reading)
        return
      }
      outcome = hear(reply, text: text, question, at: index, command, &reading)
    case .end: outcome = .goOn(nil)
    }
    follow(outcome, command, reading)
  }

  /// What came of a reply.
  private enum Outcome {
    case goOn(String?)
    case declined
    case unclear
  }

  private mutating func hear(
    _ reply: ReplyWords, text: String, _ question: PollQuestion, at index: Int, _ command: BotCommand?,
    _ reading: inout ReplyReading
  ) -> Outcome {
    let step = poll.steps[index]
    if let heard = ChoiceHearing(question, poll: poll, language: session.language).hear(reply) {
      let choice = question.choices[heard.place]
      // Of the choice alone its author knows best what it tells.
      if choice.isPlain || choice.tells != nil, heard.isAll { reading = reading.ofPlainAnswer }
      if let urgency = choice.tells { reading = reading.telling(urgency) }
      if question.isGroup {
        turn.session.groups.removeAll { $0.questionID == step.id }
        turn.session.groups.append(GroupValue(questionID: step.id, choiceID: choice.id))
      }
      add(PollAnswer(questionID: step.id, choiceID: choice.id, at: now))
      return .goOn(choice.next ?? following(step, at: index))
    }
    if command == .skip { return .goOn(following(step, at: index)) }
    // 'Gratis' alone may be an answer; MULAI asks for the question.
    let isText = command == nil || command == .about && reply.words.count == 1
    guard question.takesText, isText, !reading.isAbuse, !text.allSatisfy(\.isWhitespace) else {
      return .unclear
    }
    // What a person must read is kept for the case alone.
    let mayKeep = question.keepsText && session.consent == true && !reading.action.opensCase
    add(PollAnswer(questionID: step.id, choiceID: nil, text: mayKeep ? text : nil, at: now))
    return .goOn(following(step, at: index))
  }

  private mutating func add(_ answer: PollAnswer) {
    var answer = answer
    answer.groups = session.groups
    turn.answers.append(answer)
  }

  private mutating func follow(_ outcome: Outcome, _ command: BotCommand?, _ reading: ReplyReading) {
    if reading.action.opensCase, reading.action != .support, session.hasTold {
      hearFurther(reading)
    } else {
      note(reading)
      if reading.action.opensCase, reading.action != .support { turn.say.append(.response(.risky)) }
    }
    if reading.action == .support {
      if case .goOn(let next) = outcome {
        turn.session.place = next.map { $0 == PollStep.end ? .end : .step($0) } ?? .end
        turn.session.misses = 0
      }
      rest(reading)
      return
    }
    switch outcome {
    case .goOn(let next): enter(next)
    case .declined:
      turn.say.append(.response(.stop))
      end(.declined)
    case .unclear where command == .help || command == .about:
      explain(command == .help ? .help : .about, reading)
      if let text = openText { turn.say.append(.text(text)) }
    case .unclear where command == .goOn || command == .start: if let text = openText { turn.say.append(.text(text)) }
    case .unclear: miss(isAbuse: reading.isAbuse)
    }
  }

  private mutating func miss(isAbuse: Bool) {
    turn.session.misses += 1
    guard session.misses >= PollMachine.missLimit else {
      turn.say.append(.response(isAbuse ? .abuse : .again))
      if let text = openText { turn.say.append(.text(text)) }
      return
    }
    if case .step(let id) = session.place, let index = poll.index(of: id) {
      turn.say.append(.response(.skipped))
      enter(following(poll.steps[index], at: index))
    } else {
      turn.say.append(.response(.stop))
      end(.declined)
    }
  }

  /// The poll has changed under the session, and its question is gone.
  private mutating func afterAChange(_ reading: ReplyReading) {
    note(reading.ofSameCase(in: session))
    turn.session.place = .end
    if reading.action == .support {
      rest(reading)
    } else {
      turn.say.append(.response(.expired))
      end(.expired)
    }
  }

  /// Opens or adds to the case of a reply that a person must read.
  private mutating func note(_ reading: ReplyReading) {
    guard reading.action.opensCase else { return }
    turn.caseNote = CaseNote(reading: reading, response: reading.answer)
  }
}
