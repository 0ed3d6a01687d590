import JagaCore

/// Maximum a posteriori logistic regression, one head at a time over shared features, with naive Bayes evidence as prior mean.
///
/// A head's logit is `bias + scale · Σ w[token feature] + s · declared votes + Σ w[entry]`. The Gaussian prior pulls a token feature's
/// weight to `trust ·` its naive Bayes evidence, an entry's to 0 and `s` to 1, so that what has not been seen stays with its prior.
/// Optimised by AdaGrad (Duchi, Hazan, Singer 2011) over rows in an order that depends on nothing but the settings:
/// the same rows give the same bits.
package struct LogisticLearner: Sendable {
  /// Settings, chosen by cross-validation over voices (see Documentation/ModelCard.md).
  package struct Options: Sendable {
    /// Passes over the rows.
    package var epochs = 14
    /// Step size before AdaGrad's division.
    package var rate = 0.25
    /// Strength of the pull to the prior mean of token features, …
    package var tokenPenalty = 1.0
    /// … of entries and rules.
    package var entryPenalty = 0.2
    /// The share of the naive Bayes evidence that is the prior mean.
    package var trust = 0.1
    /// The most a weight may reach, in logits.
    package var clip = 1.5

    package init() {}
  }

  /// Weights in logits, ``Head/count`` a feature.
  package private(set) var weights: [Double]
  /// Biases of the heads.
  package private(set) var biases: [Double]
  /// What declared votes are multiplied by, for each head.
  package private(set) var voteScales: [Double]

  /// Learns from `rows` of a table.
  package init(
    _ table: ExampleTable, rows: [Int], featureCount: Int, tokenFeatureCount: Int, bayes: NaiveBayes,
    options: Options = Options()
  ) {
    let heads = Head.count
    var means = [Double](repeating: 0, count: featureCount * heads)
    for index in 0..<tokenFeatureCount * heads { means[index] = bayes.evidence[index] * options.trust }
    weights = means
    biases = bayes.priors
    voteScales = [Double](repeating: 1, count: heads)
    var occurrences = [Double](repeating: 0, count: featureCount)
    for index in rows {
      let row = table.rows[index]
      for feature in table.features[row.begin..<row.end] { occurrences[Int(feature)] += 1 }
    }
    var weightGradients = [Double](repeating: 1e-6, count: featureCount * heads)
    var biasGradients = [Double](repeating: 1, count: heads)
    var scaleGradients = [Double](repeating: 10, count: heads)
    var order = rows
    var random = DeterministicRandom(seed: 0x4A61_6761)
    var logits = [Double](repeating: 0, count: heads)
    var errors = [Double](repeating: 0, count: heads)

    for _ in 0..<options.epochs {
      random.shuffle(&order)
      for index in order {
        let row = table.rows[index]
        let votes = index * heads
        let firstHead = row.isMove ? 0 : Label.moveCount
        for head in firstHead..<heads { logits[head] = 0 }
        var tokenEnd = row.begin
        while tokenEnd < row.end, Int(table.features[tokenEnd]) < tokenFeatureCount { tokenEnd += 1 }
        for position in row.begin..<tokenEnd {
          let base = Int(table.features[position]) * heads
          for head in firstHead..<heads { logits[head] += weights[base + head] }
        }
        for head in firstHead..<heads {
          logits[head] = biases[head] + row.scale * logits[head] + voteScales[head] * table.votes[votes + head]
        }
        for position in tokenEnd..<row.end {
          let base = Int(table.features[position]) * heads
          for head in firstHead..<heads { logits[head] += weights[base + head] }
        }
        for head in firstHead..<heads {
          errors[head] = (FixedMath.sigmoid(logits[head]) - (row.isPositive(head) ? 1 : 0)) * row.weight
          biasGradients[head] += errors[head] * errors[head]
          biases[head] -= options.rate * errors[head] / biasGradients[head].squareRoot()
          let vote = table.votes[votes + head]
          if vote != 0 {
            let gradient = errors[head] * vote + 0.01 * (voteScales[head] - 1)
            scaleGradients[head] += gradient * gradient
            voteScales[head] -= options.rate * gradient / scaleGradients[head].squareRoot()
            voteScales[head] = max(0.2, min(2, voteScales[head]))
          }
        }
        for position in row.begin..<row.end {
          let feature = Int(table.features[position])
          let isToken = feature < tokenFeatureCount
          let base = feature * heads
          let input = isToken ? row.scale : 1
          let penalty = (isToken ? options.tokenPenalty : options.entryPenalty) / occurrences[feature]
          for head in firstHead..<heads {
            let slot = base + head
            let gradient = errors[head] * input + penalty * (weights[slot] - means[slot])
            weightGradients[slot] += gradient * gradient
            let step = options.rate * gradient / (weightGradients[slot].squareRoot() + 0.5)
            weights[slot] = max(-options.clip, min(options.clip, weights[slot] - step))
          }
        }
      }
    }
  }

  /// The logits of one row.
  package func logits(_ table: ExampleTable, row index: Int, tokenFeatureCount: Int) -> [Double] {
    let row = table.rows[index]
    var tokens = [Double](repeating: 0, count: Head.count)
    var entries = [Double](repeating: 0, count: Head.count)
    for feature in table.features[row.begin..<row.end] {
      let base = Int(feature) * Head.count
      for head in 0..<Head.count {
        if Int(feature) < tokenFeatureCount {
          tokens[head] += weights[base + head]
        } else {
          entries[head] += weights[base + head]
        }
      }
    }
    return (0..<Head.count).map {
      biases[$0] + row.scale * tokens[$0] + voteScales[$0] * table.votes[index * Head.count + $0] + entries[$0]
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a seeded generator whose sequence is fixed for all time.
package struct DeterministicRandom {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Fisher–Yates; the modulo bias is below 2^-40 for any list that fits into memory.
  package mutating func shuffle<Element>(_ items: inout [Element]) {
    guard items.count > 1 else { return }
    for index in stride(from: items.count - 1, to: 0, by: -1) {
      items.swapAt(index, Int(next() % UInt64(index + 1)))
    }
  }
}
