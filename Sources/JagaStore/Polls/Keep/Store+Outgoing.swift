internal import GRDB

extension Store {
  /// Messages that are to be sent by now, the longest due first: of each contact the first alone, so that none overtakes another. The next one is given once
  /// that one is settled for good; one that is to be tried again later holds the others back.
  ///
  /// With a channel, those of that channel alone. A message stays due until it is settled: ask for more than are under way, and pass those over. Cost: one
  /// look-up for each message that is due.
  public func dueOutgoing(channel: String? = nil, now: Int64, limit: Int) throws(StoreError) -> [KeptOutgoing] {
    try reading { db in
      var rows = try RowReader(db, self, cached: Store.dueMessages)
      rows.bind(now)
      rows.bind(channel ?? "")
      rows.bind(channel ?? "")
      rows.bind(max(limit, 0))
      return try Store.outgoing(&rows)
    }
  }

  /// Read in the order of an index, and never sorted.
  static let dueMessages = """
    SELECT \(outgoingColumns) FROM outgoing o WHERE status = 'pending' AND due_at <= ? AND (? = '' OR o.channel = ?)
      AND NOT EXISTS (SELECT 1 FROM outgoing e WHERE e.channel = o.channel AND e.contact = o.contact
        AND e.status = 'pending' AND (e.ordered_at, e.outgoing) < (o.ordered_at, o.outgoing))
    ORDER BY due_at, o.outgoing LIMIT ?
    """

