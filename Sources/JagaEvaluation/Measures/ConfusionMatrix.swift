/// How often each gold class was taken for each class.
///
/// Rows are gold, columns are decisions; both in the order of ``names``. Counts, not shares.
public struct ConfusionMatrix: Hashable, Sendable {
  /// The classes, in the order of rows and columns.
  public let names: [String]
  /// Row by row, `names.count` squared.
  public private(set) var cells: [Int]

  /// A matrix of zeros.
  public init(names: [String]) {
    self.names = names
    cells = [Int](repeating: 0, count: names.count * names.count)
  }

  /// Counts one item.
  public mutating func add(gold: Int, decided: Int) { cells[gold * names.count + decided] += 1 }

  /// How many items of a gold class were taken for another (or the same) one.
  public func count(gold: Int, decided: Int) -> Int { cells[gold * names.count + decided] }

  /// The number of items.
  public var total: Int { cells.reduce(0, +) }

  /// Decisions about one class against all others.
  public func counts(of item: Int) -> DecisionCounts {
    var counts = DecisionCounts(truePositives: count(gold: item, decided: item))
    for other in names.indices where other != item {
      counts.falseNegatives += count(gold: item, decided: other)
      counts.falsePositives += count(gold: other, decided: item)
    }
    counts.trueNegatives = total - counts.truePositives - counts.falseNegatives - counts.falsePositives
    return counts
  }
}
