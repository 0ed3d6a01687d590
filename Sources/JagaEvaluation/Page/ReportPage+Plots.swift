/// Sections of populations: figures, drawings, confusion, groups, timelines.
extension ReportPage {
  func write(_ population: Population, in page: inout Markup) {
    section(population.rawValue, ReportPage.title(population), in: &page) { page in
      page.element("h3", "All figures")
      page.table(whole(population))
      let drawings = self.drawings(population)
      if !drawings.isEmpty {
        page.element("h3", "Drawings")
        page.element("div", ["class": "plots"]) { page in
          for drawing in drawings { figure(drawing, in: &page) }
        }
      }
      for (system, tables) in evaluation.tables.enumerated() {
        for table in tables where table.population == population {
          let name = names.count > 1 ? ", system \(names[system])" : ""
          page.element("h3", "Confusion of stages" + name)
          matrix(table.confusion, "\(ReportPage.title(population))\(name)", in: &page)
        }
      }
      for dimension in Dimension.allCases where dimension != .all {
        let groups = groups(population, dimension)
        guard !groups.isEmpty else { continue }
        page.element("h3", "By \(dimension.rawValue)")
        for (place, group) in groups.enumerated() {
          if place == 0 || dimension == .label {
            page.element("h4", group.head)
            page.table(group.table)
          } else {
            page.element("details", ["class": "more"]) { page in
              page.element("summary", "\(group.head) by \(dimension.rawValue)")
              page.table(group.table)
            }
          }
        }
      }
      if population == .transcripts { writeTimelines(in: &page) }
    }
  }

  /// A drawing with what it is about, and the table behind it.
  struct Drawing {
    var title: String
    var table: ReportTable
    var draw: (inout Markup) -> Void
    /// Drawings that are wider than the page scroll.
    var isWide = false
  }

  func drawings(_ population: Population) -> [Drawing] {
    let name = ReportPage.title(population)
    let systems = evaluation.systems.indices
    var drawings: [Drawing] = []
    let curves = plots.curves.filter { $0.population == population }
    for (head, kind) in [
      ("move", RankCurve.Kind.roc), ("move", .precisionRecall), ("disclosure", .roc), ("disclosure", .precisionRecall),
      ("author", .roc), ("author", .precisionRecall), ("line", .roc), ("line", .precisionRecall),
    ] {
      let some = curves.filter { $0.head == head && $0.curve.kind == kind }
      guard !some.isEmpty else { continue }
      let plot = CurvePlot(
        id: "\(population.rawValue)-\(head)-\(kind.rawValue)",
        title: "\(name), \(head): " + (kind == .roc ? "ROC curve" : "precision over recall"), kind: kind, names: names,
        curves: some, operating: systems.map { operating(population, head, kind, system: $0) })
      drawings.append(Drawing(title: plot.title, table: plot.table(), draw: { plot.draw(in: &$0) }))
    }
    let tables = systems.map { system in evaluation.tables[system].first { $0.population == population } }
    for (head, calibrations) in [
      ("move", tables.map { $0?.moves }), ("disclosure", tables.map { $0?.disclosures }),
    ] where calibrations.contains(where: { $0 != nil }) {
      let plot = ReliabilityPlot(
        id: "\(population.rawValue)-\(head)-reliability", title: "\(name), \(head): reliability", names: names,
        systems: calibrations)
      drawings.append(Drawing(title: plot.title, table: plot.table(), draw: { plot.draw(in: &$0) }))
    }
    for scores in plots.scores where scores.population == population {
      let plot = ScorePlot(
        id: "\(population.rawValue)-scores-\(scores.system)",
        title: "\(name): scores" + (names.count > 1 ? " of \(names[scores.system])" : ""), histogram: scores.histogram,
        threshold: evaluation.options.threshold)
      drawings.append(Drawing(title: plot.title, table: plot.table(), draw: { plot.draw(in: &$0) }))
    }
    if population == .transcripts {
      for lags in plots.lags {
        let plot = LagPlot(
          id: "transcripts-lags-\(lags.system)",
          title: "\(name): lag of alarms" + (names.count > 1 ? " of \(names[lags.system])" : ""), lags: lags)
        drawings.append(Drawing(title: plot.title, table: plot.table(), draw: { plot.draw(in: &$0) }))
      }
    }
    return drawings
  }

