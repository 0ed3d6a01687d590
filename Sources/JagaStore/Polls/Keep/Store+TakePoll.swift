internal import GRDB

extension Store {
  /// Keeps one reply, or nothing of it when its receipt is there.
  func take(
    _ change: PollChange, _ result: inout CommitResult, _ audit: inout AuditWriter, _ db: Database
  ) throws -> PollResult {
    try check(change)
    if let receipt = change.receipt, try !Store.receive(receipt, change, db) { return PollResult(isRepeated: true) }
    switch change.wish {
    case .stop: try Store.stop(change, &audit, db)
    case .resume: try Store.resume(change, db)
    case .leave: try Store.leave(change, &audit, db)
    case nil: break
    }
    var kept = PollResult()
    if let session = change.session {
      let number = try Store.put(session, db)
      for answer in change.answers { try Store.put(answer, session: number, db) }
      kept.session = number
    }
    // Whatever replies the effects hold, they are none of the caller's list.
    let polls = result.polls
    try keep(change.effects, &result, &audit, db)
    result.polls = polls
    try Store.put(change.outgoing, at: change.at, db)
    if let draft = change.case { kept.caseItem = try keep(draft, of: change, &result, &audit, db) }
    return kept
  }

  /// A message for somebody else must never go out with a reply.
  private func check(_ change: PollChange) throws(StoreError) {
    var reason: String?
    if let session = change.session, session.channel != change.channel || session.contact != change.contact {
      reason = "a session is another contact's than its reply"
    } else if change.outgoing.contains(where: { $0.channel != change.channel || $0.contact != change.contact }) {
      reason = "a message is for another contact than its reply"
    } else if change.session == nil, !change.answers.isEmpty {
      reason = "answers need a session"
    }
    if let reason { throw .cannotWrite(file: path, reason: reason) }
  }

  /// False when the receipt is there.
  private static func receive(_ receipt: [UInt8], _ change: PollChange, _ db: Database) throws -> Bool {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO poll_receipt (channel, receipt_key, received_at) VALUES (?, ?, ?)
        ON CONFLICT (channel, receipt_key) DO NOTHING
        """)
    row.bind(change.channel)
    row.bind(bytes: receipt)
    row.bind(change.at)
    return try row.step() == 1
  }

  /// What waits for the contact is withdrawn, the bot's own words too, but for a person's first answer after a contact has asked to be written to: it is
  /// waited for, and STOP is said to the questions. Said again, it changes nothing.
  private static func stop(_ change: PollChange, _ audit: inout AuditWriter, _ db: Database) throws {
    let withdrawn = try withdraw(change, sparingAnswers: true, db)
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO poll_opt_out (channel, contact, stopped_at) VALUES (?, ?, ?) ON CONFLICT (channel, contact) DO NOTHING
        """)
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    row.bind(change.at)
    guard try row.step() == 1 else { return }
    var detail = AuditDetail()
    detail.add("withdrawn", withdrawn)
    try audit.append(.pollStopped, at: change.at, actor: AuditWriter.program, subject: change.subject, detail)
  }

  /// Returns how many messages that waited for the contact are withdrawn. Spared is, where told so, the answer that they asked for, in all its parts.
  private static func withdraw(_ change: PollChange, sparingAnswers: Bool, _ db: Database) throws -> Int {
    var row = try RowWriter(
      db,
      cached: """
        UPDATE outgoing SET status = 'withdrawn', settled_at = ?1
        WHERE channel = ?2 AND contact = ?3 AND status = 'pending'
          AND NOT (?4 AND EXISTS (SELECT 1 FROM review_case c
            WHERE c.channel = outgoing.channel AND c.contact = outgoing.contact AND c.wants_contact = 1
            AND outgoing.answer_id = (SELECT r.outgoing_id FROM case_response r WHERE \(Store.answers("r", to: "c"))
              ORDER BY r.case_response LIMIT 1)))
        """)
    row.bind(change.at)
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    row.bind(sparingAnswers ? 1 : 0)
    return try row.step()
  }

  /// Nobody can be written to at an address that is not kept. Of somebody without a session nothing is known.
  private static func leave(_ change: PollChange, _ audit: inout AuditWriter, _ db: Database) throws {
    let withdrawn = try withdraw(change, sparingAnswers: false, db)
    var row = try RowWriter(
      db, cached: "UPDATE poll_session SET address = x'' WHERE channel = ? AND contact = ? AND address <> x''")
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    guard try row.step() > 0 else { return }
    var detail = AuditDetail()
    detail.add("withdrawn", withdrawn)
    try audit.append(.pollLeft, at: change.at, actor: AuditWriter.program, subject: change.subject, detail)
  }

  private static func resume(_ change: PollChange, _ db: Database) throws {
    var row = try RowWriter(db, cached: "DELETE FROM poll_opt_out WHERE channel = ? AND contact = ?")
    row.bind(change.channel)
    row.bind(bytes: change.contact)
    try row.step()
  }
}
