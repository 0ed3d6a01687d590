import Foundation
import GRDB
import JagaCore
import Testing

@testable import JagaStore

/// Every schema that was released keeps opening, and never changes.
@Suite struct SchemaTests {
  /// Stores as they were written by releases: `store-N.sqlite` went through N migrations, and holds ``SampleRuns``, from 2 on ``SampleService`` as well, from 3 on
  /// ``SamplePolls``, in 4 what came after a decision.
  private static let releases = [1, 2, 3, 4]

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

  /// A store of runs alone becomes a service's, and loses nothing.
  @Test(arguments: releases) func aReleasedStoreServes(number: Int) throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(number), toPath: path)
    if number < DatabaseMigrator.store.migrations.count {
      #expect(throws: StoreError.older(file: path)) { _ = try Store(reading: path) }
    }
    let store = try Store(serving: path)
    #expect(try store.runs().map(\.name) == ["a", "b"])
    let before = try store.auditHead().sequence
    let item = try store.open("new")
    #expect(try store.close(item).status == .closed)
    #expect(try store.verifyAudit().rows == before + 2)
  }

  /// What the fixture of schema 2 holds, to the last bit, and goes on from.
  @Test func aServiceOfSchema2GoesOn() throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(2), toPath: path)
    let store = try Store(serving: path)
    let fresh = try OpenStore()
    try SchemaTests.serve(fresh.store)
    for id in ["c1", "c2", "c3"] {
      let kept = try store.export(conversation: id, now: 0)
      #expect(try kept == fresh.store.export(conversation: id, now: 0) && !kept.isEmpty)
    }
    #expect(try store.audit(from: 1, limit: 100) == fresh.store.audit(from: 1, limit: 100))
    #expect(try store.tokens() == fresh.store.tokens() && store.sizes() == fresh.store.sizes())
    #expect(try store.deadAlerts(limit: 9) == fresh.store.deadAlerts(limit: 9))
    #expect(try store.queue(QueueQuery()) == fresh.store.queue(QueueQuery()))
    #expect(
      try store.verifyAudit(expecting: fresh.store.auditHead().hash)
        == AuditVerdict(rows: 9, sequence: 9, hash: fresh.store.auditHead().hash))
    let appealed = try #require(try store.items(conversation: "c2").first)
    #expect(try store.close(appealed, by: "citra").status == .closed)
    #expect(try store.verifyAudit().rows == 10)
  }

  /// The fixture of schema 3 holds the same, and polls.
  @Test func aPollBotOfSchema3GoesOn() throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(3), toPath: path)
    let store = try Store(serving: path)
    let fresh = try OpenStore()
    try SchemaTests.serve(fresh.store)
    try SchemaTests.poll(fresh.store)
    for id in ["c1", "c2", "c3", "p1", "p2", "p3"] {
      let kept = try store.export(conversation: id, now: 0)
      #expect(try kept == fresh.store.export(conversation: id, now: 0) && !kept.isEmpty)
    }
    #expect(try store.audit(from: 1, limit: 100) == fresh.store.audit(from: 1, limit: 100))
    #expect(try store.sizes() == fresh.store.sizes() && store.queue(QueueQuery()) == fresh.store.queue(QueueQuery()))
    #expect(try store.casesWantingContact(limit: 9) == fresh.store.casesWantingContact(limit: 9))
    #expect(try store.due() == ["1/a"] && store.take(SamplePolls.disclosure(1)) == [PollResult(isRepeated: true)])
    #expect(try store.pollOptOut(channel: "ex", contact: SamplePolls.contact(2)) == 1300)
    let session = try #require(try store.pollSession(channel: "ex", contact: SamplePolls.contact(1)))
    #expect(try store.take(SamplePolls.reply(1, session: session)) == [PollResult(session: session.number)])
    #expect(try store.verifyAudit().isWhole)
  }

  /// The fixture of schema 4 holds an item that follows another, and a wish with its time.
  @Test func aServiceOfSchema4GoesOn() throws {
    let folder = try Folder()
    let path = folder.file("store.sqlite")
    try FileManager.default.copyItem(atPath: try fixture(4), toPath: path)
    let store = try Store(serving: path)
    let fresh = try OpenStore()
    try SchemaTests.serve(fresh.store)
    try SchemaTests.poll(fresh.store)
    try SchemaTests.goOn(fresh.store)
    for id in ["c1", "c2", "c3", "p1", "p2", "p3"] {
      #expect(try store.export(conversation: id, now: 0) == fresh.store.export(conversation: id, now: 0))
    }
    #expect(try store.items(conversation: "p1").map(\.follows) == [nil, store.items(conversation: "p1")[0].number])
    #expect(try store.audit(from: 1, limit: 100) == fresh.store.audit(from: 1, limit: 100))
    #expect(try store.casesWantingContact(limit: 9) == fresh.store.casesWantingContact(limit: 9))
  }

  /// What comes after a decision on what ``poll(_:)`` leaves.
  static func goOn(_ store: Store) throws {
    try store.close(try #require(try store.items(conversation: "p1").last))
    try store.take(
      SamplePolls.reply(
        1, case: SamplePolls.draft(1, nil, response: nil, further: SamplePolls.flag(1, 7, at: 4000)), at: 4000))
    try store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: true), at: 4100))
  }

  /// Something in every table of the poll bot.
  static func poll(_ store: Store) throws {
    try store.take(SamplePolls.disclosure(1), SamplePolls.disclosure(2, receipt: 2, at: 1100))
    try store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, .immediate, response: nil, wants: true), at: 1200))
    try store.settleOutgoing("2/a", .sent, now: 1210)
    try store.outgoingStatus("2/a", .delivered, now: 1220)
    try store.settleOutgoing("1/b", .dead(reason: "status 410"), now: 1230)
    let item = try store.items(conversation: "p2")[0].number
    try store.answerCase(item: item, [SamplePolls.message(2, "answer", due: 1240)], reviewer: "ani", now: 1240)
    var ended = SamplePolls.session(3)
    ended.endedAt = 1250
    try store.take(
      SamplePolls.reply(
        3, session: ended,
        answers: [SamplePolls.answer("q", nil, groups: ["age": "12-14"], sealed: [7, 7], mayLeave: true)], at: 1250))
    try store.take(SamplePolls.reply(2, wish: .stop, at: 1300))
  }

  /// Something in every table of the service.
  static func serve(_ store: Store) throws {
    try store.commit(
      ServiceChanges(
        conversations: [SampleService.conversation("c1"), SampleService.conversation("c2", messages: 9, at: 7)],
        flags: [
          SampleService.flag("c1", 1, kind: .disclosure, urgency: 3), SampleService.flag("c2", 0),
          SampleService.flag("c2", 1, band: .high, label: .groomingIsolation, language: "mix", at: 1700),
        ], texts: [SampleService.text("c1", 1), SampleService.text("c3", 0, isContext: true)],
        alerts: [SampleService.alert("c1"), SampleService.alert("c2", target: "coop")]))
    let second = try store.decide(
      SampleService.draft(try #require(try store.item(2)), "ani", .unsure), policy: SampleService.never)
    try store.decide(SampleService.draft(second, "budi", .wrong, label: .groomingTrust), policy: SampleService.never)
    try store.appeal(item: 2, by: "help desk", reason: .context, now: 2500)
    try store.settleAlert(2, .dead(reason: "status 410"), now: 2600)
    try store.addToken(SampleService.token("pipeline", scopes: ["score", "review"]), now: 2700, actor: "root")
    try store.revokeToken(name: "pipeline", now: 2800, actor: "root")
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

  @Test func anOlderStoreSaysHowItIsBroughtUpToDate() {
    #expect(
      StoreError.older(file: "f").description
        == "f: written by an older jaga; 'jaga evaluate --store' and 'jaga-server --store' bring it up to date")
  }

  @Test func tablesAreStrictAndForeignKeysHold() throws {
    let folder = try Folder()
    let store = try Store(writing: folder.file("runs.sqlite"))
    try store.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    let tables = try store.query(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'grdb_migrations'"
    ).rows
    #expect(tables.count == 25)
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
    try SchemaTests.serve(store)
    try SchemaTests.poll(store)
    try SchemaTests.goOn(store)
    try store.close()
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: path, toPath: target)
    Issue.record("\(target) was written; look at it, and run again without JAGA_RECORD")
  }
}
