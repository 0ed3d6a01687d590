internal import GRDB
internal import JagaCore

extension Store {
  /// The flags of a conversation, in the order of its messages.
  public func flags(conversation id: String) throws(StoreError) -> [KeptFlag] {
    try reading { db in try flags(conversation: id, db) }
  }

  /// The flags of an item, in the order of messages.
  public func flags(item number: Int) throws(StoreError) -> [KeptFlag] {
    try reading { db in try flags(item: number, db) }
  }

  /// The flag of a message; nil when it has none.
  public func flag(conversation: String, message: String) throws(StoreError) -> KeptFlag? {
    try reading { db in
      var rows = try RowReader(
        db, self, cached: "SELECT \(Store.flagColumns) FROM flag WHERE conversation_id = ? AND message_id = ?")
      rows.bind(conversation)
      rows.bind(message)
      return try rows.step() ? try KeptFlag(reading: &rows) : nil
    }
  }

  func flags(conversation id: String, _ db: Database) throws -> [KeptFlag] {
    var rows = try RowReader(
      db, self,
      cached: "SELECT \(Store.flagColumns) FROM flag WHERE conversation_id = ? ORDER BY message_index, flag")
    rows.bind(id)
    var flags: [KeptFlag] = []
    while try rows.step() { flags.append(try KeptFlag(reading: &rows)) }
    return flags
  }

  func flags(item number: Int, _ db: Database) throws -> [KeptFlag] {
    var rows = try RowReader(
      db, self, cached: "SELECT \(Store.flagColumns) FROM flag WHERE item = ? ORDER BY message_index, flag")
    rows.bind(number)
    var flags: [KeptFlag] = []
    while try rows.step() { flags.append(try KeptFlag(reading: &rows)) }
    return flags
  }

  private static let flagColumns = """
    conversation_id, message_id, author_id, message_index, kind, band, score, disclosure, label, conversation_band,
    conversation_score, conversation_label, support_needed, lang, sent_at, received_at, record, text_hmac, model_id,
    urgency, subject
    """

  private static let insertFlag = """
    INSERT INTO flag (item, \(flagColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  static func put(_ flag: KeptFlag, item: Int, _ db: Database) throws {
    var row = try RowWriter(db, cached: insertFlag)
    row.bind(item)
    row.bind(flag.conversationID)
    row.bind(flag.messageID)
    row.bind(flag.authorID)
    row.bind(flag.messageIndex)
    row.bind(flag.kind.rawValue)
    row.bind(flag.band.staticName)
    row.bind(flag.score)
    row.bind(flag.disclosure)
    row.bind(flag.label.staticName)
    row.bind(flag.conversationBand.staticName)
    row.bind(flag.conversationScore)
    row.bind(flag.conversationLabel.staticName)
    row.bind(flag.supportNeeded)
    row.bind(flag.language)
    row.bind(flag.timestamp)
    row.bind(flag.receivedAt)
    flag.record.withUnsafeBufferPointer { row.bind(utf8: $0) }
    row.bind(bytes: flag.textHMAC)
    row.bind(flag.modelID)
    row.bind(flag.keptUrgency)
    row.bind(bytes: flag.subject)
    try row.step()
  }
}

extension KeptFlag {
  /// Reads the columns of ``Store``'s list of them.
  fileprivate init(reading rows: inout RowReader) throws {
    self.init(
      conversationID: try rows.text(), messageID: try rows.text(), authorID: try rows.text(),
      messageIndex: try rows.integer(0...Int.max), kind: try rows.name(ReviewKind.init(rawValue:)),
      band: try rows.name(Band.init(name:)), score: try rows.share(), disclosure: try rows.share(),
      label: try rows.name(Label.init(name:)), conversationBand: try rows.name(Band.init(name:)),
      conversationScore: try rows.share(), conversationLabel: try rows.name(Label.init(name:)),
      supportNeeded: try rows.flag(), language: try rows.text(), timestamp: try rows.optionalTime(),
      receivedAt: try rows.time(), record: try rows.textBytes(), textHMAC: try rows.bytes(),
      modelID: try rows.text(), urgency: try rows.integer(0...3), subject: try rows.bytes())
  }
}
