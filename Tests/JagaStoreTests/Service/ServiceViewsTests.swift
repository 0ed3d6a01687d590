import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

/// What an auditor queries, and what no table may hold.
@Suite struct ServiceViewsTests {
  @Test func viewsTellWhatWaitsAndWhatWasDecided() throws {
    let open = try OpenStore()
    let first = try open.store.open("c1", at: 86_400_000)
    try open.store.take(SampleService.flag("c2", 1, kind: .disclosure, urgency: 3, at: 5))
    let second = try open.store.decide(
      SampleService.draft(first, "ani", .unsure, at: 86_400_123), policy: SampleService.never)
    #expect(
      try open.store.query(
        "SELECT item, conversation_id, kind, status, label, track, opened_at, decisions FROM v_queue"
      ).rows == [
        [
          .integer(2), .text("c2"), .text("disclosure"), .text("open"), .text("disclosure"), .none,
          .text("1970-01-01T00:00:00.005Z"), .integer(0),
        ],
        [
          .integer(1), .text("c1"), .text("risk"), .text("second"), .text("topup.condition"), .text("topup"),
          .text("1970-01-02T00:00:00.000Z"), .integer(1),
        ],
      ])
    try open.store.decide(SampleService.draft(second, "budi", .wrong, at: 86_400_999), policy: SampleService.never)
    #expect(
      try open.store.query(
        "SELECT round, reviewer, verdict, label, item_label, decided_at, outcome, closed_at FROM v_decisions ORDER BY decision"
      ).rows == [
        [
          .text("first"), .text("ani"), .text("unsure"), .none, .text("topup.condition"),
          .text("1970-01-02T00:00:00.123Z"), .text("wrong"), .text("1970-01-02T00:00:00.999Z"),
        ],
        [
          .text("second"), .text("budi"), .text("wrong"), .text("benign"), .text("topup.condition"),
          .text("1970-01-02T00:00:00.999Z"), .text("wrong"), .text("1970-01-02T00:00:00.999Z"),
        ],
      ])
    #expect(
      try open.store.query(
        "SELECT sequence, at, actor, action, length(subject), length(hash) FROM v_audit WHERE sequence = 3"
      ).rows
        == [
          [
            .integer(3), .text("1970-01-02T00:00:00.123Z"), .text("ani"), .text("item.decided"), .integer(64),
            .integer(64),
          ]
        ])
  }

  /// Tables have no column for readable text, and views show neither sealed text nor payloads.
  @Test func nothingShowsText() throws {
    let open = try OpenStore()
    let columns = try open.store.query(
      "SELECT DISTINCT c.name FROM sqlite_schema s, pragma_table_xinfo(s.name) c WHERE s.type IN ('table', 'view')"
    ).rows.compactMap { if case .text(let name)? = $0.first { name } else { nil } }
    #expect(Set(columns).isDisjoint(with: ["text", "content", "body", "message", "note", "comment"]))
    let shown = try open.store.query(
      "SELECT DISTINCT c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'view' AND s.name IN ('v_queue', 'v_decisions', 'v_audit')"
    ).rows
    for name in ["sealed", "payload", "record", "text_hmac"] { #expect(!shown.contains([.text(name)])) }
    #expect(shown.count > 20)
  }

  /// Questions that are asked at every message or page are answered from an index.
  @Test func hotQuestionsHaveAnIndex() throws {
    let open = try OpenStore()
    let after = QueueCursor(rank: 1, time: 2, number: 3)
    let waiting = [
      QueueQuery(), QueueQuery(after: after), QueueQuery(reviewer: "ani", kind: .risk, status: .open, after: after),
      QueueQuery(kind: .disclosure, language: "id", track: .topup),
    ].map { (QueueTerms($0).sql, "review_item_queue") }
    let closed = [QueueQuery(status: .closed), QueueQuery(kind: .risk, status: .closed, after: after)].map {
      (QueueTerms($0).sql, "review_item_closed")
    }
    let plans =
      waiting + closed + [
        ("SELECT 1 FROM flag WHERE conversation_id = '' AND message_id = ''", "sqlite_autoindex_flag_1"),
        ("SELECT 1 FROM review_item i WHERE i.conversation_id = '' AND i.status <> 'closed'", "INDEX review_item_"),
        (
          "SELECT * FROM review_item i WHERE status = 'closed' AND (closed_at, item) > (1, 2) ORDER BY closed_at, item LIMIT 5",
          "review_item_closed"
        ),
        (
          "SELECT * FROM review_item i WHERE conversation_id = '' AND kind = '' AND status = 'closed' ORDER BY item DESC LIMIT 1",
          "review_item_by_conversation"
        ),
        (
          "SELECT * FROM review_item i WHERE conversation_id = '' AND kind = '' AND status <> 'closed'",
          "review_item_waiting"
        ),
        ("SELECT kind, status, count(*) FROM review_item GROUP BY kind, status", "review_item_by_status"),
        ("SELECT * FROM alert WHERE status = 'pending' AND due_at <= 5 ORDER BY due_at, alert LIMIT 5", "alert_due"),
        ("SELECT count(*) FROM alert WHERE status = 'dead'", "alert_dead"),
        ("SELECT * FROM conversation WHERE conversation_id = ''", "sqlite_autoindex_conversation_1"),
      ]
    for (sql, index) in plans {
      let plan = try open.store.reading { db in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql.replacingOccurrences(of: "?", with: "1")).map {
          $0["detail"] as String? ?? ""
        }
      }.joined(separator: "; ")
      #expect(plan.contains(index) && !plan.contains("TEMP B-TREE"), "\(sql): \(plan)")
    }
  }
}
