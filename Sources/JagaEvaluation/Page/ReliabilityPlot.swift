/// What was said against what was found, in the bins of the calibration error, with Wilson's bounds; a bar below has the number of items.
struct ReliabilityPlot {
  let id: String
  let title: String
  let names: [String]
  /// By system; nil where it does not say.
  let systems: [Calibration?]

  func draw(in page: inout Markup) {
    let frame = PlotFrame()
    let filled = systems.enumerated().map { system, calibration in
      (system: system, bins: (calibration?.bins ?? []).filter { $0.count > 0 })
    }
    let errors = filled.compactMap { system, bins -> String? in
      guard !bins.isEmpty, let calibration = systems[system] else { return nil }
      return (names.count > 1 ? names[system] + ": " : "")
        + "expected calibration error \(Shown.short(calibration.error(debiased: false)))"
    }
    frame.open(
      id, title: title,
      description:
        "Share of positive items over mean probability, \(Calibration.binCount) bins of equal mass, with 95 % bounds; a calibrated "
        + "system lies on the diagonal. \(errors.joined(separator: "; ")). The table below the drawing has bins and counts.",
      in: &page)
    frame.axes(
      x: PlotFrame.shares, y: PlotFrame.shares, xTitle: "mean probability: said", yTitle: "share of positives: found",
      in: &page)
    frame.line(0, 0, 1, 1, "chance", in: &page)
    for (system, bins) in filled {
      for bin in bins {
        let bounds = Wilson.interval(bin.positives, of: bin.count)
        frame.line(bin.said, bounds.low, bin.said, bounds.high, "whisker s\(system)", in: &page)
      }
      let points = bins.map { frame.corner($0.said, $0.found) }
      page.empty("polyline", ["class": "line s\(system) thin", "points": points.joined(separator: " ")])
      for bin in bins { frame.mark(frame.x(bin.said), frame.y(bin.found), system: system, in: &page) }
      page.breakLine()
    }
    let entries = filled.filter { !$0.bins.isEmpty }.map { system, bins in
      let (least, most) = (bins.map(\.count).min() ?? 0, bins.map(\.count).max() ?? 0)
      let size = least == most ? Shown.grouped(least) : "\(Shown.grouped(least)) to \(Shown.grouped(most))"
      return (style: "line s\(system)", name: (names.count > 1 ? names[system] + ", " : "") + "\(size) items a bin")
    }
    frame.legend(
      entries + [(style: "chance", name: "calibrated")], x: frame.x(0.04), y: frame.y(1) + 14, in: &page)
    page.close("svg")
  }

  /// The bins behind it.
  func table() -> ReportTable {
    var table = ReportTable(
      id: id + "-data", caption: title + ": bins",
      columns: [
        .text("system"), .number("bin"), .number("items"), .number("positives"), .number("said"), .number("found"),
      ])
    for (system, calibration) in systems.enumerated() {
      for (number, bin) in (calibration?.bins ?? []).enumerated() {
        let bounds = Wilson.interval(bin.positives, of: bin.count)
        table.add([
          .text(names[system]), .count(number + 1), .count(bin.count), .count(bin.positives), .number(bin.said),
          .estimate(Estimate(value: bin.found, low: bounds.low, high: bounds.high)),
        ])
      }
    }
    return table
  }
}
