import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing

@testable import JagaStore

@Suite struct BackupTests {
  @Test func theCopyOpensByItself() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c")]))
    let head = try open.store.auditHead()
    let elsewhere = try Folder()
    let target = elsewhere.file("copy.sqlite")
    try open.store.backup(to: target, now: 9, actor: "ani")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path) == ["copy.sqlite"])
    #expect(
      try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o600)
    let row = try #require(try open.store.audit(from: 1, limit: 9).last)
    let size = try elsewhere.bytes("copy.sqlite").count
    #expect(row.action == "backup.made" && row.actor == "ani" && row.at == 9 && row.subject == nil)
    #expect(
      row.detail == "{\"bytes\":\(size),\"audit_sequence\":1,\"audit_hash\":\"\(Digest.hex(head.hash))\"}")
    let copy = try Store(reading: target)
    #expect(try copy.item(1) == item && copy.conversation("c") == SampleService.conversation("c"))
    #expect(try copy.verifyAudit(expecting: head.hash).isWhole)
    // It can be gone on with.
    try copy.close()
    #expect(try Store(serving: target).close(item).status == .closed)
  }

  @Test func noFileIsWrittenOver() throws {
    let open = try OpenStore()
    let target = open.folder.file("taken")
    try "x".write(toFile: target, atomically: false, encoding: .utf8)
    #expect(throws: StoreError.backupExists(file: target)) {
      try open.store.backup(to: target, now: 1, actor: "ani")
    }
    #expect(try open.folder.bytes("taken") == Data("x".utf8))
    let nowhere = open.folder.file("no/such/folder")
    #expect(throws: StoreError.self) { try open.store.backup(to: nowhere, now: 1, actor: "ani") }
    #expect(try open.store.actions().isEmpty)
  }

  /// A part that an earlier attempt left behind is no obstacle.
  @Test func anUnfinishedCopyIsReplaced() throws {
    let open = try OpenStore()
    try "x".write(toFile: open.folder.file("copy.part"), atomically: false, encoding: .utf8)
    try open.store.backup(to: open.folder.file("copy"), now: 1, actor: "ani")
    #expect(try Store(reading: open.folder.file("copy")).verifyAudit().isWhole)
    #expect(!FileManager.default.fileExists(atPath: open.folder.file("copy.part")))
  }

  /// Each copy is one moment: as many conversations as rows of the audit, which were committed together.
  @Test func writingGoesOnMeanwhile() throws {
    let open = try OpenStore()
    let store = open.store
    let isDone = Atomic(false)
    let failures = Mutex<[String]>([])
    let written = Atomic(0)
    let copies = (0..<4).map { open.folder.file("copy\($0)") }
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      do {
        if worker == 0 {
          var number = 0
          while !isDone.load(ordering: .relaxed) || number < 50 {
            try store.commit(
              ServiceChanges(
                conversations: [SampleService.conversation("c\(number)")],
                texts: [SampleService.text("c\(number)", 1)],
                audit: [AuditDraft(at: 1, actor: "writer", action: "scored")]))
            number += 1
            written.store(number, ordering: .relaxed)
          }
        } else {
          defer { isDone.store(true, ordering: .relaxed) }
          for copy in copies {
            let before = written.load(ordering: .relaxed)
            while written.load(ordering: .relaxed) < before + 5 { usleep(100) }
            try store.backup(to: copy, now: 1, actor: "backup")
          }
        }
      } catch {
        failures.withLock { $0.append("\(error)") }
        isDone.store(true, ordering: .relaxed)
      }
    }
    #expect(failures.withLock { $0 } == [])
    var last = 0
    for path in copies {
      let copy = try Store(reading: path)
      let verdict = try copy.verifyAudit()
      #expect(verdict.isWhole)
      let counts = try copy.rowCounts()
      let scored = try copy.actions().filter { $0 == "scored" }.count
      #expect(counts["conversation"] == scored && counts["sealed_text"] == scored)
      #expect(scored >= last + 5)
      last = scored
      #expect(try copy.query("PRAGMA integrity_check").rows == [[.text("ok")]])
      // The row about each backup names the head of its copy.
      let named = try store.audit(from: 1, limit: .max).filter { $0.action == "backup.made" }
      #expect(named.contains { $0.detail.contains(Digest.hex(verdict.hash)) })
    }
    #expect(try store.verifyAudit().isWhole)
  }
}
