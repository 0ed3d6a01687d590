internal import JagaCore

/// What is drawn beside the figures: curves, score histograms, lags and timelines. The same gold, predictions and options give the same data.
///
///     let plots = try PlotData(gold: gold, predictions: [table], options: options)
///
/// Cost: sorts the messages twice for each system, half a second for a million; for texts, reads the gold once more.
public struct PlotData: Sendable {
  /// A curve of one head under one system.
  public struct Curve: Hashable, Sendable {
    /// What is counted as one item.
    public var population: Population
    /// `move`, `disclosure`, `author` or `line`.
    public var head: String
    /// The place of the system.
    public var system: Int
    /// Thinned to a few hundred points.
    public var curve: RankCurve
    /// The area before thinning.
    public var area: Double
  }

  /// Scores of one system.
  public struct Scores: Hashable, Sendable {
    /// What is counted as one item.
    public var population: Population
    /// The place of the system.
    public var system: Int
    /// The counts.
    public var histogram: ScoreHistogram
  }

  /// Alarms of one system on risky conversations.
  public struct Lags: Hashable, Sendable {
    /// The place of the system.
    public var system: Int
    /// Messages from the first risk to the alarm, in order, one a conversation; below 0 it came early.
    public var lags: [Int]
    /// Risky conversations without an alarm.
    public var missed: Int
    /// Alarmed risky conversations whose first risk nobody annotated.
    public var unannotated: Int
  }

  /// What to draw.
  public struct Options: Hashable, Sendable {
    /// At most so many timelines.
    public var timelines = 12
    /// Whether timelines carry the messages' texts. The gold must have them.
    public var withText = false
    /// At most so many points a curve.
    public var points = 300

    /// The defaults.
    public init() {}
  }

  /// By population, head, kind, system.
  public private(set) var curves: [Curve] = []
  /// By population and system.
  public private(set) var scores: [Scores] = []
  /// By system; empty without transcripts.
  public private(set) var lags: [Lags] = []
  /// Chosen conversations.
  public private(set) var timelines: [Timeline] = []
  /// Whether texts were asked for.
  public let withText: Bool

  /// Gathers what is to be drawn. The tables stand beside the rows of `gold`. Throws when texts are asked for and cannot be read.
  public init(
    gold: GoldTable, predictions: [PredictionTable], options: EvaluationOptions, drawing: Options = Options()
  ) throws {
    withText = drawing.withText
    for (population, kind) in [(Population.messages, GoldTable.Kind.message), (.turns, .turn)] {
      let rows = gold.rows.indices.filter { gold.rows[$0].kind == kind && gold.rows[$0].labels != 0 }
      guard !rows.isEmpty else { continue }
      let moves = predictions.map { table in
        RankedItems(scores: rows.map { table.scores[$0] }, positive: rows.map { gold.rows[$0].isMove })
      }
      add(population, "move", moves, drawing)
      if predictions.contains(where: \.tellsDisclosures) {
        let told = predictions.map { table in
          RankedItems(scores: rows.map { table.disclosures[$0] }, positive: rows.map { gold.rows[$0].isDisclosure })
        }
        add(population, "disclosure", told, drawing, isKnown: predictions.map(\.tellsDisclosures))
      }
      for (system, table) in predictions.enumerated() {
        var histogram = ScoreHistogram()
        for row in rows {
          let item = gold.rows[row]
          histogram.add(table.scores[row], item.isMove ? .move : item.isDisclosure ? .disclosure : .harmless)
        }
        scores.append(Scores(population: population, system: system, histogram: histogram))
      }
    }
    if gold.truth.authors {
      add(.authors, "author", predictions.map { SetPlan.authors(gold, $0, options).ranked }, drawing)
    }
    if gold.truth.lines { add(.lines, "line", predictions.map { SetPlan.lines(gold, $0, options).ranked }, drawing) }
    addLags(gold, predictions, options)
    let chosen = Timeline.choose(drawing.timelines, gold: gold, predictions: predictions, options: options)
    timelines = chosen.map(\.timeline)
    guard drawing.withText else { return }
    let texts = try gold.texts(of: Set(chosen.flatMap(\.rows)))
    for (place, rows) in chosen.map(\.rows).enumerated() {
      for (step, row) in rows.enumerated() { timelines[place].steps[step].text = texts[row] }
    }
  }

  private mutating func add(
    _ population: Population, _ head: String, _ systems: [RankedItems], _ drawing: Options, isKnown: [Bool]? = nil
  ) {
    for kind in RankCurve.Kind.allCases {
      for (system, items) in systems.enumerated() where isKnown?[system] ?? true {
        let curve: RankCurve = kind == .roc ? .roc(items) : .precisionRecall(items)
        guard !curve.points.isEmpty else { continue }
        curves.append(
          Curve(
            population: population, head: head, system: system, curve: curve.thinned(to: drawing.points),
            area: curve.area))
      }
    }
  }

  private mutating func addLags(_ gold: GoldTable, _ predictions: [PredictionTable], _ options: EvaluationOptions) {
    let chats = gold.conversations.filter { $0.isRisky != nil }
    guard !chats.isEmpty else { return }
    for (system, table) in predictions.enumerated() {
      let outcomes = chats.map { TranscriptPlan.outcome($0, gold, table, options) }.filter(\.isRisky)
      lags.append(
        Lags(
          system: system, lags: outcomes.compactMap(\.lag).sorted(), missed: outcomes.count { $0.alarm == nil },
          unannotated: outcomes.count { $0.alarm != nil && $0.lag == nil }))
    }
  }
}
