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
}
