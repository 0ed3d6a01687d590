internal import JagaCore

/// What a run counted about its results. Adding up counts of parts gives the counts of the whole, in any order.
public struct ScoreCounts: Sendable, Equatable {
  /// Messages scored.
  public var messages = 0
  /// Messages by band, in the order of ``Band/allCases``.
  public var bands = [Int](repeating: 0, count: Band.allCases.count)
  /// Messages that count as a move, by their most likely label, in the order of ``Label/moves``.
  public var labels = [Int](repeating: 0, count: Label.moveCount)
  /// Messages by language guess, in the order of ``Language/allCases``.
  public var languages = [Int](repeating: 0, count: Language.allCases.count)
  /// Messages that count as a disclosure.
  public var disclosures = 0
  /// Records written.
  public var written = 0
  /// Records left out because their band is below the least one asked for.
  public var belowBand = 0

  /// Nothing yet.
  public init() {}

  /// Messages that count as a move.
  public var moves: Int { labels.reduce(0, +) }

  mutating func add(_ score: MessageScore) {
    messages += 1
    bands[Int(score.band.rawValue)] += 1
    languages[Int(score.language.rawValue)] += 1
    if score.score >= ScoreRecord.decisionPoint, score.top.isMove { labels[Int(score.top.rawValue)] += 1 }
    if score.disclosure >= ScoreRecord.decisionPoint { disclosures += 1 }
  }

  mutating func add(_ other: ScoreCounts) {
    messages += other.messages
    disclosures += other.disclosures
    written += other.written
    belowBand += other.belowBand
    for index in bands.indices { bands[index] += other.bands[index] }
    for index in labels.indices { labels[index] += other.labels[index] }
    for index in languages.indices { languages[index] += other.languages[index] }
  }

  mutating func reset() {
    messages = 0
    disclosures = 0
    written = 0
    belowBand = 0
    for index in bands.indices { bands[index] = 0 }
    for index in labels.indices { labels[index] = 0 }
    for index in languages.indices { languages[index] = 0 }
  }
}
