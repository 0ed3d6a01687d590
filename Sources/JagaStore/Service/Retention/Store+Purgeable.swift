internal import GRDB

extension Store {
  /// How many rows of each kind ``purge(_:now:actor:)`` would remove now. Nothing is changed. Cost: a pass over conversations, sealed texts and ended sessions.
  public func purgeable(_ policy: RetentionPolicy, now: Int64) throws(StoreError) -> PurgeCounts {
    func end(_ age: Int64?) -> Int64 { age.map { now.adding(-max($0, 0)) } ?? .min }
    return try reading { db in
      func count(_ sql: String, _ values: Int64...) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(sql)", arguments: StatementArguments(values)) ?? 0
      }
      let (items, idle) = (end(policy.closedItems), end(policy.idleConversations))
      // Of a table with an item: its item goes.
      let goes = "item IN (SELECT item FROM review_item WHERE status = 'closed' AND closed_at <= ?)"
      // Of a conversation's column: no item of it stays.
      func isFree(_ column: String) -> String {
        "NOT EXISTS (SELECT 1 FROM review_item i WHERE i.conversation_id = \(column) AND NOT (i.status = 'closed' AND i.closed_at <= ?))"
      }
      let session = """
        ended_at IS NOT NULL AND ended_at <= ? AND \(isFree("s.conversation_id"))
          AND NOT EXISTS (SELECT 1 FROM outgoing o WHERE o.channel = s.channel AND o.contact = s.contact AND o.status = 'pending')
        """
      var counts = PurgeCounts()
      counts.items = try count("review_item WHERE \(goes)", items)
      counts.flags = try count("flag WHERE \(goes)", items)
      counts.decisions = try count("decision WHERE \(goes)", items)
      counts.appeals = try count("appeal WHERE \(goes)", items)
      counts.cases = try count("review_case WHERE \(goes)", items)
      counts.conversations = try count(
        "conversation WHERE updated_at <= ? AND \(isFree("conversation.conversation_id"))", idle, items)
      counts.texts = try count(
        """
        sealed_text WHERE expires_at <= ? OR (\(isFree("sealed_text.conversation_id"))
          AND EXISTS (SELECT 1 FROM review_item j WHERE j.conversation_id = sealed_text.conversation_id))
        """, now, items)
      counts.alerts =
        try count("alert WHERE status = 'delivered' AND settled_at <= ?", end(policy.deliveredAlerts))
        + count("alert WHERE status = 'dead' AND settled_at <= ?", end(policy.deadAlerts))
      counts.receipts = try count("poll_receipt WHERE received_at <= ?", end(policy.receipts))
      counts.outgoing = try count("outgoing WHERE status <> 'pending' AND settled_at <= ?", end(policy.settledOutgoing))
      counts.sessions = try count("poll_session s WHERE \(session)", end(policy.polls), items)
      counts.answers = try count(
        "poll_answer WHERE poll_session IN (SELECT poll_session FROM poll_session s WHERE \(session))",
        end(policy.polls), items)
      return counts
    }
  }
}
