import JagaCore

@testable import JagaTraining

/// The same counts as ``NaiveBayes``, row by row and head by head.
struct ReferenceBayes {
  /// Evidence in logits, ``Head/count`` a feature.
  private(set) var evidence: [Double]
  /// ln(positive weight / negative weight) of each head.
  private(set) var priors: [Double]

  /// Counts `rows` of a table. Cost: linear in features times heads.
  init(_ table: ExampleTable, rows: [Int], featureCount: Int, options: NaiveBayes.Options) {
    var positive = [Double](repeating: 0, count: featureCount * Head.count)
    var total = [Double](repeating: 0, count: featureCount * 3)
    var positives = [Double](repeating: 0, count: Head.count)
    var positiveMass = [Double](repeating: 0, count: Head.count)
    // What the rest is depends on the head: all rows for the outer heads, moves for the conditional ones.
    var rowWeight = (all: 0.0, moves: 0.0)
    var mass = (all: 0.0, moves: 0.0)
    for index in rows {
      let row = table.rows[index]
      let length = Double(row.end - row.begin) * row.weight
      rowWeight.all += row.weight
      mass.all += length
      if row.isMove {
        rowWeight.moves += row.weight
        mass.moves += length
      }
      for head in 0..<Head.count where row.teaches(head) && row.isPositive(head) {
        positives[head] += row.weight
        positiveMass[head] += length
      }
      for feature in table.features[row.begin..<row.end] {
        let base = Int(feature) * Head.count
        for head in 0..<Head.count where row.teaches(head) && row.isPositive(head) {
          positive[base + head] += row.weight
        }
        total[Int(feature) * 3] += row.weight
        if row.isMove { total[Int(feature) * 3 + 1] += row.weight }
      }
    }
    evidence = [Double](repeating: 0, count: featureCount * Head.count)
    priors = [Double](repeating: 0, count: Head.count)
    let vocabulary = Double(max(featureCount, 1))
    for head in 0..<Head.count {
      let isOuter = head >= Label.moveCount
      let restRows = (isOuter ? rowWeight.all : rowWeight.moves) - positives[head]
      priors[head] = FixedMath.logarithm((positives[head] + 0.5) / (max(restRows, 0) + 0.5))
      let restMass = max((isOuter ? mass.all : mass.moves) - positiveMass[head], 0)
      for feature in 0..<featureCount {
        let inside = positive[feature * Head.count + head]
        let outside = max(total[feature * 3 + (isOuter ? 0 : 1)] - inside, 0)
        let seen = inside + outside
        guard seen > 0 else { continue }
        let inShare = (inside + options.smoothing) / (positiveMass[head] + options.smoothing * vocabulary)
        let outShare = (outside + options.smoothing) / (restMass + options.smoothing * vocabulary)
        let logOdds = FixedMath.logarithm(inShare / outShare) * seen / (seen + options.shrinkage)
        evidence[feature * Head.count + head] = max(-options.clip, min(options.clip, logOdds))
      }
    }
  }
}
