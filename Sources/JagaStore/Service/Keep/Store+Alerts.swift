internal import GRDB

extension Store {
  /// Alerts that are to be sent by now, the longest due first: those of one target, or of all with nil, but of none of `others`. Cost: alerts of other targets
  /// that are due are passed over one by one.
  public func dueAlerts(
    now: Int64, limit: Int, target: String? = nil, except others: [String] = []
  ) throws(StoreError) -> [KeptAlert] {
    try reading { db in
      let own = target == nil ? "" : "AND target = ?"
      let rest = others.isEmpty ? "" : "AND target NOT IN (\(others.map { _ in "?" }.joined(separator: ", ")))"
      var rows = try RowReader(
        db, self,
        cached: """
          SELECT \(Store.alertColumns) FROM alert WHERE status = 'pending' AND due_at <= ? \(own) \(rest)
          ORDER BY due_at, alert LIMIT ?
          """)
      rows.bind(now)
      if let target { rows.bind(target) }
      for other in others { rows.bind(other) }
      rows.bind(max(limit, 0))
      return try Store.alerts(&rows)
    }
  }

  /// Says what became of an attempt. An alert that is not pending any more, or was deleted, stays as it is. Giving one up is put on record.
  public func settleAlert(_ number: Int, _ outcome: AlertOutcome, now: Int64) throws(StoreError) {
    try writing { db in
      var status = KeptAlert.Status.delivered
      var (due, reason): (Int64?, String?) = (nil, nil)
      switch outcome {
      case .delivered: break
      case .retry(let time, let why): (status, due, reason) = (.pending, time, why)
      case .dead(let why): (status, reason) = (.dead, why)
      }
      var row = try RowWriter(
        db,
        cached: """
          UPDATE alert SET status = ?, due_at = coalesce(?, due_at), reason = ?, attempts = attempts + ?, settled_at = ?
          WHERE alert = ? AND status = 'pending'
          """)
      row.bind(status.rawValue)
      row.bind(due)
      row.bind(reason)
      row.bind(status == .delivered ? 0 : 1)
      row.bind(status == .pending ? nil : now)
      row.bind(number)
      guard try row.step() == 1, status == .dead else { return }
      var rows = try RowReader(db, self, cached: "SELECT target, attempts, subject FROM alert WHERE alert = ?")
      rows.bind(number)
      guard try rows.step() else { throw damaged("alert \(number) is gone") }
      var detail = AuditDetail()
      detail.add("alert", number)
      detail.add("target", try rows.text())
      detail.add("attempts", try rows.integer())
      var audit = AuditWriter(db, self)
      try audit.append(.alertDead, at: now, actor: AuditWriter.program, subject: try rows.bytes(), detail)
    }
  }

  /// Alerts that were given up, the oldest first.
  public func deadAlerts(limit: Int) throws(StoreError) -> [KeptAlert] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        cached: "SELECT \(Store.alertColumns) FROM alert WHERE status = 'dead' ORDER BY settled_at, alert LIMIT ?"
      )
      rows.bind(max(limit, 0))
      return try Store.alerts(&rows)
    }
  }

  /// Puts alerts that were given up back into the outbox, due at once and with all attempts before them; nil for all of them. Returns how many, and puts that
  /// on record. Numbers of other alerts are passed over.
  @discardableResult
  public func replayAlerts(_ numbers: [Int]?, now: Int64, actor: String) throws(StoreError) -> Int {
    try writing { db in
      let change =
        "UPDATE alert SET status = 'pending', attempts = 0, due_at = ?, settled_at = NULL WHERE status = 'dead'"
      var count = 0
      if let numbers {
        var row = try RowWriter(db, cached: change + " AND alert = ?")
        for number in numbers {
          row.bind(now)
          row.bind(number)
          count += try row.step()
        }
      } else {
        var row = try RowWriter(db, cached: change)
        row.bind(now)
        count = try row.step()
      }
      guard count > 0 else { return 0 }
      var detail = AuditDetail()
      detail.add("alerts", count)
      var audit = AuditWriter(db, self)
      try audit.append(.alertsReplayed, at: now, actor: actor, subject: nil, detail)
      return count
    }
  }

  func alerts(conversation id: String, _ db: Database) throws -> [KeptAlert] {
    var rows = try RowReader(
      db, self, cached: "SELECT \(Store.alertColumns) FROM alert WHERE conversation_id = ? ORDER BY alert")
    rows.bind(id)
    return try Store.alerts(&rows)
  }

  private static let alertColumns =
    "alert, target, conversation_id, payload, created_at, status, attempts, due_at, reason"

  private static func alerts(_ rows: inout RowReader) throws -> [KeptAlert] {
    var alerts: [KeptAlert] = []
    while try rows.step() {
      alerts.append(
        KeptAlert(
          number: try rows.integer(0...Int.max), target: try rows.text(), conversationID: try rows.text(),
          payload: try rows.bytes(), createdAt: try rows.time(),
          status: try rows.name(KeptAlert.Status.init(rawValue:)), attempts: try rows.integer(),
          dueAt: try rows.time(), reason: try rows.optionalText()))
    }
    return alerts
  }

  static func put(_ alerts: [AlertDraft], _ db: Database) throws {
    guard !alerts.isEmpty else { return }
    var row = try RowWriter(
      db,
      cached: """
        INSERT INTO alert (target, conversation_id, subject, payload, created_at, status, attempts, due_at)
        VALUES (?, ?, ?, ?, ?, 'pending', 0, ?)
        """)
    for alert in alerts {
      row.bind(alert.target)
      row.bind(alert.conversationID)
      row.bind(bytes: alert.subject)
      row.bind(bytes: alert.payload)
      row.bind(alert.createdAt)
      row.bind(alert.createdAt)
      try row.step()
    }
  }
}
