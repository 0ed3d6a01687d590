import JagaCore
import Testing

@testable import JagaStore

/// What a contact writes after a decision, and whether somebody looks at it.
@Suite struct FurtherTests {
  /// A case, decided at 2000.
  private func decided(urgency: Int = 2) throws -> OpenStore {
    let open = try OpenStore()
    var reply = SamplePolls.disclosure(1)
    reply.effects.flags = [SamplePolls.flag(1, 1, urgency: urgency)]
    try open.store.take(reply)
    try open.store.close(try #require(try open.store.item(1)))
    return open
  }

  private func further(_ message: Int, _ wants: Bool? = nil, at time: Int64 = 3000) -> PollChange {
    SamplePolls.reply(
      1,
      case: SamplePolls.draft(
        1, nil, response: "heard.id", wants: wants, further: SamplePolls.flag(1, message, at: time)),
      at: time)
  }

  @Test func itOpensAnItemThatNamesTheDecidedOne() throws {
    let open = try decided()
    #expect(try open.store.take(further(2)) == [PollResult(caseItem: 2)])
    let item = try #require(try open.store.queue(QueueQuery()).items.first)
    #expect(
      item.number == 2 && item.follows == 1 && item.kind == .disclosure && item.urgency == 2 && item.status == .open)
    #expect(item.messageID == "m2" && item.openedAt == 3000)
    let known = try #require(try open.store.reviewCase(item: 2))
    #expect(known.urgency == .ongoing && known.responses.map(\.responseID) == ["heard.id"] && known.openedAt == 3000)
    #expect(try open.store.reviewCase(item: 1)?.responses.map(\.responseID) == ["disclosure.id"])
    let row = try #require(try open.store.audit(from: 1, limit: 99).last { $0.action == "item.opened" })
    #expect(row.detail.hasPrefix("{\"item\":2,\"follows\":1,\"kind\":\"disclosure\","))
    // The next one joins it, and leaves no flag.
    #expect(try open.store.take(further(3, at: 3100)) == [PollResult(caseItem: 2)])
    #expect(try open.store.flags(conversation: "p1").map(\.messageID) == ["m1", "m2"])
    #expect(try open.store.items(conversation: "p1").count == 2)
  }

