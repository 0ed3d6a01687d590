internal import JagaCore

/// A report as one page of HTML: no network, no other file, nothing but what it was given, so the same evaluation gives the same bytes.
///
///     let page = ReportPage(report, plots: plots)
///     page.html
///
/// Its content policy allows its one style sheet and its one script, by their hashes, and nothing else. Cost: linear in figures and points.
public struct ReportPage: Sendable {
  /// What its reader is told beside the figures.
  public struct Options: Hashable, Sendable {
    /// The heading; nil for one that names the system.
    public var title: String?
    /// A date or any other line below it. There is no clock in a report.
    public var date: String?

    /// The defaults.
    public init() {}
  }

  let report: EvaluationReport
  let plots: PlotData
  let sections: [ReportSection]
  let options: Options

  /// A page about an evaluation. `sections` come after its own, in this order.
  public init(
    _ report: EvaluationReport, plots: PlotData, sections: [ReportSection] = [], options: Options = Options()
  ) {
    self.report = report
    self.plots = plots
    self.sections = sections
    self.options = options
  }

  var evaluation: Evaluation { report.evaluation }
  /// A and B where two are compared; else the only system's name.
  var names: [String] {
    guard evaluation.systems.count > 1 else { return evaluation.systems }
    return evaluation.systems.indices.map { $0 == 0 ? "A" : $0 == 1 ? "B" : "system \($0 + 1)" }
  }
  var populations: [Population] {
    Population.allCases.filter { population in evaluation.figures.contains { $0.key.population == population } }
  }

  private var title: String {
    options.title ?? "Evaluation of " + evaluation.systems.joined(separator: " and ")
  }

  static func title(_ population: Population) -> String {
    switch population {
    case .messages: "Messages"
    case .turns: "Turns of transcripts"
    case .transcripts: "Transcripts"
    case .authors: "PAN12, problem 1: authors"
    case .lines: "PAN12, problem 2: lines"
    }
  }

  /// The whole page.
  public var html: String {
    var page = Markup()
    page.constant("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    page.empty(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content":
          "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; script-src 'sha256-\(PageScript.hash)'; base-uri 'none'; form-action 'none'",
      ])
    page.constant("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    page.constant("<meta name=\"referrer\" content=\"no-referrer\">\n")
    page.constant("<meta name=\"generator\" content=\"jaga evaluate\">\n")
    page.element("title", title)
    page.constant("\n<style>")
    page.constant(PageStyle.text)
    page.constant("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#summary\">Skip to the summary</a>\n")
    page.constant(ReportPage.patterns)
    writeHeader(in: &page)
    page.open("main")
    page.breakLine()
    writeSummary(in: &page)
    for population in populations { write(population, in: &page) }
    for section in sections { write(section, in: &page) }
    writeNotes(in: &page)
    page.close("main")
    page.breakLine()
    page.element("footer") { page in
      page.element(
        "p", "Results describe messages and conversations, never persons, and are prompts for a human being to look.")
    }
    page.breakLine()
    page.constant("<script>")
    page.constant(PageScript.text)
    page.constant("</script>\n</body>\n</html>\n")
    return page.text
  }

  /// Hatching and dots, so that bars differ without colour.
  private static let patterns: StaticString = """
    <svg class="defs" aria-hidden="true" focusable="false"><defs>\
    <pattern id="hatch-a" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <line class="line s0" x1="0" y1="0" x2="0" y2="6"/></pattern>\
    <pattern id="hatch-b" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <path class="hatch" d="M0 0V5"/></pattern>\
    <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle class="dot" cx="2" cy="2" r="1.4"/></pattern>\
    </defs></svg>

    """

  private func writeHeader(in page: inout Markup) {
    page.open("header")
    page.element("h1", title)
    if let date = options.date { page.element("p", ["class": "soft"], date) }
    page.open("nav", ["aria-label": "Sections"])
    page.open("ul")
    let links =
      [("summary", "Summary")] + populations.map { ($0.rawValue, ReportPage.title($0)) }
      + sections.map { ("section-" + $0.id, $0.title) } + [("notes", "How to read this")]
    for (id, name) in links {
      page.element("li") { $0.element("a", ["href": "#" + id], name) }
    }
    page.close("ul")
    page.close("nav")
    page.close("header")
    page.breakLine()
  }

  /// A section of the page under a heading of its own.
  func section(_ id: String, _ title: String, in page: inout Markup, _ body: (inout Markup) -> Void) {
    page.open("section", ["id": id, "aria-labelledby": id + "-h"])
    page.element("h2", ["id": id + "-h"], title)
    page.breakLine()
    body(&page)
    page.close("section")
    page.breakLine()
  }

  private func write(_ section: ReportSection, in page: inout Markup) {
    self.section("section-" + section.id, section.title, in: &page) { page in
      for note in section.notes { page.element("p", note) }
      for table in section.tables { page.table(table) }
    }
  }

  private func writeNotes(in page: inout Markup) {
    section("notes", "How to read this", in: &page) { page in
      page.constant(ReportPage.notes)
      guard !plots.timelines.isEmpty else { return }
      page.element("h3", "Stages in timelines")
      var table = ReportTable(
        id: "stages", caption: "Letter of the track and number of the stage",
        columns: [.text("mark"), .text("track"), .text("stage")])
      for label in Label.moves {
        table.add([.text(TimelinePlot.code(label)), .text(label.track?.name ?? ""), .text(label.stage)])
      }
      table.add([.text("D"), .text(""), .text("disclosure")])
      page.table(table, isSortable: false)
    }
  }

  private static let notes: StaticString = """
    <ul>
    <li>Definitions and their sources stand in the guide <em>What the measures mean</em> (Documentation/Guides/Measures.md), under the names used here.</li>
    <li>A dash is undefined, never 0: precision when nothing was retrieved, recall when nothing is relevant.</li>
    <li>Brackets are 95&nbsp;% percentiles over resamples of whole conversations. They say what chance could do to this gold, not what the gold lacks.</li>
    <li>Gold sets hold far more moves than real chat; precision on them says little about the real one.</li>
    <li>In tables of groups, <em>gold</em> and <em>of</em> are the positive and all items of the first measure; sizes of the others stand in figures.csv.</li>
    <li>Every figure is in figures.json and figures.csv, every point of a drawing in plots.json and in one CSV file for each kind.</li>
    </ul>

    """
}
