import Foundation
import GRDB
import Testing

@testable import JagaStore

@Suite struct AuditTests {
  private func drafts(_ count: Int) -> [AuditDraft] {
    (1...count).map {
      AuditDraft(
        at: Int64($0), actor: "pipeline", action: "scored", subject: $0 % 2 == 0 ? [1, 2, 3] : nil,
        detail: "{\"messages\":\($0)}")
    }
  }

  @Test func rowsGoOnFromOneAnother() throws {
    let open = try OpenStore()
    let empty = try open.store.auditHead()
    #expect(empty.sequence == 0 && empty.hash == [UInt8](repeating: 0, count: 32))
    try open.store.commit(ServiceChanges(audit: drafts(2)))
    try open.store.commit(ServiceChanges(audit: [drafts(3)[2]]))
    let rows = try open.store.audit(from: 1, limit: 10)
    #expect(rows.map(\.sequence) == [1, 2, 3] && rows.map(\.at) == [1, 2, 3])
    #expect(rows.map(\.subject) == [nil, [1, 2, 3], nil])
    #expect(rows[0].previous == empty.hash && rows[1].previous == rows[0].hash && rows[2].previous == rows[1].hash)
    #expect(try open.store.audit(from: 2, limit: 1) == [rows[1]])
    #expect(try open.store.audit(from: 4, limit: 1).isEmpty && open.store.audit(from: 1, limit: -1).isEmpty)
    let head = try open.store.auditHead()
    #expect(head.sequence == 3 && head.hash == rows[2].hash)
    #expect(try open.store.verifyAudit() == AuditVerdict(rows: 3, sequence: 3, hash: head.hash))
  }

  /// As Python's hashlib computes it from the description: another program can verify the file.
  @Test func hashesAreThoseOfTheDescription() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(audit: drafts(2)))
    #expect(
      try open.store.query("SELECT hash FROM v_audit").rows == [
        [.text("491905598891058822bfd404888541c3ec5e573e94811f533de012988b6a6beb")],
        [.text("bd203225d580c870c8b9d0bfaa4dd45377c21240aca18e63a51266892f98eda4")],
      ])
  }

  /// An empty subject is no subject, so that the row reads as it was hashed.
  @Test func anEmptySubjectIsNone() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(audit: [AuditDraft(at: 1, actor: "", action: "", subject: [], detail: "{}")]))
    #expect(try open.store.audit(from: 1, limit: 1)[0].subject == nil)
    #expect(try open.store.verifyAudit().isWhole)
  }

  @Test(arguments: [
    "UPDATE audit SET at = 0", "UPDATE audit SET hash = zeroblob(32) WHERE sequence = 2", "DELETE FROM audit",
    "DELETE FROM audit WHERE sequence = 3",
    "INSERT OR REPLACE INTO audit SELECT sequence, at, 'x', action, subject, detail, previous, hash FROM audit",
    "REPLACE INTO audit SELECT * FROM audit WHERE sequence = 3",
    "UPDATE OR REPLACE audit SET sequence = 1 WHERE sequence = 2",
    "INSERT INTO audit SELECT 5, at, actor, action, subject, detail, hash, hash FROM audit WHERE sequence = 3",
    "INSERT INTO audit SELECT 4, at, actor, action, subject, detail, previous, hash FROM audit WHERE sequence = 3",
    "INSERT INTO audit SELECT 0, at, actor, action, subject, detail, hash, hash FROM audit WHERE sequence = 3",
    "INSERT INTO audit (at, actor, action, detail, previous, hash) VALUES (1, '', '', '{}', zeroblob(32), zeroblob(32))",
  ])
  func theFileRefusesChanges(sql: String) throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(audit: drafts(3)))
    // Any program, not ours alone.
    let other = try DatabaseQueue(path: open.path)
    do {
      try other.write { db in try db.execute(sql: sql) }
      Issue.record("\(sql) was taken")
    } catch let error as DatabaseError {
      #expect(error.message == "the audit is append-only")
    }
    #expect(try open.store.verifyAudit() == AuditVerdict(rows: 3, sequence: 3, hash: open.store.auditHead().hash))
  }

  /// Details are JSON whatever stands in them, and hold what was put in.
  @Test func detailsAreJSON() throws {
    var detail = AuditDetail()
    #expect(detail.json == "{}")
    detail.add("count", -3)
    detail.add("score", 0.1 + 0.2)
    detail.add("none", Double.nan)
    detail.add("name", "a\"b\\c\n\u{1}é")
    detail.add("input", hex: [0, 255, 16])
    #expect(
      detail.json
        == "{\"count\":-3,\"score\":0.30000000000000004,\"none\":null,\"name\":\"a\\\"b\\\\c\\u000a\\u0001é\",\"input\":\"00ff10\"}"
    )
    let read = try JSONSerialization.jsonObject(with: Data(detail.json.utf8)) as? [String: Any]
    #expect(read?["name"] as? String == "a\"b\\c\n\u{1}é")
  }

  @Test func openingSaysWhatTheModelSaid() throws {
    let open = try OpenStore()
    try open.store.take(SampleService.flag("c", 1, urgency: 7))
    let row = try open.store.audit(from: 1, limit: 1)[0]
    #expect(row.actor == "jaga" && row.action == "item.opened" && row.at == 1000)
    #expect(row.subject == SampleService.subject("c"))
    let input = String(repeating: "01", count: 32)
    #expect(
      row.detail
        == "{\"item\":1,\"kind\":\"risk\",\"band\":\"review\",\"urgency\":3,\"label\":\"topup.condition\",\"score\":0.75,\"disclosure\":0.01,\"model\":\"1a2b3c4d\",\"input\":\"\(input)\"}"
    )
  }
}
