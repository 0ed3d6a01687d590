internal import JagaCore

/// A conversation from left to right: gold stages above, then for each system its stages, its scores and the conversation's band.
///
/// A stage is a box with the letter of its track and the number of its stage (`T2`: the second stage of top-up), so that colour repeats
/// what the letters say. Scores are columns; a band is a bar of one, two or three steps.
struct TimelinePlot {
  let id: String
  let title: String
  let names: [String]
  let timeline: Timeline
  /// A message counts as a move from this score on.
  let threshold: Double

  private static let cell = 22.0
  private static let laneHeight = 22.0
  private static let scoreHeight = 64.0

  /// The letter of a track and the number of the stage in it; D for a disclosure, nothing for harmless.
  static func code(_ label: Label?) -> String {
    guard let label, label != .benign else { return "" }
    guard let track = label.track else { return "D" }
    let letter =
      switch track {
      case .grooming: "G"
      case .sextortion: "S"
      case .topup: "T"
      case .trade: "C"
      }
    let stages = Label.moves.filter { $0.track == track }
    return letter + "\((stages.firstIndex(of: label) ?? 0) + 1)"
  }

  private var description: String {
    var text = "\(timeline.messages) messages. "
    text += timeline.firstRisk.map { "First risk at message \($0 + 1). " } ?? "First risk not annotated. "
    for (system, alarm) in timeline.alarms.enumerated() {
      if names.count > 1 { text += names[system] + ": " }
      text += alarm.map { "alarm at message \($0 + 1). " } ?? "no alarm. "
    }
    return text + "The table below the drawing has every message."
  }

  func draw(in page: inout Markup) {
    var frame = PlotFrame()
    frame.left = 92
    let perSystem = TimelinePlot.laneHeight * 2 + TimelinePlot.scoreHeight + 18
    frame.width = max(frame.left + Double(timeline.steps.count) * TimelinePlot.cell + 14, 320)
    let bottom = 34 + TimelinePlot.laneHeight + 6 + perSystem * Double(names.count)
    frame.height = bottom + 20
    frame.open(id, title: title, description: description, in: &page)
    func x(_ step: Int) -> Double { frame.left + Double(step) * TimelinePlot.cell }

    // First, so that boxes stand upon them.
    marks(frame, bottom, x, &page)
    var top = 34.0
    frame.text("gold", frame.left - 8, top + 15, "tick end", in: &page)
    for (place, step) in timeline.steps.enumerated() {
      stage(step.isSuspicious ? "!" : TimelinePlot.code(step.gold.first), step.gold.first, x(place), top, frame, &page)
    }
    page.breakLine()
    top += TimelinePlot.laneHeight + 6
    for system in names.indices {
      let name = names.count > 1 ? names[system] + " " : ""
      frame.text(name + "stage", frame.left - 8, top + 15, "tick end", in: &page)
      frame.text(name + "score", frame.left - 8, top + TimelinePlot.laneHeight + 36, "tick end", in: &page)
      frame.text(name + "band", frame.left - 8, top + perSystem - 20, "tick end", in: &page)
      for (place, step) in timeline.steps.enumerated() where step.said.indices.contains(system) {
        let said = step.said[system]
        let isMove = said.score >= threshold
        stage(isMove ? TimelinePlot.code(said.top) : "", isMove ? said.top : nil, x(place), top, frame, &page)
        let height = max(said.score * TimelinePlot.scoreHeight, 0.5)
        let floor = top + TimelinePlot.laneHeight + TimelinePlot.scoreHeight + 4
        frame.box(x(place) + 4, floor - height, TimelinePlot.cell - 8, height, "bar s\(system)", in: &page)
        let band = said.conversationBand ?? said.band
        for level in 0..<Int(band?.rawValue ?? 0) {
          frame.box(
            x(place) + 2, top + perSystem - 16 - Double(level) * 6, TimelinePlot.cell - 4, 4, "band", in: &page)
        }
      }
      page.breakLine()
      for share in [0.0, threshold, 1] {
        let place = top + TimelinePlot.laneHeight + TimelinePlot.scoreHeight * (1 - share) + 4
        frame.line(at: place, from: frame.left, to: x(timeline.steps.count), share == 0 ? "axis" : "grid", in: &page)
      }
      top += perSystem
    }
    for place in timeline.steps.indices where place % 5 == 4 || place == 0 {
      frame.text("\(place + 1)", x(place) + TimelinePlot.cell / 2, bottom + 12, "tick middle", in: &page)
    }
    page.close("svg")
  }

