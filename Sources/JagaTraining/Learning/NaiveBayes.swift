import JagaCore

/// One-vs-rest multinomial naive Bayes over presence counts: the evidence of a feature for a head is
/// ln P(feature | head's label) − ln P(feature | everything else the head learns from).
///
/// One count per label of a message; additive smoothing; evidence of rare features shrinks toward zero by n / (n + k).
/// Source: Manning, Raghavan, Schütze, *Introduction to Information Retrieval* (2008), ch. 13.
package struct NaiveBayes: Sendable {
  /// Settings.
  package struct Options: Sendable {
    /// Added to every count.
    package var smoothing = 0.5
    /// A feature seen n times keeps n / (n + shrinkage) of its evidence.
    package var shrinkage = 2.0
    /// Evidence of one feature is cut off here, in logits.
    package var clip = 3.0

    package init() {}
  }

  /// Evidence in logits, ``Head/count`` a feature.
  package private(set) var evidence: [Double]
  /// ln(positive weight / negative weight) of each head.
  package private(set) var priors: [Double]

  /// Counts `rows` of a table. Cost: linear in features times heads.
  ///
  /// Features are shared out among workers, and the rows come in their order for each, so that every sum is the same for any number of workers.
  package init(_ table: ExampleTable, rows: [Int], featureCount: Int, options: Options = Options()) {
    self.init(table, rows: rows, featureCount: featureCount, options: options, workers: Workers(1))
  }

  /// See ``init(_:rows:featureCount:options:)``.
  init(_ table: ExampleTable, rows: [Int], featureCount: Int, options: Options, workers: Workers) {
    let masses = HeadMasses(table, rows: rows)
    priors = (0..<Head.count).map { head in
      let rest = (head >= Label.moveCount ? masses.rows.all : masses.rows.moves) - masses.positives[head]
      return FixedMath.logarithm((masses.positives[head] + 0.5) / (max(rest, 0) + 0.5))
    }
    let pieces = min(workers.count, max(1, featureCount))
    let parts = workers.map(pieces) { piece, _ in
      let range = Workers.part(piece, of: pieces, in: featureCount)
      return FeatureMasses(table, rows: rows, range: range)
        .evidence(masses, vocabulary: Double(max(featureCount, 1)), options: options)
    }
    evidence = parts.count == 1 ? parts[0] : Array(parts.joined())
  }
}

/// The weights of rows and of their features, for each head.
private struct HeadMasses: Sendable {
  var positives = [Double](repeating: 0, count: Head.count)
  var positiveMass = [Double](repeating: 0, count: Head.count)
  // What the rest is depends on the head: all rows for the outer heads, moves for the conditional ones.
  var rows = (all: 0.0, moves: 0.0)
  var mass = (all: 0.0, moves: 0.0)

  init(_ table: ExampleTable, rows indices: [Int]) {
    for index in indices {
      let row = table.rows[index]
      let length = Double(row.end - row.begin) * row.weight
      rows.all += row.weight
      mass.all += length
      if row.isMove {
        rows.moves += row.weight
        mass.moves += length
      }
      forEachHead(row.targets) { head in
        positives[head] += row.weight
        positiveMass[head] += length
      }
    }
  }
}

/// The weights of the rows that hold each feature of a range.
private struct FeatureMasses {
  private let range: Range<Int>
  /// For each feature and head, of the rows that are positive for the head.
  private var positive: [Double]
  /// For each feature, of all rows and of moves.
  private var total: [Double]

  init(_ table: ExampleTable, rows: [Int], range: Range<Int>) {
    self.range = range
    positive = [Double](repeating: 0, count: range.count * Head.count)
    total = [Double](repeating: 0, count: range.count * 2)
    positive.withUnsafeMutableBufferPointer { positive in
      total.withUnsafeMutableBufferPointer { total in
        table.features.withUnsafeBufferPointer { features in
          for index in rows {
            let row = table.rows[index]
            let targets = row.targets
            let isMove = row.isMove
            for place in row.begin..<row.end {
              let feature = Int(features[place]) &- range.lowerBound
              guard feature >= 0, feature < range.count else { continue }
              total[feature &* 2] += row.weight
              if isMove { total[feature &* 2 &+ 1] += row.weight }
              forEachHead(targets) { positive[feature &* Head.count &+ $0] += row.weight }
            }
          }
        }
      }
    }
  }

  func evidence(_ masses: HeadMasses, vocabulary: Double, options: NaiveBayes.Options) -> [Double] {
    var evidence = [Double](repeating: 0, count: range.count * Head.count)
    for head in 0..<Head.count {
      let isOuter = head >= Label.moveCount
      let restMass = max((isOuter ? masses.mass.all : masses.mass.moves) - masses.positiveMass[head], 0)
      let inMass = masses.positiveMass[head] + options.smoothing * vocabulary
      let outMass = restMass + options.smoothing * vocabulary
      var silent = SilentEvidence()
      for feature in 0..<range.count {
        let inside = positive[feature * Head.count + head]
        let outside = max(total[feature * 2 + (isOuter ? 0 : 1)] - inside, 0)
        let seen = inside + outside
        guard seen > 0 else { continue }
        evidence[feature * Head.count + head] = silent.value(inside: inside, outside: outside) {
          let inShare = (inside + options.smoothing) / inMass
          let outShare = (outside + options.smoothing) / outMass
          let logOdds = FixedMath.logarithm(inShare / outShare) * seen / (seen + options.shrinkage)
          return max(-options.clip, min(options.clip, logOdds))
        }
      }
    }
    return evidence
  }
}

/// The evidence of features that no positive row of a head holds, by the weight of the others: most features are alike in this.
private struct SilentEvidence {
  private static let limit = 64.0
  private var known = [Double](repeating: .nan, count: 128)

  /// Reckons a value unless the same was reckoned before.
  mutating func value(inside: Double, outside: Double, _ reckon: () -> Double) -> Double {
    let place = outside * 2
    guard inside == 0, outside < SilentEvidence.limit, place == place.rounded(.down) else { return reckon() }
    if known[Int(place)].isNaN { known[Int(place)] = reckon() }
    return known[Int(place)]
  }
}

/// Calls `body` with every head of a bit set.
@inline(__always)
private func forEachHead(_ heads: UInt32, _ body: (Int) -> Void) {
  var rest = heads
  while rest != 0 {
    body(rest.trailingZeroBitCount)
    rest &= rest &- 1
  }
}
