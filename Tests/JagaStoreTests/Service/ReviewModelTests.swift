import JagaCore
import TestSupport
import Testing

@testable import JagaStore

/// The store against ``ReviewModel``: any sequence of operations has the same outcome in both.
@Suite struct ReviewModelTests {
  private static let reviewers = ["ani", "budi", "citra", "dewi", "eka"]
  private static let policy = ReviewPolicy(secondReviewShare: 0.4, seed: 3)

  @Test(arguments: 1...8) func anySequence(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let open = try OpenStore()
    var model = ReviewModel()
    var now: Int64 = 1000
    var reached: Set<ItemStatus> = []
    for step in 0..<200 {
      // Now and then a day and more goes by, or a week.
      now += Int64(dice.chance(5) ? (dice.chance(30) ? 610_000_000 : 90_000_000) : dice.below(3))
      try operate(open.store, &model, &dice, now)
      reached.formUnion(model.items.map(\.status))
      try compare(open.store, model, &dice, "seed \(seed), step \(step)")
    }
    let verdict = try open.store.verifyAudit()
    #expect(verdict.isWhole && verdict.rows == model.auditRows, "seed \(seed)")
    #expect(reached == Set(ItemStatus.allCases), "seed \(seed) reaches too little")
  }

  private func operate(_ store: Store, _ model: inout ReviewModel, _ dice: inout Dice, _ now: Int64) throws {
    switch dice.below(100) {
    case 0..<40:
      let flags = (0...dice.below(3)).map { _ in flag(&dice, now) }
      for flag in flags { model.take(flag) }
      try store.commit(ServiceChanges(flags: flags))
    case 40..<80:
      guard !model.items.isEmpty else { return }
      let item = dice.pick(model.items)
      let draft = DecisionDraft(
        item: item.number, itemVersion: item.version - (dice.chance(10) ? 1 : 0),
        reviewer: dice.pick(ReviewModelTests.reviewers), isAdmin: dice.chance(50), verdict: dice.pick(Verdict.allCases),
        label: dice.chance(20) ? dice.pick(Label.allCases) : nil, now: now)
      let isTaken = model.decide(draft, draws: ReviewModelTests.policy.draws(item: item.number))
      do {
        try store.decide(draft, policy: ReviewModelTests.policy)
        #expect(isTaken, "\(draft)")
      } catch is ReviewError {
        #expect(!isTaken, "\(draft)")
      }
    case 80..<93:
      guard !model.items.isEmpty else { return }
      let (number, by) = (dice.pick(model.items).number, dice.pick(ReviewModelTests.reviewers))
      let isTaken = model.appeal(number, by: by)
      do {
        try store.appeal(item: number, by: by, reason: dice.pick(AppealReason.allCases), now: now)
        #expect(isTaken)
      } catch is ReviewError {
        #expect(!isTaken)
      }
    case 93..<97:
      let id = "c\(dice.below(6))"
      model.remove { $0.conversation == id }
      try store.deleteConversation(id, actor: "x", subject: [], now: now)
    default:
      let age = Int64(dice.below(100_000_000))
      model.remove { ($0.closedAt ?? .max) <= now - age }
      try store.purge(RetentionPolicy(closedItems: age), now: now, actor: "x")
    }
  }

  private func flag(_ dice: inout Dice, _ now: Int64) -> KeptFlag {
    SampleService.flag(
      "c\(dice.below(6))", dice.below(40), kind: dice.chance(30) ? .disclosure : .risk,
      band: dice.chance(25) ? .high : .review, urgency: dice.below(4), score: Double(dice.below(5)) / 4,
      label: dice.pick(Label.moves), at: now)
  }

  private func compare(_ store: Store, _ model: ReviewModel, _ dice: inout Dice, _ place: Comment) throws {
    var found: [String] = []
    var flags = 0
    for number in 0..<6 {
      let export = try store.export(conversation: "c\(number)", now: 0)
      found += export.items.map(\.modelSummary)
      flags += export.flags.count
    }
    #expect(found.sorted() == model.items.map(\.summary).sorted(), place)
    #expect(flags == model.flags.count, place)
    let (reviewer, isAdmin) = (dice.pick(ReviewModelTests.reviewers), dice.chance(50))
    var query = QueueQuery(reviewer: reviewer, isAdmin: isAdmin, limit: 1 + dice.below(4))
    var queue: [Int] = []
    repeat {
      let page = try store.queue(query)
      queue += page.items.map(\.number)
      query.after = page.next
    } while query.after != nil
    #expect(queue == model.queue(reviewer, isAdmin), place)
    if let item = model.items.randomElement(using: &dice) {
      let obstacle = try store.obstacle(item: item.number, reviewer: reviewer, isAdmin: isAdmin)
      #expect((obstacle == nil) == model.mayDecide(item, reviewer, isAdmin), place)
    }
  }
}

extension ReviewItem {
  /// As ``ReviewModel/Item/summary`` has it.
  fileprivate var modelSummary: String {
    "\(number) \(conversationID) \(kind) \(status) \(version) \(band) \(urgency) \(openedAt) \(closedAt ?? -1) \(outcome.map { "\($0)" } ?? "-") \(outcomeLabel?.name ?? "-") \(label.name) \(messageID) \(flags)"
  }
}
