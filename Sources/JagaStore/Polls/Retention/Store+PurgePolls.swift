internal import GRDB

extension Store {
  func purgePolls(_ policy: RetentionPolicy, now: Int64, _ counts: inout PurgeCounts) throws(StoreError) {
    func end(_ age: Int64) -> Int64 { now.adding(-max(age, 0)) }
    if let age = policy.receipts {
      try purgeRows("poll_receipt", where: "received_at <= ?", end(age), \.receipts, &counts)
    }
    if let age = policy.settledOutgoing {
      try purgeRows("outgoing", where: "status <> 'pending' AND settled_at <= ?", end(age), \.outgoing, &counts)
    }
    if let age = policy.polls { try purgeSessions(before: end(age), &counts) }
  }

  /// Of an ended session. The address of a contact is in its session: with an open case or a message under way it is still needed.
  static let isPurgeable = """
    ended_at IS NOT NULL AND ended_at <= ?
      AND NOT EXISTS (SELECT 1 FROM review_item i WHERE i.conversation_id = poll_session.conversation_id)
      AND NOT EXISTS (SELECT 1 FROM outgoing o WHERE o.channel = poll_session.channel
        AND o.contact = poll_session.contact AND o.status = 'pending')
    """

  private func purgeSessions(before end: Int64, _ counts: inout PurgeCounts) throws(StoreError) {
    while true {
      let removed = try removing { db in
        var rows = try RowReader(
          db, self,
          cached: """
            SELECT poll_session FROM poll_session WHERE \(Store.isPurgeable) ORDER BY ended_at LIMIT \(Store.slice / 4)
            """)
        rows.bind(end)
        var found: [Int] = []
        while try rows.step() { found.append(try rows.integer(1...Int.max)) }
        var removed = PurgeCounts()
        for session in found { removed.add(try Store.removeSession(session, db)) }
        return removed
      }
      if removed.sessions == 0 { return }
      counts.add(removed)
    }
  }
}
