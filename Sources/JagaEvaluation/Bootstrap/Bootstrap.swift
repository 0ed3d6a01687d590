internal import Dispatch

/// Draws units again and again and keeps every figure of every draw.
///
/// Cost: that of the plans, times the resamples. Memory: 8 bytes a figure and resample, and for each thread a byte a unit and the
/// plans' working memory.
struct Bootstrap {
  let population: Population
  let options: EvaluationOptions

  /// The figures of all resamples. Resample `r` of plan `p` begins at `(r * plans + p) * width`.
  final class Samples: @unchecked Sendable {
    let resamples: Int
    let plans: Int
    let width: Int
    /// Each resample is written by one thread, and read when all are done.
    fileprivate let values: UnsafeMutablePointer<Double>

    init(resamples: Int, plans: Int, width: Int) {
      self.resamples = resamples
      self.plans = plans
      self.width = width
      let count = max(resamples * plans * width, 1)
      values = .allocate(capacity: count)
      values.initialize(repeating: .nan, count: count)
    }

    deinit { values.deallocate() }

    /// One figure in every resample.
    func column(_ figure: Int, plan: Int) -> [Double] {
      (0..<resamples).map { values[($0 * plans + plan) * width + figure] }
    }
  }

  /// Resamples plans side by side: all see the same draws, so that their differences are paired. They have the same units and emit `width`
  /// figures each.
  func run(_ plans: [any MeasurePlan], width: Int) -> Samples {
    let samples = Samples(resamples: options.resamples, plans: plans.count, width: width)
    let units = plans.map(\.units).max() ?? 0
    guard options.resamples > 0, units > 0 else { return samples }
    let threads = max(1, min(options.threads, options.resamples))
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      let weights = UnsafeMutablePointer<UInt8>.allocate(capacity: units)
      defer { weights.deallocate() }
      let scratches = plans.map { PlanScratch($0.scratch) }
      for resample in stride(from: thread, to: options.resamples, by: threads) {
        var draw = UnitWeights(seed: options.seed, population: population, resample: resample)
        draw.draw(into: weights, count: units)
        for (number, plan) in plans.enumerated() {
          var row = ValueRow(samples.values + (resample * plans.count + number) * width, count: width)
          plan.emit(weights, scratches[number], to: &row)
        }
      }
    }
    return samples
  }

  /// The figures themselves: every unit once.
  func figures(_ plan: some MeasurePlan) -> [(key: FigureKey, size: FigureSize, value: Double)] {
    let ones = UnsafeMutablePointer<UInt8>.allocate(capacity: max(plan.units, 1))
    defer { ones.deallocate() }
    ones.update(repeating: 1, count: plan.units)
    var list = FigureList(population: population)
    plan.emit(ones, PlanScratch(plan.scratch), to: &list)
    return list.figures
  }
}
