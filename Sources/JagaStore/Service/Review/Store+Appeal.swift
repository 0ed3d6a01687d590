internal import GRDB

extension Store {
  /// Reopens a closed item for a reviewer who has not decided it before.
  ///
  /// The outcome stays on the item until the new decision. `subject` is the keyed hash of the conversation's id for the audit; when it is empty, the
  /// item's own is taken. Throws ``ReviewError``, and then nothing was changed, or ``StoreError``. The appeal is put on record in the same transaction.
  @discardableResult
  public func appeal(item number: Int, by: String, reason: AppealReason, subject: [UInt8] = [], now: Int64) throws
    -> ReviewItem
  {
    try reviewing { db in
      guard var item = try item(number, db) else { throw ReviewError.noItem(number) }
      if by.isEmpty { throw ReviewError.nameless(item: number) }
      guard item.status == .closed else { throw ReviewError.notClosed(item: number) }
      if let newer = try waitingItem(conversation: item.conversationID, kind: item.kind, db) {
        throw ReviewError.newerItem(item: number, newer: newer.number)
      }
      var row = try RowWriter(
        db,
        cached: "INSERT INTO appeal (item, appellant, reason, appealed_at, item_version) VALUES (?, ?, ?, ?, ?)")
      row.bind(number)
      row.bind(by)
      row.bind(reason.rawValue)
      row.bind(now)
      row.bind(item.version)
      try row.step()
      item.status = .appeal
      item.version += 1
      item.updatedAt = max(item.updatedAt, now)
      item.closedAt = nil
      try Store.update(item, db)
      var detail = AuditDetail()
      detail.add("item", number)
      detail.add("reason", reason.rawValue)
      if let outcome = item.outcome { detail.add("outcome", outcome.rawValue) }
      var audit = AuditWriter(db, self)
      try audit.append(
        .itemAppealed, at: now, actor: by, subject: subject.isEmpty ? item.subject : subject, detail)
      return item
    }
  }
}
