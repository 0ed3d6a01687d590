internal import JagaCore

/// A set retrieved against a set that is relevant, as in PAN12: authors (problem 1) or lines (problem 2).
///
/// What is relevant but nowhere in the files cannot be retrieved and counts as missed; it is a unit of its own.
struct SetPlan: MeasurePlan {
  let units: Int
  private let head: String
  private var itemUnits: [UInt32] = []
  private var retrieved: [Bool] = []
  private var relevant: [Bool] = []
  private(set) var ranked = RankedItems()

  var scratch: PlanScratch.Size { PlanScratch.Size(items: ranked.count, cells: 0) }

  /// Problem 1. An author is retrieved when a message of theirs is in band review or high, or from the threshold on where the system has no
  /// bands; authors are resampled, since one may write in several conversations. Ranked by their highest score.
  static func authors(_ gold: GoldTable, _ predictions: PredictionTable, _ options: EvaluationOptions) -> SetPlan {
    var scores = [Double](repeating: 0, count: gold.authors.count)
    for (row, item) in gold.rows.enumerated() where item.author >= 0 {
      scores[item.author] = max(scores[item.author], predictions.scores[row])
    }
    let suspects = SetPlan.suspects(gold, predictions, options)
    return SetPlan(
      head: "author", units: gold.authors.count, itemUnits: gold.authors.indices.map(UInt32.init), scores: scores,
      retrieved: suspects, relevant: gold.authors.map(\.isPredator))
  }

  /// Problem 2. A line is retrieved when its score reaches the threshold and its author is retrieved. Conversations are resampled.
  static func lines(_ gold: GoldTable, _ predictions: PredictionTable, _ options: EvaluationOptions) -> SetPlan {
    let suspects = SetPlan.suspects(gold, predictions, options)
    var unitOf: [Int: UInt32] = [:]
    var units: [UInt32] = []
    var scores: [Double] = []
    var retrieved: [Bool] = []
    var relevant: [Bool] = []
    for (row, item) in gold.rows.enumerated() where item.kind == .line {
      let next = UInt32(unitOf.count)
      let unit = unitOf[item.conversation] ?? next
      unitOf[item.conversation] = unit
      units.append(unit)
      scores.append(predictions.scores[row])
      retrieved.append(
        predictions.scores[row] >= options.threshold && (item.author < 0 || suspects[item.author]))
      relevant.append(item.isSuspicious)
    }
    for absent in 0..<gold.counts.absentLines {
      units.append(UInt32(unitOf.count + absent))
      scores.append(0)
      retrieved.append(false)
      relevant.append(true)
    }
    return SetPlan(
      head: "line", units: unitOf.count + gold.counts.absentLines, itemUnits: units, scores: scores,
      retrieved: retrieved, relevant: relevant)
  }

  private static func suspects(
    _ gold: GoldTable, _ predictions: PredictionTable, _ options: EvaluationOptions
  ) -> [Bool] {
    var found = [Bool](repeating: false, count: gold.authors.count)
    for (row, item) in gold.rows.enumerated() where item.author >= 0 {
      let isSuspect =
        predictions.hasBands
        ? (predictions.bands[row] ?? Band.none) >= Band.review : predictions.scores[row] >= options.threshold
      if isSuspect { found[item.author] = true }
    }
    return found
  }

  init(head: String, units: Int, itemUnits: [UInt32], scores: [Double], retrieved: [Bool], relevant: [Bool]) {
    self.head = head
    self.units = units
    self.itemUnits = itemUnits
    self.retrieved = retrieved
    self.relevant = relevant
    for item in RankedItems.order(scores) {
      let item = Int(item)
      ranked.append(
        scores[item], unit: itemUnits[item], tag: relevant[item] ? RankedItems.Tag.positive : RankedItems.Tag.harmless)
    }
  }

  func emit(_ weights: UnsafePointer<UInt8>, _ scratch: PlanScratch, to sink: inout some FigureSink) {
    sink.begin(.all, "all")
    var counts = DecisionCounts()
    for item in itemUnits.indices {
      let weight = Int(weights[Int(itemUnits[item])])
      switch (retrieved[item], relevant[item]) {
      case (true, true): counts.truePositives += weight
      case (true, false): counts.falsePositives += weight
      case (false, true): counts.falseNegatives += weight
      case (false, false): counts.trueNegatives += weight
      }
    }
    let size = emitDecisions(head, counts, isKnown: true, to: &sink)
    scratch.sorted.gather(ranked, weights)
    let areas = ranked.areas(scratch.sorted)
    sink.put(head, .rocAUC, areas.roc, size)
    sink.put(head, .prAUC, areas.averagePrecision, size)
  }
}
