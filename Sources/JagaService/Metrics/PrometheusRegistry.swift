public import Metrics
internal import Synchronization

/// Metrics in memory, and their text for Prometheus: the backend of swift-metrics, and of ``ServiceMetrics`` directly.
///
///     let registry = PrometheusRegistry()
///     MetricsSystem.bootstrap(registry)
///     registry.counter("jaga_requests_total", [("route", "/v1/score")]).increment(by: 1)
///     registry.text
///
/// A series is made at its first use and stays. Beyond ``limit`` series nothing is made any more, and what would be counted there is counted in
/// `jaga_metrics_dropped_total`: a label that grows without bound must not fill memory. Cost of counting: one atomic addition.
public final class PrometheusRegistry: MetricsFactory, Sendable {
  /// The most series.
  public static let limit = 4_096

  enum Kind: String {
    case counter, gauge, histogram
  }

  enum Series {
    case counter(PrometheusCounter)
    case gauge(PrometheusGauge)
    case histogram(PrometheusHistogram)
  }

  struct Family {
    var kind: Kind
    var help: String
    /// By labels, as they are written.
    var series: [String: Series] = [:]
  }

  private struct State {
    var families: [String: Family] = [:]
    var count = 0
    var dropped: Int64 = 0
  }

  private let state = Mutex(State())

  /// No metrics yet.
  public init() {}

  /// The counter of a name and labels.
  public func counter(_ name: String, _ labels: [(String, String)] = [], help: String = "") -> PrometheusCounter {
    let found = series(name, labels, kind: .counter, help: help) { .counter(PrometheusCounter()) }
    guard case .counter(let counter) = found else { return PrometheusCounter() }
    return counter
  }

  /// The gauge of a name and labels.
  public func gauge(_ name: String, _ labels: [(String, String)] = [], help: String = "") -> PrometheusGauge {
    let found = series(name, labels, kind: .gauge, help: help) { .gauge(PrometheusGauge()) }
    guard case .gauge(let gauge) = found else { return PrometheusGauge() }
    return gauge
  }

  /// The histogram of a name and labels, over `bounds`, which rise.
  public func histogram(
    _ name: String, _ labels: [(String, String)] = [], bounds: [Double] = PrometheusHistogram.seconds, help: String = ""
  ) -> PrometheusHistogram {
    let found = series(name, labels, kind: .histogram, help: help) { .histogram(PrometheusHistogram(bounds: bounds)) }
    guard case .histogram(let histogram) = found else { return PrometheusHistogram(bounds: bounds) }
    return histogram
  }

  /// Shows a histogram that is kept elsewhere.
  func adopt(_ histogram: PrometheusHistogram, as name: String, help: String) {
    _ = series(name, [], kind: .histogram, help: help) { .histogram(histogram) }
  }

  private func series(
    _ name: String, _ labels: [(String, String)], kind: Kind, help: String, make: () -> Series
  ) -> Series? {
    let name = PrometheusRegistry.name(name)
    let key = PrometheusRegistry.labels(labels)
    return state.withLock { state in
      if let known = state.families[name] {
        guard known.kind == kind else { return nil }
        if let series = known.series[key] { return series }
      }
      guard state.count < PrometheusRegistry.limit else {
        state.dropped += 1
        return nil
      }
      state.count += 1
      let made = make()
      state.families[name, default: Family(kind: kind, help: help)].series[key] = made
      return made
    }
  }

  /// Letters, digits and `_` alone.
  static func name(_ name: String) -> String {
    var made = String(
      name.unicodeScalars.map { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil) || scalar == "_"
          ? Character(scalar) : "_"
      })
    if let first = made.first, first.isNumber { made = "_" + made }
    return made
  }

  /// `{a="b",c="d"}`, sorted; empty without labels.
  static func labels(_ labels: [(String, String)]) -> String {
    guard !labels.isEmpty else { return "" }
    let parts = labels.sorted { $0.0 < $1.0 }.map { label, value in
      var escaped = ""
      for letter in value.unicodeScalars {
        switch letter {
        case "\\": escaped += "\\\\"
        case "\"": escaped += "\\\""
        case "\n": escaped += "\\n"
        default: escaped.unicodeScalars.append(letter)
        }
      }
      return "\(name(label))=\"\(escaped)\""
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// Everything in the text format of Prometheus 0.0.4, sorted by name and labels.
  public var text: String {
    let (families, dropped) = state.withLock { ($0.families, $0.dropped) }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      if !family.help.isEmpty { text += "# HELP \(name) \(family.help)\n" }
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
        switch series {
        case .counter(let counter): text += "\(name)\(labels) \(counter.value)\n"
        case .gauge(let gauge): text += "\(name)\(labels) \(PrometheusRegistry.number(gauge.value))\n"
        case .histogram(let histogram): histogram.write(name: name, labels: labels, to: &text)
        }
      }
    }
    text += "# TYPE jaga_metrics_dropped_total counter\njaga_metrics_dropped_total \(dropped)\n"
    return text
  }

  /// A number as Prometheus reads it.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return "\(value)"
  }
}

extension PrometheusRegistry {
  /// A counter for swift-metrics.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions)
  }

  /// A histogram over sizes for swift-metrics, or a gauge where nothing is aggregated.
  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    aggregate ? histogram(label, dimensions, bounds: PrometheusHistogram.sizes) : gauge(label, dimensions)
  }

  /// A gauge for swift-metrics.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { gauge(label, dimensions) }

  /// A histogram over seconds for swift-metrics.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions)
  }

  // Series stay: a counter that starts again from 0 whenever its owner goes away would look like a restart.
  /// Does nothing.
  public func destroyCounter(_ handler: any CounterHandler) {}
  /// Does nothing.
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  /// Does nothing.
  public func destroyMeter(_ handler: any MeterHandler) {}
  /// Does nothing.
  public func destroyTimer(_ handler: any TimerHandler) {}
}
