import Foundation
import Testing

/// Whole runs of `jaga crossvalidate` over files.
@Suite struct CrossvalidateTests {
  /// Three voices of a few messages each, by two authors; no model is needed.
  private static let gold =
    ["a", "b", "c"].flatMap { voice in
      [
        ("kirim foto itu dulu", "topup.request"), ("mana foto yang itu", "topup.request"),
        ("ayo makan siang", "benign"),
        ("buku ini bagus", "benign"), ("besok latihan", "benign"),
      ].enumerated().map { number, line in
        #"{"id":"\#(voice)\#(number)","voice":"\#(voice)","author_id":"\#(voice)\#(number % 2)","text":"\#(line.0)","labels":["\#(line.1)"]}"#
      }
    }.joined(separator: "\n") + "\n"

  private func run(_ options: [String]) throws -> (Program.Result, predictions: [Substring]) {
    let folder = try Scratch()
    let gold = try folder.file("gold.jsonl", Self.gold)
    let out = try folder.file("out.jsonl")
    let run = try Program.run(
      ["crossvalidate", gold, "--lexicons", Program.root + "/lexicons", "--folds", "3", "--predictions", out] + options)
    let text = try String(contentsOfFile: out, encoding: .utf8)
    return (run, text.split(separator: "\n"))
  }

  @Test func aGridIsChosenInInnerFolds() throws {
    let (run, predictions) = try run(["--grid", "trust=0,0.1", "--inner-folds", "2"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("out of fold over voices, nested, 15 messages\n"))
    #expect(
      run.output.split(separator: "\n").filter { $0.hasPrefix("fold ") && $0.contains("chose trust=0") }.count == 3)
    #expect(predictions.count == 15 && !run.output.contains("foto"))
  }

  /// What it predicts can be judged like any system's: every message is found again, stages included.
  @Test func predictionsCanBeEvaluated() throws {
    let folder = try Scratch()
    let gold = try folder.file("gold.jsonl", Self.gold)
    let out = try folder.file("out.jsonl")
    let run = try Program.run(
      ["crossvalidate", gold, "--lexicons", Program.root + "/lexicons", "--folds", "3", "--predictions", out])
    #expect(run.code == 0, "\(run.errors)")
    let judged = try Program.run(
      ["evaluate", gold, "--predictions", out, "--resamples", "0", "--by", "none", "--output", "csv"])
    #expect(judged.code == 0 && judged.errors.isEmpty, "\(judged.errors)")
    let rows = judged.lines.filter { $0.hasPrefix("messages,all,all,move,top_label,") }
    #expect(rows.count == 1 && !rows[0].contains(",-,,") && rows[0].split(separator: ",")[8] != "-")
  }

  @Test func authorsAreTheUnit() throws {
    let (run, predictions) = try run(["--by", "author"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("out of fold over authors, 15 messages\n"))
    let parts = predictions.compactMap { line in
      line.range(of: "part-[1-6]", options: .regularExpression).map { line[$0] }
    }
    #expect(parts.count == 15 && Set(parts).count == 6)
  }

  @Test(arguments: [["--grid", "colour=1"], ["--by", "colour"], ["--inner-folds", "1"], ["--grid", "trust=x"]])
  func wrongOptionsAreUsage(_ options: [String]) throws {
    let run = try Program.run(["crossvalidate", "gold.jsonl"] + options)
    #expect(run.code == 64 && run.output.isEmpty)
  }
}
