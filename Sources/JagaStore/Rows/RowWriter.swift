internal import GRDB
internal import GRDBSQLite

/// Writes rows through one prepared statement, bound by hand: a million rows are a matter of seconds, where arguments in boxes take half a minute.
///
///     var writer = try RowWriter(db, table: "figure", columns: ["run", "number", "value"])
///     writer.bind(run); writer.bind(0); writer.bind(0.93); try writer.step()
///
/// Valid inside the database access in which it was made.
struct RowWriter: ~Copyable {
  private let db: Database
  private let statement: Statement
  private let columns: Int32
  private var next: Int32 = 1

  /// Inserts into a table.
  init(_ db: Database, table: String, columns: [String]) throws {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.makeStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
    self.init(db, statement)
  }

  /// Runs a statement that changes rows and gives none back. The connection keeps it prepared for the next time.
  init(_ db: Database, cached sql: String) throws { self.init(db, try db.cachedStatement(sql: sql)) }

  private init(_ db: Database, _ statement: Statement) {
    self.db = db
    self.statement = statement
    columns = sqlite3_bind_parameter_count(statement.sqliteStatement)
  }

  private mutating func place() -> Int32 {
    defer { next += 1 }
    return next
  }

  mutating func bind(_ value: Int?) { bind(value.map { Int64($0) }) }

  mutating func bind(_ value: Int64?) {
    let place = place()
    guard let value else { return Binding.null(statement, place) }
    Binding.integer(statement, place, value)
  }

  mutating func bind(_ value: Bool?) { bind(value.map { $0 ? 1 : 0 }) }

  /// What is not a number is NULL.
  mutating func bind(_ value: Double?) {
    let place = place()
    guard let value, !value.isNaN else { return Binding.null(statement, place) }
    Binding.number(statement, place, value)
  }

  mutating func bind(_ text: String?) {
    guard var text else { return Binding.null(statement, place()) }
    text.withUTF8 { bind(utf8: $0) }
  }

  mutating func bind(_ text: StaticString?) {
    guard let text else { return Binding.null(statement, place()) }
    text.withUTF8Buffer { bind(utf8: $0) }
  }

  mutating func bind(utf8 bytes: UnsafeBufferPointer<UInt8>) { Binding.text(statement, place(), bytes) }

  mutating func bind(bytes: [UInt8]?) {
    guard let bytes else { return Binding.null(statement, place()) }
    bytes.withUnsafeBytes { bind(raw: $0) }
  }

  mutating func bind(raw bytes: UnsafeRawBufferPointer) { Binding.bytes(statement, place(), bytes) }

  /// Writes the row; every place was bound, in order. Returns how many rows changed.
  @discardableResult
  mutating func step() throws -> Int {
    assert(next == columns + 1, "a row of \(columns) columns has \(next - 1) values")
    next = 1
    let code = sqlite3_step(statement.sqliteStatement)
    sqlite3_reset(statement.sqliteStatement)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
    return db.changesCount
  }
}
