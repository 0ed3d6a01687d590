public import Metrics
internal import Synchronization

/// A number that only grows.
public final class PrometheusCounter: CounterHandler, Sendable {
  private let count = Atomic<Int64>(0)

  /// How much was counted.
  public var value: Int64 { count.load(ordering: .relaxed) }

  /// Adds.
  public func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }

  /// Takes over a count that is kept elsewhere.
  public func collect(_ value: Int64) { count.store(value, ordering: .relaxed) }

  /// Begins again.
  public func reset() { count.store(0, ordering: .relaxed) }
}

/// A number that goes up and down.
public final class PrometheusGauge: RecorderHandler, MeterHandler, Sendable {
  private let bits = Atomic<UInt64>(0)

  /// The value last set.
  public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  /// Sets it.
  public func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  /// Sets it.
  public func set(_ value: Int64) { set(Double(value)) }

  /// Adds to it.
  public func increment(by amount: Double) {
    var old = bits.load(ordering: .relaxed)
    while true {
      let sum = (Double(bitPattern: old) + amount).bitPattern
      let (isExchanged, now) = bits.compareExchange(expected: old, desired: sum, ordering: .relaxed)
      if isExchanged { return }
      old = now
    }
  }

  /// Takes away from it.
  public func decrement(by amount: Double) { increment(by: -amount) }

  /// Sets it.
  public func record(_ value: Int64) { set(value) }

  /// Sets it.
  public func record(_ value: Double) { set(value) }
}

/// How often values fell below each of some bounds.
public final class PrometheusHistogram: RecorderHandler, TimerHandler, Sendable {
  /// Bounds for times, in seconds: 0.5 ms to 10 s.
  public static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  /// Bounds for sizes and counts: powers of four.
  public static let sizes: [Double] = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576]

  private let bounds: [Double]
  private let buckets: [PrometheusCounter]
  private let total = PrometheusGauge()

  init(bounds: [Double]) {
    self.bounds = bounds
    buckets = (0...bounds.count).map { _ in PrometheusCounter() }
  }

  /// How many values there were.
  public var count: Int64 { buckets.reduce(0) { $0 + $1.value } }

  /// Counts a value.
  public func record(_ value: Double) {
    var place = 0
    while place < bounds.count, value > bounds[place] { place += 1 }
    buckets[place].increment(by: 1)
    total.increment(by: value)
  }

  /// Counts a value.
  public func record(_ value: Int64) { record(Double(value)) }

  /// Counts a time in seconds.
  public func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  /// Buckets are cumulative in the text.
  func write(name: String, labels: String, to text: inout String) {
    func with(_ bound: String) -> String {
      labels.isEmpty ? "{le=\"\(bound)\"}" : labels.dropLast() + ",le=\"\(bound)\"}"
    }
    var sum: Int64 = 0
    for (place, bucket) in buckets.enumerated() {
      sum += bucket.value
      let bound = place < bounds.count ? PrometheusRegistry.number(bounds[place]) : "+Inf"
      text += "\(name)_bucket\(with(bound)) \(sum)\n"
    }
    text += "\(name)_sum\(labels) \(PrometheusRegistry.number(total.value))\n\(name)_count\(labels) \(sum)\n"
  }
}
