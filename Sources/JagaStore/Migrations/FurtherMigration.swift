internal import GRDB

/// Schema 4: what comes after a decision, and what a contact asked for.
///
/// `follows` is the item that was decided before this one was opened, of the same conversation and kind. `wished_at` is when the contact last said whether to be
/// contacted; nil in rows of before, where it is not known. `answer_id` is the id of the last part of the answer that a message is a part of; nil in what no person
/// wrote. A session's `score_state` was never written by anybody: conversations keep the scorer's state.
enum FurtherMigration {
  static let identifier = "4 further"

  static func apply(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE review_item ADD COLUMN follows INTEGER REFERENCES review_item ON DELETE SET NULL;
        CREATE INDEX review_item_following ON review_item (follows) WHERE follows IS NOT NULL;
        ALTER TABLE review_case ADD COLUMN wished_at INTEGER;
        CREATE INDEX review_case_by_contact ON review_case (channel, contact);
        ALTER TABLE outgoing ADD COLUMN answer_id TEXT;
        CREATE INDEX outgoing_by_answer ON outgoing (answer_id) WHERE answer_id IS NOT NULL;
        UPDATE outgoing SET answer_id = outgoing_id
          WHERE outgoing_id IN (SELECT outgoing_id FROM case_response WHERE reviewer IS NOT NULL);
        ALTER TABLE poll_session DROP COLUMN score_state;
        """)
  }
}
