internal import JagaCore

/// What is counted about messages, and how counts become decisions.
///
/// A message falls into one of 32 cells by five bits; beside that, each of its labels, gold or decided, is right, false or
/// missed, and so is its track.
struct MessageCells {
  enum Bit {
    static let move = 1
    static let disclosure = 2
    static let saidMove = 4
    static let saidDisclosure = 8
    static let topIsRight = 16
  }

  /// Outcomes of a label or a track.
  enum Outcome: Int { case right, wrong, missed }

  private static let labelStart = 32
  private static let trackStart = labelStart + Label.moveCount * 3
  /// Cells of one group.
  static let count = trackStart + Track.allCases.count * 3

  static func cell(_ label: Label, _ outcome: Outcome) -> Int {
    labelStart + Int(label.rawValue) * 3 + outcome.rawValue
  }
  static func cell(_ track: Track, _ outcome: Outcome) -> Int {
    trackStart + Int(track.rawValue) * 3 + outcome.rawValue
  }

  /// The counts of one group.
  let counts: UnsafePointer<Int>

  private func sum(_ holds: (Int) -> Bool) -> Int {
    var sum = 0
    for bits in 0..<MessageCells.labelStart where holds(bits) { sum += counts[bits] }
    return sum
  }

  var items: Int { sum { _ in true } }

  /// Gold moves against everything else.
  var moves: DecisionCounts { decisions(gold: Bit.move, said: Bit.saidMove) }

  /// Gold disclosures against everything else.
  var disclosures: DecisionCounts { decisions(gold: Bit.disclosure, said: Bit.saidDisclosure) }

  private func decisions(gold: Int, said: Int) -> DecisionCounts {
    var made = DecisionCounts()
    for bits in 0..<MessageCells.labelStart {
      switch (bits & said != 0, bits & gold != 0) {
      case (true, true): made.truePositives += counts[bits]
      case (true, false): made.falsePositives += counts[bits]
      case (false, true): made.falseNegatives += counts[bits]
      case (false, false): made.trueNegatives += counts[bits]
      }
    }
    return made
  }

  /// Gold moves whose most likely stage is among their labels.
  var rightTops: Int { sum { $0 & Bit.move != 0 && $0 & Bit.topIsRight != 0 } }

  /// Disclosures that are no moves, and those of them that were taken for one.
  var pureDisclosures: (all: Int, taken: Int) {
    (
      sum { $0 & Bit.disclosure != 0 && $0 & Bit.move == 0 },
      sum { $0 & Bit.disclosure != 0 && $0 & Bit.move == 0 && $0 & Bit.saidMove != 0 }
    )
  }

  /// Messages that are neither a move nor a disclosure.
  var harmless: Int { counts[0] + sum { $0 & (Bit.move | Bit.disclosure) == 0 && $0 != 0 } }

  func decisions(_ label: Label, items: Int) -> DecisionCounts { decisions(MessageCells.cell(label, .right), items) }
  func decisions(_ track: Track, items: Int) -> DecisionCounts { decisions(MessageCells.cell(track, .right), items) }

  private func decisions(_ first: Int, _ items: Int) -> DecisionCounts {
    DecisionCounts(
      truePositives: counts[first], falsePositives: counts[first + 1], falseNegatives: counts[first + 2],
      trueNegatives: items - counts[first] - counts[first + 1] - counts[first + 2])
  }
}
