/// A curve over all thresholds, drawn from the ranks: receiver operating characteristic or precision over recall.
///
///     let curve = RankCurve.roc(RankedItems(scores: [0.1, 0.4, 0.35, 0.8], positive: [false, false, true, true]))
///     curve.area  // 0.75, as RankAreas says
///
/// ``area`` is that under the line as it is drawn, so it equals ``RankAreas`` (to rounding). Without items of both kinds a ROC curve has
/// no points, and without positive items a precision curve has none; their area is NaN.
public struct RankCurve: Hashable, Sendable {
  /// What stands over what.
  public enum Kind: String, CaseIterable, Sendable {
    /// Recall over false positive rate; straight lines between thresholds, so that a tie counts one half.
    case roc
    /// Precision over recall, in steps: average precision never interpolates.
    case precisionRecall = "pr"
  }

  /// One threshold.
  public struct Point: Hashable, Sendable {
    /// False positive rate, or recall; 0…1.
    public var x: Double
    /// Recall, or precision; 0…1.
    public var y: Double
    /// The threshold: items from this score on are retrieved; infinite for none.
    public var score: Double

    /// Creates a point.
    public init(x: Double, y: Double, score: Double) {
      self.x = x
      self.y = y
      self.score = score
    }
  }

  /// What stands over what.
  public let kind: Kind
  /// From the highest threshold to the lowest; x never falls.
  public internal(set) var points: [Point]
  /// Share of positive items among all: the height of a precision curve of a system that knows nothing. NaN without items.
  public let prevalence: Double

  /// Recall over false positive rate, one point a distinct score and (0, 0). Cost: one pass.
  static func roc(_ items: RankedItems) -> RankCurve {
    let positives = items.positives.count
    let others = items.count - positives
    var curve = RankCurve(kind: .roc, points: [], prevalence: share(Double(positives), Double(items.count)))
    guard positives > 0, others > 0 else { return curve }
    curve.points.append(Point(x: 0, y: 0, score: .infinity))
    items.eachScoreFromTop { score, above, all in
      curve.points.append(
        Point(x: Double(all - above) / Double(others), y: Double(above) / Double(positives), score: score))
    }
    return curve
  }

  /// Precision over recall, one point a distinct score of a positive item. Cost: one pass.
  static func precisionRecall(_ items: RankedItems) -> RankCurve {
    let positives = items.positives.count
    var curve = RankCurve(
      kind: .precisionRecall, points: [], prevalence: share(Double(positives), Double(items.count)))
    guard positives > 0 else { return curve }
    var last = 0
    items.eachScoreFromTop { score, above, all in
      guard above > last else { return }
      last = above
      curve.points.append(
        Point(x: Double(above) / Double(positives), y: Double(above) / Double(all), score: score))
    }
    return curve
  }

  /// A curve of scored items; the arrays are of one length, scores not negative. Cost: sorts.
  public init(_ kind: Kind, scores: [Double], positive: [Bool]) {
    let items = RankedItems(scores: scores, positive: positive)
    self = kind == .roc ? .roc(items) : .precisionRecall(items)
  }

  init(kind: Kind, points: [Point], prevalence: Double) {
    self.kind = kind
    self.points = points
    self.prevalence = prevalence
  }

  /// The area under the line as it is drawn: trapezoids, or steps. NaN for a curve without points.
  public var area: Double {
    guard let first = points.first else { return .nan }
    var sum = kind == .precisionRecall ? first.x * first.y : 0
    for (left, right) in zip(points, points.dropFirst()) {
      sum += (right.x - left.x) * (kind == .roc ? (left.y + right.y) / 2 : right.y)
    }
    return sum
  }

  /// The line's corners, in order: for steps, two a point.
  public var corners: [(x: Double, y: Double)] {
    guard kind == .precisionRecall else { return points.map { ($0.x, $0.y) } }
    var before = 0.0
    return points.flatMap { point in
      defer { before = point.x }
      return [(before, point.y), (point.x, point.y)]
    }
  }
}

extension RankedItems {
  /// Calls `body` for each distinct score, highest first, with the positive items and all items from it on.
  fileprivate func eachScoreFromTop(_ body: (_ score: Double, _ positives: Int, _ all: Int) -> Void) {
    var above = 0
    var place = count
    while place > 0 {
      let score = values[place - 1]
      while place > 0, values[place - 1] == score {
        place -= 1
        above += Int(tags[place] & Tag.positive)
      }
      body(score, above, count - place)
    }
  }
}
