/// Scores of one system by kind of item: one row of bars for each kind, each with a scale of its own, since harmless items are many.
struct ScorePlot {
  let id: String
  let title: String
  let histogram: ScoreHistogram
  let threshold: Double

  func draw(in page: inout Markup) {
    let kinds = ScoreHistogram.Kind.allCases.filter { histogram.total($0) > 0 }
    var frame = PlotFrame()
    let rowHeight = 100.0
    frame.height = rowHeight * Double(kinds.count) + 48
    frame.open(
      id, title: title,
      description: "Number of items by score, in bins of 0.05, a row of bars for each kind in gold: "
        + kinds.map { "\($0.name) \(Shown.grouped(histogram.total($0)))" }.joined(separator: ", ")
        + ". Every row has a scale of its own. The table below the drawing has the counts.", in: &page)
    for (row, kind) in kinds.enumerated() {
      let counts = histogram.counts[kind.rawValue]
      let ticks = PlotFrame.counts(upTo: counts.max() ?? 0)
      var part = frame
      part.top = Double(row) * rowHeight + 20
      part.bottom = frame.height - Double(row + 1) * rowHeight
      part.yRange = 0...(ticks.last?.0 ?? 1)
      let shown = ticks.count > 3 ? ticks.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) : ticks
      for (value, name) in shown {
        part.line(0, value, 1, value, "grid", in: &page)
        part.text(name, part.left - 6, part.y(value) + 4, "tick end", in: &page)
      }
      for (bin, count) in counts.enumerated() where count > 0 {
        let (begin, end) = (part.x(ScoreHistogram.bound(bin)), part.x(ScoreHistogram.bound(bin + 1)))
        // A single item among thousands must still be seen.
        let height = max(part.y(0) - part.y(Double(count)), 1)
        part.box(begin + 1, part.y(0) - height, end - begin - 2, height, "bar k\(kind.rawValue)", in: &page)
      }
      part.line(0, 0, 1, 0, "axis", in: &page)
      part.line(threshold, 0, threshold, part.yRange.upperBound, "limit", in: &page)
      part.text("\(kind.name): \(Shown.grouped(histogram.total(kind)))", part.left, part.top - 6, "name", in: &page)
      page.breakLine()
    }
    for (value, name) in PlotFrame.shares {
      frame.text(name, frame.x(value), frame.height - 48 + 16, "tick middle", in: &page)
    }
    frame.text(
      "score; the dashed line is the threshold \(Shown.short(threshold))", (frame.left + frame.width) / 2,
      frame.height - 10, "name middle", in: &page)
    page.close("svg")
  }

  /// The counts behind it.
  func table() -> ReportTable {
    var table = ReportTable(
      id: id + "-data", caption: title + ": counts",
      columns: [.text("score")] + ScoreHistogram.Kind.allCases.map { .number($0.name) })
    for bin in 0..<ScoreHistogram.binCount {
      table.add(
        [.text("\(ScoreHistogram.bound(bin)) to \(ScoreHistogram.bound(bin + 1))")]
          + ScoreHistogram.Kind.allCases.map { .count(histogram.counts[$0.rawValue][bin]) })
    }
    return table
  }
}

/// How many messages after the first risk alarms came; bars of alarms more than two messages too early are hatched.
struct LagPlot {
  /// Bars reach from here to there; what lies beyond is in the outer ones.
  static let range = -10...30
  let id: String
  let title: String
  let lags: PlotData.Lags

  /// Bars: the lag (or beyond), and how many.
  private var bars: [(lag: Int, count: Int)] {
    var counts: [Int: Int] = [:]
    for lag in lags.lags {
      counts[min(max(lag, LagPlot.range.lowerBound), LagPlot.range.upperBound), default: 0] += 1
    }
    return LagPlot.range.map { ($0, counts[$0] ?? 0) }
  }

  func draw(in page: inout Markup) {
    var frame = PlotFrame()
    frame.width = 640
    frame.height = 260
    let ticks = PlotFrame.counts(upTo: bars.map(\.count).max() ?? 0)
    let (least, most) = (Double(LagPlot.range.lowerBound), Double(LagPlot.range.upperBound))
    frame.xRange = (least - 0.5)...(most + 0.5)
    frame.yRange = 0...(ticks.last?.0 ?? 1)
    let early = lags.lags.count { $0 < -2 }
    frame.open(
      id, title: title,
      description:
        "Number of risky transcripts by messages between the first risk and the alarm: \(lags.lags.count) with both, \(early) of them more "
        + "than two messages too early; \(lags.missed) without an alarm. The table below the drawing has the counts.",
      in: &page)
    let names = [-10, -5, 0, 5, 10, 15, 20, 25, 30].map { (Double($0), LagPlot.name($0)) }
    frame.axes(
      x: names, y: ticks, xTitle: "messages between first risk and alarm", yTitle: "transcripts", in: &page)
    for (lag, count) in bars where count > 0 {
      let (begin, end) = (frame.x(Double(lag) - 0.5), frame.x(Double(lag) + 0.5))
      let top = frame.y(Double(count))
      frame.box(
        begin + 1, top, end - begin - 2, frame.y(0) - top, lag < -2 ? "bar early" : "bar k0", in: &page)
    }
    frame.line(0, 0, 0, frame.yRange.upperBound, "limit", in: &page)
    page.close("svg")
  }

  private static func name(_ lag: Int) -> String {
    if lag == range.lowerBound { return "≤ −\(-lag)" }
    if lag == range.upperBound { return "≥ \(lag)" }
    return lag < 0 ? "−\(-lag)" : "\(lag)"
  }

  /// The counts behind it, lag by lag.
  func table() -> ReportTable {
    var table = ReportTable(
      id: id + "-data", caption: title + ": counts", columns: [.text("lag in messages"), .number("transcripts")])
    var counts: [Int: Int] = [:]
    for lag in lags.lags { counts[lag, default: 0] += 1 }
    for (lag, count) in counts.sorted(by: { $0 < $1 }) { table.add([.text("\(lag)"), .count(count)]) }
    table.add([.text("no alarm"), .count(lags.missed)])
    if lags.unannotated > 0 { table.add([.text("first risk not annotated"), .count(lags.unannotated)]) }
    return table
  }
}
