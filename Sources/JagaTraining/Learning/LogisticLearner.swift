package import JagaBayes
import JagaCore

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
  init(
    _ table: ExampleTable, rows: [Int], featureCount: Int, tokenFeatureCount: Int, kinds: [FeatureKind] = [],
    bayes: NaiveBayes, options: Options = Options(), workers: Workers = Workers(2)
  ) {
    var penalties = [Double](repeating: options.entryPenalty, count: featureCount)
    for feature in 0..<tokenFeatureCount {
      penalties[feature] = feature < kinds.count ? options.penalty(of: kinds[feature]) : options.tokenPenalty
    }
    let problem = Problem(
      table: table, featureCount: featureCount, tokenFeatureCount: tokenFeatureCount, penalties: penalties,
      kinds: kinds, bayes: bayes, options: options)
    let moves = rows.filter { table.rows[$0].isMove }
    // The conditional heads take longer where there are many moves: they come first.
    let blocks = [(0..<Label.moveCount, moves), (Label.moveCount..<Head.count, rows)]
    let solved = workers.map(blocks.count) { number, _ in
      HeadBlock(problem, heads: blocks[number].0, rows: blocks[number].1)
    }
    weights = [Double](repeating: 0, count: featureCount * Head.count)
    biases = bayes.priors
    voteScales = [Double](repeating: 1, count: Head.count)
    for block in solved {
      for (column, head) in block.heads.enumerated() {
        biases[head] = block.biases[column]
        voteScales[head] = block.voteScales[column]
      }
      weights.withUnsafeMutableBufferPointer { weights in
        if let base = weights.baseAddress { block.write(to: base, featureCount: featureCount) }
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
      if Int(feature) < tokenFeatureCount {
        for head in 0..<Head.count { tokens[head] += weights[base + head] }
      } else {
        for head in 0..<Head.count { entries[head] += weights[base + head] }
      }
    }
    return (0..<Head.count).map {
      biases[$0] + row.scale * tokens[$0] + voteScales[$0] * table.votes[row.votes + $0] + entries[$0]
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
  /// Where the features of each row that are no token features begin.
  private var splits: [Int]

  init(
    table: ExampleTable, featureCount: Int, tokenFeatureCount: Int, penalties: [Double], kinds: [FeatureKind],
    bayes: NaiveBayes, options: LogisticLearner.Options
  ) {
    self.table = table
    self.featureCount = featureCount
    self.tokenFeatureCount = tokenFeatureCount
    self.penalties = penalties
    self.kinds = kinds
    self.bayes = bayes
    self.options = options
    splits = table.rows.map { row in
      // Features come in rising order.
      var (low, high) = (row.begin, row.end)
      while low < high {
        let middle = (low + high) / 2
        if Int(table.features[middle]) < tokenFeatureCount { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// The rows in flat memory.
  struct Buffers {
    let rows: UnsafePointer<ExampleTable.Row>
    let splits: UnsafePointer<Int>
    let features: UnsafePointer<UInt32>
    let votes: UnsafePointer<Double>
  }

  /// Hands out the rows; `body` is not called when there are none.
  @inline(__always)
  func withBuffers(_ body: (Buffers) -> Void) {
    table.rows.withUnsafeBufferPointer { rows in
      splits.withUnsafeBufferPointer { splits in
        table.features.withUnsafeBufferPointer { features in
          table.votes.withUnsafeBufferPointer { votes in
            guard let rows = rows.baseAddress, let splits = splits.baseAddress, let features = features.baseAddress,
              let votes = votes.baseAddress
            else { return }
            body(Buffers(rows: rows, splits: splits, features: features, votes: votes))
          }
        }
      }
    }
  }

  /// What was asked and answered teaches the disclosure head alone. On moves it would say "whoever answers makes none", and any line before a move
  /// would clear it.
  func teaches(_ feature: Int, head: Int) -> Bool {
    guard feature < kinds.count else { return true }
    return head == Head.disclosure || (kinds[feature] != .asked && kinds[feature] != .answer)
  }
}
