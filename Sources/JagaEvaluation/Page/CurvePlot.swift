/// ROC or precision curves of one head, one line a system, with the point at the threshold in use.
struct CurvePlot {
  let id: String
  let title: String
  let kind: RankCurve.Kind
  /// Letters of the systems, empty for a single one.
  let names: [String]
  let curves: [PlotData.Curve]
  /// By system: false positive rate or recall, and recall or precision, at the threshold; NaN where it is undefined.
  let operating: [(x: Double, y: Double)]

  private func name(_ curve: PlotData.Curve) -> String {
    let measure = kind == .roc ? "area" : "average precision"
    return (names.count > 1 ? names[curve.system] + ", " : "") + "\(measure) \(Shown.short(curve.area))"
  }

  /// What the drawing shows, for those who do not see it.
  private var description: String {
    let axes = kind == .roc ? "Recall over false positive rate." : "Precision over recall."
    return axes + " " + curves.map { name($0) + "." }.joined(separator: " ")
      + " The table below the drawing has its points."
  }

  func draw(in page: inout Markup) {
    let frame = PlotFrame()
    frame.open(id, title: title, description: description, in: &page)
    frame.axes(
      x: PlotFrame.shares, y: PlotFrame.shares, xTitle: kind == .roc ? "false positive rate" : "recall",
      yTitle: kind == .roc ? "recall" : "precision", in: &page)
    if kind == .roc {
      frame.line(0, 0, 1, 1, "chance", in: &page)
    } else if let prevalence = curves.first?.curve.prevalence, prevalence.isFinite {
      frame.line(0, prevalence, 1, prevalence, "chance", in: &page)
    }
    for curve in curves {
      let points = curve.curve.corners.map { frame.corner($0.x, $0.y) }
      page.empty("polyline", ["class": "line s\(curve.system)", "points": points.joined(separator: " ")])
      page.breakLine()
    }
    for curve in curves where operating.indices.contains(curve.system) {
      let point = operating[curve.system]
      guard point.x.isFinite, point.y.isFinite else { continue }
      frame.mark(frame.x(point.x), frame.y(point.y), system: curve.system, in: &page)
    }
    let entries = curves.map { (style: "line s\($0.system)", name: name($0)) }
    let chance = (style: "chance", name: kind == .roc ? "chance" : "share of positives")
    // ROC curves leave the lower right corner free, good precision curves the lower left one.
    let place = frame.y(0) - 20 - Double(entries.count) * 17
    frame.legend(entries + [chance], x: frame.x(kind == .roc ? 0.42 : 0.06), y: place, in: &page)
    page.close("svg")
  }

  /// The points behind it.
  func table() -> ReportTable {
    var table = ReportTable(
      id: id + "-data", caption: title + ": points of the drawing",
      columns: [
        .text("system"), .number(kind == .roc ? "false positive rate" : "recall"),
        .number(kind == .roc ? "recall" : "precision"), .number("score from"),
      ])
    for curve in curves {
      for point in curve.curve.points {
        table.add([
          .text(names[curve.system]), .number(point.x), .number(point.y),
          point.score.isFinite ? .number(point.score) : .text("none retrieved"),
        ])
      }
    }
    return table
  }
}
