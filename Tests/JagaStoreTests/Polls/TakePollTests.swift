import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct TakePollTests {
  @Test func everythingOfAReplyIsKeptTogether() throws {
    let open = try OpenStore()
    var change = SamplePolls.disclosure(1)
    change.effects.texts = [SampleService.text("p1", 1)]
    change.effects.alerts = [SampleService.alert("p1")]
    let result = try open.store.commit(ServiceChanges(polls: [change]))
    #expect(
      result
        == CommitResult(
          opened: [.init(number: 1, conversationID: "p1", kind: .disclosure)], newFlags: 1,
          polls: [PollResult(session: 1, caseItem: 1)]))
    var session = SamplePolls.session(1)
    session.number = 1
    #expect(try open.store.pollSession(channel: "ex", contact: SamplePolls.contact(1)) == session)
    var answer = SamplePolls.answer("q1")
    answer.session = 1
    #expect(try open.store.pollAnswers(session: 1) == [answer])
    #expect(try open.store.hasReceived(channel: "ex", receipt: [1]))
    #expect(
      try !open.store.hasReceived(channel: "ex", receipt: [2]) && !open.store.hasReceived(channel: "x", receipt: [1]))
    #expect(try open.store.actions() == ["item.opened", "case.opened", "case.responded"])
    #expect(
      try open.store.rowCounts() == [
        "poll_session": 1, "poll_answer": 1, "poll_receipt": 1, "outgoing": 3, "review_case": 1, "case_response": 1,
        "review_item": 1, "flag": 1, "sealed_text": 1, "alert": 1, "audit": 3,
      ])
  }

  /// Whatever part cannot be kept, none is: not the receipt either, so that the gateway may try again.
  @Test func orNothingIs() throws {
    let open = try OpenStore()
    func broken(_ change: (inout PollChange) -> Void) -> PollChange {
      var reply = SamplePolls.disclosure(1)
      change(&reply)
      return reply
    }
    for reply in [
      broken { $0.answers[0].questionID = "" }, broken { $0.session?.pollID = "" }, broken { $0.outgoing[2].id = "" },
      broken { $0.effects.flags[0].score = .nan }, broken { $0.receipt = [] },
      broken { $0.effects.audit = [AuditDraft(at: 1, actor: "x", action: "y", detail: "no JSON")] },
      // A case without a flag would be a case that nobody sees.
      broken { $0.effects.flags = [] },
    ] {
      #expect(throws: StoreError.self) { try open.store.take(SamplePolls.disclosure(2, receipt: 7), reply) }
      #expect(try open.store.rowCounts() == [:])
    }
    #expect(try open.store.take(SamplePolls.disclosure(1)) == [PollResult(session: 1, caseItem: 1)])
  }

  @Test func aRepeatedReplyChangesNothing() throws {
    let open = try OpenStore()
    var first = SamplePolls.disclosure(1)
    first.effects.alerts = [SampleService.alert("p1")]
    try open.store.take(first)
    let before = try open.store.rowCounts()
    var again = first
    again.session?.state = [77]
    again.session?.number = 1
    again.answers = [SamplePolls.answer("q2")]
    again.outgoing = [SamplePolls.message(1, "new")]
    again.wish = .stop
    again.effects.flags = [SamplePolls.flag(1, 2, urgency: 3)]
    let result = try open.store.commit(ServiceChanges(polls: [again, SamplePolls.reply(2, receipt: 2), again]))
    #expect(
      result
        == CommitResult(polls: [PollResult(isRepeated: true), PollResult(), PollResult(isRepeated: true)]))
    var expected = before
    expected["poll_receipt"] = 2
    #expect(try open.store.rowCounts() == expected)
    #expect(try open.store.pollSession(channel: "ex", contact: SamplePolls.contact(1))?.state == [0, 0])
    // The same key of another channel is another reply; without a key nothing is a repetition.
    var other = SamplePolls.reply(1, receipt: 1)
    other.channel = "sms"
    #expect(
      try open.store.take(other, SamplePolls.reply(1), SamplePolls.reply(1)).map(\.isRepeated) == [false, false, false])
  }

  /// Flags of one commit come before its replies, wherever they stand.
  @Test func aCaseFindsAFlagThatIsKeptBeside() throws {
    let open = try OpenStore()
    var reply = SamplePolls.disclosure(1)
    reply.effects = ServiceChanges()
    let result = try open.store.commit(ServiceChanges(flags: [SamplePolls.flag(1, 1)], polls: [reply]))
    #expect(result.polls == [PollResult(session: 1, caseItem: 1)])
  }

  @Test func aMessageForSomebodyElseIsRefused() throws {
    let open = try OpenStore()
    func refused(_ reply: PollChange, _ reason: String) {
      #expect(throws: StoreError.cannotWrite(file: open.path, reason: reason)) { try open.store.take(reply) }
    }
    refused(
      SamplePolls.reply(1, outgoing: [SamplePolls.message(1, "a"), SamplePolls.message(2, "b")]),
      "a message is for another contact than its reply")
    refused(
      SamplePolls.reply(1, session: SamplePolls.session(2)), "a session is another contact's than its reply")
    refused(SamplePolls.reply(1, answers: [SamplePolls.answer("q")]), "answers need a session")
    #expect(try open.store.rowCounts() == [:])
  }

  @Test func stopWithdrawsWhatWaitsAndSaysGoodbye() throws {
    let open = try OpenStore()
    try open.store.take(
      SamplePolls.reply(1, outgoing: [SamplePolls.message(1, "a"), SamplePolls.message(1, "b")]),
      SamplePolls.reply(2, outgoing: [SamplePolls.message(2, "c")]))
    try open.store.settleOutgoing("a", .sent, now: 1100)
    try open.store.take(
      SamplePolls.reply(1, outgoing: [SamplePolls.message(1, "bye")], wish: .stop, at: 1200))
    #expect(try open.store.due() == ["c", "bye"])
    #expect(
      try open.store.outgoing(conversation: "p1").map { "\($0.id) \($0.status) \($0.settledAt ?? 0)" }
        == ["a sent 1100", "b withdrawn 1200", "bye pending 0"])
    #expect(try open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(1)) == 1200)
    #expect(try open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(2)) == nil)
    #expect(try open.store.pollOptOut(channel: "sms", contact: SamplePolls.contact(1)) == nil)
    // Said again it stays the first wish, and is on record once.
    try open.store.take(SamplePolls.reply(1, wish: .stop, at: 1300))
    #expect(try open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(1)) == 1200)
    let rows = try open.store.audit(from: 1, limit: 9)
    #expect(rows.map(\.action) == ["poll.stopped"] && rows[0].detail == "{\"withdrawn\":1}")
    #expect(rows[0].subject == SampleService.subject("p1") && rows[0].actor == "jaga" && rows[0].at == 1200)
    try open.store.take(SamplePolls.reply(1, wish: .resume))
    #expect(try open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(1)) == nil)
    try open.store.take(SamplePolls.reply(1, wish: .stop, at: 1400))
    #expect(try open.store.actions() == ["poll.stopped", "poll.stopped"])
  }
}
