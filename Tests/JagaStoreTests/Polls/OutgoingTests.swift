import GRDB
import Testing

@testable import JagaStore

@Suite struct OutgoingTests {
  private func send(_ store: Store, _ contact: Int, _ drafts: OutgoingDraft..., at time: Int64 = 1000) throws {
    try store.take(SamplePolls.reply(contact, outgoing: drafts, at: time))
  }

  @Test func theFirstOfEachContactIsDue() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1), SamplePolls.disclosure(2, receipt: 2, at: 500))
    try send(open.store, 1, SamplePolls.message(1, "later", due: 1000))
    #expect(try open.store.due(499).isEmpty && open.store.due(500) == ["2/a"])
    #expect(try open.store.due() == ["2/a", "1/a"] && open.store.due(limit: 1) == ["2/a"])
    #expect(
      try open.store.dueOutgoing(now: 1000, limit: 9).last
        == KeptOutgoing(
          number: 1, id: "1/a", channel: "ex", contact: SamplePolls.contact(1), address: [0, 255, 1],
          conversationID: "p1", sealed: Array("1/a".utf8), responseID: "disclosure.id", createdAt: 1000, dueAt: 1000,
          status: .pending))
    var sent: [String] = []
    while let id = try open.store.due().last {
      try open.store.settleOutgoing(id, .sent, now: 1)
      sent.append(id)
    }
    #expect(sent == ["1/a", "1/b", "1/c", "later", "2/a", "2/b", "2/c"])
  }

  /// What has to be tried again holds back what comes after it; what was given up does not.
  @Test func nothingOvertakes() throws {
    let open = try OpenStore()
    try send(open.store, 1, SamplePolls.message(1, "a"), SamplePolls.message(1, "b"))
    try open.store.settleOutgoing("a", .retry(at: 7000, reason: "status 503"), now: 1100)
    #expect(try open.store.due(6999).isEmpty)
    let again = try open.store.dueOutgoing(now: 7000, limit: 9)
    #expect(again.map(\.id) == ["a"] && again[0].attempts == 1 && again[0].reason == "status 503")
    #expect(again[0].dueAt == 7000)
    try open.store.settleOutgoing("a", .dead(reason: "status 410"), now: 7100)
    #expect(try open.store.due(7100) == ["b"])
    let dead = try open.store.outgoing(conversation: "p1")[0]
    #expect(dead.status == .dead && dead.attempts == 2 && dead.settledAt == 7100 && dead.reason == "status 410")
  }

  /// A reminder for tomorrow does not keep back an answer of today.
  @Test func whatIsDueLaterWaitsForItsTurn() throws {
    let open = try OpenStore()
    try send(open.store, 1, SamplePolls.message(1, "tomorrow", due: 90_000))
    try send(open.store, 1, SamplePolls.message(1, "now", due: 1000))
    #expect(try open.store.due(1000) == ["now"])
    try open.store.settleOutgoing("now", .sent, now: 1)
    #expect(
      try open.store.due(1000).isEmpty && open.store.due(90_000) == ["tomorrow"])
  }

  @Test func anIdIsKeptOnce() throws {
    let open = try OpenStore()
    try send(open.store, 1, SamplePolls.message(1, "a"), SamplePolls.message(1, "a", due: 5))
    try open.store.settleOutgoing("a", .sent, now: 1)
    try send(open.store, 1, SamplePolls.message(1, "a"))
    #expect(try open.store.due().isEmpty && open.store.outgoing(conversation: "p1").count == 1)
  }

  @Test func whatIsSettledStaysSo() throws {
    let open = try OpenStore()
    try send(open.store, 1, SamplePolls.message(1, "a"))
    try open.store.settleOutgoing("a", .sent, now: 1100)
    try open.store.settleOutgoing("a", .dead(reason: "x"), now: 1200)
    try open.store.settleOutgoing("a", .retry(at: 1, reason: "x"), now: 1200)
    try open.store.settleOutgoing("absent", .dead(reason: "x"), now: 1200)
    let kept = try open.store.outgoing(conversation: "p1")[0]
    #expect(kept.status == .sent && kept.settledAt == 1100 && kept.attempts == 0)
    #expect(try open.store.actions().isEmpty)
  }

  /// Reports of a gateway in any order, on a message that waits, was sent, or was given up.
  @Test(
    arguments: [
      ([], [.sent], .sent), ([], [.delivered], .delivered), ([], [.failed], .failed),
      ([.sent], [.sent], .sent), ([.sent], [.sent, .delivered], .delivered),
      ([.sent], [.delivered, .sent], .delivered),
      ([.sent], [.delivered, .failed], .delivered), ([.sent], [.failed], .failed),
      ([.sent], [.failed, .sent], .failed),
      ([.sent], [.failed, .delivered], .delivered), ([.dead(reason: "x")], [.sent], .dead),
      ([.dead(reason: "x")], [.failed], .dead), ([.dead(reason: "x")], [.delivered], .delivered),
    ] as [([OutgoingOutcome], [OutgoingReport], KeptOutgoing.Status)])
  func reports(outcomes: [OutgoingOutcome], reports: [OutgoingReport], expected: KeptOutgoing.Status) throws {
    let open = try OpenStore()
    try send(open.store, 1, SamplePolls.message(1, "a"), SamplePolls.message(1, "b"))
    for outcome in outcomes { try open.store.settleOutgoing("a", outcome, now: 1100) }
    for report in reports { #expect(try open.store.outgoingStatus("a", report, now: 1200)) }
    // The attempt may be settled after the gateway's report on it.
    try open.store.settleOutgoing("a", .sent, now: 1300)
    let kept = try open.store.outgoing(conversation: "p1")[0]
    #expect(kept.status == expected && kept.settledAt == (outcomes.isEmpty ? 1200 : 1100))
    #expect(try open.store.due() == ["b"])
    #expect(try !open.store.outgoingStatus("absent", .delivered, now: 1))
  }

  @Test func givingUpIsOnRecord() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    try send(open.store, 2, SamplePolls.message(2, "x"))
    try open.store.settleOutgoing("1/a", .dead(reason: "status 410"), now: 2000)
    try open.store.settleOutgoing("x", .dead(reason: "status 410"), now: 2001)
    let rows = try open.store.audit(from: 4, limit: 9)
    #expect(rows.map(\.action) == ["outgoing.dead", "outgoing.dead"] && rows.map(\.at) == [2000, 2001])
    #expect(rows.map(\.detail) == ["{\"attempts\":1,\"response\":\"disclosure.id\"}", "{\"attempts\":1}"])
    #expect(rows.map(\.subject) == [SampleService.subject("p1"), nil])
  }

  /// An address that changed is the one of the last session; without a session there is none.
  @Test func theAddressIsTheLastOne() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1)))
    var moved = SamplePolls.session(1, at: 2000)
    moved.address = [8]
    moved.endedAt = 2100
    try open.store.take(SamplePolls.reply(1, session: moved, outgoing: [SamplePolls.message(1, "a", due: 1)]))
    try send(open.store, 2, SamplePolls.message(2, "b", due: 2))
    var empty = SamplePolls.session(3)
    empty.address = []
    try open.store.take(SamplePolls.reply(3, session: empty, outgoing: [SamplePolls.message(3, "c", due: 3)]))
    #expect(try open.store.dueOutgoing(now: 9, limit: 9).map(\.address) == [[8], nil, nil])
  }
}
