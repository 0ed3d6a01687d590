import Foundation
import Testing

/// `jaga evaluate --report`, whole runs. What a browser makes of the page is the matter of scripts/check-report.
@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct ReportTests {
  private static let voice = Program.root + "/corpora/voices/poll-east"
  private static let names = [
    "confusion.csv", "curves.csv", "figures.csv", "figures.json", "lags.csv", "plots.json", "reliability.csv",
    "report.html", "scores.csv", "timelines.csv",
  ]

  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    return files
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let scratch = try Scratch()
    let gold = ["messages.jsonl", "transcripts.jsonl"].map { ReportTests.voice + "/" + $0 }
    var written: [[String: Data]] = []
    for threads in ["1", "3"] {
      let folder = scratch.path + "/deep/report-" + threads
      let run = try Program.run(
        ["evaluate"] + gold + ["--resamples", "20", "--threads", threads, "--output", "json", "--report", folder])
      #expect(run.code == 0)
      #expect(run.errors == "jaga: report: \(folder)/report.html\n")
      written.append(try files(folder))
      // What is printed is what is written.
      #expect(written.last?["figures.json"] == Data(run.output.utf8))
    }
    #expect(written[0].keys.sorted() == ReportTests.names)
    #expect(written[0] == written[1])
  }

  /// The laboratory's table is that of `jaga lexicon evaluate` over the same gold.
  @Test func entriesStandInATableOfTheirOwn() throws {
    let scratch = try Scratch()
    let gold = ReportTests.voice + "/messages.jsonl"
    let folder = scratch.path + "/report"
    let run = try Program.run(["evaluate", gold, "--resamples", "0", "--entries", "--report", folder])
    #expect(run.code == 0, "\(run.errors)")
    let written = try files(folder)
    #expect(written.keys.sorted() == (ReportTests.names + ["entries.csv"]).sorted())
    let rows = String(decoding: written["entries.csv"] ?? Data(), as: UTF8.self).split(separator: "\r\n").dropFirst()
    let laboratory = try Program.run(["lexicon", "evaluate", gold, "--resamples", "0", "--output", "csv"])
    let found = laboratory.lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .filter { $0[7] != "0" }.map { String($0[0]) }
    #expect(found.count > 100 && rows.map { String($0.prefix { $0 != "," }) } == found)
    let page = String(decoding: written["report.html"] ?? Data(), as: UTF8.self)
    #expect(page.contains("Lexicon and rules") && page.contains(found[0]))
    for options in [["--entries"], ["--entries", "--report", folder, "--predictions", gold]] {
      let wrong = try Program.run(["evaluate", gold] + options)
      #expect(wrong.code == 64 && wrong.errors.contains("--entries"))
    }
  }

  @Test func textsOnlyWhereTheyAreAskedFor() throws {
    let scratch = try Scratch()
    let gold = ReportTests.voice + "/transcripts.jsonl"
    let first = try String(contentsOfFile: gold, encoding: .utf8).split(separator: "\n").first ?? ""
    let texts = (decoded(String(first))["messages"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
    let text = try #require(texts.max { $0.count < $1.count })
    let scored = try scratch.file("scores.jsonl", Program.run(["score", gold]).output)
    for system in [[], ["--predictions", scored]] {
      for isAsked in [false, true] {
        let folder = scratch.path + "/report-\(system.count)-\(isAsked)"
        let run = try Program.run(
          ["evaluate", gold] + system
            + ["--resamples", "0", "--timelines", "1000", "--report", folder] + (isAsked ? ["--with-text"] : []))
        #expect(run.code == 0)
        #expect(!run.output.contains(text) && !run.errors.contains(text))
        let table = String(decoding: try files(folder)["timelines.csv"] ?? Data(), as: UTF8.self)
        #expect(table.contains(",text\r\n") == isAsked)
        for (name, bytes) in try files(folder) where !isAsked {
          #expect(!String(decoding: bytes, as: UTF8.self).contains(text), "\(name)")
        }
      }
    }
    let told = try files(scratch.path + "/report-2-true")
    #expect(String(decoding: told["report.html"] ?? Data(), as: UTF8.self).contains("<td class=\"quote\""))
  }

  @Test func headingAndDateAreGiven() throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/report"
    let gold = Program.root + "/Tests/JagaEvaluationTests/Fixtures/gold.jsonl"
    let predictions = Program.root + "/Tests/JagaEvaluationTests/Fixtures/predictions.jsonl"
    let run = try Program.run([
      "evaluate", gold, "--predictions", predictions, "--resamples", "0", "--by", "none", "--report", folder,
      "--report-title", "A <b> title", "--report-date", "28 November", "--timelines", "0",
    ])
    #expect(run.code == 0)
    let page = String(decoding: try files(folder)["report.html"] ?? Data(), as: UTF8.self)
    #expect(page.contains("<title>A &lt;b&gt; title</title>"))
    #expect(page.contains("<h1>A &lt;b&gt; title</h1><p class=\"soft\">28 November</p>"))
    #expect(!page.contains("Timelines</h3>"))
  }

  @Test func foldersThatCannotBe() throws {
    let scratch = try Scratch()
    let file = try scratch.file("file", "kept")
    let gold = Program.root + "/Tests/JagaEvaluationTests/Fixtures/gold.jsonl"
    let predictions = Program.root + "/Tests/JagaEvaluationTests/Fixtures/predictions.jsonl"
    let start = ["evaluate", gold, "--predictions", predictions, "--resamples", "0"]
    for folder in [file, file + "/below"] {
      let run = try Program.run(start + ["--report", folder])
      #expect(run.code == 1)
      #expect(run.output == "")
      #expect(run.errors.hasPrefix("jaga: \(file)"))
      #expect(run.errors.contains(": cannot be made a folder ("))
      #expect(run.errors.hasSuffix("); check the path and its permissions\n"))
    }
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept")
    for options in [["--with-text"], ["--report", ""], ["--report", "x", "--timelines=-1"]] {
      #expect(try Program.run(start + options).code == 64, "\(options)")
    }
  }
}
