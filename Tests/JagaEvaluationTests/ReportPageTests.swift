import Foundation
import JagaBatch
import JagaCore
import Testing

@testable import JagaEvaluation

@Suite struct ReportPageTests {
  /// Two messages, a missed transcript, an alarmed one and a false alarm.
  private static let gold = [
    #"{"id":"m1","text":"satu","lang":"id","voice":"v1","labels":["topup.condition","topup.request"]}"#,
    #"{"id":"m2","text":"two words","lang":"en","voice":"v2","labels":["benign"]}"#,
    #"{"id":"t1","lang":"id","label":"topup","first_risk":1,"voice":"v1","messages":[{"author":"a","text":"rahasia <b>satu</b>","labels":["topup.offer"]},{"author":"a","text":"rahasia dua","labels":["topup.condition"]}]}"#,
    #"{"id":"t2","lang":"en","label":"sextortion","first_risk":0,"messages":[{"author":"a","text":"secret","labels":["sextortion.threat"]}]}"#,
    #"{"id":"t3","lang":"en","label":"benign","messages":[{"author":"a","text":"secret","labels":["benign"]}]}"#,
  ]
  private static let predictions = [
    #"{"message_id":"m1","score":0.9,"disclosure":0,"track":"topup","stage":"condition","band":"high","labels":{"topup.condition":0.8}}"#,
    #"{"message_id":"m2","score":0.2,"disclosure":0.7,"track":"trade","stage":"recruit","band":"none"}"#,
    #"{"conversation_id":"t1","message_id":"0","score":0.6,"track":"topup","stage":"offer","band":"watch"}"#,
    #"{"conversation_id":"t1","message_id":"1","score":0.95,"track":"topup","stage":"condition","band":"high"}"#,
    #"{"conversation_id":"t2","message_id":"0","score":0.1,"band":"none"}"#,
    #"{"conversation_id":"t3","message_id":"0","score":0.7,"track":"grooming","stage":"trust","band":"review"}"#,
  ]

  private struct Made {
    var page: ReportPage
    var gold: GoldTable
    var evaluation: Evaluation
  }

  /// `change` replaces words in gold and predictions alike.
  private func make(
    _ change: [String: String] = [:], systems: Int = 1, withText: Bool = false, timelines: Int = 12,
    dimensions: Set<JagaEvaluation.Dimension> = [.voice],
    sections: [ReportSection] = [], title: String? = nil
  ) throws -> Made {
    func changed(_ lines: [String]) -> [UInt8] {
      var text = lines.joined(separator: "\n")
      for (from, to) in change { text = text.replacingOccurrences(of: from, with: to) }
      return Array(text.utf8)
    }
    let gold = try GoldTable(
      GoldSources(files: [.bytes(changed(ReportPageTests.gold), name: "gold.jsonl")], keepsText: withText))
    let tables = try (0..<systems).map {
      try PredictionTable(.bytes(changed(ReportPageTests.predictions), name: "p\($0).jsonl"), gold: gold)
    }
    var options = Sample.options(resamples: 20)
    options.dimensions = dimensions
    let evaluation = Evaluation(gold: gold, predictions: tables, options: options)
    var drawing = PlotData.Options()
    drawing.withText = withText
    drawing.timelines = timelines
    var heading = ReportPage.Options()
    heading.title = title
    let page = ReportPage(
      EvaluationReport(evaluation, gold: gold, predictions: tables),
      plots: try PlotData(gold: gold, predictions: tables, options: options, drawing: drawing), sections: sections,
      options: heading)
    return Made(page: page, gold: gold, evaluation: evaluation)
  }

  /// What lies between the style sheet and the script.
  private func body(_ html: String) -> String {
    let start = html.range(of: "<body>")?.lowerBound ?? html.startIndex
    let end = html.range(of: "<script>")?.lowerBound ?? html.endIndex
    return String(html[start..<end])
  }

  @Test func golden() throws {
    expectGolden(body(try make(dimensions: []).page.html), "report-golden.html")
  }

