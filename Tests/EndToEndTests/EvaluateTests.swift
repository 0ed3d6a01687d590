import Foundation
import Testing

/// `jaga evaluate` and `jaga threshold`, whole runs.
@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct EvaluateTests {
  private static let voice = Program.root + "/corpora/voices/jakarta-gamers"
  private static let fixtures = Program.root + "/Tests/JagaEvaluationTests/Fixtures"
  private static let gold = fixtures + "/gold.jsonl"
  private static let predictions = fixtures + "/predictions.jsonl"

  private func figures(_ output: String) -> [String: [Double?]] {
    var found: [String: [Double?]] = [:]
    for figure in decoded(output)["figures"] as? [[String: Any]] ?? [] {
      let key = ["population", "dimension", "group", "head", "measure"].map { figure[$0] as? String ?? "?" }
      let estimate = (figure["estimates"] as? [[String: Any]])?.first ?? [:]
      found[key.joined(separator: "/")] = ["value", "low", "high"].map { estimate[$0] as? Double }
    }
    return found
  }

  /// The model on the gold, and the records of `jaga score` on the same file, give the same figures.
  @Test(arguments: ["messages.jsonl", "transcripts.jsonl"])
  func scoringAndPredictionsAgree(file: String) throws {
    let path = EvaluateTests.voice + "/" + file
    let folder = try Scratch()
    let scored = try folder.file("scores.jsonl", Program.run(["score", path]).output)
    let options = ["--output", "json", "--resamples", "50", "--base-rate", "0.01"]
    let own = try Program.run(["evaluate", path, "--without-questions"] + options)
    let read = try Program.run(["evaluate", path, "--predictions", scored] + options)
    #expect(own.code == 0 && read.code == 0)
    #expect(own.errors == "" && read.errors == "")
    let expected = figures(own.output)
    let found = figures(read.output)
    #expect(expected.count > 100)
    #expect(Set(expected.keys) == Set(found.keys))
    for (key, values) in expected {
      for (left, right) in zip(values, found[key] ?? []) {
        if let left, let right {
          #expect(abs(left - right) <= 1e-9, "\(key)")
        } else {
          #expect(left == right, "\(key)")
        }
      }
    }
  }

  @Test func theSameBytesAgainAndForAnyNumberOfThreads() throws {
    let files = ["messages.jsonl", "transcripts.jsonl"].map { EvaluateTests.voice + "/" + $0 }
    for form in ["table", "json", "csv"] {
      let options = ["--output", form, "--resamples", "30"]
      let one = try Program.run(["evaluate"] + files + options + ["--threads", "1"])
      #expect(one.code == 0 && !one.output.isEmpty)
      #expect(try Program.run(["evaluate"] + files + options + ["--threads", "1"]).output == one.output)
      #expect(try Program.run(["evaluate"] + files + options + ["--threads", "3"]).output == one.output)
    }
  }

  /// The question is read before the answer, unless it is left out.
  @Test func questionsAreContext() throws {
    let folder = try Scratch()
    let path = try folder.file(
      "gold.jsonl",
      #"{"id":"1","text":"iya pernah, sampe sekarang","question":"pernah ada yang minta foto kamu terus ngancem?","labels":["disclosure"]}"#
        + "\n")
    let options = ["--output", "csv", "--resamples", "0"]
    let asked = try Program.run(["evaluate", path] + options)
    let alone = try Program.run(["evaluate", path, "--without-questions"] + options)
    #expect(asked.code == 0 && alone.code == 0)
    #expect(asked.output != alone.output)
    for run in [asked, alone] { #expect(!run.output.contains("pernah")) }
  }

  @Test func twoSystemsAreCompared() throws {
    let folder = try Scratch()
    let lines = try String(contentsOfFile: EvaluateTests.predictions, encoding: .utf8)
    // The other system never says more than 0.4.
    let weaker = try folder.file(
      "weaker.jsonl",
      lines.split(separator: "\n").map { line in
        var record = decoded(line)
        record["score"] = (record["score"] as? Double ?? 0) * 0.4
        record["labels"] = nil
        return String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self) + "\n"
      }.joined())
    let run = try Program.run([
      "evaluate", EvaluateTests.gold, "--resamples", "40", "--output", "json", "--predictions",
      EvaluateTests.predictions,
      weaker,
    ])
    #expect(run.code == 0)
    let all = decoded(run.output)["figures"] as? [[String: Any]] ?? []
    func find(_ measure: String) -> [String: Any] {
      all.first {
        $0["population"] as? String == "messages" && $0["dimension"] as? String == "all"
          && $0["head"] as? String == "move"
          && $0["measure"] as? String == measure
      } ?? [:]
    }
    #expect(find("recall")["share_better"] as? Double == 1)
    // Order is what the area sees, and that is the same.
    #expect((find("roc_auc")["difference"] as? [String: Double])?["value"] == 0)
    let table = try Program.run([
      "evaluate", EvaluateTests.gold, "--resamples", "0", "--predictions", EvaluateTests.predictions, weaker,
    ])
    #expect(table.output.hasPrefix("A: \(EvaluateTests.predictions)\nB: \(weaker)\n"))
  }

  @Test func predictionsThatDoNotFitAreErrorsOrCounted() throws {
    let folder = try Scratch()
    let lines = try String(contentsOfFile: EvaluateTests.predictions, encoding: .utf8).split(separator: "\n")
    let fewer = try folder.file("fewer.jsonl", lines.dropFirst(3).joined(separator: "\n"))
    let missing = try Program.run(["evaluate", EvaluateTests.gold, "--predictions", fewer])
    #expect(missing.code == 1)
    #expect(missing.output == "")
    #expect(missing.errors.hasPrefix("jaga: \(fewer): no prediction for 3 of "))
    #expect(missing.errors.hasSuffix("; predict them all, or count them as score 0 with --missing zero\n"))
    let zero = try Program.run([
      "evaluate", EvaluateTests.gold, "--predictions", fewer, "--missing", "zero", "--resamples", "0",
    ])
    #expect(zero.code == 0)
    #expect(zero.errors == "jaga: \(fewer): 3 gold messages without a prediction count as score 0\n")
    #expect(zero.output.contains("3 messages without a prediction count as score 0"))
    let twice = try folder.file("twice.jsonl", (lines + [lines[0]]).joined(separator: "\n"))
    let again = try Program.run(["evaluate", EvaluateTests.gold, "--predictions", twice])
    #expect(again.code == 1)
    #expect(
      again.errors == "jaga: \(twice):\(lines.count + 1): the message of line 1 again; keep one prediction a message\n")
  }

  @Test func pan12() throws {
    let files = Program.root + "/Tests/JagaTranscriptsTests/Fixtures/pan12"
    let run = try Program.run([
      "evaluate", files + ".xml", "--pan12-authors", files + "-authors.txt", "--pan12-lines", files + "-lines.txt",
      "--output", "csv", "--resamples", "10",
    ])
    // Two conversations of the fixture are malformed on purpose.
    #expect(run.code == 2)
    #expect(run.errors.contains("not well-formed XML; conversation skipped"))
    #expect(run.output.contains("pan12_authors,all,all,author,f0.5,"))
    #expect(run.output.contains("pan12_lines,all,all,line,f3,"))
    #expect(try Program.run(["evaluate", files + ".xml"]).code == 1)
  }

  @Test func usage() throws {
    for options in [
      ["--threshold", "0"], ["--threshold", "nan"], ["--base-rate", "1"], ["--resamples=-1"], ["--threads=-1"],
      ["--by", "lnag"],
      ["--output", "xml"], ["--predictions", "a", "b", "c"], ["--predictions", "a", "--model", "m"],
      ["--predictions", "a", "--lexicon", "m"], ["-", "-"], ["--disclosure-threshold", "2"],
    ] {
      let run = try Program.run(["evaluate", EvaluateTests.gold] + options)
      #expect(run.code == 64, "\(options): \(run.errors)")
    }
    #expect(try Program.run(["evaluate", EvaluateTests.gold, "--by", "lnag"]).errors.contains("did you mean 'lang'?"))
    #expect(try Program.run(["evaluate"]).code == 64)
    #expect(try Program.run(["evaluate", "/nonexistent.jsonl"]).code == 1)
    for options in [
      ["--volume", "0"], ["--volume", "inf"], ["--base-rate", "0"], ["--capacity", "-1"], ["--unit", "day"],
    ] {
      let given = ["--base-rate", "0.1", "--volume", "10", "--capacity", "1"]
      let run = try Program.run(["threshold", EvaluateTests.gold] + given + options)
      #expect(run.code == 64, "\(options): \(run.errors)")
    }
  }

  @Test func threshold() throws {
    let arguments = [
      "threshold", EvaluateTests.gold, "--predictions", EvaluateTests.predictions, "--base-rate", "0.01", "--volume",
      "1000",
      "--resamples", "30",
    ]
    let run = try Program.run(arguments + ["--capacity", "50", "--output", "json"])
    #expect(run.code == 0)
    let study = decoded(run.output)
    let recommended = try #require(study["recommended"] as? [String: Any])
    let load = try #require((recommended["messages_a_day"] as? [String: Double])?["value"])
    #expect(load <= 50)
    let rows = study["rows"] as? [[String: Any]] ?? []
    #expect(rows.compactMap { $0["band"] as? String } == ["watch", "review", "high"])
    // Every listed threshold below it is over capacity.
    let threshold = try #require(recommended["threshold"] as? Double)
    for row in rows {
      guard let other = row["threshold"] as? Double, other < threshold else { continue }
      #expect((row["messages_a_day"] as? [String: Double])?["value"] ?? 0 > 50)
    }
    let table = try Program.run(arguments + ["--capacity", "50"])
    #expect(table.output.contains("* Review from \(threshold) on: "))
    #expect(table.output.contains("  Missed: "))
    let model = try Program.run([
      "threshold", EvaluateTests.voice + "/messages.jsonl", "--base-rate", "0.01", "--volume", "1000", "--capacity",
      "20",
      "--unit", "conversation", "--output", "csv", "--resamples", "0",
    ])
    #expect(model.code == 0)
    #expect(model.output.hasPrefix("from,recall,recall_low,recall_high,"))
  }
}
