import Foundation
import GRDB
import Testing

@testable import JagaStore

@Suite struct ConversationTests {
  @Test func whatIsKeptComesBack() throws {
    let open = try OpenStore()
    var bare = SampleService.conversation("")
    bare.authors = []
    bare.seen = []
    bare.state = []
    bare.firstAlertMessageID = nil
    bare.messages = 0
    bare.updatedAt = .min
    let whole = SampleService.conversation("c\u{0}1 é")
    try open.store.commit(ServiceChanges(conversations: [bare, whole]))
    for expected in [bare, whole] { #expect(try open.store.conversation(expected.id) == expected) }
    #expect(try open.store.conversation("c") == nil)
    #expect(try Store(reading: open.path).conversation(whole.id) == whole)
  }

  @Test func aLaterStateTakesThePlaceOfTheEarlier() throws {
    let open = try OpenStore()
    var later = SampleService.conversation("c", messages: 4, at: 2000)
    later.firstAlertMessageID = nil
    later.modelID = "ffffffff"
    later.seen = (0..<600).map { UInt64($0) }
    later.authors = []
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c"), later]))
    later.seen.removeFirst(88)
    #expect(try open.store.conversation("c") == later)
    #expect(try open.store.rowCounts() == ["conversation": 1])
  }

  @Test(arguments: [
    "UPDATE conversation SET seen = x'010203'", "UPDATE conversation SET authors = x'01'",
    "UPDATE conversation SET authors = x'0000000000000000FFFFFFFF41'", "UPDATE conversation SET messages = -1",
  ])
  func impossibleBytesAreADamagedStore(sql: String) throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c")]))
    try open.store.writing { db in try db.execute(sql: sql) }
    do {
      _ = try open.store.conversation("c")
      Issue.record("\(sql) went unseen")
    } catch {
      guard case .damaged(open.path, _) = error else {
        Issue.record("\(sql): \(error)")
        return
      }
    }
  }

  /// A reader that threw or stopped in the middle holds no view of the file: the log can be emptied.
  @Test func readingLeavesNothingOpen() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c")]))
    _ = try open.store.conversation("c")
    try open.store.writing { db in try db.execute(sql: "UPDATE conversation SET seen = x'01'") }
    #expect(throws: StoreError.self) { _ = try open.store.conversation("c") }
    open.store.emptyLog()
    #expect(try open.folder.bytes("service.sqlite-wal").isEmpty)
  }

  /// After reading as well, which leaves connections that cannot put the log away.
  @Test func aClosedStoreIsOneFile() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c")]))
    _ = try open.store.conversation("c")
    _ = try open.store.sizes()
    try open.store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: open.folder.path) == ["service.sqlite"])
    #expect(throws: StoreError.self) { try open.store.conversation("c") }
    #expect(try Store(reading: open.path).conversation("c") != nil)
  }

  @Test func filesAreForThisUserAlone() throws {
    let open = try OpenStore()
    try open.store.commit(ServiceChanges(conversations: [SampleService.conversation("c")]))
    for name in ["service.sqlite", "service.sqlite-wal", "service.sqlite-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: open.folder.file(name))
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
  }

  @Test(arguments: [(false, 1), (true, 2)])
  func commitsWaitForTheDiskWhenAsked(synchronous: Bool, level: Int) throws {
    let folder = try Folder()
    let store = try Store(serving: folder.file("x"), synchronous: synchronous)
    let found = try store.writing { db in
      [
        try Int.fetchOne(db, sql: "PRAGMA synchronous"), try Int.fetchOne(db, sql: "PRAGMA secure_delete"),
        try Int.fetchOne(db, sql: "PRAGMA foreign_keys"),
      ]
    }
    #expect(found == [level, 1, 1])
  }
}
