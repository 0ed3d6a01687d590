/// What an auditor queries. Tables may change with the schema; these views keep their columns. None of them shows text.
extension ServiceMigration {
  private static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
  }

  static let views = """
    CREATE VIEW v_queue AS
    SELECT i.item, i.conversation_id, i.kind, i.status, i.band, i.urgency, i.label, i.track, i.score, i.disclosure,
      i.message_id, i.lang, i.model_id, i.flags, \(time("i.opened_at")) AS opened_at,
      \(time("i.updated_at")) AS updated_at, i.outcome AS appealed_outcome,
      (SELECT count(*) FROM decision d WHERE d.item = i.item) AS decisions
    FROM review_item i WHERE i.status <> 'closed' ORDER BY i.queue_rank, i.opened_at, i.item;

    CREATE VIEW v_decisions AS
    SELECT d.decision, d.item, i.conversation_id, i.message_id, i.kind, d.round, d.reviewer, d.verdict, d.label,
      \(time("d.decided_at")) AS decided_at, i.label AS item_label, i.band, i.score, i.disclosure, i.lang, i.model_id,
      i.flags, i.status, i.outcome, i.outcome_label, \(time("i.opened_at")) AS opened_at,
      \(time("i.closed_at")) AS closed_at
    FROM decision d JOIN review_item i USING (item);

    CREATE VIEW v_audit AS
    SELECT sequence, \(time("at")) AS at, actor, action, lower(hex(subject)) AS subject, detail,
      lower(hex(previous)) AS previous, lower(hex(hash)) AS hash
    FROM audit;
    """
}
