public import JagaCore

/// Which thresholds and bands give what precision, recall and review load, and which of them the reviewers can carry.
///
///     let study = ThresholdStudy(gold: gold, predictions: predictions, options: options)
///     study.recommended?.threshold
///
/// Thresholds are on the score without any base-rate shift, as `jaga score` writes it without `--base-rate`. Cost: a sort, and a pass a
/// resample.
public struct ThresholdStudy: Sendable {
  /// What one review reads.
  public enum Unit: String, CaseIterable, Sendable {
    case message, conversation
  }

  /// How to study.
  public struct Options: Sendable {
    /// Where the system is to run.
    public var load: ReviewLoad
    /// Reviews a day.
    public var capacity: Double
    /// What one review reads.
    public var unit = Unit.message
    /// The thresholds to list.
    public var thresholds: [Double] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
    /// Resamples, seed, threads and the threshold of disclosures.
    public var evaluation = EvaluationOptions()

    /// Options of a place and its reviewers; the rest by default.
    public init(load: ReviewLoad, capacity: Double) {
      self.load = load
      self.capacity = capacity
    }
  }

  /// A threshold or a band, and what follows.
  public struct Row: Sendable {
    /// The threshold; nil for a band.
    public var threshold: Double?
    /// The band from which messages are reviewed; nil for a threshold.
    public var band: Band?
    /// Share of moves that are reviewed.
    public var recall: Estimate
    /// Share of other messages that are reviewed.
    public var falsePositiveRate: Estimate
    /// Share of moves among what is reviewed, at the base rate.
    public var precision: Estimate
    /// Messages to review a day.
    public var messages: Estimate
    /// Conversations to review a day.
    public var conversations: Estimate

    /// The load in what one review reads.
    public func load(_ unit: Unit) -> Estimate { unit == .message ? messages : conversations }
  }

  /// Moves of one stage that the recommended threshold lets pass.
  public struct Missed: Hashable, Sendable {
    /// The stage.
    public var label: Label
    /// Gold messages of it.
    public var gold: Int
    /// How many of them are below the threshold.
    public var missed: Int
  }

  /// What the system is called.
  public let system: String
  /// The options.
  public let options: Options
  /// Labelled messages, gold moves among them, conversations.
  public let counts: (messages: Int, moves: Int, conversations: Int)
  /// Thresholds, lowest first, the recommended one among them.
  public let thresholds: [Row]
  /// Bands, lowest first; none for a system without.
  public let bands: [Row]
  /// The row of the lowest threshold whose load is within capacity; nil when not even the highest score is.
  public let recommended: Row?
  /// The lowest band whose load is within capacity; nil when none is.
  public let recommendedBand: Row?
  /// What the recommended threshold misses, by stage, most missed first.
  public let missed: [Missed]
  /// Gold disclosures, and those found by their own head, which no threshold on the score touches; none where the system does not tell of them.
  public let disclosures: (gold: Int, found: Int)

  /// Studies labelled messages and turns.
  public init(gold: GoldTable, predictions: PredictionTable, options: Options) {
    system = predictions.name
    self.options = options
    let rows = gold.rows.indices.filter { gold.rows[$0].labels != 0 }
    let best = ThresholdStudy.lowest(rows, gold, predictions, options)
    let listed = Set(options.thresholds + (best.map { [$0] } ?? [])).sorted()
    let plan = ThresholdPlan(rows, gold: gold, predictions: predictions, thresholds: listed, load: options.load)
    let bootstrap = Bootstrap(population: .messages, options: options.evaluation)
    let figures = bootstrap.figures(plan)
    let samples = bootstrap.run([plan], width: figures.count)
    let measures = 5
    let found = (0..<figures.count / measures).map { place in
      func estimate(_ offset: Int) -> Estimate {
        let number = place * measures + offset
        return Estimate(value: figures[number].value, samples: samples.column(number, plan: 0))
      }
      return Row(
        threshold: place < listed.count ? listed[place] : nil,
        band: place < listed.count ? nil : plan.bands[place - listed.count], recall: estimate(0),
        falsePositiveRate: estimate(1), precision: estimate(2), messages: estimate(3), conversations: estimate(4))
    }
    thresholds = Array(found.prefix(listed.count))
    bands = Array(found.dropFirst(listed.count))
    recommended = thresholds.first { $0.threshold == best && best != nil }
    recommendedBand = bands.first { $0.load(options.unit).value <= options.capacity }
    counts = (rows.count, rows.count { gold.rows[$0].isMove }, plan.units)
    missed = best.map { ThresholdStudy.missed(rows, gold, predictions, below: $0) } ?? []
    disclosures = (
      predictions.tellsDisclosures ? rows.count { gold.rows[$0].isDisclosure } : 0,
      rows.count {
        gold.rows[$0].isDisclosure && predictions.disclosures[$0] >= options.evaluation.disclosureThreshold
      }
    )
  }

  /// The lowest score that is within capacity when it is the threshold. The load only grows on the way down, so the first that is over ends
  /// the search.
  private static func lowest(
    _ rows: [Int], _ gold: GoldTable, _ predictions: PredictionTable, _ options: Options
  ) -> Double? {
    var chats = ReviewLoad.Conversations()
    let risky = Set(rows.lazy.filter { gold.rows[$0].isMove }.map { gold.rows[$0].conversation })
    var counts = DecisionCounts()
    for row in rows {
      if gold.rows[row].isMove { counts.falseNegatives += 1 } else { counts.trueNegatives += 1 }
      let isRisky = risky.contains(gold.rows[row].conversation)
      if isRisky { chats.riskyMessages += 1 } else { chats.harmlessMessages += 1 }
    }
    chats.counts.falseNegatives = risky.count
    chats.counts.trueNegatives = Set(rows.lazy.map { gold.rows[$0].conversation }).count - risky.count

    var best: Double?
    var reviewed: Set<Int> = []
    let order = rows.sorted { predictions.scores[$0] > predictions.scores[$1] }
    for (place, row) in order.enumerated() {
      counts.decide(isRelevant: gold.rows[row].isMove)
      let conversation = gold.rows[row].conversation
      if reviewed.insert(conversation).inserted { chats.counts.decide(isRelevant: risky.contains(conversation)) }
      let score = predictions.scores[row]
      if place + 1 < order.count, predictions.scores[order[place + 1]] == score { continue }
      let load =
        options.unit == .message
        ? options.load.messages(counts) : options.load.conversations(chats, messages: counts)
      guard load <= options.capacity else { break }
      best = score
    }
    return best
  }

  private static func missed(
    _ rows: [Int], _ gold: GoldTable, _ predictions: PredictionTable, below threshold: Double
  ) -> [Missed] {
    let all = Label.moves.map { label in
      let some = rows.filter { gold.rows[$0].labels & (1 << UInt32(label.rawValue)) != 0 }
      return Missed(label: label, gold: some.count, missed: some.count { predictions.scores[$0] < threshold })
    }
    return all.filter { $0.gold > 0 }.sorted { left, right in
      let (a, b) = (left.missed * right.gold, right.missed * left.gold)
      return a != b ? a > b : left.label.rawValue < right.label.rawValue
    }
  }
}

extension DecisionCounts {
  /// Retrieves an item that was not before.
  fileprivate mutating func decide(isRelevant: Bool) {
    if isRelevant {
      truePositives += 1
      falseNegatives -= 1
    } else {
      falsePositives += 1
      trueNegatives -= 1
    }
  }
}
