import Foundation
import Testing

/// The lexicon laboratory and the two commands that compare, as they are typed.
@Suite struct LaboratoryTests {
  private static let folder = Program.root + "/Tests/JagaEvaluationTests/Fixtures/laboratory"
  private static let lexicons = folder + "/lexicons"
  private static let gold = [folder + "/messages.jsonl", folder + "/transcripts.jsonl"]

  private func json(_ run: Program.Result) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test func evaluateFindsWhatWasPlanted() throws {
    let run = try Program.run(["lexicon", "evaluate"] + Self.gold + ["--lexicons", Self.lexicons, "--output", "json"])
    #expect(run.code == 0 && run.errors == "")
    let report = try json(run)
    #expect(report["messages"] as? Int == 42)
    #expect(report["findings"] as? [String: Int] == ["harmful": 1, "conflicting": 1, "redundant": 1, "dead": 1])
    let entries = try #require(report["entries"] as? [[String: Any]])
    #expect(entries.count == 8)
    #expect(entries[0]["id"] as? String == "id.topup.request.planted-harmful")
    #expect((entries[0]["wrong_instances"] as? [[String: Any]])?.count == 5)
    // Undefined is null: nothing is labelled with what it speaks for.
    #expect((entries[0]["recall_gain"] as? [String: Any])?["value"] is NSNull)
    #expect(!run.output.contains("kristal"))
    let again = try Program.run(
      ["lexicon", "evaluate"] + Self.gold + ["--lexicons", Self.lexicons, "--output", "json"])
    #expect(again.output == run.output)
  }

