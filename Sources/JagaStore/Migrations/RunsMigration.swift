internal import GRDB

/// Schema 1: runs of `jaga evaluate`, the gold that they rest on, scores and figures.
///
/// Gold is kept once for all runs that rest on it. Names of labels, tracks and bands are spelled out, so that a query needs no key and no later
/// program can read them otherwise. Undefined figures are NULL. Lists are JSON, for `json_each`.
enum RunsMigration {
  static let identifier = "1 runs"

  static func apply(_ db: Database) throws {
    try db.execute(sql: "PRAGMA application_id = \(StoreFile.applicationID)")
    try db.execute(sql: gold)
    try db.execute(sql: runs)
    try db.execute(sql: RunsMigration.views)
  }

  private static let gold = """
    CREATE TABLE gold (
      gold INTEGER PRIMARY KEY,
      digest TEXT NOT NULL UNIQUE,
      id_key TEXT,
      items INTEGER NOT NULL CHECK (items >= 0),
      conversations INTEGER NOT NULL CHECK (conversations >= 0),
      unlabelled INTEGER NOT NULL, repeated INTEGER NOT NULL, malformed INTEGER NOT NULL,
      absent_authors INTEGER NOT NULL, absent_lines INTEGER NOT NULL,
      has_authors INTEGER NOT NULL CHECK (has_authors IN (0, 1)),
      has_lines INTEGER NOT NULL CHECK (has_lines IN (0, 1))
    ) STRICT;

    CREATE TABLE gold_author (
      gold INTEGER NOT NULL REFERENCES gold ON DELETE CASCADE,
      author INTEGER NOT NULL,
      author_id TEXT NOT NULL,
      is_predator INTEGER NOT NULL CHECK (is_predator IN (0, 1)),
      PRIMARY KEY (gold, author)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE gold_conversation (
      gold INTEGER NOT NULL REFERENCES gold ON DELETE CASCADE,
      conversation INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('message', 'turn', 'line')),
      conversation_id TEXT NOT NULL,
      is_alone INTEGER NOT NULL CHECK (is_alone IN (0, 1)),
      label TEXT,
      is_risky INTEGER CHECK (is_risky IN (0, 1)),
      first_risk INTEGER,
      lang TEXT, voice TEXT,
      PRIMARY KEY (gold, conversation)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE gold_item (
      gold INTEGER NOT NULL,
      item INTEGER NOT NULL,
      conversation INTEGER NOT NULL,
      message_id TEXT NOT NULL,
      author INTEGER,
      labels TEXT NOT NULL CHECK (json_valid(labels)),
      main_label TEXT,
      is_move INTEGER CHECK (is_move IN (0, 1)),
      is_disclosure INTEGER CHECK (is_disclosure IN (0, 1)),
      is_suspicious INTEGER CHECK (is_suspicious IN (0, 1)),
      lang TEXT, voice TEXT,
      length TEXT NOT NULL,
      file INTEGER NOT NULL,
      line INTEGER,
      PRIMARY KEY (gold, item),
      FOREIGN KEY (gold, conversation) REFERENCES gold_conversation ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  private static let runs = """
    CREATE TABLE run (
      run INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      created_at TEXT NOT NULL,
      program TEXT NOT NULL,
      system TEXT NOT NULL,
      model_id TEXT,
      gold INTEGER NOT NULL REFERENCES gold ON DELETE RESTRICT,
      threshold REAL NOT NULL,
      disclosure_threshold REAL NOT NULL,
      base_rate REAL,
      resamples INTEGER NOT NULL,
      seed TEXT NOT NULL,
      dimensions TEXT NOT NULL,
      asks_questions INTEGER CHECK (asks_questions IN (0, 1)),
      missing_rule TEXT,
      missing INTEGER NOT NULL,
      strangers INTEGER NOT NULL,
      names_stages INTEGER NOT NULL CHECK (names_stages IN (0, 1)),
      names_tracks INTEGER NOT NULL CHECK (names_tracks IN (0, 1)),
      has_bands INTEGER NOT NULL CHECK (has_bands IN (0, 1)),
      tells_disclosures INTEGER NOT NULL CHECK (tells_disclosures IN (0, 1))
    ) STRICT;
    CREATE INDEX run_by_gold ON run (gold);

    CREATE TABLE run_file (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL,
      role TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE figure (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      number INTEGER NOT NULL,
      population TEXT NOT NULL,
      dimension TEXT NOT NULL,
      group_name TEXT NOT NULL,
      head TEXT NOT NULL,
      measure TEXT NOT NULL,
      items INTEGER NOT NULL,
      positives INTEGER NOT NULL,
      value REAL, low REAL, high REAL,
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE score (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      item INTEGER NOT NULL,
      score REAL NOT NULL,
      disclosure REAL,
      top_label TEXT,
      track TEXT,
      band TEXT,
      conversation_band TEXT,
      conversation_track TEXT,
      support_needed INTEGER CHECK (support_needed IN (0, 1)),
      labels TEXT CHECK (labels IS NULL OR json_valid(labels)),
      line INTEGER,
      PRIMARY KEY (run, item)
    ) STRICT, WITHOUT ROWID;
    """
}
