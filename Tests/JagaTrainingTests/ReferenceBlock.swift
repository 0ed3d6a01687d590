import JagaCore

@testable import JagaTraining

/// The same steps as ``HeadBlock``, one head after the other on arrays.
struct ReferenceBlock: Sendable {
  /// Rows that are judged this well are passed over, their pull to the prior included.
  private static let leastError = 0.001

  let heads: Range<Int>
  private(set) var biases: [Double]
  private(set) var voteScales: [Double]
  /// For every feature its pull, then its weights, squared gradients and prior means, one after the other: what a step needs lies together.
  private var slots: [Double]
  private let stride: Int

  /// Learns the heads of a problem from some of its rows. Cost: epochs · features of the rows · heads.
  init(_ problem: Problem, heads: Range<Int>, rows: [Int]) {
    self.heads = heads
    stride = 3 * heads.count + 1
    biases = Array(problem.bayes.priors[heads])
    voteScales = [Double](repeating: 1, count: heads.count)
    slots = ReferenceBlock.start(problem, heads: heads, rows: rows)
    var biasGradients = [Double](repeating: 1, count: heads.count)
    var scaleGradients = [Double](repeating: 10, count: heads.count)
    var order = rows
    var random = DeterministicRandom(seed: 0x4A61_6761)
    var logits = [Double](repeating: 0, count: heads.count)
    var errors = [Double](repeating: 0, count: heads.count)
    let rate = problem.options.rate
    for _ in 0..<problem.options.epochs {
      random.shuffle(&order)
      for index in order {
        let row = problem.table.rows[index]
        let split = tokenEnd(of: row, problem)
        score(problem, row: row, index: index, split: split, into: &logits)
        var largest = 0.0
        for column in 0..<heads.count {
          let target: Double = row.isPositive(heads.lowerBound + column) ? 1 : 0
          errors[column] = (FixedMath.sigmoid(logits[column]) - target) * row.weight
          largest = max(largest, abs(errors[column]))
          biasGradients[column] += errors[column] * errors[column]
          biases[column] -= rate * errors[column] / biasGradients[column].squareRoot()
          let vote = problem.table.votes[row.votes + heads.lowerBound + column]
          guard vote != 0 else { continue }
          let gradient = errors[column] * vote + 0.01 * (voteScales[column] - 1)
          scaleGradients[column] += gradient * gradient
          voteScales[column] -= rate * gradient / scaleGradients[column].squareRoot()
          voteScales[column] = max(0.2, min(2, voteScales[column]))
        }
        if largest >= ReferenceBlock.leastError { step(problem, row: row, split: split, errors: errors) }
      }
    }
  }

  /// The learned weight of a feature for the block's head at a column.
  func weight(_ feature: Int, _ column: Int) -> Double { slots[feature * stride + 1 + column] }

  private static func start(_ problem: Problem, heads: Range<Int>, rows: [Int]) -> [Double] {
    let width = heads.count
    let stride = 3 * width + 1
    var slots = [Double](repeating: 0, count: problem.featureCount * stride)
    for index in rows {
      let row = problem.table.rows[index]
      for feature in problem.table.features[row.begin..<row.end] { slots[Int(feature) * stride] += 1 }
    }
    for feature in 0..<problem.featureCount {
      let base = feature * stride
      if slots[base] > 0 { slots[base] = problem.penalties[feature] / slots[base] }
      for column in 0..<width {
        slots[base + 1 + width + column] = 1e-6
        guard feature < problem.tokenFeatureCount else { continue }
        guard problem.teaches(feature, head: heads.lowerBound + column) else {
          // No step is long enough to leave zero.
          slots[base + 1 + width + column] = .infinity
          continue
        }
        let mean = problem.bayes.evidence[feature * Head.count + heads.lowerBound + column] * problem.options.trust
        slots[base + 1 + column] = mean
        slots[base + 1 + 2 * width + column] = mean
      }
    }
    return slots
  }

  /// The place after a row's last token feature; features come in rising order.
  private func tokenEnd(of row: ExampleTable.Row, _ problem: Problem) -> Int {
    var low = row.begin
    var high = row.end
    while low < high {
      let middle = (low + high) / 2
      if Int(problem.table.features[middle]) < problem.tokenFeatureCount { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func score(
    _ problem: Problem, row: ExampleTable.Row, index: Int, split: Int, into logits: inout [Double]
  ) {
    let width = heads.count
    problem.table.features.withUnsafeBufferPointer { features in
      slots.withUnsafeBufferPointer { slots in
        logits.withUnsafeMutableBufferPointer { logits in
          for column in 0..<width { logits[column] = 0 }
          for position in row.begin..<split {
            let base = Int(features[position]) &* stride &+ 1
            for column in 0..<width { logits[column] += slots[base &+ column] }
          }
          for column in 0..<width {
            let vote = problem.table.votes[row.votes + heads.lowerBound + column]
            logits[column] = biases[column] + row.scale * logits[column] + voteScales[column] * vote
          }
          for position in split..<row.end {
            let base = Int(features[position]) &* stride &+ 1
            for column in 0..<width { logits[column] += slots[base &+ column] }
          }
        }
      }
    }
  }

  /// AdaGrad's step of every weight that the row touches.
  private mutating func step(_ problem: Problem, row: ExampleTable.Row, split: Int, errors: [Double]) {
    let width = heads.count
    let stride = stride
    let rate = problem.options.rate
    let clip = problem.options.clip
    problem.table.features.withUnsafeBufferPointer { features in
      slots.withUnsafeMutableBufferPointer { slots in
        errors.withUnsafeBufferPointer { errors in
          for position in row.begin..<row.end {
            let input = position < split ? row.scale : 1
            let base = Int(features[position]) &* stride
            let pull = slots[base]
            for column in 0..<width {
              let slot = base &+ 1 &+ column
              let gradient = errors[column] * input + pull * (slots[slot] - slots[slot &+ 2 &* width])
              let sum = slots[slot &+ width] + gradient * gradient
              slots[slot &+ width] = sum
              slots[slot] = max(-clip, min(clip, slots[slot] - rate * gradient / (sum.squareRoot() + 0.5)))
            }
          }
        }
      }
    }
  }
}
