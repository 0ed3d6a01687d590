import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct PollRetentionTests {
  private func ended(_ contact: Int, at time: Int64) -> PollChange {
    var session = SamplePolls.session(contact, at: 0)
    session.endedAt = time
    return SamplePolls.reply(
      contact, receipt: UInt8(truncatingIfNeeded: contact), session: session,
      answers: [SamplePolls.answer("q1"), SamplePolls.answer("q2", sealed: [1])], at: time)
  }

  @Test func endedSessionsGoWithTheirAnswers() throws {
    let open = try OpenStore()
    try open.store.take(ended(1, at: 100), ended(2, at: 101), ended(3, at: 100), ended(4, at: 100))
    try open.store.take(SamplePolls.reply(5, session: SamplePolls.session(5, at: 0)))
    // Somebody has to look at the third; a message waits for the fourth.
    try open.store.take(SampleService.flag("p3", 1))
    try open.store.take(SamplePolls.reply(4, outgoing: [SamplePolls.message(4, "a")]))
    let policy = RetentionPolicy(polls: 900)
    let first = try open.store.purge(policy, now: 1000, actor: "jaga")
    #expect(first == PurgeCounts(sessions: 1, answers: 2))
    #expect(
      try open.store.query("SELECT poll_session FROM poll_session ORDER BY 1").rows == (2...5).map { [.integer($0)] })
    #expect(try open.store.query("SELECT count(*) FROM poll_answer").rows == [[.integer(6)]])
    try open.store.close(try #require(try open.store.item(1)))
    try open.store.settleOutgoing("a", .sent, now: 1)
    let second = try open.store.purge(RetentionPolicy(closedItems: 0, polls: 900), now: 3000, actor: "jaga")
    #expect(second == PurgeCounts(flags: 1, items: 1, decisions: 1, sessions: 3, answers: 6))
  }

  @Test func receiptsAndSettledMessagesGoInTheirTime() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1, at: 100), SamplePolls.disclosure(2, receipt: 2, at: 101))
    try open.store.settleOutgoing("1/a", .sent, now: 100)
    try open.store.settleOutgoing("1/b", .dead(reason: "x"), now: 101)
    try open.store.settleOutgoing("2/a", .dead(reason: "x"), now: 100)
    #expect(try open.store.purge(RetentionPolicy(), now: 1000, actor: "jaga").total == 0)
    #expect(try open.store.purge(RetentionPolicy(receipts: 900), now: 1000, actor: "jaga") == PurgeCounts(receipts: 1))
    #expect(
      try !open.store.hasReceived(channel: "ex", receipt: [1]) && open.store.hasReceived(channel: "ex", receipt: [2]))
    #expect(
      try open.store.purge(RetentionPolicy(settledOutgoing: 900), now: 1000, actor: "jaga") == PurgeCounts(outgoing: 2))
    #expect(
      try open.store.query("SELECT outgoing_id FROM outgoing ORDER BY 1").rows == [
        [.text("1/b")], [.text("1/c")], [.text("2/b")], [.text("2/c")],
      ])
    let detail = try #require(try open.store.audit(from: 1, limit: 99).last).detail
    #expect(detail.hasSuffix("\"sessions\":0,\"answers\":0,\"outgoing\":2,\"receipts\":0,\"settled_outgoing_ms\":900}"))
    // The response is still told of, though what became of it is not known any more.
    #expect(try open.store.reviewCase(item: 2)?.responses.map(\.status) == [.pending])
    try open.store.settleOutgoing("2/b", .sent, now: 100)
    try open.store.purge(RetentionPolicy(settledOutgoing: 900), now: 1000, actor: "jaga")
    #expect(try open.store.reviewCase(item: 2)?.responses.map(\.status) == [nil])
  }

  @Test func slicesAddUp() throws {
    let open = try OpenStore()
    let count = 300
    for contact in 0..<count {
      var change = ended(contact, at: 5)
      change.receipt = [1, UInt8(contact / 256), UInt8(contact % 256)]
      change.outgoing = [SamplePolls.message(contact, "\(contact)")]
      try open.store.take(change)
      try open.store.settleOutgoing("\(contact)", .sent, now: 5)
    }
    let counts = try open.store.purge(
      RetentionPolicy(polls: 0, receipts: 0, settledOutgoing: 0), now: 5, actor: "jaga")
    #expect(counts == PurgeCounts(sessions: count, answers: 2 * count, outgoing: count, receipts: count))
    #expect(try open.store.rowCounts() == ["audit": 1])
  }

  @Test func aDeletedConversationTakesItsPollsWithIt() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1), SamplePolls.disclosure(2, receipt: 2))
    try open.store.answerCase(item: 1, [SamplePolls.message(1, "r")], reviewer: "ani", now: 2000)
    try open.store.take(SamplePolls.reply(1, wish: .stop))
    let counts = try open.store.deleteConversation("p1", actor: "ani", subject: [5], now: 77)
    #expect(counts == DeletedCounts(flags: 1, items: 1, cases: 1, sessions: 1, answers: 1, outgoing: 4))
    #expect(try open.store.export(conversation: "p1", now: 0).isEmpty)
    #expect(try open.store.reviewCase(item: 1) == nil && open.store.due() == ["2/a"])
    #expect(try open.store.query("SELECT DISTINCT item FROM case_response").rows == [[.integer(2)]])
    let detail = try #require(try open.store.audit(from: 1, limit: 99).last).detail
    #expect(
      detail
        == "{\"conversations\":0,\"flags\":1,\"items\":1,\"decisions\":0,\"appeals\":0,\"texts\":0,\"alerts\":0,\"cases\":1,\"sessions\":1,\"answers\":1,\"outgoing\":4,\"receipts\":0}"
    )
    // Two things stay: a repetition begins nothing anew, and who said stop is sent nothing.
    #expect(try open.store.take(SamplePolls.disclosure(1)) == [PollResult(isRepeated: true)])
    #expect(try open.store.pollOptOut(channel: "ex", contact: SamplePolls.contact(1)) == 1000)
  }

  /// What a purge says beforehand is what it does, for policies of all kinds.
  @Test(arguments: [
    RetentionPolicy(), RetentionPolicy(closedItems: 0), RetentionPolicy(idleConversations: 0),
    RetentionPolicy(
      idleConversations: 0, closedItems: 0, deliveredAlerts: 0, deadAlerts: 0, polls: 0, receipts: 0, settledOutgoing: 0
    ),
    RetentionPolicy(polls: 1_000, receipts: 100, settledOutgoing: 500), RetentionPolicy(closedItems: 700, polls: 0),
  ]) func whatWouldGoGoes(policy: RetentionPolicy) throws {
    let open = try OpenStore()
    try SchemaTests.serve(open.store)
    try SchemaTests.poll(open.store)
    try SchemaTests.goOn(open.store)
    let before = try open.store.rowCounts()
    for now in [1_500, 3_000, 5_000, 90_000] as [Int64] {
      let expected = try open.store.purgeable(policy, now: now)
      #expect(try open.store.rowCounts()["flag"] == before["flag"] || now > 1_500)
      #expect(try open.store.purge(policy, now: now, actor: "jaga") == expected, "at \(now)")
    }
  }

  @Test func bytesAreWrittenOver() throws {
    let open = try OpenStore()
    let marks = ["address-mark-7", "state-mark-7", "answer-mark-7", "message-mark-7"]
    var change = SamplePolls.disclosure(1)
    change.session?.address = Array(marks[0].utf8)
    change.session?.state = Array(String(repeating: marks[1], count: 900).utf8)
    change.answers = [SamplePolls.answer("q", sealed: Array(marks[2].utf8))]
    change.outgoing[0].sealed = Array(marks[3].utf8)
    try open.store.take(change)
    func found() throws -> [String] {
      let bytes = try ["service.sqlite", "service.sqlite-wal"].map { try open.folder.bytes($0) }
      return marks.filter { mark in bytes.contains { $0.range(of: Data(mark.utf8)) != nil } }
    }
    #expect(try found() == marks)
    try open.store.deleteConversation("p1", actor: "ani", subject: [1], now: 1)
    #expect(try found() == [])
  }

  @Test func anExportIsWhatIsKept() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1), SamplePolls.disclosure(2, receipt: 2))
    let export = try open.store.export(conversation: "p1", now: 0)
    #expect(export.cases == [try #require(try open.store.reviewCase(item: 1))])
    #expect(
      export.sessions == [try #require(try open.store.pollSession(channel: "ex", contact: SamplePolls.contact(1)))])
    #expect(try export.answers == open.store.pollAnswers(session: 1) && export.answers.count == 1)
    #expect(try export.outgoing == open.store.outgoing(conversation: "p1") && export.outgoing.count == 3)
    #expect(!export.isEmpty)
    // A contact who only answered is something that is kept too.
    try open.store.take(SamplePolls.reply(3, session: SamplePolls.session(3)))
    #expect(try !open.store.export(conversation: "p3", now: 0).isEmpty)
  }

  @Test func sizesCountWhatThereIs() throws {
    let open = try OpenStore()
    try open.store.take(
      SamplePolls.disclosure(1, at: 700), ended(3, at: 5), SamplePolls.disclosure(2, receipt: 2, at: 600))
    try open.store.settleOutgoing("1/a", .sent, now: 1)
    try open.store.settleOutgoing("1/b", .dead(reason: "x"), now: 1)
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: true)))
    let sizes = try open.store.sizes()
    #expect(sizes.pollSessions == 2 && sizes.outgoingPending == 4 && sizes.outgoingDead == 1)
    #expect(sizes.outgoingDueAt == 600 && sizes.contactsWanted == 1 && sizes.openDisclosures == 2)
  }
}
