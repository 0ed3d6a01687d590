extension TurnDraft {
  /// Answers somebody who told, and lets the poll rest.
  mutating func rest(_ reading: ReplyReading) {
    turn.session.rest = .offered
    turn.session.heardAt = now
    turn.say.append(.response(reading.response))
    turn.say.append(.response(.offer))
  }

  /// A reply of somebody who told.
  mutating func whileResting(_ reply: ReplyWords, _ command: BotCommand?, _ reading: ReplyReading) {
    let isUrgent = reading.action == .support && (reading.isSelfHarm || reading.urgency == .immediate)
    if isUrgent {
      turn.say.append(.response(reading.response))
      turn.session.heardAt = now
    }
    if command == .goOn, !isUrgent {
      if reading.action.opensCase { turn.caseNote = CaseNote(reading: reading) }
      resume()
      return
    }
    if command == .help, !isUrgent {
      turn.say.append(.response(.help))
      turn.caseNote = CaseNote(reading: reading, response: .help)
      return
    }
    if session.rest == .offered, let answer = ChoiceHearing(agree: [], decline: []).choice(in: reply) {
      let occasion: Occasion = answer == 0 ? .contactYes : .contactNo
      turn.session.rest = .told
      turn.session.heardAt = now
      turn.say.append(.response(occasion))
      if session.place != .end { turn.say.append(.response(.goOn)) }
      turn.caseNote = CaseNote(
        reading: reading, wantsContact: answer == 0, response: isUrgent ? reading.response : occasion)
      return
    }
    turn.caseNote = CaseNote(reading: reading, response: isUrgent ? reading.response : nil)
    if !isUrgent, mayAnswer {
      turn.say.append(.response(.heard))
      turn.session.heardAt = now
      turn.caseNote?.response = .heard
    }
  }

  /// A reply to a session that is over.
  mutating func afterTheEnd(_ command: BotCommand?, _ reading: ReplyReading) {
    let wasStopped = session.ending == .stopped
    if reading.action.opensCase {
      let isAnswered = !wasStopped || reading.action == .support && (mayAnswer || reading.urgency == .immediate)
      turn.caseNote = CaseNote(reading: reading, response: isAnswered ? reading.response : nil)
      guard isAnswered else { return }
      guard reading.action == .support, !wasStopped else {
        turn.say.append(.response(reading.response))
        turn.session.heardAt = now
        return
      }
      turn.session.ending = nil
      if session.place == .optIn || turn.session.place == .end { turn.session.place = .end }
      rest(reading)
      return
    }
    switch command {
    case .stop where !wasStopped:
      turn.say.append(.response(.stop))
      end(.stopped)
    case .help: turn.say.append(.response(.help))
    case .goOn where session.ending == .expired, .start where session.ending == .expired: resume()
    default: break
    }
  }

  /// Whether the last answer to this case is old enough for another.
  private var mayAnswer: Bool {
    guard let heardAt = session.heardAt else { return true }
    return now - heardAt >= PollMachine.heardInterval
  }
}
