import Foundation
import JagaCore
import GRDB
import Testing

@testable import JagaStore

/// What is kept comes back, to the last bit.
@Suite struct KeepTests {
  @Test func everythingComesBack() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let written = try Store(writing: path)
    let ids = try written.keep([SampleRuns.result(SampleRuns.run("first"))], gold: SampleRuns.gold())
    try written.close()
    // The file alone is the store once the writer is gone.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["runs.sqlite"])

    let store = try Store(reading: path)
    let run = try store.run("first")
    var expected = SampleRuns.run("first")
    expected.id = ids[0]
    expected.goldDigest = run.goldDigest
    expected.goldItems = 3
    expected.goldConversations = 2
    #expect(run == expected)
    #expect(try store.runs() == [expected])
    let figures = try store.figures(of: run)
    #expect(figures[0] == SampleRuns.figures[0])
    #expect(figures[1].value.isNaN && figures[1].low.isNaN && figures[1].high.isNaN)
    #expect(figures[1].group == SampleRuns.figures[1].group)
    var scores: [KeptScore] = []
    try store.readScores(of: run) { scores.append($0) }
    #expect(scores == SampleRuns.scores())
    var gold = Collected()
    try store.readGold(of: run, into: &gold)
    #expect(gold.conversations == SampleRuns.conversations)
    #expect(gold.items == SampleRuns.items)
    #expect(gold.authors.map(\.id) == ["a", "b"] && gold.authors.map(\.isPredator) == [false, true])
    #expect(gold.summary?.repeated == 2 && gold.summary?.hasLines == true && gold.summary?.hasAuthors == false)
  }

  @Test func goldIsKeptOnceAndRunsShareIt() throws {
    let folder = try Folder()
    let store = try Store(writing: folder.file("runs.sqlite"))
    try store.keep(
      [SampleRuns.result(SampleRuns.run("a")), SampleRuns.result(SampleRuns.run("b"), shift: 0.4)],
      gold: SampleRuns.gold())
    try store.keep([SampleRuns.result(SampleRuns.run("c"))], gold: SampleRuns.gold())
    // One more label is another gold.
    var items = SampleRuns.items
    items[1].labels = 1 << UInt32(Label.benign.rawValue)
    try store.keep([SampleRuns.result(SampleRuns.run("d"))], gold: SampleRuns.gold(items))
    let digests = try store.runs().map(\.goldDigest)
    #expect(digests[0] == digests[1] && digests[1] == digests[2] && digests[2] != digests[3])
    #expect(try store.query("SELECT count(*) FROM gold").rows == [[.integer(2)]])
    #expect(try store.query("SELECT count(*) FROM gold_item").rows == [[.integer(6)]])
  }

  /// Equal inputs give the equal id, on any machine; each input counts.
  @Test func idsDependOnInputsAlone() throws {
    func id(_ run: KeptRun) throws -> String {
      let folder = try Folder()
      return try Store(writing: folder.file("x")).keep([SampleRuns.result(run)], gold: SampleRuns.gold())[0]
    }
    let one = try id(SampleRuns.run("a"))
    #expect(one.count == 12)
    #expect(try id(SampleRuns.run("a")) == one)
    var renamed = SampleRuns.run("a")
    renamed.files[0].name = "/elsewhere/gold.jsonl"
    #expect(try id(renamed) == one)
    var edited = SampleRuns.run("a")
    edited.files[1].sha256 = SampleRuns.digits
    let others = try [
      id(SampleRuns.run("b")), id(SampleRuns.run("a", time: "2026-01-31T12:00:00.001Z")),
      id(SampleRuns.run("a", threshold: 0.4)), id(edited),
    ]
    #expect(Set(others + [one]).count == 5)
  }

  @Test func theSameRunIsNotKeptTwiceAndNothingIsHalfKept() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let store = try Store(writing: path)
    let id = try store.keep([SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())[0]
    #expect(throws: StoreError.runExists(file: path, id: id)) {
      try store.keep(
        [SampleRuns.result(SampleRuns.run("new")), SampleRuns.result(SampleRuns.run("a"))], gold: SampleRuns.gold())
    }
    #expect(try store.runs().map(\.name) == ["a"])
    #expect(try store.query("SELECT count(*) FROM score").rows == [[.integer(3)]])
  }

  @Test func runsAreFoundByIdPrefixAndName() throws {
    let folder = try Folder()
    let path = folder.file("runs.sqlite")
    let store = try Store(writing: path)
    let ids = try ["a", "twice", "twice"].enumerated().map { number, name in
      try store.keep(
        [SampleRuns.result(SampleRuns.run(name, time: "2026-01-31T12:00:0\(number).000Z"))], gold: SampleRuns.gold())[0]
    }
    #expect(try store.run("a").id == ids[0])
    #expect(try store.run(ids[1]).id == ids[1])
    #expect(try store.run(String(ids[2].prefix(4))).id == ids[2])
    #expect(throws: StoreError.severalRuns(file: path, name: "twice", ids: [ids[1], ids[2]])) { try store.run("twice") }
    for name in ["", "b", String(ids[0].prefix(3)), "%", "' OR 1"] {
      #expect(throws: StoreError.noRun(file: path, name: name)) { try store.run(name) }
    }
  }

  @Test func viewsSayWhatChanged() throws {
    let folder = try Folder()
    let store = try Store(writing: folder.file("runs.sqlite"))
    let ids = try store.keep(
      [SampleRuns.result(SampleRuns.run("a")), SampleRuns.result(SampleRuns.run("b"), shift: 0.4)],
      gold: SampleRuns.gold())
    let changes = try store.query(
      "SELECT item, gold_label, said_move_a, said_move_b, band_a, band_b FROM v_changes WHERE run_a = '\(ids[0])' AND run_b = '\(ids[1])'"
    )
    #expect(
      changes.rows == [
        [.integer(0), .text("topup.condition"), .integer(0), .integer(1), .text("watch"), .text("review")]
      ])
    let items = try store.query("SELECT verdict FROM v_items WHERE run_name = 'b' ORDER BY item")
    #expect(items.rows == [[.text("tp")], [.none], [.text("fp")]])
    let labels = try store.query("SELECT label, is_gold FROM v_labels WHERE run_name = 'a' ORDER BY label")
    #expect(labels.rows == [[.text("topup.condition"), .integer(1)], [.text("trade.recruit"), .integer(0)]])
    #expect(
      try store.query("SELECT value FROM v_figures WHERE run_name = 'a' ORDER BY measure").rows == [
        [.number(2.0 / 3)], [.none],
      ])
    #expect(try store.query("SELECT has_hashed_ids FROM v_runs").rows == [[.integer(0)], [.integer(0)]])
  }

  /// A run goes away with everything that is its own.
  @Test func removingARunRemovesItsRows() throws {
    let folder = try Folder()
    let store = try Store(writing: folder.file("runs.sqlite"))
    try store.keep(
      [SampleRuns.result(SampleRuns.run("a")), SampleRuns.result(SampleRuns.run("b"))], gold: SampleRuns.gold())
    try store.writing { db in
      try db.execute(sql: "DELETE FROM run WHERE name = 'a'")
    }
    for table in ["score", "figure", "run_file"] {
      #expect(try store.query("SELECT count(DISTINCT run) FROM \(table)").rows == [[.integer(1)]], "\(table)")
    }
    #expect(throws: StoreError.self) { try store.writing { db in try db.execute(sql: "DELETE FROM gold") } }
  }
}
