import Foundation
import Testing

@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct ScoreTests {
  @Test func recordsHaveTheKeysOfTheDesign() throws {
    let run = try Program.run(["score", "-"], input: SampleLines.interleaved(20).joined())
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(run.lines.count == 20)
    for line in run.lines {
      let record = decoded(line)
      #expect(
        Set(record.keys) == [
          "conversation_id", "message_id", "author_id", "score", "band", "track", "stage", "labels", "disclosure",
          "lang",
          "conversation", "evidence", "model",
        ])
      #expect(line.hasSuffix("}"))
    }
    let explained = try Program.run(
      ["score", "-", "--explain", "--with-text"], input: SampleLines.interleaved(5).joined())
    for line in explained.lines {
      let record = decoded(line)
      #expect(record["contributions"] is [Any])
      #expect(record["text"] is String)
    }
  }

  @Test func evidenceSlicesTheText() throws {
    let run = try Program.run(["score", "-", "--explain", "--with-text"], input: SampleLines.interleaved(60).joined())
    var spans = 0
    for line in run.lines {
      let record = decoded(line)
      let text = Array((record["text"] as? String ?? "").utf8)
      for evidence in record["evidence"] as? [[String: Any]] ?? [] {
        let begin = evidence["begin"] as? Int ?? -1
        let end = evidence["end"] as? Int ?? -1
        #expect(begin >= 0 && begin < end && end <= text.count)
        #expect(String(validating: text[max(0, begin)..<max(0, end)], as: UTF8.self) != nil)
        spans += 1
      }
    }
    #expect(spans > 0)
  }

  /// Contract 2: what is explained adds up to what is reported.
  @Test func contributionsAddUp() throws {
    let run = try Program.run(["score", "-", "--explain"], input: SampleLines.interleaved(60).joined())
    for line in run.lines {
      let record = decoded(line)
      var sums: [String: Double] = [:]
      for term in record["contributions"] as? [[String: Any]] ?? [] {
        sums[term["head"] as? String ?? "", default: 0] += term["logit"] as? Double ?? .nan
      }
      let score = record["score"] as? Double ?? .nan
      let disclosure = record["disclosure"] as? Double ?? .nan
      // Terms are printed with four decimals, so a sum of a hundred of them may be off by 0.005.
      #expect(abs(1 / (1 + exp(-(sums["move"] ?? .nan))) - score) < 0.002, "\(line)")
      #expect(abs(1 / (1 + exp(-(sums["disclosure"] ?? .nan))) - disclosure) < 0.002)
    }
  }

  @Test func sameBytesWhateverTheThreadsAndTheWay() throws {
    let folder = try Scratch()
    let lines = SampleLines.interleaved(900)
    let whole = try folder.file("whole.jsonl", lines.joined())
    let first = try folder.file("first.jsonl", lines[..<411].joined())
    let second = try folder.file("second.jsonl", lines[411...].joined())
    for level in ["message", "conversation"] {
      let common = ["--level", level] + (level == "message" ? ["--explain"] : [])
      let expected = try Program.run(["score", whole, "--threads", "1"] + common).output
      #expect(expected.count > 1000)
      for threads in ["2", "7"] {
        #expect(try Program.run(["score", whole, "--threads", threads] + common).output == expected)
        #expect(
          try Program.run(["score", whole, "--threads", threads, "--chunk-size", "700"] + common).output == expected)
      }
      #expect(try Program.run(["score", first, second, "--threads", "2"] + common).output == expected)
      #expect(try Program.run(["score", "-"] + common, input: lines.joined()).output == expected)
      #expect(try Program.run(["score"] + common, input: lines.joined()).output == expected)
      let words = "'\(first)' - " + common.joined(separator: " ")
      #expect(try Program.shell("cat '\(second)' | jaga score \(words)").output == expected)
    }
  }

  @Test func conversationLevel() throws {
    let run = try Program.run(["score", "-", "--level", "conversation"], input: SampleLines.interleaved(200).joined())
    #expect(run.code == 0)
    #expect(run.lines.count == 25)
    var messages = 0
    for line in run.lines {
      let record = decoded(line)
      #expect(
        Set(record.keys) == [
          "conversation_id", "score", "band", "track", "stage", "first_alert_index", "first_alert_message_id",
          "messages",
          "support_needed", "partial", "authors", "model",
        ])
      messages += record["messages"] as? Int ?? 0
      #expect(record["partial"] as? Bool == false)
    }
    #expect(messages == 200)
  }

  @Test func exitCodes() throws {
    let good = SampleLines.line("c", "1", "a", "halo")
    #expect(try Program.run(["score", "-"], input: good).code == 0)
    #expect(try Program.run(["score", "-"], input: good + "{\n" + good).code == 2)
    let strict = try Program.run(
      ["score", "-", "--strict"], input: good + "{\n" + SampleLines.line("c", "2", "a", "ok"))
    #expect(strict.code == 3)
    #expect(strict.lines.count == 1)
    #expect(strict.errors.hasPrefix("jaga: stopped by --strict at: standard input:2: not well-formed JSON; stopped,"))
    let missing = try Program.run(["score", "/nonexistent/chat.jsonl"])
    #expect(missing.code == 1)
    #expect(missing.errors.hasPrefix("jaga: /nonexistent/chat.jsonl: cannot be opened"))
    #expect(try Program.run(["score", "-", "--levell", "message"]).code == 64)
    #expect(try Program.run(["score", "-", "--format", "whatsap"]).code == 64)
    #expect(try Program.run(["score", "-", "--base-rate", "1.5"]).code == 64)
    #expect(try Program.run(["score", "-", "-"]).code == 64)
    #expect(try Program.run(["score", "-", "--level", "conversation", "--explain"]).code == 64)
    #expect(try Program.run(["score", "-", "--forget-after", "0"]).code == 64)
    #expect(try Program.run(["score", "-", "--model", "/nonexistent/x.jaga"]).code == 1)
    for option in ["max-conversations", "record-limit", "chunk-size", "utc-offset"] {
      for value in [Int.max, Int.min] {
        #expect(try Program.run(["score", "-", "--\(option)=\(value)"]).code == 64, "--\(option)=\(value)")
      }
    }
    let empty = try Program.run(["score", "-", "--format", "jsonl"])
    #expect(empty.code == 0)
    #expect(empty.output == "")
  }

  @Test func malformedRecordsAreReportedWithoutTheirText() throws {
    let bad = (0..<50).map { "{\"text\": sangatrahasia\($0)}\n" }.joined()
    let run = try Program.run(["score", "-", "--summary"], input: SampleLines.line("c", "1", "a", "halo") + bad)
    #expect(run.code == 2)
    #expect(!run.errors.contains("sangatrahasia"))
    #expect(run.errors.contains("jaga: standard input:2: not well-formed JSON"))
    #expect(run.errors.components(separatedBy: "not well-formed JSON").count - 1 == 20)
    #expect(run.errors.contains("jaga: 30 more of the kind 'malformed invalidJSON' not shown"))
    #expect(run.errors.contains("51 read, 50 malformed"))
  }

  @Test func textStaysInsideUnlessAsked() throws {
    let folder = try Scratch()
    let input =
      SampleLines.line("c", "1", "a", "sangatrahasia asal kirim foto") + "{\"text\":\"sangatrahasia\n"
      + "{\"text\":\"halo\",\"labels\":[\"sangatrahasia\"]}\n"
    for output in ["jsonl", "csv", "table", "none"] {
      for level in ["message", "conversation"] {
        let counts = folder.path + "/counts.json"
        let run = try Program.run(
          ["score", "-", "--output", output, "--level", level, "--summary", "--summary-json", counts], input: input)
        #expect(run.code == 2)
        #expect(!run.output.contains("sangatrahasia"))
        #expect(!run.errors.contains("sangatrahasia"))
        let written = try String(contentsOfFile: counts, encoding: .utf8)
        #expect(!written.contains("sangatrahasia"))
      }
    }
    #expect(try Program.run(["score", "-", "--with-text"], input: input).output.contains("sangatrahasia"))
  }

  @Test func formsOfOutput() throws {
    let input = SampleLines.interleaved(30).joined()
    let csv = try Program.run(["score", "-", "--output", "csv", "--with-text"], input: input)
    #expect(csv.output.components(separatedBy: "\r\n").count == 32)
    #expect(csv.output.hasPrefix("conversation_id,message_id,author_id,score,band,"))
    let table = try Program.run(["score", "-", "--output", "table"], input: input)
    #expect(table.output.hasPrefix("band    score  stage"))
    #expect(!table.output.contains("\u{1B}"))
    let coloured = try Program.run(["score", "-", "--output", "table", "--color", "always"], input: input)
    #expect(coloured.output.contains("\u{1B}[1m"))
    let none = try Program.run(["score", "-", "--output", "none", "--summary"], input: input)
    #expect(none.output == "")
    #expect(none.errors.contains("messages       30 scored"))
  }

  @Test func bandsFilterAndDoNotMoveWithTheBaseRate() throws {
    let input = SampleLines.interleaved(100).joined()
    func bands(_ options: [String]) throws -> [String] {
      try Program.run(["score", "-"] + options, input: input).lines.map { decoded($0)["band"] as? String ?? "" }
    }
    let all = try bands([])
    // Disclosures pass every filter: a child who asks for help must not be dropped.
    let told = try Program.run(["score", "-"], input: input).lines.map { decoded($0)["disclosure"] as? Double ?? 0 }
    func kept(_ test: (String) -> Bool) -> [String] {
      zip(all, told).filter { test($0.0) || $0.1 >= 0.5 }.map(\.0)
    }
    #expect(told.contains { $0 >= 0.5 })
    #expect(try bands(["--min-band", "watch"]) == kept { $0 != "none" })
    #expect(try bands(["--min-band", "high"]) == kept { $0 == "high" })
    #expect(try bands(["--base-rate", "0.001"]) == all)
    func scores(_ options: [String]) throws -> [Double] {
      try Program.run(["score", "-"] + options, input: input).lines.map { decoded($0)["score"] as? Double ?? .nan }
    }
    for (rare, usual) in zip(try scores(["--base-rate", "0.001"]), try scores([])) { #expect(rare <= usual) }
  }

  @Test func summaryAsJSON() throws {
    let folder = try Scratch()
    let path = folder.path + "/counts.json"
    let repeated = SampleLines.line("c", "1", "a", "halo")
    let run = try Program.run(["score", "-", "--summary-json", path], input: repeated + repeated + "[]\n")
    #expect(run.code == 2)
    let summary = decoded(try String(contentsOfFile: path, encoding: .utf8))
    #expect(summary["ending"] as? String == "finished")
    #expect((summary["messages"] as? [String: Int])?["scored"] == 1)
    #expect(summary["records"] as? [String: Int] == ["read": 3, "malformed": 1, "repeated": 1, "transcripts": 0])
    #expect((summary["bands"] as? [String: Int])?.values.reduce(0, +) == 1)
  }

  @Test func evictionIsCountedAndMarked() throws {
    let input = (0..<500).map { SampleLines.line("c\($0)", "1", "a", "halo") }.joined()
    let run = try Program.run(
      ["score", "-", "--level", "conversation", "--max-conversations", "64", "--summary"], input: input)
    #expect(run.code == 0)
    #expect(run.lines.count == 500)
    #expect(run.lines.filter { $0.contains("\"partial\":true") }.count == 436)
    #expect(run.errors.contains("500, 436 given up early (partial)"))
  }
}
