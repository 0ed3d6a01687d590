internal import GRDB

extension Store {
  /// Throws ``StoreError`` unless the store can be written now: takes the writer's place and leaves it again. Nothing is changed.
  public func checkWritable() throws(StoreError) {
    try writing { db in
      guard try Int.fetchOne(db, sql: "PRAGMA query_only") == 0 else {
        throw StoreError.cannotWrite(file: path, reason: "it is open for reading alone")
      }
    }
  }

  /// Writes the file's first page as it is. Throws ``StoreError`` where that cannot be done, as on a full disk; what cannot be written though this can is at fault itself.
  public func probe() throws(StoreError) {
    try writing { db in
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      try db.execute(sql: "PRAGMA user_version = \(version)")
    }
  }
}
