internal import JagaCore

extension MessagePlan {
  func emit(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch, to sink: inout some FigureSink) {
    fill(weights, scratch)
    for (number, group) in index.groups.enumerated() {
      sink.begin(group.dimension, group.name)
      let cells = cells(of: number, scratch)
      emitMoves(number, cells, weights, scratch, to: &sink)
      emitDisclosures(number, cells, weights, scratch, to: &sink)
      emitAverages(cells, to: &sink)
    }
    guard byLabel else { return }
    let cells = cells(of: 0, scratch)
    let items = cells.items
    for track in Track.allCases {
      sink.begin(.label, track.name)
      let counts = cells.decisions(track, items: items)
      emitDecisions("track", counts, isKnown: namesTracks, to: &sink)
    }
    for label in Label.moves {
      sink.begin(.label, label.name)
      emitLabel(label, cells.decisions(label, items: items), weights, scratch, to: &sink)
    }
  }

  private func emitMoves(
    _ group: Int, _ cells: MessageCells, _ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch,
    to sink: inout some FigureSink
  ) {
    let counts = cells.moves
    let size = emitDecisions("move", counts, isKnown: true, to: &sink)
    let items = moves[group]
    scratch.sorted.gather(items, weights)
    let areas = items.areas(scratch.sorted)
    let calibration = items.calibration(scratch.sorted)
    sink.put("move", .precisionAtBaseRate, baseRate.map { counts.precision(atBaseRate: $0) } ?? .nan, size)
    sink.put("move", .rocAUC, areas.roc, size)
    sink.put("move", .rocAUCHarmless, areas.rocAgainstHarmless, size)
    sink.put("move", .prAUC, areas.averagePrecision, size)
    sink.put("move", .ece, calibration.error(debiased: false), size)
    sink.put("move", .eceDebiased, calibration.error(debiased: true), size)
    sink.put("move", .brier, calibration.brier, size)
    let tops = namesStages ? share(Double(cells.rightTops), Double(size.positives)) : .nan
    sink.put("move", .topLabel, tops, size)
  }

  private func emitDisclosures(
    _ group: Int, _ cells: MessageCells, _ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch,
    to sink: inout some FigureSink
  ) {
    let size = emitDecisions("disclosure", cells.disclosures, isKnown: tellsDisclosures, to: &sink)
    var areas = RankAreas(roc: .nan, rocAgainstHarmless: .nan, averagePrecision: .nan)
    var calibration = Calibration(bins: [], brier: .nan)
    if tellsDisclosures {
      let items = disclosures[group]
      scratch.sorted.gather(items, weights)
      areas = items.areas(scratch.sorted)
      calibration = items.calibration(scratch.sorted)
    }
    sink.put("disclosure", .rocAUC, areas.roc, size)
    sink.put("disclosure", .prAUC, areas.averagePrecision, size)
    sink.put("disclosure", .ece, calibration.error(debiased: false), size)
    sink.put("disclosure", .eceDebiased, calibration.error(debiased: true), size)
    sink.put("disclosure", .brier, calibration.brier, size)
    let told = cells.pureDisclosures
    sink.put(
      "disclosure", .takenForMove, share(Double(told.taken), Double(told.all)),
      FigureSize(items: size.items, positives: told.all))
  }

  private func emitAverages(_ cells: MessageCells, to sink: inout some FigureSink) {
    let items = cells.items
    let labels = Label.moves.map { cells.decisions($0, items: items) }
    let tracks = Track.allCases.map { cells.decisions($0, items: items) }
    for (name, classes, isKnown) in [("labels", labels, namesStages), ("tracks", tracks, namesTracks)] {
      let all = DecisionCounts.micro(classes)
      let size = FigureSize(items: items, positives: all.truePositives + all.falseNegatives)
      for (measure, value) in MessagePlan.averaged {
        sink.put(name + "_micro", measure, isKnown ? value(all) : .nan, size)
        sink.put(name + "_macro", measure, isKnown ? DecisionCounts.macro(classes, value) : .nan, size)
      }
    }
  }

  private func emitLabel(
    _ label: Label, _ counts: DecisionCounts, _ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch,
    to sink: inout some FigureSink
  ) {
    let size = emitDecisions("label", counts, isKnown: namesStages, to: &sink)
    var areas = RankAreas(roc: .nan, rocAgainstHarmless: .nan, averagePrecision: .nan)
    var brier = Double.nan
    if namesStages {
      let items = labels[Int(label.rawValue)]
      scratch.sorted.gather(items, weights)
      areas = items.areas(scratch.sorted, totals: (size.positives, size.items - size.positives))
      let squares = items.squares(scratch.sorted)
      // A gold label with probability 0 is off by 1.
      brier = share(squares.sum + Double(size.positives - squares.positives), Double(size.items))
    }
    sink.put("label", .rocAUC, areas.roc, size)
    sink.put("label", .prAUC, areas.averagePrecision, size)
    sink.put("label", .brier, brier, size)
  }

  private static var averaged: [(Measure, @Sendable (DecisionCounts) -> Double)] {
    [
      (.precision, { $0.precision }), (.recall, { $0.recall }), (.f1, { $0.fBeta(1) }), (.fHalf, { $0.fBeta(0.5) }),
      (.f3, { $0.fBeta(3) }),
    ]
  }
}

extension MeasurePlan {
  /// The measures of decisions over items.
  @discardableResult
  func emitDecisions(
    _ head: String, _ counts: DecisionCounts, isKnown: Bool, to sink: inout some FigureSink
  ) -> FigureSize {
    let positives = counts.truePositives + counts.falseNegatives
    let size = FigureSize(items: positives + counts.falsePositives + counts.trueNegatives, positives: positives)
    sink.put(head, .precision, isKnown ? counts.precision : .nan, size)
    sink.put(head, .recall, isKnown ? counts.recall : .nan, size)
    sink.put(head, .f1, isKnown ? counts.fBeta(1) : .nan, size)
    sink.put(head, .fHalf, isKnown ? counts.fBeta(0.5) : .nan, size)
    sink.put(head, .f3, isKnown ? counts.fBeta(3) : .nan, size)
    sink.put(head, .falsePositiveRate, isKnown ? counts.falsePositiveRate : .nan, size)
    return size
  }
}
