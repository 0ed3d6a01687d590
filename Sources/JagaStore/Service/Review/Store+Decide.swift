internal import GRDB
internal import JagaCore

extension Store {
  /// Keeps a decision, and says what became of the item.
  ///
  /// | round | closes the item | otherwise |
  /// |---|---|---|
  /// | first | a clear verdict on an item that ``ReviewPolicy/draws(item:)`` does not draw | second |
  /// | second | a clear verdict, where the first was unsure or the same in verdict and label | final |
  /// | final | any verdict | – |
  /// | appeal | a clear verdict | final |
  ///
  /// Nobody decides an item twice, whatever the round; who appealed does not decide either; the final round is an administrator's. `confirm` as benign and `wrong` with the item's own
  /// label are refused: one of the two words must be a slip. Throws ``ReviewError``, and
  /// then nothing was changed, or ``StoreError``. The decision is put on record in the same transaction.
  @discardableResult
  public func decide(_ draft: DecisionDraft, policy: ReviewPolicy) throws -> ReviewItem {
    try reviewing { db in
      guard var item = try item(draft.item, db) else { throw ReviewError.noItem(draft.item) }
      if draft.reviewer.isEmpty { throw ReviewError.nameless(item: draft.item) }
      if let obstacle = try obstacle(item, draft.reviewer, draft.isAdmin, version: draft.itemVersion, db) {
        throw obstacle
      }
      guard let round = item.status.round else { throw ReviewError.closed(item: item.number) }
      if let label = draft.label, draft.verdict.contradicts(label, of: item) {
        throw ReviewError.contradictory(item: item.number, verdict: draft.verdict, label: label)
      }
      let label = draft.verdict.label(of: item, other: draft.label)
      let next = try status(after: round, draft.verdict, label, item, policy, db)
      try Store.insert(draft, round, label, db)
      item.status = next
      item.version += 1
      item.updatedAt = max(item.updatedAt, draft.now)
      if next == .closed {
        item.closedAt = draft.now
        item.outcome = draft.verdict
        item.outcomeLabel = label
      }
      try Store.update(item, db)
      var detail = AuditDetail()
      detail.add("item", item.number)
      detail.add("round", round.rawValue)
      detail.add("verdict", draft.verdict.rawValue)
      if let label { detail.add("label", label.name) }
      detail.add("status", next.rawValue)
      var audit = AuditWriter(db, self)
      try audit.append(.itemDecided, at: draft.now, actor: draft.reviewer, subject: item.subject, detail)
      return item
    }
  }

  private func status(
    after round: ReviewRound, _ verdict: Verdict, _ label: Label?, _ item: ReviewItem, _ policy: ReviewPolicy,
    _ db: Database
  ) throws -> ItemStatus {
    switch round {
    case .first: return verdict == .unsure || policy.draws(item: item.number) ? .second : .closed
    case .second:
      guard let first = try decisions(item: item.number, db).last(where: { $0.round == .first }) else {
        throw damaged("item \(item.number) waits for a second decision and has no first")
      }
      let agrees = first.verdict == .unsure || (first.verdict == verdict && first.label == label)
      return verdict != .unsure && agrees ? .closed : .final
    case .final: return .closed
    case .appeal: return verdict == .unsure ? .final : .closed
    }
  }

  private static func insert(_ draft: DecisionDraft, _ round: ReviewRound, _ label: Label?, _ db: Database) throws {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO decision (item, round, reviewer, verdict, label, decided_at, item_version) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    row.bind(draft.item)
    row.bind(round.rawValue)
    row.bind(draft.reviewer)
    row.bind(draft.verdict.rawValue)
    row.bind(label?.staticName)
    row.bind(draft.now)
    row.bind(draft.itemVersion)
    try row.step()
  }
}

extension Verdict {
  /// What a reviewer takes an item for.
  fileprivate func label(of item: ReviewItem, other: Label?) -> Label? {
    switch self {
    case .confirm: other ?? item.label
    case .wrong: other ?? .benign
    case .unsure: other
    }
  }

  fileprivate func contradicts(_ label: Label, of item: ReviewItem) -> Bool {
    switch self {
    case .confirm: label == .benign
    case .wrong: label == item.label
    case .unsure: false
    }
  }
}
