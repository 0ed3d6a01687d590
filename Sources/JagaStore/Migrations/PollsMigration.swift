internal import GRDB

/// Schema 3: what the poll bot keeps.
///
/// Contacts are keyed hashes, addresses and texts are sealed bytes, answers are ids of choices; no table has a column for readable text or for a number that
/// somebody can be called at. Times are milliseconds since 1970.
enum PollsMigration {
  static let identifier = "3 polls"

  static func apply(_ db: Database) throws {
    for part in [sessions, answers, received, outgoing, cases, PollsMigration.views] { try db.execute(sql: part) }
  }

  /// One session of a contact is live; those that ended stay for the results. The bytes come last: what is looked for without them stands before them on the
  /// page.
  private static let sessions = """
    CREATE TABLE poll_session (
      poll_session INTEGER PRIMARY KEY AUTOINCREMENT,
      channel TEXT NOT NULL,
      contact BLOB NOT NULL,
      conversation_id TEXT NOT NULL,
      poll_id TEXT NOT NULL CHECK (poll_id <> ''),
      poll_version INTEGER NOT NULL,
      lang TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      remind_at INTEGER,
      ended_at INTEGER,
      address BLOB NOT NULL,
      score_state BLOB NOT NULL,
      state BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX poll_session_live ON poll_session (channel, contact) WHERE ended_at IS NULL;
    CREATE INDEX poll_session_by_contact ON poll_session (channel, contact, poll_session);
    CREATE INDEX poll_session_by_conversation ON poll_session (conversation_id);
    CREATE INDEX poll_session_expiring ON poll_session (expires_at, poll_session) WHERE ended_at IS NULL;
    CREATE INDEX poll_session_reminding ON poll_session (remind_at, poll_session)
      WHERE ended_at IS NULL AND remind_at IS NOT NULL;
    CREATE INDEX poll_session_ended ON poll_session (ended_at) WHERE ended_at IS NOT NULL;
    """

  /// A question that is answered again keeps the last answer: a contact is counted once.
  private static let answers = """
    CREATE TABLE poll_answer (
      poll_answer INTEGER PRIMARY KEY,
      poll_session INTEGER NOT NULL REFERENCES poll_session ON DELETE CASCADE,
      poll_id TEXT NOT NULL CHECK (poll_id <> ''),
      poll_version INTEGER NOT NULL,
      question_id TEXT NOT NULL CHECK (question_id <> ''),
      choice_id TEXT,
      group_values TEXT NOT NULL CHECK (json_valid(group_values)),
      may_leave INTEGER NOT NULL CHECK (may_leave IN (0, 1)),
      answered_at INTEGER NOT NULL,
      sealed BLOB,
      UNIQUE (poll_session, question_id)
    ) STRICT;
    CREATE INDEX poll_answer_by_poll ON poll_answer (poll_id, poll_session, poll_answer);
    """

  /// Keys of what was received, and who wants no messages: both are keyed hashes, and outlive the deletion of a conversation.
  private static let received = """
    CREATE TABLE poll_receipt (
      poll_receipt INTEGER PRIMARY KEY,
      channel TEXT NOT NULL,
      receipt_key BLOB NOT NULL CHECK (length(receipt_key) > 0),
      received_at INTEGER NOT NULL,
      UNIQUE (channel, receipt_key)
    ) STRICT;
    CREATE INDEX poll_receipt_by_time ON poll_receipt (received_at);

    CREATE TABLE poll_opt_out (
      channel TEXT NOT NULL,
      contact BLOB NOT NULL,
      stopped_at INTEGER NOT NULL,
      PRIMARY KEY (channel, contact)
    ) STRICT, WITHOUT ROWID;
    """

  /// `ordered_at` is the place among the messages of a contact, and stays when an attempt fails; `due_at` is the next attempt.
  private static let outgoing = """
    CREATE TABLE outgoing (
      outgoing INTEGER PRIMARY KEY AUTOINCREMENT,
      outgoing_id TEXT NOT NULL UNIQUE CHECK (outgoing_id <> ''),
      channel TEXT NOT NULL,
      contact BLOB NOT NULL,
      conversation_id TEXT NOT NULL,
      response_id TEXT,
      created_at INTEGER NOT NULL,
      ordered_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('pending', 'sent', 'delivered', 'failed', 'dead', 'withdrawn')),
      attempts INTEGER NOT NULL,
      settled_at INTEGER,
      reason TEXT,
      sealed BLOB NOT NULL,
      CHECK ((status = 'pending') = (settled_at IS NULL))
    ) STRICT;
    CREATE INDEX outgoing_due ON outgoing (due_at, outgoing) WHERE status = 'pending';
    CREATE INDEX outgoing_of_contact ON outgoing (channel, contact, ordered_at, outgoing) WHERE status = 'pending';
    CREATE INDEX outgoing_settled ON outgoing (settled_at) WHERE status <> 'pending';
    CREATE INDEX outgoing_dead ON outgoing (outgoing) WHERE status = 'dead';
    CREATE INDEX outgoing_by_conversation ON outgoing (conversation_id);
    """

  /// What the bot adds to an item of the queue. A response that a person wrote names who did.
  private static let cases = """
    CREATE TABLE review_case (
      review_case INTEGER PRIMARY KEY,
      item INTEGER NOT NULL UNIQUE REFERENCES review_item ON DELETE CASCADE,
      channel TEXT NOT NULL,
      contact BLOB NOT NULL,
      urgency TEXT NOT NULL CHECK (urgency IN ('past', 'ongoing', 'immediate')),
      lang TEXT NOT NULL,
      wants_contact INTEGER CHECK (wants_contact IN (0, 1)),
      opened_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX review_case_wanting ON review_case (updated_at, item) WHERE wants_contact = 1;

    CREATE TABLE case_response (
      case_response INTEGER PRIMARY KEY,
      item INTEGER NOT NULL REFERENCES review_case (item) ON DELETE CASCADE,
      response_id TEXT,
      reviewer TEXT CHECK (reviewer <> ''),
      outgoing_id TEXT,
      responded_at INTEGER NOT NULL,
      CHECK (response_id IS NOT NULL OR reviewer IS NOT NULL)
    ) STRICT;
    CREATE INDEX case_response_by_item ON case_response (item);
    """
}
