import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct DecideTests {
  /// One step of a review: who, what, and what becomes of the item.
  private struct Step {
    var reviewer: String
    var verdict: Verdict
    var label: Label?
    var status: ItemStatus

    init(_ reviewer: String, _ verdict: Verdict, _ label: Label? = nil, _ status: ItemStatus) {
      self.reviewer = reviewer
      self.verdict = verdict
      self.label = label
      self.status = status
    }
  }

  private func review(_ policy: ReviewPolicy, _ steps: [Step]) throws -> ReviewItem {
    let open = try OpenStore()
    var item = try open.store.open("c")
    for (number, step) in steps.enumerated() {
      let before = item
      item = try open.store.decide(
        SampleService.draft(
          item, step.reviewer, step.verdict, label: step.label, admin: true, at: 2000 + Int64(number)),
        policy: policy)
      #expect(item.status == step.status, "step \(number)")
      #expect(item.version == before.version + 1)
      #expect(try open.store.item(1) == item)
    }
    #expect(try open.store.decisions(item: 1).map(\.reviewer) == steps.map(\.reviewer))
    #expect(try open.store.verifyAudit().isWhole)
    return item
  }

  @Test func oneClearVerdictIsEnough() throws {
    let confirmed = try review(SampleService.never, [Step("ani", .confirm, nil, .closed)])
    #expect(confirmed.outcome == .confirm && confirmed.outcomeLabel == .topupCondition && confirmed.closedAt == 2000)
    let other = try review(SampleService.never, [Step("ani", .confirm, .topupRequest, .closed)])
    #expect(other.outcomeLabel == .topupRequest)
    let wrong = try review(SampleService.never, [Step("ani", .wrong, nil, .closed)])
    #expect(wrong.outcome == .wrong && wrong.outcomeLabel == .benign)
  }

  @Test func unsureGoesToAnother() throws {
    let item = try review(
      SampleService.never, [Step("ani", .unsure, nil, .second), Step("budi", .wrong, nil, .closed)])
    #expect(item.outcome == .wrong)
    _ = try review(
      SampleService.never,
      [Step("ani", .unsure, nil, .second), Step("budi", .unsure, nil, .final), Step("citra", .confirm, nil, .closed)])
  }

  @Test func drawnItemsAreReviewedTwice() throws {
    _ = try review(SampleService.always, [Step("ani", .confirm, nil, .second), Step("budi", .confirm, nil, .closed)])
    // The same label, said or meant.
    _ = try review(
      SampleService.always, [Step("ani", .confirm, nil, .second), Step("budi", .confirm, .topupCondition, .closed)])
  }

  @Test func whereTwoDisagreeAThirdSettles() throws {
    let item = try review(
      SampleService.always,
      [Step("ani", .confirm, nil, .second), Step("budi", .wrong, nil, .final), Step("citra", .unsure, nil, .closed)])
    #expect(item.outcome == .unsure && item.outcomeLabel == nil)
    _ = try review(
      SampleService.always, [Step("ani", .confirm, nil, .second), Step("budi", .confirm, .topupRequest, .final)])
    _ = try review(SampleService.always, [Step("ani", .confirm, nil, .second), Step("budi", .unsure, nil, .final)])
  }

  @Test func whatIsKeptOfADecision() throws {
    let open = try OpenStore()
    let item = try open.store.open("c", kind: .disclosure)
    let second = try open.store.decide(
      SampleService.draft(item, "ani", .wrong, label: .topupOffer, at: 7), policy: SampleService.always)
    try open.store.decide(SampleService.draft(second, "budi", .confirm, at: 8), policy: SampleService.always)
    #expect(
      try open.store.decisions(item: 1) == [
        KeptDecision(
          number: 1, item: 1, round: .first, reviewer: "ani", verdict: .wrong, label: .topupOffer, at: 7,
          itemVersion: 1),
        KeptDecision(
          number: 2, item: 1, round: .second, reviewer: "budi", verdict: .confirm, label: .disclosure, at: 8,
          itemVersion: 2),
      ])
    let row = try open.store.audit(from: 2, limit: 1)[0]
    #expect(row.actor == "ani" && row.at == 7 && row.subject == SampleService.subject("c"))
    #expect(
      row.detail
        == "{\"item\":1,\"round\":\"first\",\"verdict\":\"wrong\",\"label\":\"topup.offer\",\"status\":\"second\"}")
    #expect(throws: StoreError.self) {
      try open.store.writing { db in try db.execute(sql: "UPDATE decision SET verdict = 'unsure'") }
    }
  }

  @Test func refusalsChangeNothing() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    func refused(_ draft: DecisionDraft, _ expected: ReviewError) throws {
      let before = try open.store.rowCounts()
      let kept = try open.store.item(1)
      #expect(throws: expected) { try open.store.decide(draft, policy: SampleService.always) }
      #expect(try open.store.rowCounts() == before)
      #expect(try open.store.item(1) == kept)
    }
    var nowhere = SampleService.draft(item, "ani")
    nowhere.item = 7
    try refused(nowhere, .noItem(7))
    try refused(SampleService.draft(item, ""), .nameless(item: 1))
    try refused(
      SampleService.draft(item, "ani", .confirm, label: .benign),
      .contradictory(item: 1, verdict: .confirm, label: .benign))
    try refused(
      SampleService.draft(item, "ani", .wrong, label: .topupCondition),
      .contradictory(item: 1, verdict: .wrong, label: .topupCondition))
    let second = try open.store.decide(SampleService.draft(item, "ani"), policy: SampleService.always)
    try refused(SampleService.draft(item, "budi"), .decidedMeanwhile(item: 1))
    try refused(SampleService.draft(second, "ani"), .decidedBefore(item: 1, reviewer: "ani"))
    // Twice the same click is not somebody else.
    try refused(SampleService.draft(item, "ani"), .decidedBefore(item: 1, reviewer: "ani"))
    try open.store.take(SampleService.flag("c", 2, band: .high))
    try refused(SampleService.draft(second, "budi"), .changedMeanwhile(item: 1))
    let raised = try #require(try open.store.item(1))
    let final = try open.store.decide(SampleService.draft(raised, "budi", .wrong), policy: SampleService.always)
    try refused(SampleService.draft(final, "citra"), .needsAdministrator(item: 1))
    try refused(SampleService.draft(final, "budi", admin: true), .decidedBefore(item: 1, reviewer: "budi"))
    let closed = try open.store.decide(SampleService.draft(final, "citra", admin: true), policy: SampleService.always)
    try refused(SampleService.draft(closed, "dewi", admin: true), .closed(item: 1))
    try refused(SampleService.draft(final, "dewi", admin: true), .decidedMeanwhile(item: 1))
  }

  /// A verdict may name what it would mean without a label.
  @Test func whatGoesWithoutSayingMayBeSaid() throws {
    #expect(try review(SampleService.never, [Step("ani", .wrong, .benign, .closed)]).outcomeLabel == .benign)
    let named = try review(SampleService.never, [Step("ani", .confirm, .topupCondition, .closed)])
    #expect(named.outcomeLabel == .topupCondition)
    #expect(try review(SampleService.never, [Step("ani", .unsure, .benign, .second)]).status == .second)
    #expect(
      ReviewError.contradictory(item: 4, verdict: .confirm, label: .benign).description
        == "item 4: 'confirm' and the label benign contradict each other; leave the label out, or choose 'wrong'")
  }

  /// Flags that do not raise an item let a reviewer finish.
  @Test func aBusyConversationCanBeDecided() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    for message in 2..<9 { try open.store.take(SampleService.flag("c", message)) }
    #expect(try open.store.close(item).status == .closed)
    #expect(try open.store.item(1)?.flags == 8)
  }

  @Test func obstaclesAreKnownBefore() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    #expect(try open.store.obstacle(item: 1, reviewer: "ani", isAdmin: false) == nil)
    #expect(try open.store.obstacle(item: 9, reviewer: "ani", isAdmin: false) == .noItem(9))
    #expect(try open.store.obstacle(item: 1, reviewer: "", isAdmin: false) == .nameless(item: 1))
    let second = try open.store.decide(SampleService.draft(item, "ani", .unsure), policy: SampleService.never)
    #expect(
      try open.store.obstacle(item: 1, reviewer: "ani", isAdmin: true) == .decidedBefore(item: 1, reviewer: "ani"))
    try open.store.decide(SampleService.draft(second, "budi", .unsure), policy: SampleService.never)
    #expect(try open.store.obstacle(item: 1, reviewer: "citra", isAdmin: false) == .needsAdministrator(item: 1))
    #expect(try open.store.obstacle(item: 1, reviewer: "citra", isAdmin: true) == nil)
  }

  /// The same number is always drawn or never; the share is kept; a seed draws others.
  @Test func theDrawIsFixed() {
    let policy = ReviewPolicy(secondReviewShare: 0.1)
    let drawn = (1...10_000).filter(policy.draws)
    #expect(drawn == (1...10_000).filter(policy.draws))
    #expect((900...1100).contains(drawn.count))
    #expect(drawn.prefix(3) == [3, 33, 34])
    let others = (1...10_000).filter(ReviewPolicy(secondReviewShare: 0.1, seed: 1).draws)
    #expect(Set(drawn).intersection(others).count < 200)
    #expect(!(1...1000).contains(where: SampleService.never.draws) && (1...1000).allSatisfy(SampleService.always.draws))
  }

  @Test func decidedItemsAreLabelledData() throws {
    let open = try OpenStore()
    // More than one page, several at one time.
    for number in 0..<230 { try open.store.close(try open.store.open("c\(number)"), at: Int64(number / 10)) }
    _ = try open.store.open("waits")
    var found: [String] = []
    try open.store.forEachDecided(since: 5) { item, flags, decisions in
      #expect(flags.count == 1 && flags[0].conversationID == item.conversationID)
      #expect(decisions.map(\.item) == [item.number])
      // Nothing is held meanwhile.
      if found.isEmpty { try open.store.take(SampleService.flag("new", 1)) }
      found.append(item.conversationID)
    }
    #expect(found == (50..<230).map { "c\($0)" })
    struct Stop: Error {}
    #expect(throws: Stop.self) { try open.store.forEachDecided(since: 0) { _, _, _ in throw Stop() } }
  }
}