  @Test func timelinesOfAllOutcomes() throws {
    let made = try make()
    #expect(made.page.plots.timelines.map(\.id) == ["t2", "t3", "t1"])
    #expect(made.page.plots.timelines.map(\.outcome) == [.missed, .falseAlarm, .alarmed])
    #expect(made.page.plots.timelines.map(\.alarms) == [[nil], [0], [1]])
    #expect(made.page.plots.lags == [PlotData.Lags(system: 0, lags: [0], missed: 1, unannotated: 0)])
    #expect(try make(timelines: 2).page.plots.timelines.map(\.id) == ["t2", "t3"])
    #expect(try make(timelines: 0).page.plots.timelines.isEmpty)
  }

  /// Every figure is on the page, once, under its key and with its value.
  @Test(arguments: [1, 2]) func everyFigureIsThere(systems: Int) throws {
    let made = try make(systems: systems, dimensions: [.language, .voice, .label])
    var found: [String: (sort: String, text: String)] = [:]
    for cell in made.page.html.components(separatedBy: "<td class=\"n\" data-s=\"").dropFirst() {
      let parts = cell.components(separatedBy: "\"")
      guard parts.count > 3, parts[1] == " data-figure=" else { continue }
      #expect(found[parts[2]] == nil, "\(parts[2]) stands twice")
      found[parts[2]] = (parts[0], parts[3].components(separatedBy: "</td>")[0])
    }
    var count = 0
    for figure in made.evaluation.figures {
      let key = figure.key
      let path = [key.population.rawValue, key.dimension.rawValue, key.group, key.head, key.measure.rawValue]
        .joined(separator: "/")
      var estimates = figure.estimates.enumerated().map { (name: "\($0)", estimate: $1) }
      if let comparison = figure.comparison {
        estimates.append(("difference", comparison.difference))
        estimates.append(("share_better", Estimate(value: comparison.shareBetter)))
      }
      for (name, estimate) in estimates {
        let cell = found["\(path)/\(name)"]
        #expect(cell?.sort == (estimate.value.isFinite ? "\(estimate.value)" : ""), "\(path)")
        let shown = estimate.value.isFinite ? ">" + Shown.number(estimate.value) : "><span aria-hidden="
        #expect(cell?.text.hasPrefix(shown) ?? (estimate.value.isNaN && cell != nil), "\(path)")
        count += 1
      }
    }
    #expect(count > 300)
    #expect(found.count == count)
  }

