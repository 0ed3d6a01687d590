internal import ArgumentParser
internal import Glibc
internal import JagaBatch
internal import JagaEvaluation

/// Options of a report in a folder.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write a report into this folder: report.html, which needs no network, and its figures and plots as CSV and JSON.",
      valueName: "folder"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Show at most so many conversations message by message: missed ones, false alarms and alarmed ones by turns.",
      valueName: "count"))
  var timelines = 12

  @Flag(help: "Put the texts of these conversations' messages into the report. Keep it as you keep them.")
  var withText = false

  @Flag(help: "Add a table of every entry and rule of the model and --lexicon, as 'jaga lexicon evaluate' judges them.")
  var entries = false

  @Option(help: ArgumentHelp("The report's heading.", valueName: "text"))
  var reportTitle: String?

  @Option(help: ArgumentHelp("A date, or any other line below it; no clock is asked.", valueName: "text"))
  var reportDate: String?

  func validate() throws {
    guard (0...1000).contains(timelines) else { throw ValidationError("--timelines must be 0 to 1000") }
    if report == nil, withText { throw ValidationError("--with-text is about the report; give --report too") }
    if report == nil, entries { throw ValidationError("--entries is about the report; give --report too") }
    if let report, report.isEmpty { throw ValidationError("--report needs the name of a folder") }
  }

  /// Whether texts must be kept until the report is made.
  var needsText: Bool { report != nil && withText && timelines > 0 }

  /// Writes the report, when one is asked for.
  func write(
    _ evaluation: EvaluationReport, gold: GoldTable, predictions: [PredictionTable], options: EvaluationOptions,
    sections: [ReportSection]
  ) throws {
    guard let folder = report else { return }
    var drawing = PlotData.Options()
    drawing.timelines = timelines
    drawing.withText = withText
    let plots = try PlotData(gold: gold, predictions: predictions, options: options, drawing: drawing)
    var heading = ReportPage.Options()
    heading.title = reportTitle
    heading.date = reportDate
    let page = ReportPage(evaluation, plots: plots, sections: sections, options: heading)
    try Files.makeFolder(folder)
    // The one file that is not always there must not stay from a run before.
    if sections.isEmpty { unlink(folder + "/entries.csv") }
    for file in ReportFolder(page).files {
      try Files.write(file.content.withBytes { Array($0) }, to: folder + "/" + file.name, isPrivate: withText)
    }
    printError("report: \(folder)/report.html")
  }
}
