internal import JagaCore

/// The figure of one key, for one system or two.
public struct Figure: Hashable, Sendable {
  /// What it says, and about what.
  public var key: FigureKey
  /// How many items it rests on.
  public var size: FigureSize
  /// One estimate a system, in the order of the systems.
  public var estimates: [Estimate]
  /// With two systems: how they compare.
  public var comparison: PairedDifference?
}

/// Everything that was measured.
///
///     let evaluation = Evaluation(gold: gold, predictions: [predictions], options: EvaluationOptions())
///     evaluation.figure(.messages, .all, "all", "move", .f1)?.estimates[0].value
///
/// Depends on gold, predictions, options and seed alone: not on the number of threads. Cost: sorting the messages twice, then for each
/// resample one pass over them for each of two heads and each dimension; 1 million messages and 1,000 resamples take some half a minute
/// on two cores.
public struct Evaluation: Sendable {
  /// The tables of one system that are no single figures.
  public struct Tables: Hashable, Sendable {
    /// What they are about.
    public var population: Population
    /// Gold main label against the stage decided, each `none` where there is no move.
    public var confusion: ConfusionMatrix
    /// Calibration of the score.
    public var moves: Calibration
    /// Calibration of the disclosure's probability; nil when the system has none.
    public var disclosures: Calibration?
  }

  /// What the systems are called.
  public let systems: [String]
  /// The options.
  public let options: EvaluationOptions
  /// All figures, by population, dimension, group, head.
  public private(set) var figures: [Figure] = []
  /// For each system, tables of messages and of turns.
  public private(set) var tables: [[Tables]] = []

  /// Measures one system or, side by side, two: each table stands beside the rows of `gold`.
  public init(gold: GoldTable, predictions: [PredictionTable], options: EvaluationOptions) {
    systems = predictions.map(\.name)
    self.options = options
    tables = predictions.map { _ in [] }
    for (population, kind) in [(Population.messages, GoldTable.Kind.message), (.turns, .turn)] {
      let rows = gold.rows.indices.filter { gold.rows[$0].kind == kind && gold.rows[$0].labels != 0 }
      guard !rows.isEmpty else { continue }
      measure(population, predictions.map { MessagePlan(rows, gold: gold, predictions: $0, options: options) })
      for (system, table) in predictions.enumerated() {
        tables[system].append(Evaluation.tables(population, rows, gold, table, options))
      }
    }
    let chats = gold.conversations.indices.filter { gold.conversations[$0].isRisky != nil }
    if !chats.isEmpty {
      measure(
        .transcripts, predictions.map { TranscriptPlan(chats, gold: gold, predictions: $0, options: options) })
    }
    if gold.truth.authors { measure(.authors, predictions.map { SetPlan.authors(gold, $0, options) }) }
    if gold.truth.lines { measure(.lines, predictions.map { SetPlan.lines(gold, $0, options) }) }
  }

  /// Figures that were measured before, without tables.
  init(systems: [String], options: EvaluationOptions, figures: [Figure]) {
    self.systems = systems
    self.options = options
    self.figures = figures
    tables = systems.map { _ in [] }
  }

  private mutating func measure<Plan: MeasurePlan>(_ population: Population, _ plans: [Plan]) {
    let bootstrap = Bootstrap(population: population, options: options)
    let lists = plans.map { bootstrap.figures($0) }
    guard let first = lists.first else { return }
    let samples = bootstrap.run(plans, width: first.count)
    for (number, figure) in first.enumerated() {
      let columns = plans.indices.map { samples.column(number, plan: $0) }
      let values = lists.map { $0[number].value }
      figures.append(
        Figure(
          key: figure.key, size: figure.size,
          estimates: zip(values, columns).map { Estimate(value: $0, samples: $1) },
          comparison: plans.count == 2
            ? PairedDifference(
              figure.key.measure, values: (values[0], values[1]), samples: (columns[0], columns[1])) : nil))
    }
    let points = plans.map { $0.pointFigures(population) }
    for number in points.map(\.count).min().map({ 0..<$0 }) ?? 0..<0 {
      let values = points.map { $0[number].value }
      figures.append(
        Figure(
          key: points[0][number].key, size: points[0][number].size, estimates: values.map { Estimate(value: $0) },
          comparison: plans.count == 2
            ? PairedDifference(difference: Estimate(value: values[0] - values[1]), shareBetter: .nan) : nil))
    }
  }

  /// One figure; nil when there is none of that key.
  public func figure(
    _ population: Population, _ dimension: Dimension, _ group: String, _ head: String, _ measure: Measure
  ) -> Figure? {
    let key = FigureKey(population: population, dimension: dimension, group: group, head: head, measure: measure)
    return figures.first { $0.key == key }
  }

  private static func tables(
    _ population: Population, _ rows: [Int], _ gold: GoldTable, _ predictions: PredictionTable,
    _ options: EvaluationOptions
  ) -> Tables {
    var confusion = ConfusionMatrix(names: Label.moves.map(\.name) + ["none"])
    func place(_ label: Label?) -> Int { label.flatMap { $0.isMove ? Int($0.rawValue) : nil } ?? Label.moveCount }
    for row in rows {
      let decided = predictions.scores[row] >= options.threshold ? predictions.tops[row] : nil
      confusion.add(gold: place(gold.rows[row].main), decided: place(decided))
    }
    return Tables(
      population: population, confusion: confusion,
      moves: Calibration(
        probabilities: rows.map { predictions.scores[$0] }, positive: rows.map { gold.rows[$0].isMove }),
      disclosures: predictions.tellsDisclosures
        ? Calibration(
          probabilities: rows.map { predictions.disclosures[$0] }, positive: rows.map { gold.rows[$0].isDisclosure })
        : nil)
  }
}
