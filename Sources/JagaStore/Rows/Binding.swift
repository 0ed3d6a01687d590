internal import GRDB
internal import GRDBSQLite

/// Values for the places of a prepared statement. SQLite copies what it is given.
enum Binding {
  private static let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  static func null(_ statement: Statement, _ place: Int32) { sqlite3_bind_null(statement.sqliteStatement, place) }

  static func integer(_ statement: Statement, _ place: Int32, _ value: Int64) {
    sqlite3_bind_int64(statement.sqliteStatement, place, value)
  }

  static func number(_ statement: Statement, _ place: Int32, _ value: Double) {
    sqlite3_bind_double(statement.sqliteStatement, place, value)
  }

  static func text(_ statement: Statement, _ place: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      // Without an address it would be NULL.
      sqlite3_bind_text(statement.sqliteStatement, place, "", 0, copies)
      return
    }
    base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      _ = sqlite3_bind_text(statement.sqliteStatement, place, $0, Int32(clamping: bytes.count), copies)
    }
  }

  static func bytes(_ statement: Statement, _ place: Int32, _ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      sqlite3_bind_zeroblob(statement.sqliteStatement, place, 0)
      return
    }
    sqlite3_bind_blob(statement.sqliteStatement, place, base, Int32(clamping: bytes.count), copies)
  }
}
