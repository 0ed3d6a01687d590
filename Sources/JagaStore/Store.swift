internal import GRDB

/// A file in which results are kept: one SQLite database, in write-ahead mode, so that readers never wait for a writer.
///
///     let store = try Store(writing: "runs.sqlite")
///     try store.keep([KeptResult(run: run, figures: figures, scores: scores)], gold: gold)
///     for run in try Store(reading: "runs.sqlite").runs() { print(run.id, run.name) }
///
/// Any number of programs may read while one writes; a second writer waits, up to a minute. A file that is not ours, is damaged, or was written
/// by a newer program is refused before anything in it is changed. Ids, labels and figures only: no table has a column for text of messages.
public final class Store: Sendable {
  /// The file.
  public let path: String
  let reader: any DatabaseReader
  private let writer: (any DatabaseWriter)?

  /// How long a writer waits for another one, in seconds.
  private static let patience = 60.0

  /// Opens a store for keeping results; makes it where there is no file, brings an older one up to date.
  public init(writing path: String) throws(StoreError) {
    self.path = path
    let pool = try StoreError.mapping(path) {
      _ = try StoreFile.inspect(path, allowsEmpty: true)
      var configuration = Configuration()
      configuration.busyMode = .timeout(Store.patience)
      configuration.maximumReaderCount = 2
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Store.migrate(pool, path)
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
    try StoreError.mapping(path) { try reader.close() }
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