  /// Where a system stands on its curve at the thresholds in use.
  private func operating(
    _ population: Population, _ head: String, _ kind: RankCurve.Kind, system: Int
  ) -> (x: Double, y: Double) {
    // Lines and authors are retrieved by bands too, so they stand beside the curve of scores.
    func value(_ measure: Measure) -> Double {
      let figure = evaluation.figure(population, .all, "all", head, measure)
      return figure.flatMap { $0.estimates.indices.contains(system) ? $0.estimates[system].value : nil } ?? .nan
    }
    return kind == .roc ? (value(.falsePositiveRate), value(.recall)) : (value(.recall), value(.precision))
  }

  private func figure(_ drawing: Drawing, in page: inout Markup) {
    page.element("figure", drawing.isWide ? ["class": "timeline"] : [:]) { page in
      page.element("figcaption", drawing.title)
      if drawing.isWide {
        page.open("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": drawing.title])
        drawing.draw(&page)
        page.close("div")
      } else {
        drawing.draw(&page)
      }
      page.element("details", ["class": "data"]) { page in
        page.element("summary", drawing.isWide ? "Messages as a table" : "Data as a table")
        page.table(drawing.table, isSortable: drawing.isWide)
      }
    }
    page.breakLine()
  }

  private func writeTimelines(in page: inout Markup) {
    guard !plots.timelines.isEmpty else { return }
    page.element("h3", "Timelines")
    page.element(
      "p",
      "Missed conversations, false alarms and alarmed ones by turns, each by id, at most \(plots.timelines.count) here. "
        + (plots.withText
          ? "This page holds messages' texts: keep it as you keep them."
          : "Texts are left out; --with-text shows them."))
    page.open("div", ["class": "plots"])
    for (number, timeline) in plots.timelines.enumerated() {
      let plot = TimelinePlot(
        id: "timeline-\(number + 1)", title: heading(timeline), names: names, timeline: timeline,
        threshold: evaluation.options.threshold)
      figure(Drawing(title: plot.title, table: plot.table(), draw: { plot.draw(in: &$0) }, isWide: true), in: &page)
    }
    page.close("div")
  }

  private func heading(_ timeline: Timeline) -> String {
    var text = "\(timeline.id): \(timeline.outcome.rawValue)"
    if let label = timeline.label { text += ", \(label)" }
    if let language = timeline.language { text += ", \(language)" }
    let left = timeline.messages - timeline.steps.count
    if left > 0 { text += ", \(Shown.grouped(left)) later messages not shown" }
    return text
  }

  /// Gold in rows, decisions in columns; shaded by the share of the row, right ones framed. Classes that never occur are left out.
  private func matrix(_ confusion: ConfusionMatrix, _ name: String, in page: inout Markup) {
    let used = confusion.names.indices.filter { item in
      confusion.names.indices.contains {
        confusion.count(gold: item, decided: $0) + confusion.count(gold: $0, decided: item) > 0
      }
    }
    let caption =
      "\(name): gold main label in rows, stage decided in columns, number of items; the stronger the shade, the larger the "
      + "share of the row"
    page.open("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": "Table: " + caption])
    page.open("table", ["class": "matrix"])
    page.element("caption", caption)
    page.constant("<thead><tr><th scope=\"col\">gold \\ decided</th>")
    for decided in used {
      page.element("th", ["scope": "col"]) { $0.element("span", confusion.names[decided]) }
    }
    page.constant("</tr></thead>\n<tbody>")
    for gold in used {
      let total = used.reduce(0) { $0 + confusion.count(gold: gold, decided: $1) }
      page.open("tr")
      page.element("th", ["scope": "row"], confusion.names[gold])
      for decided in used {
        let count = confusion.count(gold: gold, decided: decided)
        let part = share(Double(count), Double(total))
        let level = count == 0 || part.isNaN ? 0 : 1 + min(Int(part * 6), 5)
        page.element(
          "td", ["class": "h\(level)" + (gold == decided ? " right" : "")], count == 0 ? "·" : Shown.grouped(count))
      }
      page.close("tr")
      page.breakLine()
    }
    page.constant("</tbody></table></div>\n")
  }
}
