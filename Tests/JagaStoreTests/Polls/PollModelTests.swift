import TestSupport
import Testing

@testable import JagaStore

/// The store against ``PollModel``: any sequence of operations has the same outcome in both.
@Suite struct PollModelTests {
  @Test(arguments: 1...8) func anySequence(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let open = try OpenStore()
    var model = PollModel()
    var now: Int64 = 1000
    var reached: Set<KeptOutgoing.Status> = []
    for step in 0..<300 {
      now += Int64(dice.below(4))
      try operate(open.store, &model, &dice, now, step)
      reached.formUnion(model.messages.map(\.status))
      try compare(open.store, model, now, "seed \(seed), step \(step)")
    }
    #expect(reached == Set(KeptOutgoing.Status.allCases), "seed \(seed) reaches too little")
    #expect(try open.store.verifyAudit().isWhole)
  }

  private func operate(_ store: Store, _ model: inout PollModel, _ dice: inout Dice, _ now: Int64, _ step: Int) throws {
    let contact = dice.below(5)
    switch dice.below(100) {
    case 0..<50:
      let known = try store.pollSession(channel: SamplePolls.channel, contact: SamplePolls.contact(contact))
      var change = SamplePolls.reply(contact, receipt: dice.chance(80) ? UInt8(dice.below(200)) : nil, at: now)
      if dice.chance(70) {
        var session = SamplePolls.session(
          contact, number: dice.chance(80) ? known?.number ?? 0 : 0, at: now, step: UInt8(dice.below(256)))
        if dice.chance(15) { session.endedAt = now }
        change.session = session
        change.answers = (0..<dice.below(3)).map {
          SamplePolls.answer("q\($0)", dice.pick(["a", "b"]), at: now)
        }
      }
      change.outgoing = (0..<dice.below(4)).map { place in
        let id = dice.chance(10) ? model.messages.randomElement(using: &dice)?.id : nil
        return SamplePolls.message(
          contact, id ?? "\(step)/\(place)", order: place, due: now + Int64(dice.chance(20) ? dice.below(50) : 0))
      }
      if dice.chance(8) { change.wish = dice.chance(60) ? .stop : .resume }
      let isNew = model.take(change, contact: contact)
      #expect(try store.take(change)[0].isRepeated == !isNew, "\(change)")
    case 50..<80:
      guard let id = try store.due(now).first else { return }
      let outcome: OutgoingOutcome =
        switch dice.below(10) {
        case 0: .dead(reason: "x")
        case 1..<4: .retry(at: now + Int64(dice.below(20)), reason: "x")
        default: .sent
        }
      model.settle(id, outcome)
      try store.settleOutgoing(id, outcome, now: now)
    case 80..<96:
      let id = model.messages.randomElement(using: &dice)?.id ?? "absent"
      let report = dice.pick(OutgoingReport.allCases)
      #expect(try store.outgoingStatus(id, report, now: now) == model.report(id, report))
    default:
      model.delete(contact)
      try store.deleteConversation(SamplePolls.conversation(contact), actor: "x", subject: [], now: now)
    }
  }

  private func compare(_ store: Store, _ model: PollModel, _ now: Int64, _ place: Comment) throws {
    #expect(try store.due(now) == model.due(now), place)
    for contact in 0..<5 {
      let key = SamplePolls.contact(contact)
      #expect(
        try store.pollSession(channel: SamplePolls.channel, contact: key)?.state.first == model.live[contact], place)
      #expect(
        try (store.pollOptOut(channel: SamplePolls.channel, contact: key) != nil) == model.stopped.contains(contact),
        place)
      let mine = model.messages.filter { $0.contact == contact }
      let kept = try store.outgoing(conversation: SamplePolls.conversation(contact))
      #expect(
        kept.map { "\($0.id) \($0.status) \($0.attempts) \($0.dueAt)" }
          == mine.map { "\($0.id) \($0.status) \($0.attempts) \($0.dueAt)" }, place)
      let last = try store.lastPollSession(channel: SamplePolls.channel, contact: key)
      let answers = try last.map { try store.pollAnswers(session: $0.number) } ?? []
      let found = Dictionary(uniqueKeysWithValues: answers.map { ($0.questionID, $0.choiceID) })
      #expect(found.compactMapValues { $0 } == model.answers[contact] ?? [:], place)
    }
  }
}
