import Foundation
import Testing

/// `jaga evaluate --store` and `jaga runs`, whole runs.
@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct RunsTests {
  private static let fixtures = Program.root + "/Tests/JagaEvaluationTests/Fixtures"
  private static let gold = fixtures + "/gold.jsonl"
  private static let predictions = fixtures + "/predictions.jsonl"
  private static let time = "2026-01-31T12:00:00Z"

  /// A store with two runs: the fixture's predictions, and weaker ones.
  private func twoRuns(_ folder: Scratch) throws -> (store: String, weaker: String) {
    let store = folder.path + "/runs.sqlite"
    let lines = try String(contentsOfFile: RunsTests.predictions, encoding: .utf8)
    let weaker = try folder.file(
      "weaker.jsonl",
      lines.split(separator: "\n").map { line in
        var record = decoded(line)
        record["score"] = (record["score"] as? Double ?? 0) * 0.6
        return String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self) + "\n"
      }.joined())
    for (name, file) in [("strong", RunsTests.predictions), ("weak", weaker)] {
      let run = try Program.run([
        "evaluate", RunsTests.gold, "--predictions", file, "--resamples", "40", "--base-rate", "0.01", "--store", store,
        "--run-name", name, "--run-time", RunsTests.time,
      ])
      #expect(run.code == 0)
      #expect(run.errors.hasPrefix("jaga: kept as run ") && run.errors.hasSuffix(", \(name), in \(store)\n"))
    }
    return (store, weaker)
  }

  /// What is kept, compared, equals one evaluation of both systems, to the last bit: figures, intervals, differences.
  @Test func comparedRunsEqualOneEvaluationOfBoth() throws {
    let folder = try Scratch()
    let (store, weaker) = try twoRuns(folder)
    let both = try Program.run([
      "evaluate", RunsTests.gold, "--predictions", RunsTests.predictions, weaker, "--resamples", "40", "--base-rate",
      "0.01", "--output", "json",
    ])
    let compared = try Program.run(["runs", "compare", store, "strong", "weak", "--output", "json"])
    #expect(both.code == 0 && compared.code == 0)
    #expect(compared.errors == "")
    let expected = decoded(both.output)["figures"] as? [NSDictionary] ?? []
    let found = decoded(compared.output)["figures"] as? [NSDictionary] ?? []
    #expect(expected.count > 100)
    #expect(expected == found)
    #expect(decoded(compared.output)["drifted"] as? Int == 0)
  }

  /// The figures of a run, shown, are those that were printed.
  @Test func shownFiguresAreThePrintedOnes() throws {
    let folder = try Scratch()
    let (store, _) = try twoRuns(folder)
    let printed = try Program.run([
      "evaluate", RunsTests.gold, "--predictions", RunsTests.predictions, "--resamples", "40", "--base-rate", "0.01",
      "--output", "csv",
    ])
    let shown = try Program.run(["runs", "show", store, "strong", "--output", "csv"])
    #expect(shown.code == 0)
    #expect(shown.output.replacingOccurrences(of: ",strong,", with: ",\(RunsTests.predictions),") == printed.output)
    let json = decoded(try Program.run(["runs", "show", store, "strong", "--output", "json"]).output)
    let files = json["files"] as? [[String: Any]] ?? []
    #expect(files.map { $0["role"] as? String } == ["gold", "predictions"])
    for file in files {
      let name = try #require(file["name"] as? String)
      let sum = try Program.run([name], program: "/usr/bin/sha256sum").output.prefix(64)
      #expect(file["sha256"] as? String == String(sum))
    }
    #expect(json["kept"] as? String == "2026-01-31T12:00:00.000Z")
    let table = try Program.run(["runs", "show", store, "strong"])
    #expect(table.output.contains("MESSAGES, single and in conversations"))
  }

  @Test func listsInEveryForm() throws {
    let folder = try Scratch()
    let (store, _) = try twoRuns(folder)
    let table = try Program.run(["runs", "list", store])
    #expect(table.lines.count == 3 && table.lines[1].contains("strong") && table.lines[2].contains("weak"))
    let csv = try Program.run(["runs", "list", store, "--output", "csv"])
    #expect(
      csv.output.hasPrefix("run,kept,name,system,model,program,gold,messages,conversations,threshold,f1_messages,"))
    #expect(csv.lines.count == 3)
    let json = try Program.run(["runs", "list", store, "--output", "json"]).output
    let runs = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(runs.map { $0["name"] as? String } == ["strong", "weak"])
  }

  /// The same inputs at the same time: the same id in another file, refused in the same one.
  @Test func idsAreReproducibleAndNeverTakenTwice() throws {
    let folder = try Scratch()
    func keep(_ store: String) throws -> Program.Result {
      try Program.run([
        "evaluate", RunsTests.gold, "--predictions", RunsTests.predictions, "--resamples", "0", "--store",
        folder.path + "/" + store, "--run-time", RunsTests.time, "--run-name", "x",
      ])
    }
    let first = try keep("a.sqlite")
    let second = try keep("b.sqlite")
    #expect(first.code == 0)
    #expect(first.errors.replacingOccurrences(of: "a.sqlite", with: "b.sqlite") == second.errors)
    let again = try keep("a.sqlite")
    #expect(again.code == 1)
    #expect(again.errors.hasSuffix(" is kept already: the same inputs at the same time\n"))
    // The figures are printed all the same.
    #expect(again.output == first.output)
  }

  /// The list of changes and the view say the same.
  @Test func changesEqualTheView() throws {
    let folder = try Scratch()
    let (store, _) = try twoRuns(folder)
    let compared = decoded(
      try Program.run(["runs", "compare", store, "strong", "weak", "--changes", "all", "--output", "json"]).output)
    let changes = compared["changes"] as? [[String: Any]] ?? []
    #expect(!changes.isEmpty)
    let json = try Program.run([
      "runs", "query", store,
      """
      SELECT conversation_id, message_id, score_a, score_b FROM v_changes
      WHERE run_a = (SELECT run_id FROM v_runs WHERE name = 'strong') AND run_b = (SELECT run_id FROM v_runs WHERE name = 'weak')
      ORDER BY item
      """, "--output", "json",
    ]).output
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["message_id"] as? String } == changes.map { $0["message_id"] as? String })
    #expect(rows.map { $0["score_b"] as? Double } == changes.map { ($0["score"] as? [Double])?.last })
    // Weaker scores take moves away and add none.
    for tally in compared["changes_by_label"] as? [[String: Any]] ?? [] { #expect(tally["move_gained"] as? Int == 0) }
    let short = try Program.run(["runs", "compare", store, "strong", "weak", "--by", "none", "--changes", "1"])
    #expect(short.output.contains("CHANGED VERDICTS, from A to B"))
    let last = short.lines.last?.replacingOccurrences(of: ",", with: "")
    #expect(last == "  and \(changes.count - 1) more; --changes all lists them")
  }

  @Test func runsThatDoNotFitAreRefused() throws {
    let folder = try Scratch()
    let (store, _) = try twoRuns(folder)
    // One byte more is another gold.
    let other = try folder.file("gold.jsonl", String(contentsOfFile: RunsTests.gold, encoding: .utf8) + "\n")
    let options = ["--predictions", RunsTests.predictions, "--resamples", "0", "--store", store]
    #expect(try Program.run(["evaluate", other, "--run-name", "other"] + options).code == 0)
    #expect(
      try Program.run(
        ["evaluate", RunsTests.gold, "--run-name", "lower", "--base-rate", "0.01", "--threshold", "0.4"] + options
      ).code == 0)
    let refused = try Program.run(["runs", "compare", store, "strong", "other"])
    #expect(refused.code == 1 && refused.output == "")
    #expect(refused.errors.contains(" do not rest on the same gold (\(RunsTests.gold) has SHA-256 "))
    let thresholds = try Program.run(["runs", "compare", store, "strong", "lower"])
    #expect(thresholds.code == 1)
    #expect(
      thresholds.errors
        == "jaga: the runs were evaluated with --threshold 0.5 and 0.4; give --threshold, and both are judged by it\n")
    #expect(
      try Program.run(["runs", "compare", store, "strong", "lower", "--threshold", "0.4", "--by", "none"]).code == 0)
    #expect(try Program.run(["runs", "compare", store, "strong", "strong"]).code == 1)
    #expect(try Program.run(["runs", "show", store, "nobody"]).errors.contains("no run 'nobody'"))
    #expect(try Program.run(["runs", "list", folder.path + "/none.sqlite"]).code == 1)
    #expect(try Program.run(["runs", "list", RunsTests.gold]).errors.contains("not a store of jaga"))
    let spoilt = try Program.run(["evaluate", RunsTests.gold, "--predictions", RunsTests.predictions, "--store", other])
    #expect(spoilt.code == 1 && spoilt.output == "")
    #expect(try Program.run(["runs", "query", store, "DELETE FROM run"]).code == 1)
  }

  /// Whatever the gold is, what is judged again from a store has every figure that was kept: transcripts, PAN12's authors and lines.
  @Test func everyKindOfGoldComesBack() throws {
    let folder = try Scratch()
    let store = folder.path + "/runs.sqlite"
    let pan12 = Program.root + "/Tests/JagaTranscriptsTests/Fixtures/pan12"
    let files = [
      pan12 + ".xml", Program.root + "/corpora/voices/jakarta-gamers/transcripts.jsonl", "--pan12-authors",
      pan12 + "-authors.txt", "--pan12-lines", pan12 + "-lines.txt", "--resamples", "20", "--store", store,
    ]
    for name in ["a", "b"] { #expect(try Program.run(["evaluate"] + files + ["--run-name", name]).code == 2) }
    let compared = decoded(
      try Program.run(["runs", "compare", store, "a", "b", "--changes", "all", "--output", "json"]).output)
    #expect(compared["drifted"] as? Int == 0)
    #expect((compared["changes"] as? [Any])?.isEmpty == true)
    let kept = decoded(try Program.run(["runs", "show", store, "a", "--output", "json"]).output)["figures"]
    let again = compared["figures"] as? [[String: Any]] ?? []
    let first = again.map { figure in
      var figure = figure
      figure["estimates"] = (figure["estimates"] as? [Any]).map { Array($0.prefix(1)) }
      for key in ["difference", "share_better"] { figure[key] = nil }
      return figure as NSDictionary
    }
    #expect(first == kept as? [NSDictionary])
    for population in ["turns", "transcripts", "pan12_authors", "pan12_lines"] {
      #expect(again.contains { $0["population"] as? String == population }, "\(population)")
    }
  }

  /// Ids are hashed as by `jaga score --hash-ids`; no id, and never a text, is in the file.
  @Test func hashedIdsAndNoText() throws {
    let folder = try Scratch()
    let key = try folder.file("key.txt", String(repeating: "k", count: 32) + "\n")
    let gold = try folder.file(
      "gold.jsonl",
      #"{"conversation_id":"wati-and-budi","message_id":"msg-7771","author_id":"a","text":"kirim foto dulu xyzzy","labels":["topup.condition"]}"#
        + "\n")
    func keep(_ store: String, _ options: [String]) throws -> Data {
      let path = folder.path + "/" + store
      let run = try Program.run(["evaluate", gold, "--resamples", "0", "--store", path] + options)
      #expect(run.code == 0, "\(run.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: path))
    }
    let plain = try keep("plain.sqlite", [])
    let hashed = try keep("hashed.sqlite", ["--hash-ids", key])
    #expect(plain.range(of: Data("wati-and-budi".utf8)) != nil && plain.range(of: Data("msg-7771".utf8)) != nil)
    for word in ["wati-and-budi", "msg-7771"] { #expect(hashed.range(of: Data(word.utf8)) == nil) }
    for data in [plain, hashed] { #expect(data.range(of: Data("xyzzy".utf8)) == nil) }
    _ = try keep("plain.sqlite", ["--hash-ids", key, "--run-name", "hashed"])
    let mixed = try Program.run(["runs", "list", folder.path + "/plain.sqlite", "--output", "csv"]).lines.dropFirst()
    let ids = mixed.map { String($0.prefix(12)) }
    let refused = try Program.run(["runs", "compare", folder.path + "/plain.sqlite"] + ids)
    #expect(refused.code == 1 && refused.errors.contains("ids are hashed under another key"))
    let scored = decoded(try Program.run(["score", gold, "--hash-ids", key]).output)
    for name in ["conversation_id", "message_id"] {
      let id = try #require(scored[name] as? String)
      #expect(hashed.range(of: Data(id.utf8)) != nil)
    }
  }

  @Test func usage() throws {
    for options in [
      ["--run-name", "x"], ["--run-time", RunsTests.time], ["--hash-ids", "k"],
      ["--store", "s", "--run-name", "a", "--run-name", "b"], ["--store", "s", "--run-name", ""],
      ["--store", "s", "--run-time", "2026-02-30T00:00:00Z"], ["--store", "s", "--run-time", "2026-01-01"],
      ["--store", "s", "--run-time", "2026-01-01T00:00:61Z"],
      ["--store", "s", "--run-time", "2026-01-01T00:00:00+07:00"],
    ] {
      #expect(try Program.run(["evaluate", RunsTests.gold] + options).code == 64, "\(options)")
    }
    #expect(try Program.run(["evaluate", "-", "--store", "/nonexistent/s"]).code == 64)
    for arguments in [
      ["runs", "list"], ["runs", "show", "s"], ["runs", "compare", "s", "a"],
      ["runs", "compare", "s", "a", "b", "--threshold", "2"], ["runs", "compare", "s", "a", "b", "--changes", "-1"],
      ["runs", "compare", "s", "a", "b", "--by", "lnag"], ["runs", "list", "s", "--output", "xml"],
    ] {
      #expect(try Program.run(arguments).code == 64, "\(arguments)")
    }
  }
}
