#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import GRDB

/// Looks at a file before anything is written to it.
enum StoreFile {
  /// `Jaga` in ASCII: the application id in the header of every store.
  static let applicationID = 0x4A61_6761

  /// Makes an empty file that only this user can read; its log and index files take that over. A file that is there stays as it is.
  static func reserve(_ path: String) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  /// An open connection for reading; nil where there is no file, or nothing in it, and that is allowed.
  ///
  /// Throws ``StoreError``, or `DatabaseError` for what is no database.
  static func inspect(_ path: String, allowsEmpty: Bool) throws -> DatabaseQueue? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT, allowsEmpty { return nil }
      if errno == ENOENT { throw StoreError.notFound(file: path) }
      throw StoreError.cannotOpen(file: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError.cannotOpen(file: path, reason: "it is no regular file")
    }
    if status.st_size == 0, allowsEmpty { return nil }
    // What is shorter than the smallest page, SQLite takes for an empty file and writes over it.
    guard status.st_size == 0 || status.st_size >= 512 else { throw StoreError.foreign(file: path) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let isEmpty = try queue.read { db in try check(db, path) }
    if isEmpty {
      guard allowsEmpty else { throw StoreError.foreign(file: path) }
      return nil
    }
    if !allowsEmpty {
      guard try queue.read(DatabaseMigrator.store.hasCompletedMigrations) else {
        throw StoreError.older(file: path)
      }
    }
    return queue
  }

  /// True for a database in which there is nothing yet. Another program may be about to fill it: its migrator's table comes first.
  private static func check(_ db: Database, _ path: String) throws -> Bool {
    let found = try Int.fetchOne(db, sql: "PRAGMA application_id")
    let tables = try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE name <> 'grdb_migrations' AND name NOT LIKE 'sqlite_%'")
    if found == 0, tables.isEmpty { return true }
    guard found == applicationID else { throw StoreError.foreign(file: path) }
    let known = DatabaseMigrator.store.migrations
    let strange = try DatabaseMigrator.store.appliedIdentifiers(db).subtracting(known)
    guard strange.isEmpty else { throw StoreError.newer(file: path, migrations: strange.sorted()) }
    return false
  }
}