  @Test func sameBytesTwice() throws {
    let files = try (0..<2).map { _ in ReportFolder(try make(systems: 2, withText: true).page).files }
    #expect(files[0].map(\.name) == files[1].map(\.name))
    for (left, right) in zip(files[0], files[1]) {
      #expect(left.content.string == right.content.string, "\(left.name)")
    }
    #expect(
      files[0].map(\.name) == [
        "figures.json", "figures.csv", "plots.json", "curves.csv", "reliability.csv", "scores.csv", "confusion.csv",
        "lags.csv", "timelines.csv", "report.html",
      ])
  }

  @Test func textsOnlyOnRequest() throws {
    for file in ReportFolder(try make().page).files {
      for word in ["rahasia", "secret", "satu"] { #expect(!file.content.string.contains(word), "\(file.name)") }
    }
    let files = ReportFolder(try make(withText: true).page).files
    let html = files.last?.content.string ?? ""
    #expect(html.contains("<td class=\"quote\" lang=\"id\">rahasia &lt;b&gt;satu&lt;/b&gt;</td>"))
    #expect(html.contains("<td class=\"quote\" lang=\"en\">secret</td>"))
    #expect(!html.contains("<b>"))
    #expect(files.first { $0.name == "timelines.csv" }?.content.string.contains("rahasia dua") ?? false)
  }

  /// Names of the data stand as text, wherever they appear.
  @Test func hostileNamesStayText() throws {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>'&lt;\u{202E}abc"
    let quoted =
      "\\\" onmouseover=\\\"alert(3)\\\" x=\\\"" + hostile.replacingOccurrences(of: "\u{202E}", with: "\\u202e")
    let made = try make(
      ["\"v1\"": "\"\(quoted)\"", "\"t1\"": "\"\(quoted)t\"", "\"t2\"": "\"</title></svg></script>\(quoted)\""],
      withText: true, title: "</title><script>alert(4)</script>")
    let html = made.page.html
    #expect(made.page.plots.timelines.contains { $0.id.contains("onmouseover") })
    #expect(html.components(separatedBy: "<script").count == 2)
    #expect(html.components(separatedBy: "</script").count == 2)
    #expect(html.components(separatedBy: "</title>").count - 1 == html.components(separatedBy: "<title").count - 1)
    for forbidden in ["<img", "\u{202E}", "\" onmouseover", "alert(1)</script>", "</svg></script>"] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.contains("&lt;img src=x onerror=alert(2)&gt;&#39;&amp;lt;\u{FFFD}abc"))
  }

  @Test func nothingIsLoaded() throws {
    let html = try make(systems: 2, withText: true).page.html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(html.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"))
    for loading in ["src=", "http://", "https://", "@import", " style=", "javascript:"] {
      let places = html.components(separatedBy: loading).count - 1
      // The name of SVG is no address.
      let name = "xmlns=\"http://www.w3.org/2000/svg\""
      let names = loading == "http://" ? html.components(separatedBy: name).count - 1 : 0
      #expect(places == names, "\(loading)")
    }
  }

  /// The slot for tables of others.
  @Test func sectionsOfOthers() throws {
    var table = ReportTable(
      id: "lexicon/entries", caption: "Entries & rules",
      columns: [.text("entry"), .number("messages"), .number("precision")])
    table.add([.text("id.a"), .count(1200), .estimate(Estimate(value: 0.5, low: 0.25, high: 0.75))])
    table.add([.text("id,b"), .count(0), .estimate(Estimate(value: .nan))])
    let section = ReportSection(id: "lexicon", title: "Lexicon", notes: ["One <note>."], tables: [table, table])
    let made = try make(sections: [section])
    let html = made.page.html
    #expect(html.contains("<a href=\"#section-lexicon\">Lexicon</a>"))
    #expect(html.contains("<p>One &lt;note&gt;.</p>"))
    #expect(html.contains("<caption>Entries &amp; rules</caption>"))
    #expect(html.contains("<td class=\"n\" data-s=\"1200\">1,200</td>"))
    let files = ReportFolder(made.page).files
    let csv = "entry,messages,precision,precision_low,precision_high\r\nid.a,1200,0.5,0.25,0.75\r\n\"id,b\",0,-,-,-\r\n"
    for name in ["lexicon-entries.csv", "lexicon-entries-2.csv"] {
      #expect(files.first { $0.name == name }?.content.string == csv)
    }
    let json = files.first { $0.name == "plots.json" }?.content.string ?? ""
    let tables = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]]
    #expect(tables?["tables"]?.count == 8)
    #expect(json.contains(#"["id,b",0,{"value":null,"low":null,"high":null}]"#))
  }

  @Test(arguments: [
    (0.0, "0"), (1.005, "1"), (1.006, "1.01"), (12.5, "12.5"), (-0.001, "0"), (-3.25, "-3.25"), (.nan, "0"),
  ])
  func places(value: Double, text: String) { #expect(Shown.place(value) == text) }

  @Test(arguments: [(0, 1), (1, 1), (4, 4), (5, 6), (9, 10), (41, 60), (1_000_000, 1_000_000)])
  func ticksReachTheMost(most: Int, last: Int) {
    let ticks = PlotFrame.counts(upTo: most)
    #expect(ticks.first?.0 == 0 && ticks.last?.0 == Double(last))
    #expect((2...5).contains(ticks.count))
  }
}

/// Compares with a file of the fixtures. With `JAGA_RECORD=1` it is written anew, and the test still fails once, so that nobody accepts it
/// unseen.
private func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/" + name)
  if ProcessInfo.processInfo.environment["JAGA_RECORD"] == "1" {
    try? Data(text.utf8).write(to: path)
    Issue.record("\(name) was recorded; read the difference, then run again without JAGA_RECORD")
    return
  }
  let expected = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let before = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let first = zip(lines, before).first { $0 != $1 }
  #expect(
    text == expected,
    "\(name) differs (JAGA_RECORD=1 records it): \(first.map { "\($1)\nis now\n\($0)" } ?? "\(before.count) lines, now \(lines.count)")",
    sourceLocation: sourceLocation)
}
