internal import GRDB

extension Store {
  /// How much there is. Cost: conversations are counted one by one, some 10 ms a million; ask now and then, not at every request.
  public func sizes() throws(StoreError) -> StoreSizes {
    try reading { db in
      var sizes = StoreSizes()
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT (SELECT count(*) FROM conversation),
            (SELECT count(*) FROM review_item WHERE status <> 'closed' AND kind = 'disclosure'),
            (SELECT count(*) FROM review_item WHERE status <> 'closed' AND kind = 'risk'),
            (SELECT min(opened_at) FROM review_item WHERE status <> 'closed'),
            (SELECT count(*) FROM alert WHERE status = 'pending'), (SELECT count(*) FROM alert WHERE status = 'dead'),
            (SELECT coalesce(max(sequence), 0) FROM audit),
            (SELECT count(*) FROM poll_session WHERE ended_at IS NULL),
            (SELECT count(*) FROM outgoing WHERE status = 'pending'),
            (SELECT count(*) FROM outgoing WHERE status = 'dead'),
            (SELECT min(due_at) FROM outgoing WHERE status = 'pending'),
            (SELECT count(*) FROM review_case c WHERE \(Store.wantsAnswer))
          """)
      guard try rows.step() else { return sizes }
      sizes.conversations = try rows.integer(0...Int.max)
      sizes.openDisclosures = try rows.integer(0...Int.max)
      sizes.openRisks = try rows.integer(0...Int.max)
      sizes.oldestOpenedAt = try rows.optionalTime()
      sizes.alertsPending = try rows.integer(0...Int.max)
      sizes.alertsDead = try rows.integer(0...Int.max)
      sizes.auditRows = try rows.integer(0...Int.max)
      sizes.pollSessions = try rows.integer(0...Int.max)
      sizes.outgoingPending = try rows.integer(0...Int.max)
      sizes.outgoingDead = try rows.integer(0...Int.max)
      sizes.outgoingDueAt = try rows.optionalTime()
      sizes.contactsWanted = try rows.integer(0...Int.max)
      return sizes
    }
  }
}
