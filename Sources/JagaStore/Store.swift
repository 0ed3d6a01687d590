internal import GRDB

/// A file in which results are kept: one SQLite database, in write-ahead mode, so that readers never wait for a writer.
///
///     let store = try Store(writing: "runs.sqlite")
///     try store.keep([KeptResult(run: run, figures: figures, scores: scores)], gold: gold)
///     for run in try Store(reading: "runs.sqlite").runs() { print(run.id, run.name) }
///
/// Any number of programs may read while one writes; a second writer waits, up to a minute. A file that is not ours, is damaged, or was written
/// by a newer program is refused before anything in it is changed. Ids, labels and figures only: no table has a column for readable text of messages.
public final class Store: Sendable {
  /// The file.
  public let path: String
  let reader: any DatabaseReader
  private let writer: (any DatabaseWriter)?

  /// How long a writer waits for another one, in seconds.
  private static let patience = 60.0
  /// Pages in memory for each connection, in KiB.
  private static let cache = 8192
  /// Pages in the write-ahead log before they go to their places: 32 MiB. Scattered conversations are written half as fast with the usual 4 MiB.
  private static let log = 8000

  /// Opens a store for keeping results; makes it where there is no file, brings an older one up to date.
  public convenience init(writing path: String) throws(StoreError) {
    try self.init(path, readers: 2, synchronous: false)
  }

  /// Opens a store for a service: many readers beside the one writer. Makes it where there is no file, for this user's eyes alone, and brings an older one up
  /// to date.
  ///
  /// A commit outlives the end of the process either way. With `synchronous` it is on the disk as well when the call returns, and so outlives a power cut; each
  /// commit then waits for the disk, some milliseconds.
  public convenience init(serving path: String, synchronous: Bool = false) throws(StoreError) {
    StoreFile.reserve(path)
    try self.init(path, readers: 4, synchronous: synchronous)
  }

  private init(_ path: String, readers: Int, synchronous: Bool) throws(StoreError) {
    self.path = path
    let pool = try StoreError.mapping(path) {
      _ = try StoreFile.inspect(path, allowsEmpty: true)
      var configuration = Configuration()
      configuration.busyMode = .timeout(Store.patience)
      configuration.maximumReaderCount = readers
      configuration.prepareDatabase { db in
        // What is deleted is written over, on its page and on free pages.
        try db.execute(sql: "PRAGMA secure_delete = ON; PRAGMA cache_size = -\(Store.cache)")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Store.log)")
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Store.migrate(pool, path)
      // The pool itself sets NORMAL when it goes to write-ahead mode.
      if synchronous { try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") } }
      return pool
    }
    reader = pool
    writer = pool
  }

  /// Opens a store for reading.
  public init(reading path: String) throws(StoreError) {
    self.path = path
    writer = nil
    reader = try StoreError.mapping(path) {
      let queue = try StoreFile.inspect(path, allowsEmpty: false)
      guard let queue else { throw StoreError.notFound(file: path) }
      return queue
    }
  }

  /// Two programs may make the same store at the same time; the one that comes second finds the work done.
  private static func migrate(_ pool: DatabasePool, _ path: String) throws {
    let migrator = DatabaseMigrator.store
    for attempt in 1...3 {
      do {
        try migrator.migrate(pool)
        return
      } catch let error as DatabaseError where attempt < 3 && error.resultCode.primaryResultCode == .SQLITE_ERROR {
        if try pool.read(migrator.hasCompletedMigrations) { return }
      } catch let error as DatabaseError where attempt < 3 && error.resultCode.primaryResultCode == .SQLITE_CONSTRAINT {
        if try pool.read(migrator.hasCompletedMigrations) { return }
      }
    }
  }

  /// Writes the rest to the file itself and lets go of it. A store that goes away does so by itself, but cannot say what went wrong.
  public func close() throws(StoreError) {
    try StoreError.mapping(path) {
      try reader.close()
      guard writer != nil else { return }
      // The pool closes its readers last, and a reader cannot put the log away: one more connection does, waiting for other programs at the same file.
      var configuration = Configuration()
      configuration.busyMode = .timeout(Store.patience)
      let last = try DatabaseQueue(path: path, configuration: configuration)
      _ = try last.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
      try last.close()
    }
  }

  /// Reads in one view of the file, whatever is written meanwhile.
  func reading<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.mapping(path) { try reader.read(body) }
  }

  /// Writes all or nothing.
  func writing<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    guard let writer else { throw .cannotWrite(file: path, reason: "it was opened for reading") }
    return try StoreError.mapping(path) { try writer.write(body) }
  }

  /// Reads with one statement, which needs no transaction to see one state of the file.
  func readingOnce<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.mapping(path) { try reader.unsafeRead(body) }
  }

  /// Writes all or nothing; a refusal of the review comes out as it is.
  func reviewing<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try refusing(ReviewError.self, body)
  }

  /// Writes all or nothing; an error of this type comes out as it is.
  func refusing<Refusal: Error, Result>(_ type: Refusal.Type, _ body: (Database) throws -> Result) throws -> Result {
    var refusal: Refusal?
    do {
      return try writing { db in
        do {
          return try body(db)
        } catch let error as Refusal {
          refusal = error
          throw error
        }
      }
    } catch {
      if let refusal { throw refusal }
      throw error
    }
  }

  /// Brings deleted pages out of the write-ahead log and shortens it to nothing. Whoever reads at that moment is not waited for: then the next time does it.
  func emptyLog() {
    guard let writer else { return }
    try? writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 100")
      defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(Store.patience * 1000))") }
      _ = try db.checkpoint(.truncate)
    }
  }

  func damaged(_ reason: String) -> StoreError { .damaged(file: path, reason: reason) }
}

extension StoreError {
  /// Runs work with the database; what it throws becomes a sentence with a remedy.
  static func mapping<Result>(_ path: String, _ body: () throws -> Result) throws(StoreError) -> Result {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, path)
    } catch {
      throw .cannotOpen(file: path, reason: "\(error)")
    }
  }

  /// The SQL and its values stay out of the reason.
  private init(_ error: DatabaseError, _ path: String) {
    let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_NOTADB: self = .foreign(file: path)
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_FORMAT:
      self = .damaged(file: path, reason: reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(file: path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen(file: path, reason: reason)
    default: self = .cannotWrite(file: path, reason: reason)
    }
  }
}
