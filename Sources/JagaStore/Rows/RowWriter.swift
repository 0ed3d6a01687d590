internal import GRDB
internal import GRDBSQLite

/// Inserts rows through one prepared statement, bound by hand: a million rows are a matter of seconds, where arguments in boxes take half a minute.
///
///     let writer = try RowWriter(db, table: "figure", columns: ["run", "number", "value"])
///     writer.bind(run); writer.bind(0); writer.bind(0.93); try writer.step()
///
/// Valid inside the database access in which it was made.
struct RowWriter: ~Copyable {
  private let db: Database
  private let statement: Statement
  private let columns: Int32
  private var next: Int32 = 1

  /// SQLite copies what it is given.
  private static let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ db: Database, table: String, columns: [String]) throws {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    let statement = try db.makeStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))")
    self.db = db
    self.columns = Int32(columns.count)
    self.statement = statement
  }

  private mutating func place() -> Int32 {
    defer { next += 1 }
    return next
  }

  mutating func bind(_ value: Int?) {
    let place = place()
    guard let value else { return null(place) }
    sqlite3_bind_int64(statement.sqliteStatement, place, Int64(value))
  }

  mutating func bind(_ value: Bool?) { bind(value.map { $0 ? 1 : 0 }) }

  /// What is not a number is NULL.
  mutating func bind(_ value: Double?) {
    let place = place()
    guard let value, !value.isNaN else { return null(place) }
    sqlite3_bind_double(statement.sqliteStatement, place, value)
  }

  mutating func bind(_ text: String?) {
    guard var text else { return null(place()) }
    text.withUTF8 { bind(utf8: $0) }
  }

  mutating func bind(_ text: StaticString?) {
    guard let text else { return null(place()) }
    text.withUTF8Buffer { bind(utf8: $0) }
  }

  mutating func bind(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    let place = place()
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      // Without an address it would be NULL.
      sqlite3_bind_text(statement.sqliteStatement, place, "", 0, RowWriter.copies)
      return
    }
    base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      _ = sqlite3_bind_text(statement.sqliteStatement, place, $0, Int32(clamping: bytes.count), RowWriter.copies)
    }
  }

  private func null(_ place: Int32) { sqlite3_bind_null(statement.sqliteStatement, place) }

  /// Inserts the row; every column was bound, in order.
  mutating func step() throws {
    assert(next == columns + 1, "a row of \(columns) columns has \(next - 1) values")
    next = 1
    let code = sqlite3_step(statement.sqliteStatement)
    sqlite3_reset(statement.sqliteStatement)
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
  }
}
