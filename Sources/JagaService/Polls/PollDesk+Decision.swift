internal import JagaCore
internal import JagaPollBot
internal import JagaStore

extension PollDesk {
  /// What one reply brings. Runs while nobody else may touch the conversation: no waiting here.
  func decide(_ scene: ReplyScene, score: MessageScore, event: MessageEvent) -> ReplyTurn.Decision {
    let question = scene.question.isEmpty ? nil : scene.question
    let reading = voice.reader.reading(of: scene.reply.text, score: score, question: question)
    let step = step(of: scene, reading: reading)
    var decision = ReplyTurn.Decision()
    let note = step.note
    if let note, let (kind, urgency) = voice.kind(of: note.reading) {
      decision.kind = kind
      decision.urgency = urgency
    } else if let note, note.wantsContact != false {
      // It belongs to a case that may be decided by now: then somebody must look again.
      decision.further = step.caseKind
      decision.urgency = CaseUrgency.ongoing.queueUrgency
    }
    voice.keepTexts(
      of: RecentExchanges.Exchange(
        messageID: scene.messageID, index: event.index, question: scene.question, text: scene.reply.text, at: scene.now),
      conversationID: scene.conversationID, isCase: note != nil, parts: parts, in: &decision)
    decision.polls = [change(of: scene, step: step)]
    return decision
  }

  /// What is done about a reply.
  struct Step {
    var turn: PollTurn?
    var machine: PollMachine?
    var say: [Saying] = []
    var note: CaseNote?
    /// The kind of a case that is there already, where the reply itself opens none.
    var caseKind = ReviewKind.disclosure
    var wish: ContactWish?
  }

  private func step(of scene: ReplyScene, reading: ReplyReading) -> Step {
    if scene.isAside, !scene.isStop {
      // Words of need are answered by the poll itself, which then rests; in a flood once it rests, they are only read.
      guard reading.action == .support, scene.flood != .read || scene.state?.isResting != true else {
        return aside(scene, reading)
      }
    }
    if scene.isLive, let step = goOn(scene, reading) { return step }
    // A start word begins anew, but where the time ran out it goes on.
    if let machine = scene.begun, !reading.action.opensCase, scene.known.hasStopped || scene.state?.ending != .expired {
      var step = begin(machine, scene, again: scene.known.hasStopped || scene.known.last != nil)
      if scene.known.hasStopped { step.wish = .resume }
      return step
    }
    if let step = goOn(scene, reading), !step.say.isEmpty || step.note != nil { return step }
    if scene.state == nil, !scene.known.hasStopped, let machine = scene.first {
      // Whoever writes for the first time is asked; what cannot wait is answered at once.
      if reading.action.opensCase || isCommand(scene.reply.text) {
        let begun = machine.start(language: scene.language, now: scene.now)
        return follow(machine.next(begun.session, text: scene.reply.text, reading: reading, now: scene.now), machine)
      }
      // A session of a poll that is another by now begins anew.
      if scene.known.last == nil || scene.isLive { return begin(machine, scene) }
    }
    guard let kind = scene.known.openCase else { return answered(onlyRead(reading)) }
    // No poll, but a person may be writing with them: that belongs to the case.
    return Step(note: CaseNote(reading: reading), caseKind: kind)
  }

  /// What the poll makes of a reply, where the contact is or was in one. After STOP it answers calls for help alone.
  private func goOn(_ scene: ReplyScene, _ reading: ReplyReading) -> Step? {
    guard let machine = scene.machine, let state = scene.state else { return nil }
    // Whoever came back after STOP to be written to may say it again: the session is over already.
    if scene.isStop, state.ending == .stopped, !scene.known.hasStopped {
      return Step(say: [.response(.stop)], wish: .stop)
    }
    var step = follow(machine.next(state, text: scene.reply.text, reading: reading, now: scene.now), machine)
    // Whoever wants a person to write wants messages again: the session stays over, and no question follows.
    if scene.known.hasStopped, step.note?.wantsContact == true { step.wish = .resume }
    return step
  }

  private func isCommand(_ text: String) -> Bool {
    switch BotCommand.heard(in: text) {
    case .stop, .help, .about, .contact: true
    default: false
    }
  }

  private func begin(_ machine: PollMachine, _ scene: ReplyScene, again: Bool = false) -> Step {
    follow(machine.start(language: scene.language(beginning: machine), now: scene.now, again: again), machine)
  }

  private func follow(_ turn: PollTurn, _ machine: PollMachine) -> Step {
    Step(
      turn: turn, machine: machine, say: turn.say, note: turn.caseNote, wish: turn.ended == .stopped ? .stop : nil)
  }

  private func onlyRead(_ reading: ReplyReading) -> Step {
    Step(note: reading.action.opensCase ? CaseNote(reading: reading) : nil)
  }

  /// A case that no poll can answer is answered all the same, where somebody calls for help.
  private func answered(_ step: Step) -> Step {
    guard let note = step.note, note.reading.action == .support, let occasion = note.reading.response else {
      return step
    }
    var step = step
    step.note?.response = occasion
    step.say = [.response(occasion)]
    return step
  }

  /// A reply that is no answer: the poll stays where it is. While it rests, all that is written belongs to the case.
  private func aside(_ scene: ReplyScene, _ reading: ReplyReading) -> Step {
    var step = onlyRead(reading)
    if scene.isLive, scene.state?.isResting == true { step.note = CaseNote(reading: reading) }
    if scene.known.hasStopped { return step }
    if scene.flood == .warn {
      step.say = [.response(.flood)]
    } else if scene.flood == .answer {
      step.say = [.response(scene.isBlank ? .unreadable : .tooLong)]
    }
    return step
  }
}