  /// Upright lines: first risk, and the alarms; those of two systems at one message stand side by side under one name.
  private func marks(_ frame: PlotFrame, _ bottom: Double, _ x: (Int) -> Double, _ page: inout Markup) {
    var alarmed: [Int: String] = [:]
    for (system, alarm) in timeline.alarms.enumerated() {
      guard let alarm, alarm < timeline.steps.count else { continue }
      let place = x(alarm) + TimelinePlot.cell / 2 + (alarmed[alarm] == nil ? 0 : 4)
      frame.line(down: place, from: 30, to: bottom, "alarm s\(system)", in: &page)
      let name = names.count > 1 ? " " + names[system] : ""
      alarmed[alarm] = alarmed[alarm].map { $0 + " and" + name } ?? "alarm" + name
    }
    for (alarm, name) in alarmed.sorted(by: { $0.key < $1.key }) {
      frame.text(name, x(alarm) + TimelinePlot.cell / 2, 12, "tick middle", in: &page)
    }
    guard let first = timeline.firstRisk, first < timeline.steps.count else { return }
    frame.line(down: x(first), from: 30, to: bottom, "limit", in: &page)
    frame.text("first risk", x(first), 25, "tick middle", in: &page)
  }

  private func stage(
    _ code: String, _ label: Label?, _ x: Double, _ y: Double, _ frame: PlotFrame, _ page: inout Markup
  ) {
    guard !code.isEmpty else {
      return frame.box(x + 8, y + 10, TimelinePlot.cell - 16, 2, "nothing", in: &page)
    }
    let style = label?.track.map { "t\($0.rawValue)" } ?? "t4"
    frame.box(x + 1, y + 1, TimelinePlot.cell - 2, TimelinePlot.laneHeight - 2, "stage \(style)", in: &page)
    frame.text(code, x + TimelinePlot.cell / 2, y + 15, "code middle", in: &page)
  }

  /// Every message: index from 1, gold, and what the systems said; texts where they were asked for.
  func table() -> ReportTable {
    var columns: [ReportTable.Column] = [.number("message"), .text("gold")]
    for name in names {
      let prefix = names.count > 1 ? name + " " : ""
      columns += [
        .number(prefix + "score"), .text(prefix + "top stage"), .text(prefix + "band"),
        .text(prefix + "conversation band"),
      ]
    }
    let hasText = timeline.steps.contains { $0.text != nil }
    if hasText { columns.append(.text("text")) }
    var table = ReportTable(id: id + "-data", caption: title + ": messages", columns: columns)
    for (place, step) in timeline.steps.enumerated() { table.add(TimelinePlot.row(step, place, timeline, hasText)) }
    return table
  }

  static func row(_ step: Timeline.Step, _ place: Int, _ timeline: Timeline, _ hasText: Bool) -> [ReportTable.Cell] {
    var gold = step.gold.map(\.name).joined(separator: ", ")
    if step.isSuspicious { gold = "suspicious" }
    var row: [ReportTable.Cell] = [.count(place + 1), .text(gold)]
    for said in step.said {
      row += [
        .number(said.score), .text(said.top?.name ?? ""), .text(said.band?.name ?? ""),
        .text(said.conversationBand?.name ?? ""),
      ]
    }
    // `mix` is no language tag.
    let tag = timeline.language.flatMap { ["id", "en"].contains($0) ? $0 : nil }
    if hasText { row.append(.quoted(step.text ?? "", language: tag)) }
    return row
  }
}

extension PlotFrame {
  /// A level line between two places.
  fileprivate func line(at y: Double, from x1: Double, to x2: Double, _ style: String, in page: inout Markup) {
    page.empty(
      "line",
      ["class": style, "x1": Shown.place(x1), "y1": Shown.place(y), "x2": Shown.place(x2), "y2": Shown.place(y)])
  }

  /// An upright line between two places.
  fileprivate func line(down x: Double, from y1: Double, to y2: Double, _ style: String, in page: inout Markup) {
    page.empty(
      "line",
      ["class": style, "x1": Shown.place(x), "y1": Shown.place(y1), "x2": Shown.place(x), "y2": Shown.place(y2)])
  }
}
