internal import GRDB
internal import JagaCore

extension Store {
  /// The decisions on an item, in order. Whoever may still decide it, except in the final round, must not be shown them.
  public func decisions(item number: Int) throws(StoreError) -> [KeptDecision] {
    try reading { db in try decisions(item: number, db) }
  }

  /// The appeals on an item, in order.
  public func appeals(item number: Int) throws(StoreError) -> [KeptAppeal] {
    try reading { db in try appeals(item: number, db) }
  }

  /// What stands against this reviewer deciding the item now; nil when nothing does.
  public func obstacle(item number: Int, reviewer: String, isAdmin: Bool) throws(StoreError) -> ReviewError? {
    try reading { db in
      guard let item = try item(number, db) else { return .noItem(number) }
      return reviewer.isEmpty
        ? .nameless(item: number) : try obstacle(item, reviewer, isAdmin, version: item.version, db)
    }
  }

  func obstacle(_ item: ReviewItem, _ reviewer: String, _ isAdmin: Bool, version: Int, _ db: Database) throws
    -> ReviewError?
  {
    let decisions = try decisions(item: item.number, db)
    if decisions.contains(where: { $0.reviewer == reviewer }) {
      return item.status == .closed
        ? .closed(item: item.number) : .decidedBefore(item: item.number, reviewer: reviewer)
    }
    if item.version != version {
      let isDecided = decisions.contains { $0.itemVersion >= version }
      return isDecided ? .decidedMeanwhile(item: item.number) : .changedMeanwhile(item: item.number)
    }
    if item.status == .closed { return .closed(item: item.number) }
    if item.status == .final, !isAdmin { return .needsAdministrator(item: item.number) }
    if try appeals(item: item.number, db).contains(where: { $0.by == reviewer }) {
      return .ownAppeal(item: item.number, reviewer: reviewer)
    }
    return nil
  }

  func decisions(item number: Int, _ db: Database) throws -> [KeptDecision] {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT decision, item, round, reviewer, verdict, label, decided_at, item_version FROM decision
        WHERE item = ? ORDER BY decision
        """)
    rows.bind(number)
    var decisions: [KeptDecision] = []
    while try rows.step() {
      decisions.append(
        KeptDecision(
          number: try rows.integer(1...Int.max), item: try rows.integer(1...Int.max),
          round: try rows.name(ReviewRound.init(rawValue:)), reviewer: try rows.text(),
          verdict: try rows.name(Verdict.init(rawValue:)), label: try rows.optionalName(Label.init(name:)),
          at: try rows.time(), itemVersion: try rows.integer()))
    }
    return decisions
  }

  func appeals(item number: Int, _ db: Database) throws -> [KeptAppeal] {
    var rows = try RowReader(
      db, self,
      cached: "SELECT appeal, item, appellant, reason, appealed_at FROM appeal WHERE item = ? ORDER BY appeal")
    rows.bind(number)
    var appeals: [KeptAppeal] = []
    while try rows.step() {
      appeals.append(
        KeptAppeal(
          number: try rows.integer(1...Int.max), item: try rows.integer(1...Int.max), by: try rows.text(),
          reason: try rows.name(AppealReason.init(rawValue:)), at: try rows.time()))
    }
    return appeals
  }
}
