internal import GRDB

extension Store {
  private static let changingSessionColumns = [
    "poll_id", "poll_version", "lang", "started_at", "updated_at", "expires_at", "remind_at", "ended_at", "address",
    "state", "conversation_id",
  ]

  private static let insertSession = """
    INSERT INTO poll_session (\(changingSessionColumns.joined(separator: ", ")), channel, contact)
    VALUES (\(changingSessionColumns.map { _ in "?" }.joined(separator: ", ")), ?, ?)
    """

  private static let updateSession = """
    UPDATE poll_session SET \(changingSessionColumns.map { "\($0) = ?" }.joined(separator: ", "))
    WHERE channel = ? AND contact = ? AND poll_session = ?
    """

  /// Keeps a session as it is now and gives its number. One without a number, or whose conversation was deleted meanwhile, is new, and ends the live one.
  static func put(_ session: KeptPollSession, _ db: Database) throws -> Int {
    if session.number > 0 {
      var row = try RowWriter(db, cached: updateSession)
      bind(session, &row)
      row.bind(session.number)
      if try row.step() == 1 { return session.number }
    }
    try endLive(session, db)
    var row = try RowWriter(db, cached: insertSession)
    bind(session, &row)
    try row.step()
    return Int(db.lastInsertedRowID)
  }

  private static func endLive(_ session: KeptPollSession, _ db: Database) throws {
    var row = try RowWriter(
      db,
      cached: """
        UPDATE poll_session SET ended_at = max(?, started_at), remind_at = NULL
        WHERE channel = ? AND contact = ? AND ended_at IS NULL
        """)
    row.bind(session.updatedAt)
    row.bind(session.channel)
    row.bind(bytes: session.contact)
    try row.step()
  }

  private static func bind(_ session: KeptPollSession, _ row: inout RowWriter) {
    row.bind(session.pollID)
    row.bind(session.pollVersion)
    row.bind(session.language)
    row.bind(session.startedAt)
    row.bind(session.updatedAt)
    row.bind(session.expiresAt)
    row.bind(session.remindAt)
    row.bind(session.endedAt)
    row.bind(bytes: session.address)
    row.bind(bytes: session.state)
    row.bind(session.conversationID)
    row.bind(session.channel)
    row.bind(bytes: session.contact)
  }

  static func put(_ answer: KeptPollAnswer, session: Int, _ db: Database) throws {
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO poll_answer (poll_session, poll_id, poll_version, question_id, choice_id, group_values, may_leave,
          answered_at, sealed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (poll_session, question_id) DO UPDATE SET poll_id = excluded.poll_id,
          poll_version = excluded.poll_version, choice_id = excluded.choice_id, group_values = excluded.group_values,
          may_leave = excluded.may_leave, answered_at = excluded.answered_at, sealed = excluded.sealed
        """)
    row.bind(session)
    row.bind(answer.pollID)
    row.bind(answer.pollVersion)
    row.bind(answer.questionID)
    row.bind(answer.choiceID)
    row.bind(GroupValues.json(answer.groups))
    row.bind(answer.mayLeave)
    row.bind(answer.at)
    row.bind(bytes: answer.sealedText)
    try row.step()
  }
}
