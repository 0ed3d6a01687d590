internal import GRDB
internal import JagaCore

extension Store {
  /// The item of a number; nil when there is none, or it was deleted.
  public func item(_ number: Int) throws(StoreError) -> ReviewItem? {
    try reading { db in try item(number, db) }
  }

  /// The items of a conversation, in the order of opening.
  public func items(conversation id: String) throws(StoreError) -> [ReviewItem] {
    try reading { db in try items(conversation: id, db) }
  }

  func item(_ number: Int, _ db: Database) throws -> ReviewItem? {
    var rows = try RowReader(db, self, cached: "SELECT \(Store.itemColumns) FROM review_item i WHERE item = ?")
    rows.bind(number)
    return try rows.step() ? try ReviewItem(reading: &rows) : nil
  }

  func items(conversation id: String, _ db: Database) throws -> [ReviewItem] {
    var rows = try RowReader(
      db, self, cached: "SELECT \(Store.itemColumns) FROM review_item i WHERE conversation_id = ? ORDER BY item")
    rows.bind(id)
    var items: [ReviewItem] = []
    while try rows.step() { items.append(try ReviewItem(reading: &rows)) }
    return items
  }

  /// The one item of a conversation and kind that waits.
  func waitingItem(conversation: String, kind: ReviewKind, _ db: Database) throws -> ReviewItem? {
    try item("status <> 'closed'", conversation, kind, db)
  }

  /// The item of a conversation and kind that was opened last, of those that are decided.
  func closedItem(conversation: String, kind: ReviewKind, _ db: Database) throws -> ReviewItem? {
    try item("status = 'closed' ORDER BY item DESC LIMIT 1", conversation, kind, db)
  }

  private func item(_ condition: String, _ conversation: String, _ kind: ReviewKind, _ db: Database) throws
    -> ReviewItem?
  {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT \(Store.itemColumns) FROM review_item i
        WHERE conversation_id = ? AND kind = ? AND \(condition)
        """)
    rows.bind(conversation)
    rows.bind(kind.rawValue)
    return try rows.step() ? try ReviewItem(reading: &rows) : nil
  }

  static let itemColumns = """
    i.item, i.conversation_id, i.kind, i.status, i.version, i.band, i.urgency, i.label, i.score, i.disclosure, i.message_id,
    i.lang, i.model_id, i.flags, i.opened_at, i.updated_at, i.closed_at, i.outcome, i.outcome_label, i.subject,
    i.follows
    """

  private static let changingColumns = [
    "status", "version", "band", "urgency", "label", "track", "score", "disclosure", "message_id", "lang", "model_id",
    "flags", "updated_at", "closed_at", "outcome", "outcome_label", "subject",
  ]

  private static let insertItem = """
    INSERT INTO review_item (\(changingColumns.joined(separator: ", ")), conversation_id, kind, opened_at, follows)
    VALUES (\(changingColumns.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?)
    """

  private static let updateItem = """
    UPDATE review_item SET \(changingColumns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE item = ?
    """

  /// Returns the new item's number.
  static func insert(_ item: ReviewItem, _ db: Database) throws -> Int {
    var row = try RowWriter(db, cached: insertItem)
    bind(item, &row)
    row.bind(item.conversationID)
    row.bind(item.kind.rawValue)
    row.bind(item.openedAt)
    row.bind(item.follows)
    try row.step()
    return Int(db.lastInsertedRowID)
  }

  static func update(_ item: ReviewItem, _ db: Database) throws {
    var row = try RowWriter(db, cached: updateItem)
    bind(item, &row)
    row.bind(item.number)
    try row.step()
  }

  private static func bind(_ item: ReviewItem, _ row: inout RowWriter) {
    row.bind(item.status.rawValue)
    row.bind(item.version)
    row.bind(item.band.staticName)
    row.bind(item.urgency)
    row.bind(item.label.staticName)
    row.bind(item.label.track?.name)
    row.bind(item.score)
    row.bind(item.disclosure)
    row.bind(item.messageID)
    row.bind(item.language)
    row.bind(item.modelID)
    row.bind(item.flags)
    row.bind(item.updatedAt)
    row.bind(item.closedAt)
    row.bind(item.outcome?.rawValue)
    row.bind(item.outcomeLabel?.staticName)
    row.bind(bytes: item.subject)
  }
}

extension ReviewItem {
  /// Reads the columns of ``Store/itemColumns``.
  init(reading rows: inout RowReader) throws {
    self.init(
      number: try rows.integer(1...Int.max), conversationID: try rows.text(),
      kind: try rows.name(ReviewKind.init(rawValue:)), status: try rows.name(ItemStatus.init(rawValue:)),
      version: try rows.integer(), band: try rows.name(Band.init(name:)), urgency: try rows.integer(0...3),
      label: try rows.name(Label.init(name:)), score: try rows.share(), disclosure: try rows.share(),
      messageID: try rows.text(), language: try rows.text(), modelID: try rows.text(), flags: try rows.integer(),
      openedAt: try rows.time(), updatedAt: try rows.time(), closedAt: try rows.optionalTime(),
      outcome: try rows.optionalName(Verdict.init(rawValue:)), outcomeLabel: try rows.optionalName(Label.init(name:)),
      subject: try rows.bytes(), follows: try rows.optionalInteger(1...Int.max))
  }
}
