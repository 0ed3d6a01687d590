internal import GRDB

extension Store {
  /// Everything that is kept of a conversation but the audit, in one view of the file.
  public func export(conversation id: String, now: Int64) throws(StoreError) -> ConversationExport {
    try reading { db in
      let items = try items(conversation: id, db)
      let sessions = try sessions(conversation: id, db)
      return ConversationExport(
        conversation: try conversation(id, db), flags: try flags(conversation: id, db), items: items,
        decisions: try items.flatMap { try decisions(item: $0.number, db) },
        appeals: try items.flatMap { try appeals(item: $0.number, db) },
        texts: try texts(conversation: id, now: now, db), alerts: try alerts(conversation: id, db),
        cases: try items.compactMap { try reviewCase(item: $0.number, db) }, sessions: sessions,
        answers: try sessions.flatMap { try answers(session: $0.number, db) },
        outgoing: try outgoing(conversation: id, db))
    }
  }

  /// Removes everything that is kept of a conversation but the audit, which names it only by the keyed hash `subject`. That it was done, and how many rows
  /// went, is put on record in the same transaction, also when nothing was kept.
  ///
  /// Two things of a contact stay, as keyed hashes alone and without the conversation: receipts until they are purged, or a late repetition would begin the
  /// conversation anew; and the wish to be sent nothing, for good.
  ///
  /// What is removed is written over in the file, and copies of it in the write-ahead log go when nobody reads at that moment, else at a later deletion or
  /// purge. Backups keep what they have.
  @discardableResult
  public func deleteConversation(_ id: String, actor: String, subject: [UInt8], now: Int64) throws(StoreError)
    -> DeletedCounts
  {
    let counts = try writing { db in
      var counts = DeletedCounts()
      for number in try items(conversation: id, db).map(\.number) { try counts.add(Store.removeItem(number, db)) }
      counts.conversations += try Store.remove("conversation WHERE conversation_id = ?", id, db)
      counts.texts += try Store.remove("sealed_text WHERE conversation_id = ?", id, db)
      counts.alerts += try Store.remove("alert WHERE conversation_id = ?", id, db)
      for session in try sessions(conversation: id, db) { try counts.add(Store.removeSession(session.number, db)) }
      counts.outgoing += try Store.remove("outgoing WHERE conversation_id = ?", id, db)
      var detail = AuditDetail()
      counts.write(to: &detail)
      var audit = AuditWriter(db, self)
      try audit.append(.conversationDeleted, at: now, actor: actor, subject: subject, detail)
      return counts
    }
    emptyLog()
    return counts
  }

  /// Removes an item with what hangs on it.
  static func removeItem(_ number: Int, _ db: Database) throws -> DeletedCounts {
    var counts = DeletedCounts()
    counts.flags = try remove("flag WHERE item = ?", number, db)
    counts.decisions = try remove("decision WHERE item = ?", number, db)
    counts.appeals = try remove("appeal WHERE item = ?", number, db)
    counts.cases = try remove("review_case WHERE item = ?", number, db)
    counts.items = try remove("review_item WHERE item = ?", number, db)
    return counts
  }

  /// Removes a session with its answers.
  static func removeSession(_ number: Int, _ db: Database) throws -> DeletedCounts {
    var counts = DeletedCounts()
    counts.answers = try remove("poll_answer WHERE poll_session = ?", number, db)
    counts.sessions = try remove("poll_session WHERE poll_session = ?", number, db)
    return counts
  }

  static func remove(_ rows: String, _ value: String, _ db: Database) throws -> Int {
    var row = try RowWriter(db, cached: "DELETE FROM \(rows)")
    row.bind(value)
    return try row.step()
  }

  static func remove(_ rows: String, _ value: Int, _ db: Database) throws -> Int {
    var row = try RowWriter(db, cached: "DELETE FROM \(rows)")
    row.bind(value)
    return try row.step()
  }
}

extension DeletedCounts {
  /// Names of the counts, as the audit and the file spell them.
  static let names: [(StaticString, WritableKeyPath<DeletedCounts, Int> & Sendable)] = [
    ("conversations", \.conversations), ("flags", \.flags), ("items", \.items), ("decisions", \.decisions),
    ("appeals", \.appeals), ("texts", \.texts), ("alerts", \.alerts),
    ("cases", \.cases), ("sessions", \.sessions), ("answers", \.answers), ("outgoing", \.outgoing),
    ("receipts", \.receipts),
  ]

  mutating func add(_ other: DeletedCounts) {
    for (_, count) in DeletedCounts.names { self[keyPath: count] += other[keyPath: count] }
  }

  func write(to detail: inout AuditDetail) {
    for (name, count) in DeletedCounts.names { detail.add(name, self[keyPath: count]) }
  }
}
