internal import GRDB

/// Schema 2: what the moderation service keeps.
///
/// Ids, labels, figures and sealed bytes; no table has a column for readable text of messages. Times are milliseconds since 1970. Names of labels, bands and
/// rounds are spelled out. An id column of a conversation is no foreign key: its state, its items and its texts end at different times.
enum ServiceMigration {
  static let identifier = "2 service"

  static func apply(_ db: Database) throws {
    for part in [conversations, items, flags, decisions, audit, texts, alerts, access, ServiceMigration.views] {
      try db.execute(sql: part)
    }
  }

  /// The state comes last: what is looked for without it stands before it on the page.
  private static let conversations = """
    CREATE TABLE conversation (
      conversation INTEGER PRIMARY KEY,
      conversation_id TEXT NOT NULL UNIQUE,
      model_id TEXT NOT NULL,
      messages INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      first_alert_message_id TEXT,
      authors BLOB NOT NULL,
      seen BLOB NOT NULL,
      state BLOB NOT NULL
    ) STRICT;
    """

  /// `queue_rank` is the order of the queue: disclosures before risks, then the most urgent.
  private static let items = """
    CREATE TABLE review_item (
      item INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('disclosure', 'risk')),
      status TEXT NOT NULL CHECK (status IN ('open', 'second', 'final', 'appeal', 'closed')),
      version INTEGER NOT NULL CHECK (version > 0),
      band TEXT NOT NULL,
      urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
      label TEXT NOT NULL,
      track TEXT,
      score REAL NOT NULL,
      disclosure REAL NOT NULL,
      message_id TEXT NOT NULL,
      lang TEXT NOT NULL,
      model_id TEXT NOT NULL,
      flags INTEGER NOT NULL CHECK (flags > 0),
      opened_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      closed_at INTEGER,
      outcome TEXT CHECK (outcome IN ('confirm', 'wrong', 'unsure')),
      outcome_label TEXT,
      subject BLOB NOT NULL,
      queue_rank INTEGER GENERATED ALWAYS AS ((kind <> 'disclosure') * 4 + 3 - urgency) VIRTUAL,
      CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
      CHECK (status <> 'closed' OR outcome IS NOT NULL)
    ) STRICT;
    CREATE UNIQUE INDEX review_item_waiting ON review_item (conversation_id, kind) WHERE status <> 'closed';
    CREATE INDEX review_item_by_conversation ON review_item (conversation_id, kind, status);
    CREATE INDEX review_item_queue ON review_item (queue_rank, opened_at, item) WHERE status <> 'closed';
    CREATE INDEX review_item_closed ON review_item (closed_at, item) WHERE status = 'closed';
    CREATE INDEX review_item_by_status ON review_item (kind, status);
    """

  private static let flags = """
    CREATE TABLE flag (
      flag INTEGER PRIMARY KEY,
      item INTEGER NOT NULL REFERENCES review_item ON DELETE CASCADE,
      conversation_id TEXT NOT NULL,
      message_id TEXT NOT NULL,
      author_id TEXT NOT NULL,
      message_index INTEGER NOT NULL CHECK (message_index >= 0),
      kind TEXT NOT NULL CHECK (kind IN ('disclosure', 'risk')),
      band TEXT NOT NULL,
      score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
      disclosure REAL NOT NULL CHECK (disclosure BETWEEN 0 AND 1),
      label TEXT NOT NULL,
      conversation_band TEXT NOT NULL,
      conversation_score REAL NOT NULL CHECK (conversation_score BETWEEN 0 AND 1),
      conversation_label TEXT NOT NULL,
      support_needed INTEGER NOT NULL CHECK (support_needed IN (0, 1)),
      lang TEXT NOT NULL,
      sent_at INTEGER,
      received_at INTEGER NOT NULL,
      record TEXT NOT NULL CHECK (json_valid(record)),
      text_hmac BLOB NOT NULL,
      model_id TEXT NOT NULL,
      urgency INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 3),
      subject BLOB NOT NULL,
      UNIQUE (conversation_id, message_id)
    ) STRICT;
    CREATE INDEX flag_by_item ON flag (item, message_index);
    """

  /// Nobody decides an item twice. `label` is what the reviewer takes it for.
  private static let decisions = """
    CREATE TABLE decision (
      decision INTEGER PRIMARY KEY AUTOINCREMENT,
      item INTEGER NOT NULL REFERENCES review_item ON DELETE CASCADE,
      round TEXT NOT NULL CHECK (round IN ('first', 'second', 'final', 'appeal')),
      reviewer TEXT NOT NULL CHECK (reviewer <> ''),
      verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'wrong', 'unsure')),
      label TEXT,
      decided_at INTEGER NOT NULL,
      item_version INTEGER NOT NULL,
      UNIQUE (item, reviewer)
    ) STRICT;
    CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN
      SELECT raise(ABORT, 'a decision is never changed');
    END;

    CREATE TABLE appeal (
      appeal INTEGER PRIMARY KEY AUTOINCREMENT,
      item INTEGER NOT NULL REFERENCES review_item ON DELETE CASCADE,
      appellant TEXT NOT NULL CHECK (appellant <> ''),
      reason TEXT NOT NULL,
      appealed_at INTEGER NOT NULL,
      item_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX appeal_by_item ON appeal (item);
    """

  /// The third trigger also stops `INSERT OR REPLACE`, which removes a row without asking the second.
  private static let audit = """
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject BLOB,
      detail TEXT NOT NULL CHECK (json_valid(detail)),
      previous BLOB NOT NULL CHECK (length(previous) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
      SELECT raise(ABORT, 'the audit is append-only');
    END;
    CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN
      SELECT raise(ABORT, 'the audit is append-only');
    END;
    CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
      OR NEW.previous IS NOT coalesce((SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1), zeroblob(32))
    BEGIN
      SELECT raise(ABORT, 'the audit is append-only');
    END;
    """

  private static let texts = """
    CREATE TABLE sealed_text (
      sealed_text INTEGER PRIMARY KEY,
      conversation_id TEXT NOT NULL,
      message_id TEXT NOT NULL,
      author_id TEXT NOT NULL,
      message_index INTEGER NOT NULL CHECK (message_index >= 0),
      sent_at INTEGER,
      expires_at INTEGER NOT NULL,
      is_context INTEGER NOT NULL CHECK (is_context IN (0, 1)),
      sealed BLOB NOT NULL,
      UNIQUE (conversation_id, message_id)
    ) STRICT;
    CREATE INDEX sealed_text_by_end ON sealed_text (expires_at);
    """

  private static let alerts = """
    CREATE TABLE alert (
      alert INTEGER PRIMARY KEY AUTOINCREMENT,
      target TEXT NOT NULL,
      conversation_id TEXT NOT NULL,
      subject BLOB NOT NULL,
      payload BLOB NOT NULL,
      created_at INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'dead')),
      attempts INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      settled_at INTEGER,
      reason TEXT
    ) STRICT;
    CREATE INDEX alert_due ON alert (due_at, alert) WHERE status = 'pending';
    CREATE INDEX alert_delivered ON alert (settled_at) WHERE status = 'delivered';
    CREATE INDEX alert_dead ON alert (settled_at) WHERE status = 'dead';
    CREATE INDEX alert_by_conversation ON alert (conversation_id);
    """

  /// `purge_count` holds what slices of a purge removed until the audit's row about it is written.
  private static let access = """
    CREATE TABLE token (
      name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
      hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
      scopes TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      revoked_at INTEGER,
      requests_per_minute INTEGER CHECK (requests_per_minute > 0)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE purge_count (
      counted TEXT NOT NULL PRIMARY KEY,
      removed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
