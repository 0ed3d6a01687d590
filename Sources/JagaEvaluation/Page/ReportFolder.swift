public import JagaBatch

/// The files of a report: the page, and everything on it as data.
///
/// | file | content |
/// |---|---|
/// | `report.html` | the page |
/// | `figures.json`, `figures.csv` | every figure, as `jaga evaluate --output` writes them |
/// | `plots.json` | the tables below, in one object of `tables[]` |
/// | `curves.csv`, `reliability.csv`, `scores.csv`, `confusion.csv`, `lags.csv`, `timelines.csv` | what is drawn |
/// | `<id>.csv` | each table of a ``ReportSection`` |
///
/// All files but those of sections are always there, be they empty, so that nothing stale is left when a folder is written again.
public struct ReportFolder {
  /// A file's name and its bytes.
  public struct File {
    /// Its name, without a folder.
    public let name: String
    /// Its content.
    public let content: ByteBuffer
  }

  /// The files, in the order of their writing; the page comes last, so that it never speaks of files that are not there.
  public let files: [File]

  /// Cost: the whole report in memory.
  public init(_ page: ReportPage) {
    var files: [File] = []
    func add(_ name: String, _ write: (ByteBuffer) -> Void) {
      let buffer = ByteBuffer()
      write(buffer)
      files.append(File(name: name, content: buffer))
    }
    let tables = PlotTables(page).all + page.sections.flatMap(\.tables)
    add("figures.json") { page.report.writeJSON(to: $0) }
    add("figures.csv") { page.report.writeCSV(to: $0) }
    add("plots.json") { buffer in
      buffer.append("{\"tables\":[")
      for (index, table) in tables.enumerated() {
        buffer.append(index > 0 ? ",\n" : "\n")
        table.writeJSON(to: buffer)
      }
      buffer.append("]}\n")
    }
    var taken: Set<String> = ["figures"]
    for table in tables {
      // A section's table may bear a name that is taken: it gets a number.
      var name = table.id
      var number = 2
      while !taken.insert(name).inserted {
        name = table.id + "-\(number)"
        number += 1
      }
      add(name + ".csv") { table.writeCSV(to: $0) }
    }
    add("report.html") { $0.append(text: page.html) }
    self.files = files
  }
}

/// What is drawn, as one table a kind of drawing.
struct PlotTables {
  let page: ReportPage

  init(_ page: ReportPage) { self.page = page }

  private var names: [String] { page.names }

  /// In the order of the page.
  var all: [ReportTable] { [curves, reliability, scores, confusion, lags, timelines] }

  private var curves: ReportTable {
    var table = ReportTable(
      id: "curves",
      caption:
        "ROC curves (x false positive rate, y recall) and precision curves (x recall, y mean precision of the step that ends there), thinned",
      columns: [
        .text("population"), .text("head"), .text("curve"), .text("system"), .number("x"), .number("y"),
        .number("score"),
      ])
    for curve in page.plots.curves {
      for point in curve.curve.points {
        table.add([
          .text(curve.population.rawValue), .text(curve.head), .text(curve.curve.kind.rawValue),
          .text(names[curve.system]), .number(point.x), .number(point.y), .number(point.score),
        ])
      }
    }
    return table
  }

  private var reliability: ReportTable {
    var table = ReportTable(
      id: "reliability",
      caption: "Bins of equal mass: mean probability and share of positive items, with Wilson's bounds",
      columns: [
        .text("population"), .text("head"), .text("system"), .number("bin"), .number("items"), .number("positives"),
        .number("said"), .number("found"),
      ])
    each { system, tables in
      for (head, calibration) in [("move", tables.moves), ("disclosure", tables.disclosures)] {
        for (number, bin) in (calibration?.bins ?? []).enumerated() {
          let bounds = Wilson.interval(bin.positives, of: bin.count)
          table.add([
            .text(tables.population.rawValue), .text(head), .text(names[system]), .count(number + 1), .count(bin.count),
            .count(bin.positives), .number(bin.said),
            .estimate(Estimate(value: bin.found, low: bounds.low, high: bounds.high)),
          ])
        }
      }
    }
    return table
  }

  private func each(_ body: (_ system: Int, Evaluation.Tables) -> Void) {
    for (system, tables) in page.evaluation.tables.enumerated() {
      for table in tables { body(system, table) }
    }
  }

  private var scores: ReportTable {
    var table = ReportTable(
      id: "scores", caption: "Items by score and kind, bins of 0.05",
      columns: [.text("population"), .text("system"), .number("from"), .number("to")]
        + ScoreHistogram.Kind.allCases.map { .number($0.name) })
    for scores in page.plots.scores {
      for bin in 0..<ScoreHistogram.binCount {
        table.add(
          [
            .text(scores.population.rawValue), .text(names[scores.system]), .number(ScoreHistogram.bound(bin)),
            .number(ScoreHistogram.bound(bin + 1)),
          ] + ScoreHistogram.Kind.allCases.map { .count(scores.histogram.counts[$0.rawValue][bin]) })
      }
    }
    return table
  }

  private var confusion: ReportTable {
    var table = ReportTable(
      id: "confusion", caption: "Gold main label against the stage decided; pairs that never occur are left out",
      columns: [.text("population"), .text("system"), .text("gold"), .text("decided"), .number("items")])
    each { system, tables in
      let matrix = tables.confusion
      for gold in matrix.names.indices {
        for decided in matrix.names.indices where matrix.count(gold: gold, decided: decided) > 0 {
          table.add([
            .text(tables.population.rawValue), .text(names[system]), .text(matrix.names[gold]),
            .text(matrix.names[decided]), .count(matrix.count(gold: gold, decided: decided)),
          ])
        }
      }
    }
    return table
  }

  private var lags: ReportTable {
    var table = ReportTable(
      id: "lags", caption: "Risky transcripts by messages between first risk and alarm",
      columns: [.text("system"), .text("lag"), .number("transcripts")])
    for lags in page.plots.lags {
      for row in LagPlot(id: "lags", title: "", lags: lags).table().rows {
        table.add([.text(names[lags.system])] + row)
      }
    }
    return table
  }

  private var timelines: ReportTable {
    let hasText = page.plots.timelines.contains { $0.steps.contains { $0.text != nil } }
    var columns: [ReportTable.Column] = [
      .text("conversation"), .text("outcome"), .text("label"), .number("first_risk"),
    ]
    columns += names.map { .number(names.count > 1 ? "alarm_\($0)" : "alarm") }
    columns += [.number("message"), .text("gold")]
    for name in names {
      let end = names.count > 1 ? "_" + name : ""
      columns += [.number("score" + end), .text("top" + end), .text("band" + end), .text("conversation_band" + end)]
    }
    if hasText { columns.append(.text("text")) }
    var table = ReportTable(
      id: "timelines", caption: "Chosen conversations, message by message; messages are numbered from 1",
      columns: columns)
    for timeline in page.plots.timelines {
      var head: [ReportTable.Cell] = [
        .text(timeline.id), .text(timeline.outcome.rawValue), .text(timeline.label ?? ""),
        timeline.firstRisk.map { .count($0 + 1) } ?? .empty,
      ]
      head += timeline.alarms.map { alarm in alarm.map { .count($0 + 1) } ?? .empty }
      for (place, step) in timeline.steps.enumerated() {
        table.add(head + TimelinePlot.row(step, place, timeline, hasText))
      }
    }
    return table
  }
}
