/// What an auditor queries of cases. The tables may change with the schema; this view keeps its columns.
extension PollsMigration {
  private static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
  }

  static let views = """
    CREATE VIEW v_cases AS
    SELECT c.item, i.conversation_id, i.kind, i.status, c.urgency, c.lang, c.channel, c.wants_contact,
      \(time("c.opened_at")) AS opened_at, \(time("c.updated_at")) AS updated_at,
      (SELECT count(*) FROM case_response r WHERE r.item = c.item AND r.reviewer IS NULL) AS responses,
      (SELECT count(*) FROM case_response r WHERE r.item = c.item AND r.reviewer IS NOT NULL) AS answers,
      (SELECT \(time("min(r.responded_at)")) FROM case_response r
        WHERE r.item = c.item AND r.reviewer IS NOT NULL) AS answered_at
    FROM review_case c JOIN review_item i USING (item);
    """
}
