import JagaTraining

/// How often each conversation stands in one resample: as many draws as there are conversations, with replacement (Efron 1979).
///
/// A resample is numbered, and its draws depend on the seed and its number alone, so any thread may make it.
struct ConversationDraws {
  let seed: UInt64
  let units: Int

  /// Fills `weights`, one a conversation. Cost: one random access a conversation.
  func draw(_ resample: Int, into weights: inout [Int32]) {
    for unit in weights.indices { weights[unit] = 0 }
    guard units > 0 else { return }
    var mixer = DeterministicRandom(seed: seed)
    var random = DeterministicRandom(seed: mixer.next() ^ UInt64(truncatingIfNeeded: resample))
    // The first number tells neighbouring seeds apart.
    _ = random.next()
    for _ in 0..<units {
      weights[Int(random.next().multipliedFullWidth(by: UInt64(units)).high)] += 1
    }
  }
}

/// A figure with the bounds of its 95 % interval; NaN where undefined.
public struct RangedFigure: Hashable, Sendable {
  /// The figure.
  public var value: Double
  /// The 2.5th percentile of its resamples.
  public var low: Double
  /// The 97.5th percentile.
  public var high: Double

  /// Creates a figure; without bounds, one whose interval is not known.
  public init(_ value: Double, low: Double = .nan, high: Double = .nan) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// Percentiles (Hyndman and Fan 1996, type 7) of the resamples in which the figure is defined.
  init(_ value: Double, resamples: [Double]) {
    let defined = resamples.filter { !$0.isNaN }.sorted()
    guard !value.isNaN, let last = defined.indices.last else {
      self.init(value)
      return
    }
    func percentile(_ share: Double) -> Double {
      let place = Double(last) * share
      let low = Int(place)
      return defined[low] + (defined[min(low + 1, last)] - defined[low]) * (place - Double(low))
    }
    self.init(value, low: percentile(0.025), high: percentile(0.975))
  }

  /// The same for a share of `count` things. Where all or none of them are right every resample agrees, which says nothing about the next thing: the
  /// interval is then that of Wilson (1927).
  init(share value: Double, of count: Int, resamples: [Double]) {
    self.init(value, resamples: resamples)
    guard value == 0 || value == 1, count > 0, !resamples.isEmpty else { return }
    let square = 1.959963984540054 * 1.959963984540054
    let reach = square / (Double(count) + square)
    (low, high) = value == 0 ? (0, reach) : (1 - reach, 1)
  }
}

/// `a / b`; NaN when there is nothing to divide by.
func ratio(_ a: Int, _ b: Int) -> Double { b == 0 ? .nan : Double(a) / Double(b) }
