/// What a researcher queries. Tables may change with the schema; these views keep their columns.
extension RunsMigration {
  static let views = """
    CREATE VIEW v_runs AS
    SELECT r.run_id, r.name, r.created_at, r.program, r.system, r.model_id, g.digest AS gold_digest, g.items, g.conversations,
      r.threshold, r.disclosure_threshold, r.base_rate, r.resamples, r.seed, r.dimensions, r.missing, r.strangers,
      g.id_key IS NOT NULL AS has_hashed_ids
    FROM run r JOIN gold g USING (gold);

    CREATE VIEW v_files AS
    SELECT r.run_id, f.role, f.name, f.sha256, f.bytes FROM run_file f JOIN run r USING (run);

    CREATE VIEW v_figures AS
    SELECT r.run_id, r.name AS run_name, f.population, f.dimension, f.group_name, f.head, f.measure, f.items, f.positives,
      f.value, f.low, f.high
    FROM figure f JOIN run r USING (run);

    CREATE VIEW v_items AS
    SELECT r.run_id, r.name AS run_name, s.item, c.kind, c.conversation_id, i.message_id, f.name AS file, i.line,
      i.labels AS gold_labels, i.main_label AS gold_label, i.is_move AS gold_move, i.is_disclosure AS gold_disclosure,
      i.is_suspicious AS gold_suspicious, i.lang, i.voice, i.length,
      s.score, s.disclosure, s.top_label, s.track, s.band, s.conversation_band, s.conversation_track, s.support_needed,
      s.labels AS label_scores,
      s.score >= r.threshold AS said_move, s.disclosure >= r.disclosure_threshold AS said_disclosure,
      CASE WHEN i.is_move IS NULL THEN NULL
        WHEN i.is_move THEN iif(s.score >= r.threshold, 'tp', 'fn')
        ELSE iif(s.score >= r.threshold, 'fp', 'tn') END AS verdict
    FROM run r
    JOIN score s ON s.run = r.run
    JOIN gold_item i ON i.gold = r.gold AND i.item = s.item
    JOIN gold_conversation c ON c.gold = i.gold AND c.conversation = i.conversation
    LEFT JOIN run_file f ON f.run = r.run AND f.number = i.file;

    CREATE VIEW v_labels AS
    SELECT r.run_id, r.name AS run_name, s.item, c.conversation_id, i.message_id, l.key AS label, l.value AS probability,
      EXISTS (SELECT 1 FROM json_each(i.labels) g WHERE g.value = l.key) AS is_gold
    FROM run r
    JOIN score s ON s.run = r.run
    JOIN gold_item i ON i.gold = r.gold AND i.item = s.item
    JOIN gold_conversation c ON c.gold = i.gold AND c.conversation = i.conversation
    JOIN json_each(s.labels) l;

    CREATE VIEW v_changes AS
    SELECT a.run_id AS run_a, b.run_id AS run_b, sa.item, c.kind, c.conversation_id, i.message_id, i.labels AS gold_labels,
      i.main_label AS gold_label, i.is_move AS gold_move, i.is_disclosure AS gold_disclosure, i.lang, i.voice,
      sa.score AS score_a, sb.score AS score_b,
      sa.score >= a.threshold AS said_move_a, sb.score >= b.threshold AS said_move_b,
      sa.disclosure >= a.disclosure_threshold AS said_disclosure_a, sb.disclosure >= b.disclosure_threshold AS said_disclosure_b,
      sa.band AS band_a, sb.band AS band_b
    FROM run a
    JOIN run b ON b.gold = a.gold AND b.run <> a.run
    JOIN score sa ON sa.run = a.run
    JOIN score sb ON sb.run = b.run AND sb.item = sa.item
    JOIN gold_item i ON i.gold = a.gold AND i.item = sa.item
    JOIN gold_conversation c ON c.gold = i.gold AND c.conversation = i.conversation
    WHERE (sa.score >= a.threshold) <> (sb.score >= b.threshold)
      OR (sa.disclosure >= a.disclosure_threshold) <> (sb.disclosure >= b.disclosure_threshold)
      OR (a.has_bands AND b.has_bands AND sa.band IS NOT sb.band);
    """
}
