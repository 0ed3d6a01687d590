internal import GRDB

extension Store {
  /// The sealed texts of a conversation that have not expired, in the order of its messages.
  public func texts(conversation id: String, now: Int64) throws(StoreError) -> [SealedText] {
    try reading { db in try texts(conversation: id, now: now, db) }
  }

  func texts(conversation id: String, now: Int64, _ db: Database) throws -> [SealedText] {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT message_id, author_id, message_index, sent_at, sealed, expires_at, is_context FROM sealed_text
        WHERE conversation_id = ? AND expires_at > ? ORDER BY message_index, sealed_text
        """)
    rows.bind(id)
    rows.bind(now)
    var texts: [SealedText] = []
    while try rows.step() {
      texts.append(
        SealedText(
          conversationID: id, messageID: try rows.text(), authorID: try rows.text(),
          messageIndex: try rows.integer(0...Int.max), timestamp: try rows.optionalTime(), sealed: try rows.bytes(),
          expiresAt: try rows.time(), isContext: try rows.flag()))
    }
    return texts
  }

  /// A text that is kept already stays; it may be wanted longer, and for its own sake.
  static func put(_ texts: [SealedText], _ db: Database) throws {
    guard !texts.isEmpty else { return }
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO sealed_text (conversation_id, message_id, author_id, message_index, sent_at, sealed, expires_at, is_context)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (conversation_id, message_id) DO UPDATE SET
          expires_at = max(expires_at, excluded.expires_at), is_context = min(is_context, excluded.is_context)
        """)
    for text in texts {
      row.bind(text.conversationID)
      row.bind(text.messageID)
      row.bind(text.authorID)
      row.bind(text.messageIndex)
      row.bind(text.timestamp)
      row.bind(bytes: text.sealed)
      row.bind(text.expiresAt)
      row.bind(text.isContext)
      try row.step()
    }
  }

  /// Texts that are not gone yet stay as long as asked for, for the sake of their conversation.
  static func extend(_ wishes: [ServiceChanges.LongerTexts], _ db: Database) throws {
    for wish in wishes {
      try db.cachedStatement(
        sql: "UPDATE sealed_text SET expires_at = max(expires_at, ?) WHERE conversation_id = ?"
      ).execute(arguments: [wish.until, wish.conversationID])
    }
  }
}
