/// Figures of the page: a summary, all figures of the whole, and those of each group.
extension ReportPage {
  private var isPair: Bool { evaluation.systems.count == 2 }

  /// What most readers look for first, where it was measured.
  private static let chief: [(Population, String, [Measure])] = [
    (.messages, "move", [.f1, .precision, .recall, .precisionAtBaseRate, .rocAUC, .prAUC, .eceDebiased, .topLabel]),
    (.messages, "disclosure", [.recall, .precision, .takenForMove]), (.messages, "tracks_macro", [.f1]),
    (.turns, "move", [.f1, .rocAUC, .prAUC]), (.turns, "disclosure", [.recall]),
    (.transcripts, "alarm", [.f1, .precision, .recall, .falsePositiveRate, .lagMedian, .premature, .latencyF1]),
    (.transcripts, "support", [.recall, .falsePositiveRate]), (.authors, "author", [.fHalf, .precision, .recall]),
    (.lines, "line", [.f3, .precision, .recall]),
  ]

  func writeSummary(in page: inout Markup) {
    section("summary", "Summary", in: &page) { page in
      page.open("dl")
      for (name, value) in facts {
        page.element("dt", name)
        page.element("dd", value)
        page.breakLine()
      }
      page.close("dl")
      var table = ReportTable(id: "summary", caption: "Chief figures", columns: [.text("what")] + valueColumns)
      for (population, head, measures) in ReportPage.chief {
        for measure in measures {
          guard let figure = evaluation.figure(population, .all, "all", head, measure),
            figure.estimates.contains(where: { !$0.value.isNaN })
          else { continue }
          table.add([.text("\(population.rawValue), \(head): \(measure.rawValue)")] + cells(figure, isKeyed: false))
        }
      }
      page.table(table)
    }
  }

  private var facts: [(String, String)] {
    var facts: [(String, String)] = []
    for (system, name) in evaluation.systems.enumerated() {
      var text = name
      let left = report.leftovers[system]
      if left.missing > 0 { text += "; \(Shown.grouped(left.missing)) messages without a prediction count as score 0" }
      if left.strangers > 0 { text += "; \(Shown.grouped(left.strangers)) predictions without gold left out" }
      facts.append((isPair ? "System \(names[system])" : "System", text))
    }
    facts.append(("Gold", report.files.joined(separator: ", ")))
    let counts = report.goldCounts.filter { $0.1 > 0 }
    facts.append(("Read", counts.map { "\(Shown.grouped($0.1)) \($0.0)" }.joined(separator: ", ")))
    let options = evaluation.options
    facts.append(("Thresholds", "move from \(options.threshold), disclosure from \(options.disclosureThreshold)"))
    if let rate = options.baseRate { facts.append(("Base rate", "\(rate)")) }
    facts.append(
      (
        "Intervals",
        options.resamples > 0
          ? "95 %, \(Shown.grouped(options.resamples)) resamples of whole conversations, seed \(options.seed)" : "none"
      ))
    return facts
  }

  private var valueColumns: [ReportTable.Column] {
    (isPair ? [.number("A"), .number("B"), .number("A - B"), .number("A better")] : [.number("value")])
      + [.number("gold"), .number("of")]
  }

  /// Values of a figure, its size last.
  private func cells(_ figure: Figure, isKeyed: Bool) -> [ReportTable.Cell] {
    let key = ReportPage.key(figure.key)
    func cell(_ estimate: Estimate, _ part: String) -> ReportTable.Cell {
      isKeyed ? .figure(estimate, key: key + "/" + part) : .estimate(estimate)
    }
    var cells = figure.estimates.enumerated().map { cell($1, "\($0)") }
    if isPair {
      let comparison = figure.comparison
      cells.append(cell(comparison?.difference ?? Estimate(value: .nan), "difference"))
      cells.append(cell(Estimate(value: comparison?.shareBetter ?? .nan), "share_better"))
    }
    return cells + [.count(figure.size.positives), .count(figure.size.items)]
  }

  private static func key(_ key: FigureKey) -> String {
    [key.population.rawValue, key.dimension.rawValue, key.group, key.head, key.measure.rawValue]
      .joined(separator: "/")
  }

  /// All figures of a population's whole, one a row.
  func whole(_ population: Population) -> ReportTable {
    var table = ReportTable(
      id: "all-" + population.rawValue, caption: "\(ReportPage.title(population)): all figures of the whole",
      columns: [.text("head"), .text("measure")] + valueColumns)
    for figure in evaluation.figures where figure.key.population == population && figure.key.dimension == .all {
      table.add(
        [.text(figure.key.head), .text(figure.key.measure.rawValue)] + cells(figure, isKeyed: true))
    }
    return table
  }

  /// Figures by group, a table a head: for one system a row a group and a column a measure, for two a row a figure.
  func groups(_ population: Population, _ dimension: Dimension) -> [(head: String, table: ReportTable)] {
    let figures = evaluation.figures.filter { $0.key.population == population && $0.key.dimension == dimension }
    var heads: [String] = []
    var byHead: [String: [Figure]] = [:]
    for figure in figures {
      if byHead[figure.key.head] == nil { heads.append(figure.key.head) }
      byHead[figure.key.head, default: []].append(figure)
    }
    return heads.map { head in
      let some = byHead[head] ?? []
      let id = "by-\(dimension.rawValue)-\(population.rawValue)-\(head)"
      let caption = "\(ReportPage.title(population)), \(head) by \(dimension.rawValue)"
      return (head, isPair ? long(some, id, caption, dimension) : wide(some, id, caption, dimension))
    }
  }

  private func long(_ figures: [Figure], _ id: String, _ caption: String, _ dimension: Dimension) -> ReportTable {
    var table = ReportTable(
      id: id, caption: caption, columns: [.text(dimension.rawValue), .text("measure")] + valueColumns)
    for figure in figures {
      table.add([.text(figure.key.group), .text(figure.key.measure.rawValue)] + cells(figure, isKeyed: true))
    }
    return table
  }

  private func wide(_ figures: [Figure], _ id: String, _ caption: String, _ dimension: Dimension) -> ReportTable {
    var measures: [Measure] = []
    var order: [String] = []
    var byGroup: [String: [Measure: Figure]] = [:]
    var sizes: [String: FigureSize] = [:]
    for figure in figures {
      let (group, measure) = (figure.key.group, figure.key.measure)
      if byGroup[group] == nil {
        order.append(group)
        sizes[group] = figure.size
      }
      if !measures.contains(measure) { measures.append(measure) }
      byGroup[group, default: [:]][measure] = figure
    }
    var table = ReportTable(
      id: id, caption: caption,
      columns: [.text(dimension.rawValue), .number("gold"), .number("of")] + measures.map { .number($0.rawValue) })
    for group in order {
      var row: [ReportTable.Cell] = [
        .text(group), .count(sizes[group]?.positives ?? 0), .count(sizes[group]?.items ?? 0),
      ]
      for measure in measures {
        guard let figure = byGroup[group]?[measure], let estimate = figure.estimates.first else {
          row.append(.empty)
          continue
        }
        row.append(.figure(estimate, key: ReportPage.key(figure.key) + "/0"))
      }
      table.add(row)
    }
    return table
  }
}
