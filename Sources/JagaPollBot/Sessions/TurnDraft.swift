/// A turn in the making: goes through the steps of the poll and collects what is said.
struct TurnDraft {
  let poll: Poll
  let now: Int64
  var turn: PollTurn

  init(poll: Poll, session: PollSession, now: Int64) {
    self.poll = poll
    self.now = now
    turn = PollTurn(session: session)
    turn.session.updatedAt = now
  }

  var session: PollSession { turn.session }

  mutating func say(_ text: LocalText) {
    let text = poll.text(text, in: session.language)
    if !text.isEmpty { turn.say.append(.text(text)) }
  }

  mutating func end(_ ending: PollEnding) {
    turn.session.ending = ending
    turn.session.rest = nil
    turn.ended = ending
  }

  /// Goes to a step and on to the next question, saying what lies between. Nil ends the poll.
  mutating func enter(_ step: String?) {
    turn.session.misses = 0
    turn.session.isReminded = false
    var target = step
    // A circle without a question ends after as many steps as there are.
    for _ in 0...poll.steps.count {
      guard let id = target, id != PollStep.end, let index = poll.index(of: id) else { break }
      let step = poll.steps[index]
      switch step.kind {
      case .say(let text):
        say(text)
        target = following(step, at: index)
      case .end(let text):
        finish(text)
        return
      case .ask(let question):
        turn.session.place = question.keepsText && session.consent == nil ? .consent(before: id) : .step(id)
        if let text = openText { turn.say.append(.text(text)) }
        return
      }
    }
    finish(nil)
  }

  private mutating func finish(_ text: LocalText?) {
    turn.session.place = .end
    if let text { say(text) } else { turn.say.append(.response(.done)) }
    end(.finished)
  }

  /// The step after a step; nil at the end.
  func following(_ step: PollStep, at index: Int) -> String? {
    step.next ?? (index + 1 < poll.steps.count ? poll.steps[index + 1].id : nil)
  }

  /// The open question as it was asked.
  var openText: String? {
    switch session.place {
    case .optIn: return poll.optIn.map { poll.text($0.text, in: session.language) }
    case .consent: return poll.consent.map { poll.text($0, in: session.language) }
    case .step(let id):
      guard let index = poll.index(of: id), case .ask(let question) = poll.steps[index].kind else { return nil }
      return poll.asked(question, in: session.language)
    case .end: return nil
    }
  }

  /// Asks the open question again; a resting poll goes on at its place, which may be a step that only says something.
  mutating func resume() {
    turn.session.rest = nil
    turn.session.ending = nil
    switch session.place {
    case .step(let id): enter(id)
    case .end: finish(nil)
    case .optIn, .consent:
      turn.session.misses = 0
      if let text = openText { turn.say.append(.text(text)) }
    }
  }
}

extension Poll {
  /// A question with its choices, as it is sent.
  public func asked(_ question: PollQuestion, in language: String) -> String {
    var text = self.text(question.text, in: language)
    guard question.listsChoices else { return text }
    for (index, choice) in question.choices.enumerated() {
      text += "\n\(index + 1). \(self.text(choice.label, in: language))"
    }
    return text
  }
}
