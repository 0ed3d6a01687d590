internal import CVector
import JagaCore

/// The heads that learn from the same rows, optimised together.
///
/// Every feature has one slot of memory: its pull, then for each head its weight, its squared gradients and its prior mean, so that what a step needs lies
/// together: one cache line for the two outer heads. Heads are reckoned two at a time; each has the sums that it would have alone.
final class HeadBlock: @unchecked Sendable {
  /// Rows that are judged this well are passed over, their pull to the prior included.
  private static let leastError = 0.001
  /// The values of a slot before the weights.
  private static let front = 2

  let heads: Range<Int>
  private(set) var biases: [Double]
  private(set) var voteScales: [Double]
  private let slots: UnsafeMutablePointer<Double>
  /// Heads, rounded up to pairs.
  private let width: Int
  private var stride: Int { HeadBlock.front + 3 * width }

  /// Learns the heads of a problem from some of its rows. Cost: epochs · features of the rows · heads.
  init(_ problem: Problem, heads: Range<Int>, rows: [Int]) {
    self.heads = heads
    width = (heads.count + 1) / 2 * 2
    let count = max(problem.featureCount, 1) * (HeadBlock.front + 3 * width)
    slots = LargeMemory.allocate(Double.self, count: count, repeating: 0)
    biases = [Double](repeating: 0, count: width)
    for (column, head) in heads.enumerated() { biases[column] = problem.bayes.priors[head] }
    voteScales = [Double](repeating: 1, count: width)
    start(problem, rows: rows)
    // The width is a constant in each call, so that the inner loops are unrolled.
    switch width {
    case 2: learn(problem, rows: rows, width: 2)
    case 20: learn(problem, rows: rows, width: 20)
    default: learn(problem, rows: rows, width: width)
    }
  }

  deinit { slots.deallocate() }

  /// Puts the learned weights of the block's heads where they belong in `weights`, ``Head/count`` a feature.
  func write(to weights: UnsafeMutablePointer<Double>, featureCount: Int) {
    for feature in 0..<featureCount {
      let slot = slots + feature * stride + HeadBlock.front
      for (column, head) in heads.enumerated() { weights[feature * Head.count + head] = slot[column] }
    }
  }

  private func start(_ problem: Problem, rows: [Int]) {
    let stride = stride
    for index in rows {
      let row = problem.table.rows[index]
      for feature in problem.table.features[row.begin..<row.end] { slots[Int(feature) * stride] += 1 }
    }
    for feature in 0..<problem.featureCount {
      let slot = slots + feature * stride
      if slot[0] > 0 { slot[0] = problem.penalties[feature] / slot[0] }
      let weights = slot + HeadBlock.front
      for (column, head) in heads.enumerated() {
        weights[width + column] = 1e-6
        guard feature < problem.tokenFeatureCount else { continue }
        guard problem.teaches(feature, head: head) else {
          // No step is long enough to leave zero.
          weights[width + column] = .infinity
          continue
        }
        let mean = problem.bayes.evidence[feature * Head.count + head] * problem.options.trust
        weights[column] = mean
        weights[2 * width + column] = mean
      }
    }
  }

  @inline(__always)
  private func learn(_ problem: Problem, rows order: [Int], width: Int) {
    let rate = problem.options.rate
    let first = heads.lowerBound
    let headCount = heads.count
    var order = order
    var random = DeterministicRandom(seed: 0x4A61_6761)
    var memory = BlockMemory(width: width)
    let stepper = BlockStepper(slots: slots, width: width, rate: rate, clip: problem.options.clip)
    problem.withBuffers { table in
      biases.withUnsafeMutableBufferPointer { biases in
        voteScales.withUnsafeMutableBufferPointer { voteScales in
          memory.withBuffers { logits, errors, scaled, biasGradients, scaleGradients in
            for _ in 0..<problem.options.epochs {
              random.shuffle(&order)
              for place in 0..<order.count {
                let index = order[place]
                let row = table.rows[index]
                let next = table.rows[order[place + 1 < order.count ? place + 1 : place]]
                let begin = table.features + row.begin
                let split = table.features + table.splits[index]
                let end = table.features + row.end
                let votes = table.votes + row.votes + first
                for column in 0..<width { logits[column] = 0 }
                stepper.fetch(table.features + next.begin, table.features + next.end, width: width)
                stepper.add(begin, split, to: logits, width: width)
                for column in 0..<headCount {
                  logits[column] =
                    biases[column] + row.scale * logits[column] + voteScales[column] * votes[column]
                }
                stepper.add(split, end, to: logits, width: width)
                var largest = 0.0
                let targets = row.targets >> UInt32(first)
                for column in 0..<headCount {
                  let target: Double = targets >> UInt32(column) & 1 != 0 ? 1 : 0
                  let error = (FixedMath.sigmoid(logits[column]) - target) * row.weight
                  errors[column] = error
                  largest = max(largest, abs(error))
                  biasGradients[column] += error * error
                  biases[column] -= rate * error / biasGradients[column].squareRoot()
                  let vote = votes[column]
                  guard vote != 0 else { continue }
                  let gradient = error * vote + 0.01 * (voteScales[column] - 1)
                  scaleGradients[column] += gradient * gradient
                  voteScales[column] -= rate * gradient / scaleGradients[column].squareRoot()
                  voteScales[column] = max(0.2, min(2, voteScales[column]))
                }
                guard largest >= HeadBlock.leastError else { continue }
                for column in 0..<headCount { scaled[column] = errors[column] * row.scale }
                stepper.step(begin, split, errors: scaled, width: width)
                stepper.step(split, end, errors: errors, width: width)
              }
            }
          }
        }
      }
    }
  }
}

