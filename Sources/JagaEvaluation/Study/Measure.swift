/// What can be measured; the raw values are the names in reports.
public enum Measure: String, CaseIterable, Sendable {
  case precision, recall, f1
  case fHalf = "f0.5"
  case f3
  case falsePositiveRate = "false_positive_rate"
  case precisionAtBaseRate = "precision_at_base_rate"
  case rocAUC = "roc_auc"
  /// Moves against harmless messages alone, disclosures left out.
  case rocAUCHarmless = "roc_auc_harmless"
  case prAUC = "pr_auc"
  case ece
  case eceDebiased = "ece_debiased"
  case brier
  /// Share of gold moves whose most likely stage is one of their gold labels, whatever the score.
  case topLabel = "top_label"
  /// Share of disclosures, those that are moves too left out, that are taken for a move.
  case takenForMove = "taken_for_move"
  /// Share of alarmed risky transcripts whose track is right.
  case rightTrack = "right_track"
  /// Messages between the first risk and the alarm: median and quartiles.
  case lagMedian = "lag_median"
  case lagLower = "lag_lower_quartile"
  case lagUpper = "lag_upper_quartile"
  /// Share of alarms on risky transcripts that come more than two messages before the first risk.
  case premature
  case speed
  case latencyF1 = "latency_f1"
  case erde5 = "erde_5"
  case erde50 = "erde_50"
  /// Messages that would be reviewed a day.
  case messagesADay = "messages_a_day"
  /// Conversations that would be reviewed a day.
  case conversationsADay = "conversations_a_day"

  /// Which of two values is the better one.
  public enum Direction: Sendable {
    case higher, lower
    /// Neither: a lag below 0 is an alarm too early.
    case neither
  }

  /// Which of two values is the better one.
  public var direction: Direction {
    switch self {
    case .falsePositiveRate, .ece, .eceDebiased, .brier, .takenForMove, .premature, .erde5, .erde50, .messagesADay,
      .conversationsADay:
      .lower
    case .lagMedian, .lagLower, .lagUpper: .neither
    default: .higher
    }
  }
}

/// What is counted as one item.
public enum Population: String, CaseIterable, Sendable {
  /// Labelled messages of canonical JSONL.
  case messages
  /// Labelled turns of gold transcripts.
  case turns
  /// Transcripts with a label, and PAN12 conversations with the truth of problem 1.
  case transcripts
  /// PAN12 problem 1: authors.
  case authors = "pan12_authors"
  /// PAN12 problem 2: lines.
  case lines = "pan12_lines"
}

/// How items are told apart.
public enum Dimension: String, CaseIterable, Sendable {
  /// Not at all.
  case all
  case language = "lang"
  case voice
  case length
  /// By gold label; for messages, each label is a question of its own over all of them.
  case label
}

/// What a figure says, and about what.
public struct FigureKey: Hashable, Sendable {
  /// What is counted as one item.
  public var population: Population
  /// How items are told apart.
  public var dimension: Dimension
  /// The group in that dimension; `all` for ``Dimension/all``.
  public var group: String
  /// Whose question: `move`, `disclosure`, `label`, `track`, `labels_macro`, `labels_micro`, `tracks_macro`, `tracks_micro`, `alarm`,
  /// `support`, `author`, `line`.
  public var head: String
  /// The measure.
  public var measure: Measure

  /// Creates a key.
  public init(population: Population, dimension: Dimension, group: String, head: String, measure: Measure) {
    self.population = population
    self.dimension = dimension
    self.group = group
    self.head = head
    self.measure = measure
  }
}
