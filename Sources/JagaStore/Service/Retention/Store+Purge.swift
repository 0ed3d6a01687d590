internal import GRDB

extension Store {
  /// How much one transaction of a purge removes, so that others write in between.
  static let slice = 250

  /// Removes what has been kept long enough, and puts on record how many rows of each kind went, and under which policy: the proof, also when none did.
  ///
  /// It goes in slices of some milliseconds. When the program ends in the middle, what was removed is counted by the next purge. Nothing that waits for a
  /// person is removed, nor a conversation as long as it has an item: messages without ids are counted, so one that began anew would give the ids of its flags again. What is removed is written over in the file (`secure_delete`); the write-ahead log holds older pages
  /// until it is emptied, which happens at the end, unless somebody reads at that moment: then the next purge or deletion does it.
  @discardableResult
  public func purge(_ policy: RetentionPolicy, now: Int64, actor: String) throws(StoreError) -> PurgeCounts {
    var counts = PurgeCounts()
    // Items first: with the last one their conversation may go as well.
    if let age = policy.closedItems { try purgeItems(before: now.adding(-max(age, 0)), &counts) }
    if let age = policy.idleConversations { try purgeConversations(before: now.adding(-max(age, 0)), &counts) }
    try purgeRows("sealed_text", where: "expires_at <= ?", now, \.texts, &counts)
    for (status, age) in [("delivered", policy.deliveredAlerts), ("dead", policy.deadAlerts)] {
      guard let age else { continue }
      try purgeRows(
        "alert", where: "status = '\(status)' AND settled_at <= ?", now.adding(-max(age, 0)), \.alerts, &counts)
    }
    try purgePolls(policy, now: now, &counts)
    try prove(policy, now: now, actor: actor)
    emptyLog()
    return counts
  }

  /// Candidates are read beside the writers; each is looked at again when it is removed. There is no index by time: it would cost every message something.
  private func purgeConversations(before end: Int64, _ counts: inout PurgeCounts) throws(StoreError) {
    let isIdle = """
      updated_at <= ? AND NOT EXISTS (SELECT 1 FROM review_item i
        WHERE i.conversation_id = conversation.conversation_id)
      """
    var last = 0
    while true {
      let slice = try reading { db in
        var rows = try RowReader(
          db, self,
          cached: """
            SELECT conversation FROM conversation WHERE conversation > ? AND \(isIdle)
            ORDER BY conversation LIMIT \(Store.slice)
            """)
        rows.bind(last)
        rows.bind(end)
        var found: [Int] = []
        while try rows.step() { found.append(try rows.integer(1...Int.max)) }
        return found
      }
      guard let place = slice.last else { return }
      last = place
      counts.add(
        try removing { db in
          var row = try RowWriter(db, cached: "DELETE FROM conversation WHERE conversation = ? AND \(isIdle)")
          var removed = PurgeCounts()
          for number in slice {
            row.bind(number)
            row.bind(end)
            removed.conversations += try row.step()
          }
          return removed
        })
    }
  }

  private func purgeItems(before end: Int64, _ counts: inout PurgeCounts) throws(StoreError) {
    while true {
      let removed = try removing { db in
        var rows = try RowReader(
          db, self,
          cached: """
            SELECT item, conversation_id FROM review_item WHERE status = 'closed' AND closed_at <= ?
            ORDER BY closed_at LIMIT 25
            """)
        rows.bind(end)
        var found: [(item: Int, conversation: String)] = []
        while try rows.step() { found.append((try rows.integer(1...Int.max), try rows.text())) }
        var removed = PurgeCounts()
        for (item, conversation) in found {
          removed.add(try Store.removeItem(item, db))
          removed.texts += try Store.remove(
            """
            sealed_text WHERE conversation_id = ?1
              AND NOT EXISTS (SELECT 1 FROM review_item WHERE conversation_id = ?1)
            """, conversation, db)
        }
        return removed
      }
      if removed.items == 0 { return }
      counts.add(removed)
    }
  }

  func purgeRows(
    _ table: String, where condition: String, _ end: Int64, _ kind: WritableKeyPath<PurgeCounts, Int>,
    _ counts: inout PurgeCounts
  ) throws(StoreError) {
    while true {
      let removed = try removing { db in
        var row = try RowWriter(
          db,
          cached: """
            DELETE FROM \(table) WHERE \(table) IN (SELECT \(table) FROM \(table) WHERE \(condition) LIMIT \(Store.slice))
            """)
        row.bind(end)
        var removed = PurgeCounts()
        removed[keyPath: kind] = try row.step()
        return removed
      }
      if removed.total == 0 { return }
      counts.add(removed)
    }
  }

  /// Removes a slice and counts it, in one transaction.
  func removing(_ body: (Database) throws -> PurgeCounts) throws(StoreError) -> PurgeCounts {
    try writing { db in
      let removed = try body(db)
      var row = try RowWriter(
        db,
        cached: """
          INSERT INTO purge_count (counted, removed) VALUES (?, ?)
          ON CONFLICT (counted) DO UPDATE SET removed = removed + excluded.removed
          """)
      for (name, count) in DeletedCounts.names where removed[keyPath: count] > 0 {
        row.bind(name)
        row.bind(removed[keyPath: count])
        try row.step()
      }
      return removed
    }
  }

  /// Writes what was counted since the last proof.
  private func prove(_ policy: RetentionPolicy, now: Int64, actor: String) throws(StoreError) {
    try writing { db in
      var counts = PurgeCounts()
      var rows = try RowReader(db, self, cached: "SELECT counted, removed FROM purge_count")
      while try rows.step() {
        let (name, removed) = (try rows.text(), try rows.integer(0...Int.max))
        for (known, count) in DeletedCounts.names where known.description == name { counts[keyPath: count] = removed }
      }
      try db.execute(sql: "DELETE FROM purge_count")
      var detail = AuditDetail()
      counts.write(to: &detail)
      let ages: [(StaticString, Int64?)] = [
        ("idle_conversations_ms", policy.idleConversations), ("closed_items_ms", policy.closedItems),
        ("delivered_alerts_ms", policy.deliveredAlerts), ("dead_alerts_ms", policy.deadAlerts),
        ("polls_ms", policy.polls), ("receipts_ms", policy.receipts),
        ("settled_outgoing_ms", policy.settledOutgoing),
      ]
      for (name, age) in ages { if let age { detail.add(name, age) } }
      var audit = AuditWriter(db, self)
      try audit.append(.retentionPurged, at: now, actor: actor, subject: nil, detail)
    }
  }
}
