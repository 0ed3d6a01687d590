internal import JagaCore

/// Messages about which two systems decide otherwise.
public struct VerdictChanges: Sendable {
  /// What two systems said about one message; the first system's stands first.
  public struct Change: Hashable, Sendable {
    /// The message's place in the gold.
    public var row: Int
    /// Its conversation's id.
    public var conversationID: String
    /// Its own id.
    public var messageID: String
    /// Its gold labels, by name.
    public var labels: [String]
    /// Whether it counts as a move.
    public var move: Pair<Bool>
    /// Whether it counts as a disclosure; nil for a system that tells none.
    public var disclosure: Pair<Bool?>
    /// Its bands' names; nil for a system without bands.
    public var band: Pair<String?>
    /// Its scores.
    public var score: Pair<Double>
  }

  /// The same of two systems.
  public struct Pair<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The first system's.
    public var a: Value
    /// The second system's.
    public var b: Value
    /// True when they are not the same.
    public var differs: Bool { a != b }
  }

  /// How many messages of one gold label changed, and which way, from the first system to the second.
  public struct Tally: Hashable, Sendable {
    /// The main gold label, or `unlabelled`.
    public var label: String
    /// All messages of that label.
    public var items = 0
    /// Messages that became a move, and that are none any more.
    public var move = Ways()
    /// The same for disclosures.
    public var disclosure = Ways()
    /// Messages whose band rose and fell.
    public var band = Ways()
  }

  /// Two directions.
  public struct Ways: Hashable, Sendable {
    /// Up, or said now.
    public var gained = 0
    /// Down, or not said any more.
    public var lost = 0
  }

  /// All changed messages, in the order of the gold.
  public private(set) var changes: [Change] = []
  /// By gold label, in the order of labels; labels without messages are left out.
  public private(set) var tallies: [Tally] = []

  /// Compares two systems at the thresholds of `options`. Unlabelled messages count too. Cost: one pass.
  init(gold: GoldTable, _ a: PredictionTable, _ b: PredictionTable, options: EvaluationOptions) {
    var table = Label.allCases.map { Tally(label: $0.name) } + [Tally(label: "unlabelled")]
    let tellDisclosures = a.tellsDisclosures && b.tellsDisclosures
    let haveBands = a.hasBands && b.hasBands
    for (number, row) in gold.rows.enumerated() {
      let place = row.main.map { Int($0.rawValue) } ?? Label.allCases.count
      table[place].items += 1
      let move = Pair(a: a.scores[number] >= options.threshold, b: b.scores[number] >= options.threshold)
      func discloses(_ table: PredictionTable) -> Bool? {
        table.tellsDisclosures ? table.disclosures[number] >= options.disclosureThreshold : nil
      }
      let disclosure = Pair(a: discloses(a), b: discloses(b))
      let bands = Pair(a: a.bands[number], b: b.bands[number])
      guard move.differs || tellDisclosures && disclosure.differs || haveBands && bands.differs else { continue }
      table[place].move.count(move.a ? 1 : 0, move.b ? 1 : 0)
      if tellDisclosures { table[place].disclosure.count(disclosure.a == true ? 1 : 0, disclosure.b == true ? 1 : 0) }
      if haveBands {
        table[place].band.count(bands.a.map { Int($0.rawValue) } ?? -1, bands.b.map { Int($0.rawValue) } ?? -1)
      }
      changes.append(
        Change(
          row: number, conversationID: gold.conversations[row.conversation].id, messageID: row.messageID,
          labels: Label.allCases.filter { row.labels & (1 << UInt32($0.rawValue)) != 0 }.map(\.name), move: move,
          disclosure: disclosure, band: Pair(a: bands.a?.name, b: bands.b?.name),
          score: Pair(a: a.scores[number], b: b.scores[number])))
    }
    tallies = table.filter { $0.items > 0 }
  }
}

extension VerdictChanges.Ways {
  fileprivate mutating func count(_ a: Int, _ b: Int) {
    if b > a { gained += 1 } else if b < a { lost += 1 }
  }
}
