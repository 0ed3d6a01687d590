internal import GRDB

extension Store {
  /// Rows of the audit from a number on, in order.
  public func audit(from sequence: Int, limit: Int) throws(StoreError) -> [AuditRow] {
    try reading { db in
      var rows = try RowReader(
        db, self, cached: "SELECT \(Store.auditColumns) FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT ?")
      rows.bind(sequence)
      rows.bind(max(limit, 0))
      var found: [AuditRow] = []
      while try rows.step() { found.append(try AuditRow(reading: &rows)) }
      return found
    }
  }

  /// The last row's number and hash, what an auditor notes down; 0 and 32 zero bytes when there is none.
  public func auditHead() throws(StoreError) -> (sequence: Int, hash: [UInt8]) {
    try reading { db in try auditHead(db) }
  }

  func auditHead(_ db: Database) throws -> (sequence: Int, hash: [UInt8]) {
    var rows = try RowReader(db, self, cached: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
    guard try rows.step() else { return (0, AuditRow.origin) }
    return (try rows.integer(1...Int.max), try rows.bytes())
  }

  /// Reads the whole audit and tells whether every row is as it was written, none is missing and none was put in.
  ///
  /// The chain alone cannot tell that its last rows were cut off, or that all of it was written anew. So give a hash that was noted down earlier, of
  /// ``auditHead()`` or of a backup: it must be the hash of some row. Cost: some 3 µs a row; writers do not wait.
  public func verifyAudit(expecting head: [UInt8]? = nil) throws(StoreError) -> AuditVerdict {
    try reading { db in
      var verdict = AuditVerdict(rows: 0, sequence: 0, hash: AuditRow.origin)
      let guards = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'
            AND name IN ('audit_is_not_changed', 'audit_is_not_shortened', 'audit_goes_on')
          """)
      verdict.isGuarded = guards == 3
      var isExpectedSeen = head == nil || head == AuditRow.origin
      var rows = try RowReader(db, self, sql: "SELECT \(Store.auditColumns) FROM audit ORDER BY sequence")
      while try rows.step() {
        verdict.rows += 1
        guard let row = try? AuditRow(reading: &rows) else {
          return verdict.failing(verdict.sequence + 1, .malformed)
        }
        if row.sequence > verdict.sequence + 1 { return verdict.failing(verdict.sequence + 1, .missing) }
        if row.sequence < verdict.sequence + 1 { return verdict.failing(row.sequence, .malformed) }
        if row.previous != verdict.hash { return verdict.failing(row.sequence, .link) }
        if row.hash != row.digest() { return verdict.failing(row.sequence, .content) }
        verdict.sequence = row.sequence
        verdict.hash = row.hash
        if row.hash == head { isExpectedSeen = true }
      }
      if !isExpectedSeen { verdict.fault = .head }
      return verdict
    }
  }

  private static let auditColumns = "sequence, at, actor, action, subject, detail, previous, hash"
}

extension AuditVerdict {
  fileprivate func failing(_ sequence: Int, _ fault: Fault) -> AuditVerdict {
    var verdict = self
    verdict.badSequence = sequence
    verdict.fault = fault
    return verdict
  }
}

extension AuditRow {
  fileprivate init(reading rows: inout RowReader) throws {
    self.init(
      sequence: try rows.integer(.min ... .max), at: try rows.time(), actor: try rows.text(), action: try rows.text(),
      subject: try rows.optionalBytes(), detail: try rows.text(), previous: try rows.bytes(), hash: try rows.bytes())
  }
}
