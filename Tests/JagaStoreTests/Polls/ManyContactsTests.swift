import GRDB
import TestSupport
import Testing

@testable import JagaStore

/// A thousand contacts at once, a gateway that repeats, and a dispatcher that fails now and then: each contact gets each message once and in order.
@Suite struct ManyContactsTests {
  private static let contacts = 1000
  private static let replies = 3

  private func reply(_ contact: Int, _ number: Int) -> PollChange {
    var session = SamplePolls.session(contact, at: Int64(number), step: UInt8(number))
    session.number = number == 0 ? 0 : contact + 1
    var change = SamplePolls.reply(
      contact, session: session, answers: [SamplePolls.answer("q\(number)")],
      outgoing: (0..<2).map {
        SamplePolls.message(contact, "\(contact)/\(number)\($0)", order: $0, due: Int64(number))
      },
      at: Int64(number))
    change.receipt = SamplePolls.contact(contact) + [UInt8(number)]
    return change
  }

  @Test func nothingIsLostMixedUpOrRepeated() throws {
    var dice = Dice(seed: 11)
    let folder = try Folder()
    let path = folder.file("service.sqlite")
    var store = try Store(serving: path)
    var abandoned: [Store] = []
    var sent: [Int: [String]] = [:]
    /// Sends what is due, and asks again for what failed.
    func dispatch(_ limit: Int, _ now: Int64) throws {
      for message in try store.dueOutgoing(now: now, limit: limit) {
        if dice.chance(5) {
          try store.settleOutgoing(message.id, .retry(at: now, reason: "status 503"), now: now)
          continue
        }
        #expect(message.address == [0, 255, message.contact[2]])
        sent[Int(message.contact[1]) * 256 + Int(message.contact[2]), default: []].append(message.id)
        try store.settleOutgoing(message.id, .sent, now: now)
      }
    }
    for number in 0..<ManyContactsTests.replies {
      // One order of contacts for every round; each reply may come twice, at once or much later.
      var changes = (0..<ManyContactsTests.contacts).map { reply($0, number) }
      if number > 0 { changes.shuffle(using: &dice) }
      for batch in stride(from: 0, to: changes.count, by: 20) {
        var part = Array(changes[batch..<min(batch + 20, changes.count)])
        if dice.chance(30) { part.append(part[0]) }
        let results = try store.commit(ServiceChanges(polls: part)).polls
        #expect(results.map(\.isRepeated) == part.indices.map { $0 >= 20 })
        if dice.chance(50) { try dispatch(15, Int64(number)) }
      }
      let again = try store.commit(ServiceChanges(polls: (0..<50).map { _ in dice.pick(changes) })).polls
      #expect(again.map(\.isRepeated) == Array(repeating: true, count: 50))
      // Another program goes on; the one before was never told to close the file.
      abandoned.append(store)
      store = try Store(serving: path)
    }
    var rounds = 0
    while try store.sizes().outgoingPending > 0, rounds < 1000 {
      rounds += 1
      try dispatch(500, 99)
    }
    let expected = (0..<ManyContactsTests.replies).flatMap { number in (0..<2).map { "\(number)\($0)" } }
    for contact in 0..<ManyContactsTests.contacts {
      #expect(sent[contact] == expected.map { "\(contact)/\($0)" }, "contact \(contact)")
    }
    #expect(
      try store.rowCounts() == [
        "poll_session": 1000, "poll_answer": 3000, "poll_receipt": 3000, "outgoing": 6000,
      ])
    var counts: [String: Int] = [:]
    try store.forEachPollAnswer("safety") { counts[$0.questionID, default: 0] += 1 }
    #expect(counts == ["q0": 1000, "q1": 1000, "q2": 1000])
  }

  /// Questions that are asked at every reply, or every second, are answered from an index.
  @Test func hotQuestionsHaveAnIndex() throws {
    let open = try OpenStore()
    let plans: [(String, [String])] = [
      (Store.dueMessages, ["outgoing_due", "outgoing_of_contact", "poll_session_by_contact"]),
      (Store.expired, ["poll_session_expiring"]), (Store.reminding, ["poll_session_reminding"]),
      (
        "SELECT * FROM poll_session WHERE channel = '' AND contact = x'' AND ended_at IS NULL",
        ["INDEX poll_session_"]
      ),
      ("SELECT min(due_at) FROM outgoing WHERE status = 'pending'", ["outgoing_due"]),
      ("SELECT 1 FROM poll_receipt WHERE channel = '' AND receipt_key = x''", ["sqlite_autoindex_poll_receipt"]),
      ("SELECT count(*) FROM outgoing WHERE status = 'dead'", ["outgoing_dead"]),
      (
        "SELECT poll_session FROM poll_answer WHERE poll_id = '' ORDER BY poll_session, poll_answer",
        ["poll_answer_by_poll"]
      ),
      (
        "SELECT c.item FROM review_case c WHERE \(Store.wantsAnswer) ORDER BY c.updated_at, c.item LIMIT 5",
        ["review_case_wanting", "case_response_by_item"]
      ),
      ("SELECT * FROM poll_session WHERE \(Store.isPurgeable) ORDER BY ended_at LIMIT 5", ["poll_session_ended"]),
    ]
    for (sql, indices) in plans {
      let plan = try open.store.reading { db in
        try Row.fetchAll(
          db,
          sql: "EXPLAIN QUERY PLAN "
            + sql.replacing("?1", with: "1").replacing("?2", with: "1").replacing("?", with: "1")
        ).map { $0["detail"] as String? ?? "" }
      }.joined(separator: "; ")
      for index in indices { #expect(plan.contains(index), "\(sql): \(plan)") }
      #expect(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN poll_session;"), "\(sql): \(plan)")
    }
  }
}
