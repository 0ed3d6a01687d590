import Foundation
import GRDB
import Testing

@testable import JagaStore

/// The program is ended in the middle of a reply: nothing of it is there, and the gateway's repetition is taken as new.
@Suite struct PollCrashTests {
  @Test func aReplyThatWasCutOffIsNoReply() async throws {
    let folder = try Folder()
    let path = folder.file("service.sqlite")
    let before = try Store(serving: path)
    try before.take(SamplePolls.disclosure(1))
    let counts = try before.rowCounts()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try Store(serving: path)
      try store.take(SamplePolls.reply(3, receipt: 3, outgoing: [SamplePolls.message(3, "3/a")]))
      try store.writing { db in
        var result = CommitResult()
        var audit = AuditWriter(db, store)
        _ = try store.take(SamplePolls.disclosure(2, receipt: 2), &result, &audit, db)
        kill(getpid(), SIGKILL)
      }
    }
    let after = try Store(serving: path)
    // What was committed before that is there, though the file was never closed.
    #expect(try after.hasReceived(channel: "ex", receipt: [3]) && !after.hasReceived(channel: "ex", receipt: [2]))
    var expected = counts
    expected["poll_receipt"] = 2
    expected["outgoing"] = 4
    #expect(try after.rowCounts() == expected)
    #expect(try after.due() == ["1/a", "3/a"])
    #expect(try after.take(SamplePolls.disclosure(2, receipt: 2)) == [PollResult(session: 2, caseItem: 2)])
    #expect(try after.verifyAudit().isWhole)
  }
}