  /// While the item waits, everything joins it.
  @Test func beforeTheDecisionItJoins() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    #expect(try open.store.take(further(2)) == [PollResult(caseItem: 1)])
    #expect(try open.store.flags(conversation: "p1").count == 1)
  }

  /// It is as urgent as what was decided, and never immediate by itself.
  @Test(arguments: [
    (1, KeptUrgency.past, 1, KeptUrgency.past), (2, .ongoing, 2, .ongoing), (3, .immediate, 2, .ongoing),
  ])
  func itsUrgency(queue: Int, of before: KeptUrgency, expected: Int, word: KeptUrgency) throws {
    let open = try OpenStore()
    var reply = SamplePolls.disclosure(1)
    reply.case?.urgency = before
    reply.effects.flags = [SamplePolls.flag(1, 1, urgency: queue)]
    try open.store.take(reply)
    try open.store.close(try #require(try open.store.item(1)))
    try open.store.take(further(2))
    #expect(try open.store.item(2)?.urgency == expected)
    #expect(try open.store.reviewCase(item: 2)?.urgency == word)
  }

  /// A wish alone is found among the wishes; no second item has to be decided for it.
  @Test(arguments: [true, false]) func aWishJoinsTheDecidedItem(wants: Bool) throws {
    let open = try decided()
    #expect(try open.store.take(further(2, wants)) == [PollResult(caseItem: 1)])
    #expect(try open.store.queue(QueueQuery()).items.isEmpty)
    #expect(try open.store.casesWantingContact(limit: 9).map(\.item) == (wants ? [1] : []))
  }

  /// After retention took the item, what comes still reaches somebody.
  @Test func withoutAnyItemItOpensOne() throws {
    let open = try decided()
    _ = try open.store.purge(RetentionPolicy(closedItems: 0), now: 2500, actor: "jaga")
    #expect(try open.store.take(further(2)) == [PollResult(caseItem: 2)])
    #expect(try open.store.item(2)?.follows == nil)
    #expect(try open.store.reviewCase(item: 2)?.urgency == .ongoing)
  }

  @Test func theNewCaseKnowsTheWish() throws {
    let open = try decided()
    try open.store.take(further(2, true))
    try open.store.take(further(3, at: 3100))
    #expect(try open.store.reviewCase(item: 2)?.awaitsAnswer == true)
    // One answer, to whichever case, is the answer.
    try open.store.answerCase(item: 2, [SamplePolls.message(1, "r")], reviewer: "ani", now: 3200)
    #expect(try open.store.casesWantingContact(limit: 9).isEmpty)
    // Asked again, it is owed again.
    try open.store.take(further(4, true, at: 3300))
    #expect(try open.store.casesWantingContact(limit: 9).map(\.item) == [2])
  }

  // MARK: After STOP

  private func stopped(wish: Bool?) throws -> OpenStore {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    if let wish {
      try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: wish), at: 1500))
    }
    try open.store.take(SamplePolls.reply(1, wish: .stop, at: 2000))
    return open
  }

  private func answer(_ open: OpenStore, _ name: String, at time: Int64) throws {
    try open.store.answerCase(item: 1, [SamplePolls.message(1, name, due: time)], reviewer: "ani", now: time)
  }

  @Test(arguments: [nil, false]) func whoAskedForNothingIsSentNothing(wish: Bool?) throws {
    let open = try stopped(wish: wish)
    #expect(try open.store.reviewCase(item: 1)?.obstacle == .stopped(item: 1))
    #expect(throws: CaseError.stopped(item: 1)) { try answer(open, "r", at: 3000) }
    #expect(try open.store.due().isEmpty)
  }

  /// The answer that was asked for goes, once; a form sent twice is no second one.
  @Test func theAnswerThatWasAskedForGoes() throws {
    let open = try stopped(wish: true)
    #expect(try open.store.reviewCase(item: 1)?.obstacle == nil)
    try answer(open, "r", at: 3000)
    #expect(try open.store.due() == ["r"])
    try answer(open, "r", at: 3001)
    #expect(throws: CaseError.stopped(item: 1)) { try answer(open, "s", at: 3100) }
    let due = try open.store.due()
    #expect(
      try due == ["r"] && open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(1)) == 2000)
  }

  /// One that did not arrive is still owed. A STOP withdraws none that was asked for.
  @Test(arguments: ["dead", "failed"]) func anAnswerThatNobodyGot(status: String) throws {
    let open = try stopped(wish: true)
    try answer(open, "r", at: 3000)
    if status == "dead" {
      try open.store.settleOutgoing("r", .dead(reason: "status 410"), now: 3100)
    } else {
      try open.store.settleOutgoing("r", .sent, now: 3100)
      try open.store.outgoingStatus("r", .failed, now: 3200)
    }
    #expect(try open.store.casesWantingContact(limit: 9).map(\.item) == [1] && open.store.sizes().contactsWanted == 1)
    try answer(open, "s", at: 4000)
    #expect(try open.store.due() == ["s"])
  }

  private func waiting(_ open: OpenStore) throws -> [String] {
    try open.store.outgoing(conversation: "p1").filter { $0.status == .pending }.map(\.id)
  }

  /// Of what waits when STOP comes, a person's answer that was asked for goes, in all its parts; the bot's own words do not, nor what else was written.
  @Test(arguments: [true, false]) func onlyAPersonsAnswerOutlivesTheStop(wanted: Bool) throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: wanted), at: 1500))
    let parts = ["r0", "r1", "r2"].map { SamplePolls.message(1, $0, due: 1600) }
    try open.store.answerCase(item: 1, parts, reviewer: "ani", now: 1600)
    try answer(open, "more", at: 1700)
    #expect(try waiting(open).suffix(4) == ["r0", "r1", "r2", "more"] && waiting(open).count > 4)
    try open.store.take(SamplePolls.reply(1, wish: .stop, at: 2000))
    #expect(try waiting(open) == (wanted ? ["r0", "r1", "r2"] : []))
  }

  /// An answer of which one part did not arrive is still owed, and shown as what became of that part.
  @Test func anAnswerHasArrivedWhenAllItsPartsHave() throws {
    let open = try stopped(wish: true)
    let parts = ["r0", "r1"].map { SamplePolls.message(1, $0, due: 3000) }
    try open.store.answerCase(item: 1, parts, reviewer: "ani", now: 3000)
    #expect(try open.store.reviewCase(item: 1)?.awaitsAnswer == false)
    try open.store.settleOutgoing("r0", .dead(reason: "status 410"), now: 3100)
    try open.store.settleOutgoing("r1", .sent, now: 3100)
    let known = try #require(try open.store.reviewCase(item: 1))
    #expect(known.awaitsAnswer && known.obstacle == nil)
    #expect(known.responses.last { $0.reviewer != nil }?.status == .dead)
  }

  /// Whoever says after the stop that they do not want to be contacted is not.
  @Test func aNoAfterTheStopCounts() throws {
    let open = try stopped(wish: true)
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: false), at: 2500))
    #expect(throws: CaseError.stopped(item: 1)) { try answer(open, "r", at: 3000) }
  }

  // MARK: Leaving for good

  @Test func whoeverLeftCannotBeReached() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    var session = try #require(try open.store.pollSession(channel: "ex", contact: SamplePolls.contact(1)))
    session.address = []
    session.endedAt = 2000
    try open.store.take(SamplePolls.reply(1, session: session, wish: .leave, at: 2000))
    let known = try #require(try open.store.reviewCase(item: 1))
    #expect(known.hasLeft && known.address == nil && !known.isStopped && known.obstacle == .left(item: 1))
    #expect(throws: CaseError.left(item: 1)) { try answer(open, "r", at: 3000) }
    #expect(try open.store.outgoing(conversation: "p1").allSatisfy { $0.status == .withdrawn })
    let rows = try open.store.audit(from: 1, limit: 99).filter { $0.action == "poll.left" }
    #expect(rows.map(\.detail) == ["{\"withdrawn\":3}"])
    // Said again it changes nothing, and of a stranger nothing is known.
    try open.store.take(
      SamplePolls.reply(1, session: session, wish: .leave, at: 2100), SamplePolls.reply(2, wish: .leave))
    #expect(try open.store.actions().filter { $0 == "poll.left" }.count == 1)
    // Whoever comes back under the same address can be written to.
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1, at: 5000), at: 5000))
    #expect(try open.store.reviewCase(item: 1)?.obstacle == nil)
  }

  // MARK: The list

  @Test func theListOfCases() throws {
    let open = try OpenStore()
    for (contact, urgency) in [(1, KeptUrgency.past), (2, .ongoing), (3, .immediate)] {
      var reply = SamplePolls.disclosure(contact, receipt: UInt8(contact), at: Int64(contact * 1000))
      reply.case?.urgency = urgency
      try open.store.take(reply)
    }
    try open.store.close(try #require(try open.store.item(1)))  // at 2000
    func items(_ query: CaseQuery) throws -> [Int] { try open.store.cases(query).cases.map(\.1.number) }
    #expect(try items(CaseQuery()) == [1, 2, 3])
    #expect(try items(CaseQuery(state: .waiting)) == [2, 3] && items(CaseQuery(state: .status(.closed))) == [1])
    #expect(try items(CaseQuery(state: .status(.open), urgency: .immediate)) == [3])
    #expect(try items(CaseQuery(since: 2001)) == [3] && items(CaseQuery(since: 2000)) == [1, 2, 3])
    #expect(try items(CaseQuery(since: 3001)).isEmpty)
    var (seen, query, pages) = ([Int](), CaseQuery(limit: 1), 0)
    repeat {
      let page = try open.store.cases(query)
      seen += page.cases.map(\.1.number)
      query.after = try page.next.map { try #require(CaseCursor("\($0)")) }
      pages += 1
    } while query.after != nil && pages < 9
    #expect(seen == [1, 2, 3] && pages == 3)
    // A case that changes goes to the end.
    try open.store.take(SamplePolls.reply(2, case: SamplePolls.draft(2, nil, response: nil, wants: true), at: 9000))
    #expect(try items(CaseQuery()) == [1, 3, 2])
  }

  @Test(arguments: ["", "1", "1.2.3", "a.1", "1.b", "."]) func cursorsOfOthers(text: String) {
    #expect(CaseCursor(text) == nil)
  }
}
