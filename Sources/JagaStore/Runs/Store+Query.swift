internal import GRDB

/// The answer to a query: names of columns, and values as they are.
public struct QueryAnswer: Hashable, Sendable {
  /// One value.
  public enum Value: Hashable, Sendable {
    /// NULL.
    case none
    /// An integer.
    case integer(Int64)
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
    /// Bytes; only how many.
    case bytes(Int)
  }

  /// Names of the columns.
  public var columns: [String]
  /// Rows of as many values.
  public var rows: [[Value]] = []
}

extension Store {
  /// Answers one SQL query. Nothing can be changed: the connection is for reading alone, and so must be the statement.
  ///
  /// Throws ``StoreError/query(reason:)`` for what the database does not take. Memory: the whole answer.
  public func query(_ sql: String) throws(StoreError) -> QueryAnswer {
    try reading { db in
      do {
        let statement = try db.makeStatement(sql: sql)
        guard statement.isReadonly, statement.columnCount > 0 else {
          throw StoreError.query(reason: "it asks for nothing; only queries such as SELECT are run")
        }
        var answer = QueryAnswer(columns: statement.columnNames)
        let rows = try Row.fetchCursor(statement)
        while let row = try rows.next() {
          answer.rows.append(row.databaseValues.map(Store.value))
        }
        return answer
      } catch let error as DatabaseError
        where [.SQLITE_ERROR, .SQLITE_AUTH, .SQLITE_READONLY, .SQLITE_MISUSE, .SQLITE_TOOBIG].contains(
          error.resultCode.primaryResultCode)
      {
        throw StoreError.query(reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
      }
    }
  }

  private static func value(_ value: DatabaseValue) -> QueryAnswer.Value {
    switch value.storage {
    case .null: .none
    case .int64(let number): .integer(number)
    case .double(let number): .number(number)
    case .string(let text): .text(text)
    case .blob(let data): .bytes(data.count)
    }
  }
}
