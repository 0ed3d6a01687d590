/// A figure and how far it can be trusted.
public struct Estimate: Hashable, Sendable {
  /// The figure; NaN when undefined.
  public var value: Double
  /// The 2.5th percentile of its resamples; NaN without any in which it is defined.
  public var low: Double
  /// The 97.5th percentile.
  public var high: Double

  /// Creates an estimate; without bounds, an interval that is not known.
  public init(value: Double, low: Double = .nan, high: Double = .nan) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// Percentiles of resamples, those in which the figure is undefined left out.
  init(value: Double, samples: [Double]) {
    let defined = samples.filter { !$0.isNaN }.sorted()
    self.init(value: value, low: Quantile.of(sorted: defined, 0.025), high: Quantile.of(sorted: defined, 0.975))
    // What cannot be told of the data cannot be told of its resamples.
    if value.isNaN { (low, high) = (.nan, .nan) }
  }

  /// The same for a share of `count` things. Where all or none of them are right every resample agrees, which says nothing about the next thing:
  /// the interval is then that of Wilson (1927).
  init(share value: Double, of count: Int, samples: [Double]) {
    self.init(value: value, samples: samples)
    guard value == 0 || value == 1, count > 0, !samples.isEmpty else { return }
    (low, high) = Wilson.interval(value == 0 ? 0 : count, of: count)
  }
}

/// How two systems compare in one figure, over the same draws.
public struct PairedDifference: Hashable, Sendable {
  /// The first system's figure minus the second's.
  public var difference: Estimate
  /// Share of the resamples in which the first system is better, an equal figure counting one half; NaN where neither way is better,
  /// or without resamples in which both are defined.
  public var shareBetter: Double

  /// Creates a comparison.
  public init(difference: Estimate, shareBetter: Double) {
    self.difference = difference
    self.shareBetter = shareBetter
  }

  init(_ measure: Measure, values: (Double, Double), samples: ([Double], [Double])) {
    let differences = zip(samples.0, samples.1).map { $0 - $1 }
    let sign: Double =
      switch measure.direction {
      case .higher: 1
      case .lower: -1
      case .neither: .nan
      }
    var better = 0.0
    var defined = 0.0
    for difference in differences where !difference.isNaN && !sign.isNaN {
      defined += 1
      if difference * sign > 0 { better += 1 } else if difference == 0 { better += 0.5 }
    }
    self.init(
      difference: Estimate(value: values.0 - values.1, samples: differences), shareBetter: share(better, defined))
  }
}