/// Working memory of a block, all values of the width of the block.
private struct BlockMemory {
  private let width: Int
  private var values: [Double]

  init(width: Int) {
    self.width = width
    values = [Double](repeating: 0, count: 5 * width)
    for column in 0..<width {
      values[3 * width + column] = 1
      values[4 * width + column] = 10
    }
  }

  /// Logits, errors, errors by the row's scale, squared gradients of the biases and of the factors of votes.
  @inline(__always)
  mutating func withBuffers(
    _ body: (
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      body(base, base + width, base + 2 * width, base + 3 * width, base + 4 * width)
    }
  }
}

/// What is done with every feature of a row.
private struct BlockStepper {
  /// How many features ahead of a step what only steps need is asked for.
  private static let reach = 3

  let slots: UnsafeMutablePointer<Double>
  let stride: Int
  let rate: SIMD2<Double>
  let highest: SIMD2<Double>
  let lowest: SIMD2<Double>

  init(slots: UnsafeMutablePointer<Double>, width: Int, rate: Double, clip: Double) {
    self.slots = slots
    stride = 2 + 3 * width
    self.rate = SIMD2(repeating: rate)
    highest = SIMD2(repeating: clip)
    lowest = SIMD2(repeating: -clip)
  }

  @inline(__always)
  private func pair(_ values: UnsafePointer<Double>) -> SIMD2<Double> {
    UnsafeRawPointer(values).loadUnaligned(as: SIMD2<Double>.self)
  }

  @inline(__always)
  private func put(_ pair: SIMD2<Double>, _ values: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(values).storeBytes(of: pair, as: SIMD2<Double>.self)
  }

  /// Asks for the weights of features that come next: they lie anywhere in memory.
  @inline(__always)
  func fetch(_ begin: UnsafePointer<UInt32>, _ end: UnsafePointer<UInt32>, width: Int) {
    var place = begin
    while place < end {
      let slot = slots + (Int(place.pointee) &* stride)
      var value = 0
      while value < width &+ 2 {
        jaga_prefetch(slot + value)
        value &+= 8
      }
      place += 1
    }
  }

  /// Adds the weights of some features to `sums`.
  @inline(__always)
  func add(
    _ begin: UnsafePointer<UInt32>, _ end: UnsafePointer<UInt32>, to sums: UnsafeMutablePointer<Double>, width: Int
  ) {
    var place = begin
    while place < end {
      let weights = slots + (Int(place.pointee) &* stride &+ 2)
      var column = 0
      while column < width {
        put(pair(sums + column) + pair(weights + column), sums + column)
        column &+= 2
      }
      place += 1
    }
  }

  /// AdaGrad's step of the weights of some features.
  @inline(__always)
  func step(_ begin: UnsafePointer<UInt32>, _ end: UnsafePointer<UInt32>, errors: UnsafePointer<Double>, width: Int) {
    let half = SIMD2<Double>(repeating: 0.5)
    var place = begin
    while place < end {
      let slot = slots + (Int(place.pointee) &* stride)
      if width > 2, end - place > BlockStepper.reach {
        let later = slots + (Int(place[BlockStepper.reach]) &* stride)
        var value = width &+ 2
        while value < 3 &* width {
          jaga_prefetch(later + value)
          value &+= 8
        }
      }
      let pull = SIMD2<Double>(repeating: slot[0])
      let weights = slot + 2
      var column = 0
      while column < width {
        let weight = pair(weights + column)
        let gradient = pair(errors + column) + pull * (weight - pair(weights + (column &+ 2 &* width)))
        let sum = pair(weights + (column &+ width)) + gradient * gradient
        put(sum, weights + (column &+ width))
        var next = weight - rate * gradient / (jaga_square_roots(sum) + half)
        next = next.replacing(with: highest, where: next .> highest)
        next = next.replacing(with: lowest, where: next .< lowest)
        put(next, weights + column)
        column &+= 2
      }
      place += 1
    }
  }
}
