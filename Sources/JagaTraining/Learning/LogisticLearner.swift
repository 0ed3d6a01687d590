import Dispatch
package import JagaBayes
import JagaCore
import Synchronization

/// Maximum a posteriori logistic regression over shared features, with naive Bayes evidence as prior mean.
///
/// A head's logit is `bias + scale · Σ w[token feature] + s · declared votes + Σ w[entry]`. The Gaussian prior pulls a token feature's
/// weight to `trust ·` its naive Bayes evidence, an entry's to 0 and `s` to 1, so that what has not been seen stays with its prior.
/// Optimised by AdaGrad (Duchi, Hazan, Singer 2011) over rows in an order that depends on nothing but the settings:
/// the same rows give the same bits. The conditional heads learn from moves alone and the outer heads from every row, so the two blocks are independent
/// and run side by side.
package struct LogisticLearner: Sendable {
  /// Settings, chosen by cross-validation over voices (see Documentation/ModelCard.md).
  package struct Options: Sendable {
    /// Passes over the rows.
    package var epochs = 10
    /// Step size before AdaGrad's division.
    package var rate = 0.25
    /// Strength of the pull to the prior mean of token features, …
    package var tokenPenalty = 1.0
    /// … of characters, as a multiple: they are many and say the same thing together, …
    package var characterFactor = 16.0
    /// … of pairs of concepts and of what answers say to what was asked, likewise, …
    package var conceptPairFactor = 8.0
    /// … of entries and rules.
    package var entryPenalty = 0.5
    /// The share of the naive Bayes evidence that is the prior mean.
    package var trust = 0.1
    /// The most a weight may reach, in logits.
    package var clip = 1.5

    package init() {}

    /// The pull of a token feature of a kind.
    func penalty(of kind: FeatureKind) -> Double {
      switch kind {
      case .characters: tokenPenalty * characterFactor
      case .conceptPair, .asked, .answer: tokenPenalty * conceptPairFactor
      default: tokenPenalty
      }
    }
  }

  /// Weights in logits, ``Head/count`` a feature.
  package private(set) var weights: [Double]
  /// Biases of the heads.
  package private(set) var biases: [Double]
  /// What declared votes are multiplied by, for each head.
  package private(set) var voteScales: [Double]

  /// Learns from `rows` of a table. `kinds` has what each token feature is made of; without, all are pulled alike.
  package init(
    _ table: ExampleTable, rows: [Int], featureCount: Int, tokenFeatureCount: Int, kinds: [FeatureKind] = [],
    bayes: NaiveBayes, options: Options = Options()
  ) {
    var penalties = [Double](repeating: options.entryPenalty, count: featureCount)
    for feature in 0..<tokenFeatureCount {
      penalties[feature] = feature < kinds.count ? options.penalty(of: kinds[feature]) : options.tokenPenalty
    }
    let problem = Problem(
      table: table, featureCount: featureCount, tokenFeatureCount: tokenFeatureCount, penalties: penalties,
      kinds: kinds, bayes: bayes, options: options)
    let moves = rows.filter { table.rows[$0].isMove }
    let blocks = [(0..<Label.moveCount, moves), (Label.moveCount..<Head.count, rows)]
    let solved = Mutex([HeadBlock?](repeating: nil, count: blocks.count))
    DispatchQueue.concurrentPerform(iterations: blocks.count) { index in
      let block = HeadBlock(problem, heads: blocks[index].0, rows: blocks[index].1)
      solved.withLock { $0[index] = block }
    }
    weights = [Double](repeating: 0, count: featureCount * Head.count)
    biases = bayes.priors
    voteScales = [Double](repeating: 1, count: Head.count)
    for block in solved.withLock({ $0 }) {
      guard let block else { continue }
      for (column, head) in block.heads.enumerated() {
        biases[head] = block.biases[column]
        voteScales[head] = block.voteScales[column]
        for feature in 0..<featureCount {
          weights[feature * Head.count + head] = block.weight(feature, column)
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

/// What the blocks of heads have in common.
struct Problem: Sendable {
  var table: ExampleTable
  var featureCount: Int
  var tokenFeatureCount: Int
  /// The pull to the prior mean, for each feature.
  var penalties: [Double]
  /// What each token feature is made of; empty where that is not known.
  var kinds: [FeatureKind]
  var bayes: NaiveBayes
  var options: LogisticLearner.Options

  /// What was asked and answered teaches the disclosure head alone. On moves it would say "whoever answers makes none", and any line before a move
  /// would clear it.
  func teaches(_ feature: Int, head: Int) -> Bool {
    guard feature < kinds.count else { return true }
    return head == Head.disclosure || (kinds[feature] != .asked && kinds[feature] != .answer)
  }
}
