import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct PurgeTests {
  @Test func idleConversationsGo() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(
        conversations: [
          SampleService.conversation("old", at: 100), SampleService.conversation("new", at: 101),
          SampleService.conversation("waits", at: 100), SampleService.conversation("decided", at: 100),
        ], flags: [SampleService.flag("waits", 1), SampleService.flag("decided", 1)]))
    try open.store.close(try #require(try open.store.items(conversation: "decided").first))
    let counts = try open.store.purge(RetentionPolicy(idleConversations: 900), now: 1000, actor: "jaga")
    #expect(counts == PurgeCounts(conversations: 1))
    #expect(
      try ["old", "new", "waits", "decided"].filter { try open.store.conversation($0) != nil }
        == ["new", "waits", "decided"])
    #expect(try open.store.flags(conversation: "decided").count == 1)
    let all = try open.store.purge(
      RetentionPolicy(idleConversations: 900, closedItems: 0), now: 3000, actor: "jaga")
    #expect(all == PurgeCounts(conversations: 2, flags: 1, items: 1, decisions: 1))
    #expect(try open.store.conversation("waits") != nil)
  }

  /// Messages without ids are named by their number: a conversation that goes on after a purge must go on counting, or a new flag would
  /// pass for one that is there.
  @Test func aFlagOfASilentConversationIsNotTakenForAnother() throws {
    let open = try OpenStore()
    func numbered(_ index: Int, _ time: Int64) -> KeptFlag {
      var flag = SampleService.flag("c", index, urgency: 3, at: time)
      flag.messageID = "#\(index)"
      return flag
    }
    try open.store.commit(
      ServiceChanges(
        conversations: [SampleService.conversation("c", messages: 1, at: 100)], flags: [numbered(0, 100)]))
    try open.store.close(try #require(try open.store.item(1)))
    try open.store.purge(RetentionPolicy(idleConversations: 900), now: 5000, actor: "jaga")
    let next = try #require(try open.store.conversation("c")).messages
    #expect(try open.store.take(numbered(next, 1_000_000_000)).opened.map(\.number) == [2])
  }

  @Test func closedItemsGoWithWhatHangsOnThem() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(texts: ["a", "b", "c"].map { SampleService.text($0, 1, until: .max) }))
    try open.store.close(try open.store.open("a"), at: 100)
    try open.store.close(try open.store.open("b"), at: 100)
    try open.store.take(SampleService.flag("b", 2, kind: .disclosure))
    try open.store.close(try open.store.open("c"), at: 101)
    let appealed = try open.store.close(try open.store.open("d"), at: 50)
    try open.store.appeal(item: appealed.number, by: "x", reason: .other, now: 60)
    let counts = try open.store.purge(RetentionPolicy(closedItems: 900), now: 1000, actor: "jaga")
    // The texts of b stay for its other item; what was appealed against waits again.
    #expect(counts == PurgeCounts(flags: 2, items: 2, decisions: 2, texts: 1))
    #expect(try open.store.queue(QueueQuery()).items.map(\.conversationID) == ["b", "d"])
    #expect(try ["a", "b", "c"].filter { try !open.store.texts(conversation: $0, now: 0).isEmpty } == ["b", "c"])
    #expect(try open.store.items(conversation: "c").count == 1)
  }

  @Test func textsAndAlertsGoInTheirTime() throws {
    let open = try OpenStore()
    try open.store.commit(
      ServiceChanges(
        texts: [SampleService.text("c", 1, until: 1000), SampleService.text("c", 2, until: 1001)],
        alerts: (1...5).map { SampleService.alert("c\($0)") }))
    try open.store.settleAlert(1, .delivered, now: 100)
    try open.store.settleAlert(2, .delivered, now: 101)
    try open.store.settleAlert(3, .dead(reason: "x"), now: 100)
    try open.store.settleAlert(4, .retry(at: 5, reason: "x"), now: 100)
    #expect(try open.store.purge(RetentionPolicy(), now: 1000, actor: "jaga") == PurgeCounts(texts: 1))
    #expect(
      try open.store.purge(RetentionPolicy(deliveredAlerts: 900), now: 1000, actor: "jaga") == PurgeCounts(alerts: 1))
    #expect(
      try open.store.purge(RetentionPolicy(deadAlerts: 900), now: 1000, actor: "jaga") == PurgeCounts(alerts: 1))
    #expect(
      try open.store.query("SELECT alert FROM alert ORDER BY alert").rows == [
        [.integer(2)], [.integer(4)], [.integer(5)],
      ])
  }

  @Test func everyPurgeLeavesAProof() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(texts: [SampleService.text("c", 1, until: 1)]))
    let policy = RetentionPolicy(idleConversations: 1, closedItems: 2, deliveredAlerts: 3, deadAlerts: 4)
    try open.store.purge(policy, now: 1000, actor: "ani")
    try open.store.purge(RetentionPolicy(), now: 1001, actor: "jaga")
    let rows = try open.store.audit(from: 1, limit: 9)
    #expect(rows.map(\.action) == ["retention.purged", "retention.purged"] && rows.map(\.actor) == ["ani", "jaga"])
    #expect(
      rows[0].detail
        == "{\"conversations\":0,\"flags\":0,\"items\":0,\"decisions\":0,\"appeals\":0,\"texts\":1,\"alerts\":0,\"cases\":0,\"sessions\":0,\"answers\":0,\"outgoing\":0,\"receipts\":0,\"idle_conversations_ms\":1,\"closed_items_ms\":2,\"delivered_alerts_ms\":3,\"dead_alerts_ms\":4}"
    )
    #expect(
      rows[1].detail
        == "{\"conversations\":0,\"flags\":0,\"items\":0,\"decisions\":0,\"appeals\":0,\"texts\":0,\"alerts\":0,\"cases\":0,\"sessions\":0,\"answers\":0,\"outgoing\":0,\"receipts\":0}"
    )
    #expect(rows[0].subject == nil)
  }

  /// More than several slices; what a purge that ended in the middle had removed is in the next proof.
  @Test func slicesAddUp() throws {
    let open = try OpenStore()
    let count = 1111
    try open.store.commit(
      ServiceChanges(
        conversations: (0..<count).map { SampleService.conversation("c\($0)", at: Int64($0)) },
        texts: (0..<count).map { SampleService.text("c", $0, until: 0) }))
    for number in 0..<60 { try open.store.close(try open.store.open("i\(number)"), at: 0) }
    try open.store.writing { db in try db.execute(sql: "INSERT INTO purge_count VALUES ('texts', 4)") }
    let counts = try open.store.purge(
      RetentionPolicy(idleConversations: 0, closedItems: 0), now: 1000, actor: "jaga")
    #expect(counts == PurgeCounts(conversations: 1001, flags: 60, items: 60, decisions: 60, texts: count))
    #expect(try open.store.sizes().conversations == 110)
    let detail = try #require(try open.store.audit(from: 1, limit: 1000).last).detail
    #expect(detail.contains("\"conversations\":1001,") && detail.contains("\"texts\":1115,"))
    #expect(try open.store.query("SELECT * FROM purge_count").rows.isEmpty)
    #expect(try open.store.verifyAudit().isWhole)
  }

  /// A conversation that is written to, or flagged, after it was found idle is not removed.
  @Test func whatIsUsedAgainStays() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c", at: 5)]))
    let policy = RetentionPolicy(idleConversations: .max)
    #expect(try open.store.purge(policy, now: 1000, actor: "jaga").total == 0)
    #expect(try open.store.purge(RetentionPolicy(idleConversations: -5), now: 4, actor: "jaga").total == 0)
    #expect(try open.store.conversation("c") != nil)
  }

  @Test func sizesCountWhatThereIs() throws {
    let open = try OpenStore()
    #expect(try open.store.sizes() == StoreSizes())
    try open.store.commit(
      ServiceChanges(
        conversations: [SampleService.conversation("a"), SampleService.conversation("b")],
        flags: [
          SampleService.flag("a", 1, at: 40), SampleService.flag("b", 1, at: 30),
          SampleService.flag("b", 2, kind: .disclosure, at: 50),
        ], alerts: (1...3).map { SampleService.alert("c\($0)") }))
    try open.store.settleAlert(1, .delivered, now: 1)
    try open.store.settleAlert(2, .dead(reason: "x"), now: 1)
    let expected = StoreSizes(
      conversations: 2, openDisclosures: 1, openRisks: 2, oldestOpenedAt: 30, alertsPending: 1, alertsDead: 1,
      auditRows: 4)
    #expect(try open.store.sizes() == expected)
    try open.store.close(try #require(try open.store.item(2)))
    #expect(try open.store.sizes().openRisks == 1 && open.store.sizes().oldestOpenedAt == 40)
  }
}
