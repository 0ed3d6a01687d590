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
    }
    voice.keepTexts(
      of: RecentExchanges.Exchange(
        messageID: scene.messageID, index: event.index, question: scene.question, text: scene.reply.text, at: scene.now),
      contact: scene.contact, conversationID: scene.conversationID, isCase: note != nil, parts: parts, in: &decision)
    decision.polls = [change(of: scene, step: step)]
    return decision
  }

  /// What is done about a reply.
  struct Step {
    var turn: PollTurn?
    var machine: PollMachine?
    var say: [Saying] = []
    var note: CaseNote?
    var wish: ContactWish?
  }

  private func step(of scene: ReplyScene, reading: ReplyReading) -> Step {
    if scene.known.hasStopped {
      // Nothing is sent to whoever stopped, until they begin again; what they tell still reaches a person.
      guard let machine = scene.begun, !reading.action.opensCase else { return onlyRead(reading) }
      var step = begin(machine, scene)
      step.wish = .resume
      return step
    }
    // Whoever writes for the first time is answered in any case, and so needs a session.
    let isKnown = scene.known.last != nil
    if isKnown, scene.flood != .answer || scene.isTooLong || scene.isBlank { return aside(scene, reading) }
    if let machine = scene.machine, let state = scene.state {
      return follow(machine.next(state, text: scene.reply.text, reading: reading, now: scene.now), machine)
    }
    if reading.action.opensCase || isCommand(scene.reply.text), let machine = scene.first {
      let begun = machine.start(language: scene.language, now: scene.now)
      return follow(machine.next(begun.session, text: scene.reply.text, reading: reading, now: scene.now), machine)
    }
    if let machine = scene.begun { return begin(machine, scene) }
    // Whoever writes for the first time is asked; whoever is through with a poll, and says thanks, is not.
    if !isKnown, let machine = scene.first { return begin(machine, scene) }
    return onlyRead(reading)
  }

  private func isCommand(_ text: String) -> Bool {
    switch BotCommand.heard(in: text) {
    case .stop, .help: true
    default: false
    }
  }

  private func begin(_ machine: PollMachine, _ scene: ReplyScene) -> Step {
    follow(machine.start(language: scene.language(beginning: machine), now: scene.now), machine)
  }

  private func follow(_ turn: PollTurn, _ machine: PollMachine) -> Step {
    Step(
      turn: turn, machine: machine, say: turn.say, note: turn.caseNote, wish: turn.ended == .stopped ? .stop : nil)
  }

  private func onlyRead(_ reading: ReplyReading) -> Step {
    Step(note: reading.action.opensCase ? CaseNote(reading: reading) : nil)
  }

  /// A reply that is no answer: the poll stays where it is. Words of need are answered whatever else they are.
  private func aside(_ scene: ReplyScene, _ reading: ReplyReading) -> Step {
    var step = onlyRead(reading)
    if let note = step.note, note.reading.action == .support, scene.flood != .read {
      step.note?.response = voice.occasion(for: note.reading)
      step.say = step.note?.response.map { [.response($0)] } ?? []
    } else if scene.flood == .warn {
      step.say = [.response(.flood)]
    } else if scene.flood == .answer {
      step.say = [.response(scene.isBlank ? .unreadable : .tooLong)]
    }
    return step
  }
}
