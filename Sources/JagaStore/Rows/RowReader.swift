internal import GRDB
internal import GRDBSQLite

/// Reads rows column by column. A value of another kind than the schema's is a damaged file, never a crash.
///
/// Valid inside the database access in which it was made.
struct RowReader: ~Copyable {
  private let db: Database
  private let statement: Statement
  private let store: Store
  private let count: Int32
  private var next: Int32 = 0
  private var bound: Int32 = 0

  init(_ db: Database, _ store: Store, sql: String, arguments: StatementArguments = []) throws {
    let statement = try db.makeStatement(sql: sql)
    try statement.setArguments(arguments)
    self.init(db, store, statement)
  }

  /// The connection keeps the statement prepared for the next time. Its places are bound by hand, in order; one reader of it at a time.
  init(_ db: Database, _ store: Store, cached sql: String) throws {
    self.init(db, store, try db.cachedStatement(sql: sql))
  }

  private init(_ db: Database, _ store: Store, _ statement: Statement) {
    self.db = db
    self.store = store
    self.statement = statement
    count = sqlite3_column_count(statement.sqliteStatement)
  }

  // A statement left in the middle of its rows would hold its view of the file.
  deinit { sqlite3_reset(statement.sqliteStatement) }

  mutating func bind(_ value: Int) { bind(Int64(value)) }

  mutating func bind(_ value: Int64) {
    bound += 1
    Binding.integer(statement, bound, value)
  }

  mutating func bind(_ text: String) {
    bound += 1
    var text = text
    text.withUTF8 { Binding.text(statement, bound, $0) }
  }

  mutating func bind(bytes: [UInt8]) {
    bound += 1
    bytes.withUnsafeBytes { Binding.bytes(statement, bound, $0) }
  }

  /// Goes to the next row; false after the last.
  mutating func step() throws -> Bool {
    next = 0
    let code = sqlite3_step(statement.sqliteStatement)
    if code == SQLITE_ROW { return true }
    guard code == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
    return false
  }

  private mutating func place() throws -> (Int32, type: Int32) {
    guard next < count else { throw store.damaged("a row has too few columns") }
    defer { next += 1 }
    return (next, sqlite3_column_type(statement.sqliteStatement, next))
  }

  private func wrong(_ place: Int32) -> StoreError {
    let name = sqlite3_column_name(statement.sqliteStatement, place).map { String(cString: $0) } ?? "\(place)"
    return store.damaged("an impossible value of \(name)")
  }

  mutating func optionalInteger(_ range: ClosedRange<Int> = 0...Int(Int32.max)) throws -> Int? {
    let (place, type) = try place()
    if type == SQLITE_NULL { return nil }
    let value = Int(sqlite3_column_int64(statement.sqliteStatement, place))
    guard type == SQLITE_INTEGER, range.contains(value) else { throw wrong(place) }
    return value
  }

  /// Numbers of things are at least 0 and fit 31 bits, unless a range says otherwise.
  mutating func integer(_ range: ClosedRange<Int> = 0...Int(Int32.max)) throws -> Int {
    guard let value = try optionalInteger(range) else { throw wrong(next - 1) }
    return value
  }

  /// Times, before 1970 as well.
  mutating func optionalTime() throws -> Int64? { try optionalInteger(.min ... .max).map { Int64($0) } }
  mutating func time() throws -> Int64 { Int64(try integer(.min ... .max)) }

  mutating func optionalFlag() throws -> Bool? { try optionalInteger(0...1).map { $0 == 1 } }
  mutating func flag() throws -> Bool { try integer(0...1) == 1 }

  mutating func optionalNumber() throws -> Double? {
    let (place, type) = try place()
    if type == SQLITE_NULL { return nil }
    guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw wrong(place) }
    return sqlite3_column_double(statement.sqliteStatement, place)
  }

  /// A probability; nil for NULL.
  mutating func optionalShare() throws -> Double? {
    guard let value = try optionalNumber() else { return nil }
    guard (0...1).contains(value) else { throw wrong(next - 1) }
    return value
  }

  mutating func share() throws -> Double {
    guard let value = try optionalShare() else { throw wrong(next - 1) }
    return value
  }

  mutating func optionalText() throws -> String? {
    let (place, type) = try place()
    if type == SQLITE_NULL { return nil }
    guard type == SQLITE_TEXT, let base = sqlite3_column_text(statement.sqliteStatement, place) else {
      throw wrong(place)
    }
    let bytes = Int(sqlite3_column_bytes(statement.sqliteStatement, place))
    return String(decoding: UnsafeBufferPointer(start: base, count: bytes), as: UTF8.self)
  }

  mutating func text() throws -> String {
    guard let text = try optionalText() else { throw wrong(next - 1) }
    return text
  }

  /// The bytes of a text, as they are.
  mutating func textBytes() throws -> [UInt8] {
    let (place, type) = try place()
    guard type == SQLITE_TEXT, let base = sqlite3_column_text(statement.sqliteStatement, place) else {
      throw wrong(place)
    }
    let count = Int(sqlite3_column_bytes(statement.sqliteStatement, place))
    return Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Gives bytes to a closure, which keeps none of them; nil for NULL.
  mutating func withOptionalBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value?) throws -> Value? {
    let (place, type) = try place()
    if type == SQLITE_NULL { return nil }
    guard type == SQLITE_BLOB else { throw wrong(place) }
    let base = sqlite3_column_blob(statement.sqliteStatement, place)
    let count = Int(sqlite3_column_bytes(statement.sqliteStatement, place))
    guard let value = try body(UnsafeRawBufferPointer(start: base, count: count)) else { throw wrong(place) }
    return value
  }

  mutating func optionalBytes() throws -> [UInt8]? { try withOptionalBytes { Array($0) } }

  mutating func bytes() throws -> [UInt8] {
    guard let bytes = try optionalBytes() else { throw wrong(next - 1) }
    return bytes
  }

  /// A name that must be known.
  mutating func name<Value>(_ value: (String) -> Value?) throws -> Value {
    guard let name = try optionalName(value) else { throw wrong(next - 1) }
    return name
  }

  /// A name that must be known; nil for NULL.
  mutating func optionalName<Value>(_ value: (String) -> Value?) throws -> Value? {
    guard let text = try optionalText() else { return nil }
    guard let value = value(text) else { throw wrong(next - 1) }
    return value
  }
}
