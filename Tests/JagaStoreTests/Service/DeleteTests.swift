import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct DeleteTests {
  private func fill(_ store: Store, _ id: String) throws {
    try store.commit(
      ServiceChanges(
        conversations: [SampleService.conversation(id)],
        flags: [SampleService.flag(id, 1), SampleService.flag(id, 2, kind: .disclosure)],
        texts: [SampleService.text(id, 1), SampleService.text(id, 2, until: 10)], alerts: [SampleService.alert(id)]))
    let risk = try #require(try store.items(conversation: id).first)
    try store.close(risk)
    try store.appeal(item: risk.number, by: "x", reason: .other, now: 1)
  }

  @Test func everythingGoesButTheAudit() throws {
    let open = try OpenStore()
    try fill(open.store, "c")
    try fill(open.store, "d")
    let before = try open.store.rowCounts()
    let counts = try open.store.deleteConversation("c", actor: "ani", subject: [5], now: 77)
    #expect(
      counts
        == DeletedCounts(conversations: 1, flags: 2, items: 2, decisions: 1, appeals: 1, texts: 2, alerts: 1))
    #expect(counts.total == 10)
    var expected = before.mapValues { $0 / 2 }
    expected["audit"] = before["audit"].map { $0 + 1 }
    #expect(try open.store.rowCounts() == expected)
    #expect(try open.store.export(conversation: "c", now: 0).isEmpty)
    let row = try #require(try open.store.audit(from: 1, limit: 100).last)
    #expect(row.action == "conversation.deleted" && row.actor == "ani" && row.subject == [5] && row.at == 77)
    #expect(
      row.detail
        == "{\"conversations\":1,\"flags\":2,\"items\":2,\"decisions\":1,\"appeals\":1,\"texts\":2,\"alerts\":1,\"cases\":0,\"sessions\":0,\"answers\":0,\"outgoing\":0,\"receipts\":0}"
    )
    #expect(try open.store.verifyAudit().isWhole)
    // Asked for again, it is on record again.
    #expect(try open.store.deleteConversation("c", actor: "ani", subject: [5], now: 78).total == 0)
    #expect(try open.store.actions().filter { $0 == "conversation.deleted" }.count == 2)
  }

  @Test func numbersAreNotGivenTwice() throws {
    let open = try OpenStore()
    _ = try open.store.open("c")
    try open.store.commit(ServiceChanges(alerts: [SampleService.alert("c")]))
    try open.store.deleteConversation("c", actor: "ani", subject: [], now: 1)
    #expect(try open.store.open("c").number == 2)
    try open.store.commit(ServiceChanges(alerts: [SampleService.alert("c")]))
    #expect(try open.store.dueAlerts(now: 9999, limit: 9).map(\.number) == [2])
  }

  /// Nothing of it is left in the bytes of the files, not even on free pages.
  @Test func bytesAreWrittenOver() throws {
    let open = try OpenStore()
    let marks = ["conversation-mark-7", "author-mark-7", "sealed-mark-7", "payload-mark-7"]
    var conversation = SampleService.conversation(marks[0])
    conversation.authors = [KeptAuthor(hash: 1, id: marks[1])]
    var flag = SampleService.flag(marks[0], 1)
    flag.authorID = marks[1]
    flag.subject = [1]
    var text = SampleService.text(marks[0], 1)
    // Larger than a page, so that whole pages come free.
    text.sealed = Array(String(repeating: marks[2], count: 900).utf8)
    var alert = SampleService.alert(marks[0])
    alert.payload = Array(marks[3].utf8)
    try open.store.commit(
      ServiceChanges(conversations: [conversation], flags: [flag], texts: [text], alerts: [alert]))
    func found() throws -> [String] {
      let bytes = try ["service.sqlite", "service.sqlite-wal"].map { try open.folder.bytes($0) }
      return marks.filter { mark in bytes.contains { $0.range(of: Data(mark.utf8)) != nil } }
    }
    #expect(try found() == marks)
    try open.store.deleteConversation(marks[0], actor: "ani", subject: SampleService.subject("c"), now: 1)
    #expect(try found() == [])
  }

  @Test func anExportIsWhatIsKept() throws {
    let open = try OpenStore()
    try fill(open.store, "c")
    try fill(open.store, "d")
    let export = try open.store.export(conversation: "c", now: 20)
    #expect(export.conversation == SampleService.conversation("c"))
    #expect(export.flags.map(\.messageID) == ["m1", "m2"] && export.items.map(\.kind) == [.risk, .disclosure])
    #expect(export.decisions.count == 1 && export.appeals.count == 1 && export.texts == [SampleService.text("c", 1)])
    #expect(export.alerts.map(\.conversationID) == ["c"])
    #expect(try open.store.export(conversation: "absent", now: 0).isEmpty)
  }
}
