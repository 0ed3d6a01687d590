import JagaCore
import Testing

@testable import JagaStore

@Suite struct AppealTests {
  @Test func anAppealReopensForSomebodyElse() throws {
    let open = try OpenStore()
    let closed = try open.store.close(try open.store.open("c"))
    let item = try open.store.appeal(item: 1, by: "help desk", reason: .objection, now: 3000)
    #expect(item.status == .appeal && item.version == closed.version + 1 && item.closedAt == nil)
    #expect(item.outcome == .confirm && item.updatedAt == 3000)
    #expect(try open.store.item(1) == item)
    #expect(
      try open.store.appeals(item: 1) == [
        KeptAppeal(number: 1, item: 1, by: "help desk", reason: .objection, at: 3000)
      ])
    let row = try open.store.audit(from: 3, limit: 9)[0]
    #expect(row.action == "item.appealed" && row.actor == "help desk" && row.subject == SampleService.subject("c"))
    #expect(row.detail == "{\"item\":1,\"reason\":\"objection\",\"outcome\":\"confirm\"}")
    #expect(throws: ReviewError.decidedBefore(item: 1, reviewer: "ani")) { try open.store.close(item) }
    let again = try open.store.close(item, by: "budi", .wrong, at: 4000)
    #expect(again.status == .closed && again.outcome == .wrong && again.closedAt == 4000)
    #expect(try open.store.decisions(item: 1).map(\.round) == [.first, .appeal])
  }

  @Test func whoAppealsDoesNotDecide() throws {
    let open = try OpenStore()
    try open.store.close(try open.store.open("c"))
    let item = try open.store.appeal(item: 1, by: "budi", reason: .missed, now: 3000)
    #expect(throws: ReviewError.ownAppeal(item: 1, reviewer: "budi")) { try open.store.close(item, by: "budi") }
    #expect(
      try open.store.obstacle(item: 1, reviewer: "budi", isAdmin: true) == .ownAppeal(item: 1, reviewer: "budi"))
  }

  @Test func anUnsureAppealIsSettledByAnAdministrator() throws {
    let open = try OpenStore()
    try open.store.close(try open.store.open("c"))
    let item = try open.store.appeal(item: 1, by: "x", reason: .label, now: 3000)
    let final = try open.store.close(item, by: "budi", .unsure)
    #expect(final.status == .final && final.outcome == .confirm && final.closedAt == nil)
    #expect(throws: ReviewError.needsAdministrator(item: 1)) { try open.store.close(final, by: "citra") }
    let closed = try open.store.decide(
      SampleService.draft(final, "citra", .confirm, label: .tradeRecruit, admin: true), policy: SampleService.never)
    #expect(closed.status == .closed && closed.outcomeLabel == .tradeRecruit)
    // And once more.
    #expect(try open.store.appeal(item: 1, by: "x", reason: .other, now: 5000).status == .appeal)
    #expect(try open.store.appeals(item: 1).map(\.reason) == [.label, .other])
  }

  @Test func refusals() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    func refused(_ number: Int, _ by: String, _ expected: ReviewError) {
      #expect(throws: expected) { try open.store.appeal(item: number, by: by, reason: .context, now: 1) }
    }
    refused(7, "x", .noItem(7))
    refused(1, "x", .notClosed(item: 1))
    try open.store.close(item)
    refused(1, "", .nameless(item: 1))
    try open.store.take(SampleService.flag("c", 2, band: .high))
    refused(1, "x", .newerItem(item: 1, newer: 2))
    #expect(try open.store.actions() == ["item.opened", "item.decided", "item.opened"])
  }

  @Test func theCallerMayNameTheSubject() throws {
    let open = try OpenStore()
    try open.store.close(try open.store.open("c"))
    try open.store.appeal(item: 1, by: "x", reason: .other, subject: [1, 2], now: 1)
    #expect(try open.store.audit(from: 3, limit: 1)[0].subject == [1, 2])
  }

  @Test(arguments: [
    (ReviewError.noItem(3), "item 3: there is none, or its conversation was deleted; go back to the queue"),
    (.decidedMeanwhile(item: 3), "item 3: somebody else decided it meanwhile; nothing was changed, take the next one"),
    (.changedMeanwhile(item: 3), "item 3: it changed meanwhile; nothing was decided, look at it again"),
    (.closed(item: 3), "item 3: it is closed; appeal against the decision to have it reviewed again"),
    (
      .decidedBefore(item: 3, reviewer: "ani"),
      "item 3: ani has decided it already; this round is for somebody else"
    ),
    (
      .needsAdministrator(item: 3),
      "item 3: it waits for the final decision; somebody with the admin scope has to make it"
    ),
    (.ownAppeal(item: 3, reviewer: "ani"), "item 3: ani has appealed; somebody else has to decide"),
    (.notClosed(item: 3), "item 3: it is not decided yet; an appeal is possible once it is"),
    (
      .newerItem(item: 3, newer: 4),
      "item 3: the newer item 4 of the same conversation waits for a decision; decide that one"
    ),
    (.nameless(item: 3), "item 3: a decision or an appeal needs the name of whoever makes it"),
  ])
  func sentences(error: ReviewError, expected: String) { #expect(error.description == expected) }
}
