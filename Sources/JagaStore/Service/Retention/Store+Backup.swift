#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import GRDB

extension Store {
  /// Copies the store to a new file while it is used: the copy is the store as it was at one moment, opens by itself, and only this user can read it. A file of
  /// that name is not written over.
  ///
  /// The copy appears under its name once it is whole. Then a row of the audit tells its size, and the last row of the audit in it: the backup's own
  /// ``auditHead()``, which is returned. Cost: reading and writing the whole file; writers do not wait.
  @discardableResult
  public func backup(
    to target: String, now: Int64, actor: String
  ) throws(StoreError) -> (sequence: Int, hash: [UInt8]) {
    guard access(target, F_OK) != 0 else {
      throw .backupExists(file: target)
    }
    let part = target + ".part"
    unlink(part)
    StoreFile.reserve(part)
    do throws(StoreError) {
      let (head, bytes) = try copy(to: part)
      guard rename(part, target) == 0 else {
        throw StoreError.cannotWrite(file: target, reason: String(cString: strerror(errno)))
      }
      try writing { db in
        var detail = AuditDetail()
        detail.add("bytes", bytes)
        detail.add("audit_sequence", head.sequence)
        detail.add("audit_hash", hex: head.hash)
        var audit = AuditWriter(db, self)
        try audit.append(.backupMade, at: now, actor: actor, subject: nil, detail)
      }
      return head
    } catch {
      unlink(part)
      throw error
    }
  }

  private func copy(to part: String) throws(StoreError) -> (head: (sequence: Int, hash: [UInt8]), bytes: Int) {
    let queue = try StoreError.mapping(part) { try DatabaseQueue(path: part) }
    return try StoreError.mapping(path) {
      try reader.backup(to: queue)
      let found = try queue.read { db in
        let pages = try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return (head: try auditHead(db), bytes: pages ?? 0)
      }
      try queue.close()
      return found
    }
  }
}
