import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

/// Files that are no store of this program's are refused, and stay as they are.
@Suite struct RefusalTests {
  private func refused(_ path: String, _ expected: StoreError, reading: StoreError? = nil) throws {
    let before = FileManager.default.contents(atPath: path)
    #expect(throws: expected) { _ = try Store(writing: path) }
    #expect(throws: reading ?? expected) { _ = try Store(reading: path) }
    #expect(FileManager.default.contents(atPath: path) == before)
  }

  @Test func filesOfOtherKinds() throws {
    let folder = try Folder()
    let text = folder.file("notes.txt")
    try String(repeating: "no database\n", count: 200).write(toFile: text, atomically: false, encoding: .utf8)
    try refused(text, .foreign(file: text))
    let short = folder.file("short")
    try "x".write(toFile: short, atomically: false, encoding: .utf8)
    try refused(short, .foreign(file: short))
    try refused(folder.path, .cannotOpen(file: folder.path, reason: "it is no regular file"))
    let nowhere = folder.file("no/such/folder.sqlite")
    #expect(throws: StoreError.notFound(file: nowhere)) { _ = try Store(reading: nowhere) }
    #expect(throws: StoreError.self) { _ = try Store(writing: nowhere) }
    let missing = folder.file("missing.sqlite")
    #expect(throws: StoreError.notFound(file: missing)) { _ = try Store(reading: missing) }
    #expect(!FileManager.default.fileExists(atPath: missing))
  }

  @Test func databasesOfOtherPrograms() throws {
    let folder = try Folder()
    let path = folder.file("other.sqlite")
    let other = try DatabaseQueue(path: path)
    try other.write { db in try db.execute(sql: "CREATE TABLE run (a); INSERT INTO run VALUES (1)") }
    try other.close()
    try refused(path, .foreign(file: path))
    // An empty database is nobody's: it may become a store, and holds no runs yet.
    let empty = folder.file("empty.sqlite")
    FileManager.default.createFile(atPath: empty, contents: nil)
    #expect(throws: StoreError.foreign(file: empty)) { _ = try Store(reading: empty) }
    #expect(try Store(writing: empty).runs().isEmpty)
  }

  @Test func storesOfNewerPrograms() throws {
    let folder = try Folder()
    let path = folder.file("newer.sqlite")
    let made = try Store(writing: path)
    try made.writing { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 queue')") }
    try made.close()
    try refused(path, .newer(file: path, migrations: ["9 queue"]))
    #expect(
      StoreError.newer(file: "f", migrations: ["9 queue"]).description
        == "f: written by a newer jaga (it has 9 queue); use that version, nothing was changed")
  }

  /// Whatever stands in a damaged file, reading ends with a sentence.
  @Test(arguments: [
    "UPDATE run SET threshold = 7", "UPDATE run SET seed = 'x'", "UPDATE run_file SET role = 'x'",
    "UPDATE score SET score = -1", "UPDATE score SET band = 'x'", "UPDATE score SET labels = '[1]'",
    "DELETE FROM score WHERE item = 1", "UPDATE gold_item SET labels = '{}'", "UPDATE gold_item SET labels = '[\"x\"]'",
    "UPDATE gold_item SET author = 99", "UPDATE gold_conversation SET first_risk = -9223372036854775808",
    "DELETE FROM gold_item WHERE item = 0", "UPDATE gold SET absent_lines = 9223372036854775807",
    "DROP VIEW v_items; DROP TABLE figure",
  ])
  func impossibleValues(sql: String) throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let store = try Store(writing: path)
    try store.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    try store.writing { db in try db.execute(sql: sql) }
    var found: StoreError?
    do {
      let run = try store.run("a")
      _ = try store.figures(of: run)
      var gold = Collected()
      try store.readGold(of: run, into: &gold)
      try store.readScores(of: run) { _ in }
    } catch {
      found = error
    }
    guard case .damaged(path, _) = found else {
      Issue.record("\(sql): \(String(describing: found))")
      return
    }
  }

  /// Any page may be overwritten.
  @Test func damagedPages() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let made = try Store(writing: path)
    try made.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    try SchemaTests.serve(made)
    try SchemaTests.poll(made)
    try made.close()
    let whole = try folder.bytes("runs.sqlite")
    let page = 4096
    #expect(whole.count >= 10 * page)
    var refusals = 0
    for number in 0..<whole.count / page {
      var bytes = whole
      bytes.replaceSubrange(
        number * page + (number == 0 ? 100 : 0)..<(number + 1) * page,
        with: Data(repeating: 0xA5, count: page - (number == 0 ? 100 : 0)))
      try bytes.write(to: URL(fileURLWithPath: path))
      do {
        let store = try Store(reading: path)
        for run in try store.runs() {
          _ = try store.figures(of: run)
          var gold = Collected()
          try store.readGold(of: run, into: &gold)
          try store.readScores(of: run) { _ in }
        }
        for id in ["c1", "c2", "c3", "p1", "p2", "p3"] { _ = try store.export(conversation: id, now: 0) }
        _ = try store.dueOutgoing(now: 9999, limit: 9)
        _ = try store.hasReceived(channel: "ex", receipt: [1])
        for number in 1...3 { _ = try store.pollSession(channel: "ex", contact: SamplePolls.contact(number)) }
        do {
          try store.forEachPollAnswer("safety") { _ in }
        } catch {
          throw try #require(error as? StoreError)
        }
        _ = try store.queue(QueueQuery())
        _ = try store.sizes()
        _ = try store.tokens()
        if try !store.verifyAudit().isWhole { refusals += 1 }
      } catch let error as StoreError {
        refusals += 1
        switch error {
        case .damaged, .foreign: break
        default: Issue.record("page \(number): \(error)")
        }
      }
    }
    // Pages of indices that nobody asks are read by none of this.
    #expect(refusals >= whole.count / page / 2)
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.self) { _ = try Store(reading: path).runs() }
  }

  @Test func queriesChangeNothing() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let made = try Store(writing: path)
    try made.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    try made.close()
    let store = try Store(reading: path)
    for sql in [
      "DELETE FROM run", "DROP VIEW v_runs", "PRAGMA user_version = 7", "", "SELECT", "SELECT absent FROM v_runs",
      "SELECT 1; DELETE FROM run", "CREATE TABLE t (a)",
    ] {
      #expect(throws: StoreError.self, "\(sql)") { _ = try store.query(sql) }
    }
    #expect(try store.runs().count == 1)
    #expect(throws: StoreError.query(reason: "no such column: absent")) {
      _ = try store.query("SELECT absent FROM v_runs")
    }
  }
}
