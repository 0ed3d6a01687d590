internal import GRDB

extension Store {
  private static let oneConversation = """
    SELECT model_id, messages, updated_at, first_alert_message_id, authors, seen, state FROM conversation
    WHERE conversation_id = ?
    """

  /// What is kept of a conversation; nil when nothing is. Cost: one look-up through a prepared statement, some 10 µs.
  public func conversation(_ id: String) throws(StoreError) -> KeptConversation? {
    try readingOnce { db in try conversation(id, db) }
  }

  /// What is kept of those of `ids` that are known, in one transaction; order and number differ from those of `ids`. Cost: some 5 µs each.
  public func conversations(_ ids: some Sequence<String>) throws(StoreError) -> [KeptConversation] {
    try reading { db in try ids.compactMap { id in try conversation(id, db) } }
  }

  func conversation(_ id: String, _ db: Database) throws -> KeptConversation? {
    var rows = try RowReader(db, self, cached: Store.oneConversation)
    rows.bind(id)
    guard try rows.step() else { return nil }
    var found = KeptConversation(
      id: id, state: [], modelID: try rows.text(), messages: try rows.integer(0...Int.max), updatedAt: try rows.time())
    found.firstAlertMessageID = try rows.optionalText()
    found.authors = try rows.withOptionalBytes(PackedIDs.authors) ?? []
    found.seen = try rows.withOptionalBytes(PackedIDs.hashes) ?? []
    found.state = try rows.bytes()
    return found
  }

  private static let upsert = """
    INSERT INTO conversation (conversation_id, model_id, messages, updated_at, first_alert_message_id, authors, seen, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (conversation_id) DO UPDATE SET model_id = excluded.model_id, messages = excluded.messages,
      updated_at = excluded.updated_at, first_alert_message_id = excluded.first_alert_message_id,
      authors = excluded.authors, seen = excluded.seen, state = excluded.state
    """

  /// Nothing is allocated for a conversation here: ids are packed into one buffer, which SQLite copies.
  static func put(_ conversations: [KeptConversation], _ db: Database) throws {
    guard !conversations.isEmpty else { return }
    var row = try RowWriter(db, cached: upsert)
    var packed: [UInt8] = []
    packed.reserveCapacity(2048)
    for conversation in conversations {
      row.bind(conversation.id)
      row.bind(conversation.modelID)
      row.bind(conversation.messages)
      row.bind(conversation.updatedAt)
      row.bind(conversation.firstAlertMessageID)
      packed.removeAll(keepingCapacity: true)
      PackedIDs.pack(conversation.authors, into: &packed)
      packed.withUnsafeBytes { row.bind(raw: $0) }
      packed.removeAll(keepingCapacity: true)
      PackedIDs.pack(conversation.seen.suffix(KeptConversation.seenLimit), into: &packed)
      packed.withUnsafeBytes { row.bind(raw: $0) }
      row.bind(bytes: conversation.state)
      try row.step()
    }
  }
}
