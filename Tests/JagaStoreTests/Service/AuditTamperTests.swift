import Foundation
import GRDB
import Testing

@testable import JagaStore

/// Somebody with the file in hand takes the triggers away and changes it.
@Suite struct AuditTamperTests {
  private static let triggers =
    "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_shortened; DROP TRIGGER audit_goes_on;"
  private static let columns = "at, actor, action, subject, detail, previous, hash"

  /// Six rows, then the tampering; the triggers are put back so that the chain alone tells.
  private func tampered(_ body: (Database) throws -> Void) throws -> (
    verdict: AuditVerdict, head: [UInt8], store: OpenStore
  ) {
    let open = try OpenStore()
    let drafts = (1...6).map { AuditDraft(at: Int64($0), actor: "ani", action: "x", detail: "{\"n\":\($0)}") }
    try open.store.commit(ServiceChanges(audit: drafts))
    let head = try open.store.auditHead().hash
    let raw = try DatabaseQueue(path: open.path)
    try raw.write { db in
      let triggers = try String.fetchAll(
        db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit' ORDER BY name")
      #expect(triggers.count == 3)
      try db.execute(sql: AuditTamperTests.triggers)
      try body(db)
      for sql in triggers { try db.execute(sql: sql) }
    }
    try raw.close()
    return (try open.store.verifyAudit(expecting: head), head, open)
  }

  private func expect(_ sql: String, _ sequence: Int?, _ fault: AuditVerdict.Fault) throws {
    let verdict = try tampered { db in try db.execute(sql: sql) }.verdict
    #expect(verdict.badSequence == sequence && verdict.fault == fault, "\(sql)")
    #expect(verdict.isGuarded && !verdict.isWhole)
    if let sequence { #expect(verdict.sequence == sequence - 1, "\(sql)") }
  }

  @Test(arguments: [
    "UPDATE audit SET detail = '{\"n\":9}' WHERE sequence = 3", "UPDATE audit SET actor = 'budi' WHERE sequence = 3",
    "UPDATE audit SET at = 0 WHERE sequence = 3", "UPDATE audit SET action = 'y' WHERE sequence = 3",
    "UPDATE audit SET subject = x'00' WHERE sequence = 3", "UPDATE audit SET hash = zeroblob(32) WHERE sequence = 3",
    // A piece of one text given to its neighbour.
    "UPDATE audit SET actor = 'an', action = 'ix' WHERE sequence = 3",
  ])
  func changed(sql: String) throws { try expect(sql, 3, .content) }

  @Test func removed() throws {
    try expect("DELETE FROM audit WHERE sequence = 3", 3, .missing)
    try expect("DELETE FROM audit WHERE sequence < 3", 1, .missing)
    // The gap is closed by counting the later rows down.
    try expect(
      "DELETE FROM audit WHERE sequence = 3; UPDATE audit SET sequence = sequence + 99 WHERE sequence > 3; UPDATE audit SET sequence = sequence - 100 WHERE sequence > 99",
      3, .link)
    // The last rows: only the hash noted down can tell.
    try expect("DELETE FROM audit WHERE sequence > 4", nil, .head)
    try expect("DELETE FROM audit", nil, .head)
  }

  @Test func inserted() throws {
    let room =
      "UPDATE audit SET sequence = sequence + 100 WHERE sequence >= 3; UPDATE audit SET sequence = sequence - 99 WHERE sequence > 99;"
    let copy = { (number: Int) in
      "\(room) INSERT INTO audit SELECT 3, \(AuditTamperTests.columns) FROM audit WHERE sequence = \(number)"
    }
    try expect(copy(2), 3, .link)
    try expect(copy(5), 3, .link)
    try expect("INSERT INTO audit SELECT 9, \(AuditTamperTests.columns) FROM audit WHERE sequence = 6", 7, .missing)
    try expect("INSERT INTO audit SELECT 7, \(AuditTamperTests.columns) FROM audit WHERE sequence = 6", 7, .link)
  }

  /// A row that is put in with a right hash of its own is given away by the next one.
  @Test func insertedWithARightHash() throws {
    let verdict = try tampered { db in
      let previous = try #require(try [UInt8].fetchBlob(db, "SELECT hash FROM audit WHERE sequence = 2"))
      var row = AuditRow(
        sequence: 3, at: 3, actor: "budi", action: "x", subject: nil, detail: "{}", previous: previous, hash: [])
      row.hash = row.digest()
      try db.execute(
        sql: "UPDATE audit SET actor = 'budi', detail = '{}', hash = ? WHERE sequence = 3", arguments: [Data(row.hash)])
    }.verdict
    #expect(verdict.badSequence == 4 && verdict.fault == .link)
  }

  @Test func reordered() throws {
    try expect(
      "UPDATE audit SET sequence = 99 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 99",
      3, .link)
    // What was done changes places, and the chain's columns stay.
    try expect(
      "UPDATE audit SET detail = CASE sequence WHEN 3 THEN '{\"n\":5}' ELSE '{\"n\":3}' END WHERE sequence IN (3, 5)",
      3,
      .content)
  }

  /// All of it written anew, each hash right: whole in itself, but not what was noted down.
  @Test func writtenAnew() throws {
    let found = try tampered { db in
      try db.execute(sql: "DELETE FROM audit")
      var previous = AuditRow.origin
      for sequence in 1...6 {
        var row = AuditRow(
          sequence: sequence, at: 0, actor: "ani", action: "x", subject: nil, detail: "{}", previous: previous, hash: []
        )
        row.hash = row.digest()
        previous = row.hash
        try db.execute(
          sql: "INSERT INTO audit VALUES (?, 0, 'ani', 'x', NULL, '{}', ?, ?)",
          arguments: [sequence, Data(row.previous), Data(row.hash)])
      }
    }
    #expect(found.verdict.fault == .head && found.verdict.badSequence == nil && found.verdict.rows == 6)
    #expect(try found.store.store.verifyAudit().isWhole)
  }

  @Test func missingGuardsAreSeen() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(audit: [AuditDraft(at: 1, actor: "a", action: "b")]))
    try open.store.writing { db in try db.execute(sql: "DROP TRIGGER audit_is_not_shortened") }
    let verdict = try open.store.verifyAudit()
    #expect(verdict.fault == nil && !verdict.isGuarded && !verdict.isWhole)
  }

  /// A hash that was noted down earlier is still in the chain.
  @Test func anEarlierHeadIsExpected() throws {
    let found = try tampered { _ in }
    #expect(found.verdict.isWhole)
    try found.store.store.commit(ServiceChanges(audit: [AuditDraft(at: 1, actor: "a", action: "b")]))
    #expect(try found.store.store.verifyAudit(expecting: found.head).isWhole)
    #expect(try found.store.store.verifyAudit(expecting: AuditRow.origin).isWhole)
    #expect(try found.store.store.verifyAudit(expecting: [1]).fault == .head)
  }
}

extension [UInt8] {
  fileprivate static func fetchBlob(_ db: Database, _ sql: String) throws -> [UInt8]? {
    try Data.fetchOne(db, sql: sql).map(Array.init)
  }
}
