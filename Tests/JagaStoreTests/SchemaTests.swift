import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

/// Every schema that was released keeps opening, and never changes.
@Suite struct SchemaTests {
  /// Stores as they were written by releases: `store-N.sqlite` went through N migrations, and holds ``SampleRuns``.
  private static let releases = [1]

  private func fixture(_ number: Int) throws -> String {
    try #require(Bundle.module.path(forResource: "store-\(number)", ofType: "sqlite", inDirectory: "Fixtures"))
  }

  private func schema(_ reader: some DatabaseReader) throws -> [String] {
    try reader.read { db in
      try String.fetchAll(
        db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'grdb_migrations' ORDER BY name")
    }
  }

  @Test(arguments: releases) func aReleasedStoreOpensAndTakesRuns(number: Int) throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(number), toPath: path)
    let store = try Store(writing: path)
    #expect(try store.runs().map(\.name) == ["a", "b"])
    let run = try store.run("b")
    #expect(try store.figures(of: run)[0] == SampleRuns.figures[0])
    var scores: [KeptScore] = []
    try store.readScores(of: run) { scores.append($0) }
    #expect(scores == SampleRuns.scores(shift: 0.4))
    var gold = Collected()
    try store.readGold(of: run, into: &gold)
    #expect(gold.items == SampleRuns.items)
    // The same gold has the same digest still, so new runs join it.
    try store.keep([SampleRuns.result(SampleRuns.run("c"))], gold: SampleRuns.gold())
    #expect(try store.run("c").goldDigest == run.goldDigest)
  }

  /// A released migration is never edited; what comes later is a migration of its own.
  @Test(arguments: releases) func aReleasedMigrationIsAsItWas(number: Int) throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(number), toPath: path)
    let released = try DatabaseQueue(path: path)
    let fresh = try DatabaseQueue()
    let migrator = DatabaseMigrator.store
    try migrator.migrate(fresh, upTo: migrator.migrations[number - 1])
    #expect(try schema(fresh) == schema(released))
  }

  @Test func everyMigrationHasAStoreOfItsRelease() {
    #expect(DatabaseMigrator.store.migrations.count == SchemaTests.releases.count)
  }

  @Test func tablesAreStrictAndForeignKeysHold() throws {
    let folder = try Folder()
    let store = try Store(writing: folder.file("runs.sqlite"))
    try store.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    let tables = try store.query(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'"
    ).rows
    #expect(tables.count == 8)
    for row in tables { #expect(row[1] == .integer(1), "\(row)") }
    try store.reading { db in
      let broken = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
      #expect(broken.isEmpty && mode == "wal")
    }
    for sql in [
      "INSERT INTO score (run, item, score) VALUES (99, 0, 0.5)", "UPDATE score SET score = 'x'",
      "INSERT INTO run_file VALUES (99, 0, 'gold', 'x', 'x', 1)",
    ] {
      #expect(throws: StoreError.self, "\(sql)") { try store.writing { db in try db.execute(sql: sql) } }
    }
    // Nothing has a place for text of messages.
    let columns = try store.query(
      "SELECT DISTINCT c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'"
    ).rows
    #expect(!columns.contains([.text("text")]))
  }

  /// Writes the store of the newest schema, for a new release: `JAGA_RECORD=1`. Fails once, so that nobody takes it unseen.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["JAGA_RECORD"] != nil)) func record() throws {
    let folder = try Folder()
    let number = DatabaseMigrator.store.migrations.count
    let target = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/store-\(number).sqlite"
    let path = folder.file("store.sqlite")
    let store = try Store(writing: path)
    try store.keep(
      [SampleRuns.result(SampleRuns.run("a")), SampleRuns.result(SampleRuns.run("b"), shift: 0.4)],
      gold: SampleRuns.gold())
    try store.close()
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: path, toPath: target)
    Issue.record("\(target) was written; look at it, and run again without JAGA_RECORD")
  }
}
