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
    /// Where its declared votes lie in ``ExampleTable/votes``.
    package var votes: Int
    /// The length scale, in 0…1.
    package var scale: Double
    /// What the row counts for; 1 for a message, less for a pair from a count table.
    package var weight: Double
    /// Gold labels as a bit set over ``Label/rawValue``.
    package var labels: UInt32
    /// The main gold label.
    package var main: Label

    /// True when any gold label is a move.
    package var isMove: Bool { labels & ((1 << UInt32(Label.moveCount)) - 1) != 0 }
    /// True when it is labelled as a disclosure.
    package var isDisclosure: Bool { labels & (1 << UInt32(Label.disclosure.rawValue)) != 0 }

    /// The target of a head.
    func isPositive(_ head: Int) -> Bool { targets & (1 << UInt32(head)) != 0 }

    /// The heads that the row is positive for, as a bit set.
    var targets: UInt32 {
      labels & ((1 << UInt32(Label.moveCount)) - 1) | (isMove ? 1 << UInt32(Head.move) : 0)
        | (isDisclosure ? 1 << UInt32(Head.disclosure) : 0)
    }

    /// True when the row teaches a head: P(label | move) learns from moves alone.
    func teaches(_ head: Int) -> Bool { head >= Label.moveCount || isMove }
  }

  package private(set) var rows: [Row] = []
  package private(set) var features: [UInt32] = []
  /// Declared votes of rows' entries and rules, ``Head/count`` logits; the first so many are zero, for rows without votes.
  package private(set) var votes = [Double](repeating: 0, count: Head.count)

  package init() {}

  package var count: Int { rows.count }

  /// The declared votes of a row, ``Head/count`` logits.
  package func votes(of row: Int) -> ArraySlice<Double> { votes[rows[row].votes..<rows[row].votes + Head.count] }

  /// Adds a row; `votes` has ``Head/count`` logits, or is empty for a row without any.
  package mutating func append(
    features ids: some Sequence<UInt32>, votes rowVotes: [Double], scale: Double, labels: UInt32, main: Label,
    weight: Double
  ) {
    append(votes: rowVotes, scale: scale, labels: labels, main: main, weight: weight) { $0.append(contentsOf: ids) }
  }

  /// Adds a row whose features are written in place, in rising order.
  mutating func append(
    votes rowVotes: [Double], scale: Double, labels: UInt32, main: Label, weight: Double,
    _ write: (inout [UInt32]) -> Void
  ) {
    let begin = features.count
    write(&features)
    var place = 0
    if rowVotes.contains(where: { $0 != 0 }) {
      place = votes.count
      votes.append(contentsOf: rowVotes)
    }
    rows.append(
      Row(
        begin: begin, end: features.count, votes: place, scale: scale, weight: weight, labels: labels, main: main))
  }

  /// Makes room for so many rows with so many features in all.
  mutating func reserve(rows rowCount: Int, features featureCount: Int) {
    rows.reserveCapacity(rowCount)
    features.reserveCapacity(featureCount)
  }

  /// Adds the rows of other tables in their order.
  mutating func append(_ parts: [ExampleTable]) {
    var starts: [(rows: Int, features: Int, votes: Int)] = []
    var end = (rows: rows.count, features: features.count, votes: votes.count)
    for part in parts {
      starts.append(end)
      end.rows += part.rows.count
      end.features += part.features.count
      end.votes += part.votes.count - Head.count
    }
    rows.reserveCapacity(end.rows)
    features.reserveCapacity(end.features)
    votes.reserveCapacity(end.votes)
    for (part, start) in zip(parts, starts) {
      for row in part.rows {
        var moved = row
        moved.begin += start.features
        moved.end += start.features
        if moved.votes > 0 { moved.votes += start.votes - Head.count }
        rows.append(moved)
      }
      features.append(contentsOf: part.features)
      votes.append(contentsOf: part.votes[Head.count...])
    }
  }
}