  @Test func tableAndCSV() throws {
    let base = ["lexicon", "evaluate"] + Self.gold + ["--lexicons", Self.lexicons]
    let table = try Program.run(base + ["--findings", "--wrong", "2"])
    #expect(table.output.contains("harmful 1, conflicting 1, redundant 1, dead 1"))
    #expect(table.output.contains("wrong in m01 (topup.offer)"))
    #expect(table.output.contains("covered by id.topup.offer.sound"))
    #expect(!table.output.contains("id.benign.school.sound"))
    #expect(!table.output.contains("kristal"))
    #expect(try Program.run(base + ["--with-text"]).output.contains(": kristal gratis buat kamu, kristal murah juga"))
    let csv = try Program.run(base + ["--output", "csv", "--label", "topup"])
    #expect(csv.lines.count == 7)
    #expect(
      csv.lines[0].hasPrefix(
        "id,kind,speaks_for,language,serves_rules,findings,covered_by,messages,coverage,precision,"))
    #expect(csv.output.contains("id.topup.payment.planted-dead,entry,topup.payment,id,false,dead,,0,0.0,-,-,-,"))
    #expect(try Program.run(base + ["--limit", "1", "--output", "csv"]).lines.count == 2)
  }

  @Test func usageOfTheLaboratory() throws {
    let base = ["lexicon", "evaluate", Self.gold[0]]
    for wrong in [
      ["--lexicons", Self.lexicons, "--model", "x"], ["--overlay-only"], ["--resamples", "-1"], ["--minimum", "0"],
      ["--label", "topop"], ["--with-text", "--output", "csv"],
    ] { #expect(try Program.run(base + wrong).code == 64, "\(wrong)") }
    #expect(try Program.run(["lexicon", "suggest", Self.gold[0], "--minimum", "1"]).code == 64)
    #expect(try Program.run(["lexicon", "evaluate", "/nonexistent", "--lexicons", Self.lexicons]).code == 1)
    let scratch = try Scratch()
    let plain = try scratch.file("plain.jsonl", "{\"text\":\"rahasia\"}\n")
    let unlabelled = try Program.run(["lexicon", "evaluate", plain, "--lexicons", Self.lexicons])
    #expect(unlabelled.code == 1)
    #expect(
      unlabelled.errors
        == "jaga: \(plain): no message has labels; give JSON lines with 'labels', or transcripts whose messages have them\n"
    )
    let broken = try scratch.file("broken.jsonl", "{\"text\":\"rahasia\",\"labels\":[\"nothing\"]}\n")
    let refused = try Program.run(["lexicon", "evaluate", broken, "--lexicons", Self.lexicons])
    #expect(refused.code == 1 && !refused.errors.contains("rahasia"))
  }

  @Test func suggestionsLint() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/lists/id", withIntermediateDirectories: true)
    let run = try Program.run(
      ["lexicon", "suggest"] + Self.gold
        + ["--lexicons", Self.lexicons, "--label", "topup", "--language", "id", "--least-z=-9", "--minimum", "2"])
    #expect(run.code == 0)
    #expect(run.output.contains("label: topup.offer"))
    _ = try scratch.file("lists/id/topup.yaml", run.output)
    let lint = try Program.run(["lexicon", "lint", scratch.path + "/lists"])
    #expect(lint.code == 0, "\(lint.output)")
  }

  @Test(.enabled(if: Program.hasModel, Program.needsModel))
  func lexiconDiffNamesWhoIsResponsible() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/lists/id", withIntermediateDirectories: true)
    _ = try scratch.file(
      "lists/id/topup.yaml",
      """
      language: id
      track: topup
      entries:
        - id: id.topup.condition.sandi
          label: topup.condition
          phrases: ["zzkodezz"]
          weight: 6
          source: "test"
      """)
    let lists = scratch.path + "/lists"
    let input =
      SampleLines.line("c1", "m1", "a", "zzkodezz ya") + SampleLines.line("c1", "m2", "b", "oke") + "{\"text\":\n"
      + SampleLines.line("c2", "m3", "a", "besok ulangan")
    let run = try Program.run(["lexicon", "diff", "none", lists, "-", "--output", "json", "--days", "2"], input: input)
    #expect(run.code == 2)
    let report = try json(run)
    let changed = try #require(report["changed"] as? [[String: Any]])
    #expect(changed.map { $0["message_id"] as? String } == ["m1"])
    #expect(!run.output.contains("zzkodezz"))
    let reasons = try #require(changed[0]["reasons"] as? [[String: Any]])
    #expect(reasons.contains { $0["source"] as? String == "overlay/lexicon:id.topup.condition.sandi" })
    let messages = try #require(report["messages"] as? [String: Any])
    #expect(messages["all"] as? Int == 3)
    let added = try #require(messages["newly_at_review"] as? Int)
    #expect(messages["newly_at_review_a_day"] as? Double == Double(added) / 2)
    let causes = try #require(report["causes"] as? [String: Any])
    #expect(Array(causes.keys) == ["overlay/lexicon:id.topup.condition.sandi"])
    let shown = try Program.run(["lexicon", "diff", "none", lists, "-", "--with-text"], input: input)
    #expect(shown.output.contains("zzkodezz ya"))
    // A compiled overlay is the same lexicon.
    let overlay = scratch.path + "/my.overlay"
    #expect(try Program.run(["lexicon", "compile", lists, "--output", overlay]).code == 0)
    let same = try Program.run(["lexicon", "diff", lists, overlay, "-", "--output", "csv"], input: input)
    #expect(same.lines.count == 1)
  }

  /// The bands on both sides are those of `score`, and the counts add up.
  @Test(.enabled(if: Program.hasModel, Program.needsModel))
  func diffSaysWhatScoreSays() throws {
    let scratch = try Scratch()
    let files = FileManager.default
    try files.createDirectory(atPath: scratch.path + "/corpora/voices/a", withIntermediateDirectories: true)
    for (from, to) in [(Self.gold[0], "messages.jsonl"), (Self.gold[1], "transcripts.jsonl")] {
      try files.copyItem(atPath: from, toPath: scratch.path + "/corpora/voices/a/" + to)
    }
    _ = try scratch.file("corpora/splits.json", "{\"train\":[\"a\"],\"test\":[]}")
    let other = scratch.path + "/other.jaga"
    let train = try Program.run(
      ["train", scratch.path + "/corpora", "--lexicons", Self.lexicons, "--output", other])
    #expect(train.code == 0, "\(train.errors)")
    let chats = try scratch.file("chats.jsonl", SampleLines.interleaved(400).joined())
    let pair = ["diff", "--model", Program.model, "--model", other, chats]
    let run = try Program.run(pair + ["--output", "json"])
    #expect(run.code == 0)
    let changed = try #require(try json(run)["changed"] as? [[String: Any]])
    #expect(!changed.isEmpty)
    let sides = try [Program.model, other].map { model in
      try Program.run(["score", chats, "--model", model]).lines.map(decoded)
    }
    var expected: [String: (bands: [String], scores: [Double])] = [:]
    var counts: [String: Int] = [:]
    for (left, right) in zip(sides[0], sides[1]) {
      let id = left["message_id"] as? String ?? ""
      let bands = [left, right].map { $0["band"] as? String ?? "" }
      expected[id] = (bands, [left, right].map { $0["score"] as? Double ?? -1 })
      counts[bands.joined(separator: " "), default: 0] += 1
    }
    for change in changed {
      let id = change["message_id"] as? String ?? ""
      #expect(change["bands"] as? [String] == expected[id]?.bands)
      #expect(change["scores"] as? [Double] == expected[id]?.scores)
    }
    let ids = Set(changed.compactMap { $0["message_id"] as? String })
    for (id, side) in expected where side.bands[0] != side.bands[1] { #expect(ids.contains(id)) }
    let matrix = try #require((try json(run)["messages"] as? [String: Any])?["bands"] as? [String: [String: Int]])
    for (first, row) in matrix {
      for (second, count) in row { #expect(count == counts["\(first) \(second)"] ?? 0) }
    }
    // A stream, and any number of threads, give the same bytes; the same model on both sides changes nothing.
    let stream = try Program.run(
      ["diff", "--model", Program.model, "--model", other, "-", "--threads", "1", "--output", "json"],
      input: SampleLines.interleaved(400).joined())
    #expect(stream.output == run.output)
    let same = try Program.run(["diff", "--model", other, "--model", other, chats, "--output", "csv"])
    #expect(same.lines.count == 1)
    let table = try Program.run(pair + ["--show", "1"])
    #expect(table.output.contains("A \\ B") && table.output.contains("by strongest reason"))
    #expect(!table.output.contains("diamond"))
    #expect(try Program.run(["diff", "--model", other, chats]).code == 64)
  }
}
