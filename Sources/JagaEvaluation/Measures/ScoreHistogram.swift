/// How many items of each kind have which score: bins of 0.05, the last one with its upper end.
public struct ScoreHistogram: Hashable, Sendable {
  /// What an item is in gold.
  public enum Kind: Int, CaseIterable, Sendable {
    /// A move, whatever else it is.
    case move
    /// A disclosure and no move.
    case disclosure
    /// Neither.
    case harmless

    /// The name used in reports.
    public var name: String {
      switch self {
      case .move: "move"
      case .disclosure: "disclosure"
      case .harmless: "harmless"
      }
    }
  }

  /// The number of bins.
  public static let binCount = 20

  /// Counts, shape kinds × ``binCount``.
  public private(set) var counts = Kind.allCases.map { _ in [Int](repeating: 0, count: binCount) }

  /// An empty histogram.
  public init() {}

  /// Counts an item. `score` is a probability, 0…1.
  public mutating func add(_ score: Double, _ kind: Kind) {
    // Bounds are the numbers as they are printed: 0.15 lies in the bin from 0.15 on, although 0.15 · 20 is a little less than 3.
    var bin = min(max(Int(score * Double(ScoreHistogram.binCount)), 0), ScoreHistogram.binCount - 1)
    if bin + 1 < ScoreHistogram.binCount, score >= ScoreHistogram.bound(bin + 1) { bin += 1 }
    if score < ScoreHistogram.bound(bin), bin > 0 { bin -= 1 }
    counts[kind.rawValue][bin] += 1
  }

  /// Where a bin begins; `bound(binCount)` is 1.
  public static func bound(_ bin: Int) -> Double { Double(bin) / Double(binCount) }

  /// Items of a kind.
  public func total(_ kind: Kind) -> Int { counts[kind.rawValue].reduce(0, +) }
}

/// Bounds of a share that was counted: the score interval of Wilson (1927), 95 %.
///
///     Wilson.interval(8, of: 10)  // 0.490…0.943
public enum Wilson {
  /// The interval of `positives` of `all`; NaN for none.
  public static func interval(_ positives: Int, of all: Int) -> (low: Double, high: Double) {
    guard all > 0 else { return (.nan, .nan) }
    let (z, n, p) = (1.959963984540054, Double(all), Double(positives) / Double(all))
    let middle = p + z * z / (2 * n)
    let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return (max((middle - reach) / scale, 0), min((middle + reach) / scale, 1))
  }
}
