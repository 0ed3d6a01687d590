internal import JagaCore

/// The timeline as values for its template: a picture, and a table with the same content for those who do not see it.
extension Timeline {
  func scope(_ words: Words, firstAlert: Int?) -> Scope {
    // Where everybody shown asks for help, there is nobody to be alarmed about.
    let isRisk = points.contains { $0.flag.kind == .risk }
    let alert = firstAlert.flatMap { isRisk && $0 >= 0 && $0 < length ? $0 : nil }
    let tracks = Set(lanes.compactMap(\.label.track)).count
    return [
      "height": height, "axisY": height - Self.axisHeight, "tickY": height - 8, "lineEnd": height - Self.axisHeight + 5,
      "description": words.filled(
        "timeline-description",
        [
          "points": words.count("flags", points.count), "lanes": words.integer(lanes.count),
          "tracks": words.integer(tracks),
          "messages": words.integer(length),
        ]),
      "lanes": lanes.map { lane -> Scope in
        [
          "laneName": words.name(of: lane.label), "textY": lane.top + 15, "lineY": lane.top + 31,
          "laneFamily": lane.label.family, "laneY": lane.top,
        ]
      },
      "points": points.map { point -> Scope in
        [
          "px": percent(point.x), "py": point.y, "letter": AuthorName.letter(point.author),
          "shape\(point.author % 4)": true, "tone": point.author % 4,
          "pointBand": point.flag.kind == .disclosure ? "help" : point.flag.band.name,
          "pointTitle": title(point, words), "number": words.integer(point.message.index + 1),
          "anchor": point.message.index, "pointLabel": words.name(of: Self.shownLabel(point.flag)),
          "pointBandName": point.flag.kind == .disclosure ? "–" : words.of(.band, point.flag.band.name),
          "pointScore": words.probability(Self.shownScore(point.flag)),
        ]
      },
      "ticks": ticks.map { tick -> Scope in
        ["tx": percent(x(tick)), "tickNumber": words.integer(tick + 1), "tickEdge": edge(tick)]
      },
      "hasLegend": isRisk,
      "alert": alert.map { alert -> [Scope] in
        [
          [
            "ax": percent(x(alert)), "alertEnd": height - Self.axisHeight,
            "alertText": words.filled("timeline-alert", ["n": words.integer(alert + 1)]),
          ]
        ]
      } ?? [],
    ]
  }

  /// The score of what a message is shown for.
  static func shownScore(_ flag: FlagView) -> Double { flag.kind == .disclosure ? flag.disclosure : flag.score }

  private func title(_ point: Point, _ words: Words) -> String {
    words.filled(
      point.flag.kind == .disclosure ? "timeline-point-help" : "timeline-point",
      [
        "n": words.integer(point.message.index + 1), "author": AuthorName.letter(point.author),
        "label": words.name(of: Self.shownLabel(point.flag)), "band": words.of(.band, point.flag.band.name),
      ])
  }

  /// Numbers at the borders of the picture stay inside it.
  private func edge(_ tick: Int) -> String {
    tick == 0 && length > 1 ? "start" : tick == length - 1 && length > 1 ? "end" : "middle"
  }

  private func percent(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }
}
