internal import GRDB

extension Store {
  /// The live session of a contact; nil when there is none. Cost: one look-up through a prepared statement, some 10 µs.
  public func pollSession(channel: String, contact: [UInt8]) throws(StoreError) -> KeptPollSession? {
    try readingOnce { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.sessionColumns) FROM poll_session WHERE channel = ? AND contact = ? AND ended_at IS NULL
          """)
      rows.bind(channel)
      rows.bind(bytes: contact)
      return try Store.sessions(&rows).first
    }
  }

  /// The session of a contact that began last, live or ended; nil when none is kept.
  public func lastPollSession(channel: String, contact: [UInt8]) throws(StoreError) -> KeptPollSession? {
    try readingOnce { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.sessionColumns) FROM poll_session WHERE channel = ? AND contact = ?
          ORDER BY poll_session DESC LIMIT 1
          """)
      rows.bind(channel)
      rows.bind(bytes: contact)
      return try Store.sessions(&rows).first
    }
  }

  /// True when a reply of that receipt was kept, and its receipt is not purged yet.
  public func hasReceived(channel: String, receipt: [UInt8]) throws(StoreError) -> Bool {
    try readingOnce { db in
      var rows = try RowReader(
        db, self, cached: "SELECT 1 FROM poll_receipt WHERE channel = ? AND receipt_key = ?")
      rows.bind(channel)
      rows.bind(bytes: receipt)
      return try rows.step()
    }
  }

  /// When a contact said that it wants no more messages; nil when it did not, or took it back.
  public func pollOptOut(channel: String, contact: [UInt8]) throws(StoreError) -> Int64? {
    try readingOnce { db in
      var rows = try RowReader(
        db, self, cached: "SELECT stopped_at FROM poll_opt_out WHERE channel = ? AND contact = ?")
      rows.bind(channel)
      rows.bind(bytes: contact)
      return try rows.step() ? try rows.time() : nil
    }
  }

  /// Live sessions that have run out, the first to do so first.
  public func expiredSessions(now: Int64, limit: Int) throws(StoreError) -> [KeptPollSession] {
    try sessions(Store.expired, now, limit)
  }

  /// Live sessions whose contact is to be reminded by now, the longest due first; those that have run out are none of them.
  public func sessionsToRemind(now: Int64, limit: Int) throws(StoreError) -> [KeptPollSession] {
    try sessions(Store.reminding, now, limit)
  }

  static let expired = """
    SELECT \(sessionColumns) FROM poll_session WHERE ended_at IS NULL AND expires_at <= ?1
    ORDER BY expires_at, poll_session LIMIT ?2
    """
  static let reminding = """
    SELECT \(sessionColumns) FROM poll_session WHERE ended_at IS NULL AND remind_at <= ?1 AND +expires_at > ?1
    ORDER BY remind_at, poll_session LIMIT ?2
    """

  private func sessions(_ sql: String, _ now: Int64, _ limit: Int) throws(StoreError) -> [KeptPollSession] {
    try reading { db in
      var rows = try RowReader(db, self, cached: sql)
      rows.bind(now)
      rows.bind(max(limit, 0))
      return try Store.sessions(&rows)
    }
  }

  func sessions(conversation id: String, _ db: Database) throws -> [KeptPollSession] {
    var rows = try RowReader(
      db, self,
      cached: "SELECT \(Store.sessionColumns) FROM poll_session WHERE conversation_id = ? ORDER BY poll_session")
    rows.bind(id)
    return try Store.sessions(&rows)
  }

  private static let sessionColumns = """
    poll_session, channel, contact, address, conversation_id, poll_id, poll_version, state, lang, started_at,
    updated_at, expires_at, remind_at, ended_at
    """

  private static func sessions(_ rows: inout RowReader) throws -> [KeptPollSession] {
    var sessions: [KeptPollSession] = []
    while try rows.step() {
      sessions.append(
        KeptPollSession(
          number: try rows.integer(1...Int.max), channel: try rows.text(), contact: try rows.bytes(),
          address: try rows.bytes(), conversationID: try rows.text(), pollID: try rows.text(),
          pollVersion: try rows.integer(.min ... .max), state: try rows.bytes(), language: try rows.text(),
          startedAt: try rows.time(), updatedAt: try rows.time(), expiresAt: try rows.time(),
          remindAt: try rows.optionalTime(), endedAt: try rows.optionalTime()))
    }
    return sessions
  }
}
