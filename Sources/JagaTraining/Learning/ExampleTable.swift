package import JagaCore

/// Labelled messages as sparse rows: what the learner sees, without text.
///
/// Features below `tokenFeatureCount` are evidence of tokens and are multiplied by the row's length scale;
/// those from there on are single lexicon entries and rules, in full.
package struct ExampleTable: Sendable {
  /// One message.
  package struct Row: Sendable {
    /// Where its features lie in ``ExampleTable/features``.
    package var begin: Int
    package var end: Int
    /// The length scale, in 0…1.
    package var scale: Double
    /// Gold labels as a bit set over ``Label/rawValue``.
    package var labels: UInt32
    /// The main gold label.
    package var main: Label
    /// What the row counts for; 1 for a message, less for a pair from a count table.
    package var weight: Double
    /// Index of its voice; -1 for rows from count tables.
    package var voice: Int

    /// True when any gold label is a move.
    package var isMove: Bool { labels & ((1 << UInt32(Label.moveCount)) - 1) != 0 }
    /// True when it is labelled as a disclosure.
    package var isDisclosure: Bool { labels & (1 << UInt32(Label.disclosure.rawValue)) != 0 }

    /// The target of a head.
    func isPositive(_ head: Int) -> Bool {
      switch head {
      case Head.move: isMove
      case Head.disclosure: isDisclosure
      default: labels & (1 << UInt32(head)) != 0
      }
    }

    /// True when the row teaches a head: P(label | move) learns from moves alone.
    func teaches(_ head: Int) -> Bool { head >= Label.moveCount || isMove }
  }

  package private(set) var rows: [Row] = []
  package private(set) var features: [UInt32] = []
  /// Declared votes of a row's entries and rules, ``Head/count`` logits a row.
  package private(set) var votes: [Double] = []

  package init() {}

  package var count: Int { rows.count }

  /// Adds a row; `votes` has ``Head/count`` logits.
  package mutating func append(
    features ids: [UInt32], votes rowVotes: [Double], scale: Double, labels: UInt32, main: Label, weight: Double,
    voice: Int
  ) {
    let begin = features.count
    features.append(contentsOf: ids)
    votes.append(contentsOf: rowVotes)
    rows.append(
      Row(
        begin: begin, end: features.count, scale: scale, labels: labels, main: main, weight: weight, voice: voice))
  }
}