  /// All messages that wait for one contact, in the order of sending, due or not: for channels that fetch them.
  public func waitingOutgoing(channel: String, contact: [UInt8]) throws(StoreError) -> [KeptOutgoing] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.outgoingColumns) FROM outgoing o WHERE channel = ? AND contact = ? AND status = 'pending'
          ORDER BY o.ordered_at, o.outgoing
          """)
      rows.bind(channel)
      rows.bind(bytes: contact)
      return try Store.outgoing(&rows)
    }
  }

  /// Says what became of an attempt. A message that does not wait any more, or was deleted, stays as it is: a gateway may have reported on it already. Giving
  /// one up is put on record.
  public func settleOutgoing(_ id: String, _ outcome: OutgoingOutcome, now: Int64) throws(StoreError) {
    try writing { db in
      var status = KeptOutgoing.Status.sent
      var (due, reason): (Int64?, String?) = (nil, nil)
      switch outcome {
      case .sent: break
      case .retry(let time, let why): (status, due, reason) = (.pending, time, why)
      case .dead(let why): (status, reason) = (.dead, why)
      }
      var row = try RowWriter(
        db,
        cached: """
          UPDATE outgoing SET status = ?, due_at = coalesce(?, due_at), reason = ?, attempts = attempts + ?, settled_at = ?
          WHERE outgoing_id = ? AND status = 'pending'
          """)
      row.bind(status.rawValue)
      row.bind(due)
      row.bind(reason)
      row.bind(status == .sent ? 0 : 1)
      row.bind(status == .pending ? nil : now)
      row.bind(id)
      guard try row.step() == 1, status == .dead else { return }
      try recordDead(id, now: now, db)
    }
  }

  /// The subject is that of an item of the conversation; without a case there is none.
  private func recordDead(_ id: String, now: Int64, _ db: Database) throws {
    var rows = try RowReader(
      db, self,
      cached: """
        SELECT attempts, response_id,
          (SELECT subject FROM review_item i WHERE i.conversation_id = o.conversation_id ORDER BY item DESC LIMIT 1)
        FROM outgoing o WHERE outgoing_id = ?
        """)
    rows.bind(id)
    guard try rows.step() else { throw damaged("a message of the outbox is gone") }
    var detail = AuditDetail()
    detail.add("attempts", try rows.integer())
    if let response = try rows.optionalText() { detail.add("response", response) }
    var audit = AuditWriter(db, self)
    try audit.append(
      .outgoingDead, at: now, actor: AuditWriter.program, subject: try rows.optionalBytes(), detail)
  }

  /// Takes what a gateway says about a message; false when there is none of that id.
  ///
  /// What was said may come twice, out of order, or before the attempt is settled. It never leads back: who has a message has been sent it, and one that arrived
  /// did not fail.
  @discardableResult
  public func outgoingStatus(_ id: String, _ report: OutgoingReport, now: Int64) throws(StoreError) -> Bool {
    try writing { db in
      let before =
        switch report {
        case .sent: "'pending'"
        case .failed: "'pending', 'sent'"
        case .delivered: "'pending', 'sent', 'failed', 'dead', 'withdrawn'"
        }
      var row = try RowWriter(
        db,
        cached: """
          UPDATE outgoing SET status = ?, settled_at = coalesce(settled_at, ?) WHERE outgoing_id = ? AND status IN (\(before))
          """)
      row.bind(report.rawValue)
      row.bind(now)
      row.bind(id)
      if try row.step() == 1 { return true }
      return try isInOutbox(id, db)
    }
  }

  func isInOutbox(_ id: String, _ db: Database) throws -> Bool {
    var rows = try RowReader(db, self, cached: "SELECT 1 FROM outgoing WHERE outgoing_id = ?")
    rows.bind(id)
    return try rows.step()
  }

  /// The messages of a conversation, in the order of keeping.
  public func outgoing(conversation id: String) throws(StoreError) -> [KeptOutgoing] {
    try reading { db in try outgoing(conversation: id, db) }
  }

  func outgoing(conversation id: String, _ db: Database) throws -> [KeptOutgoing] {
    var rows = try RowReader(
      db, self,
      cached: "SELECT \(Store.outgoingColumns) FROM outgoing o WHERE conversation_id = ? ORDER BY o.outgoing")
    rows.bind(id)
    return try Store.outgoing(&rows)
  }

  private static let outgoingColumns = """
    o.outgoing, o.outgoing_id, o.channel, o.contact, \(address(of: "o")), o.conversation_id, o.sealed, o.response_id,
    o.created_at, o.due_at, o.status, o.attempts, o.settled_at, o.reason
    """

  /// The address of the last session of the contact that a row names; an empty one is none.
  static func address(of row: String) -> String {
    """
    (SELECT nullif(s.address, x'') FROM poll_session s WHERE s.channel = \(row).channel AND s.contact = \(row).contact
      ORDER BY s.poll_session DESC LIMIT 1)
    """
  }

  private static func outgoing(_ rows: inout RowReader) throws -> [KeptOutgoing] {
    var messages: [KeptOutgoing] = []
    while try rows.step() {
      messages.append(
        KeptOutgoing(
          number: try rows.integer(1...Int.max), id: try rows.text(), channel: try rows.text(),
          contact: try rows.bytes(), address: try rows.optionalBytes(), conversationID: try rows.text(),
          sealed: try rows.bytes(), responseID: try rows.optionalText(), createdAt: try rows.time(),
          dueAt: try rows.time(), status: try rows.name(KeptOutgoing.Status.init(rawValue:)),
          attempts: try rows.integer(), settledAt: try rows.optionalTime(), reason: try rows.optionalText()))
    }
    return messages
  }

  /// Returns how many are new.
  @discardableResult
  static func put(_ drafts: [OutgoingDraft], at now: Int64, _ db: Database) throws -> Int {
    guard !drafts.isEmpty else { return 0 }
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO outgoing (outgoing_id, channel, contact, conversation_id, response_id, created_at, ordered_at, due_at,
          status, attempts, sealed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?) ON CONFLICT (outgoing_id) DO NOTHING
        """)
    var count = 0
    for draft in drafts.ordered {
      row.bind(draft.id)
      row.bind(draft.channel)
      row.bind(bytes: draft.contact)
      row.bind(draft.conversationID)
      row.bind(draft.responseID)
      row.bind(now)
      row.bind(draft.dueAt)
      row.bind(draft.dueAt)
      row.bind(bytes: draft.sealed)
      count += try row.step()
    }
    return count
  }
}

extension [OutgoingDraft] {
  /// By their places; those of the same place as they stand.
  var ordered: [OutgoingDraft] {
    enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element)
  }
}
