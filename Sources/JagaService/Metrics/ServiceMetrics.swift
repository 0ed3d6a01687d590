internal import HTTPTypes
public import JagaCore
internal import Synchronization

/// What the service counts. Labels are routes, status codes, kinds and bands; never an id, an address or a text.
public final class ServiceMetrics: Sendable {
  /// Where the series are.
  public let registry: PrometheusRegistry

  private let scored: PrometheusCounter
  private let repeated: PrometheusCounter
  private let evicted: PrometheusCounter
  private let restarted: PrometheusCounter
  private let commits: PrometheusHistogram
  private let flags: [PrometheusCounter]
  private let alerts: [String: PrometheusCounter]
  private let requests = Mutex<[RequestKey: PrometheusHistogram]>([:])

  private struct RequestKey: Hashable {
    var method: String
    var route: String
    var status: Int
  }

  /// Metrics in a registry.
  public init(registry: PrometheusRegistry = PrometheusRegistry()) {
    self.registry = registry
    scored = registry.counter("jaga_messages_scored_total", help: "Messages scored, by any route.")
    repeated = registry.counter("jaga_messages_repeated_total", help: "Messages that came again in their conversation.")
    evicted = registry.counter("jaga_conversations_evicted_total", help: "States of conversations moved from memory to the store.")
    restarted = registry.counter(
      "jaga_conversations_restarted_total", help: "Conversations begun again because their state is of another model.")
    commits = registry.histogram("jaga_commit_seconds", help: "Time of a transaction of the store.")
    flags = ["disclosure", "risk"].flatMap { kind in
      Band.allCases.map { band in
        registry.counter(
          "jaga_flags_total", [("kind", kind), ("band", band.name)], help: "Messages flagged for review, by kind and band.")
      }
    }
    let outcomes = ["delivered", "retried", "dead"]
    alerts = Dictionary(
      uniqueKeysWithValues: outcomes.map {
        ($0, registry.counter("jaga_alerts_total", [("outcome", $0)], help: "Deliveries of alerts, by outcome."))
      })
  }

  /// Messages were scored; of them `repeated` came again.
  public func countScored(_ count: Int, repeated again: Int = 0) {
    scored.increment(by: Int64(count))
    if again > 0 { repeated.increment(by: Int64(again)) }
  }

  /// A message was flagged.
  public func countFlag(isDisclosure: Bool, band: Band) {
    flags[(isDisclosure ? 0 : Band.allCases.count) + Int(band.rawValue)].increment(by: 1)
  }

  /// States went from memory to the store.
  public func countEvicted(_ count: Int) { evicted.increment(by: Int64(count)) }

  /// A state of another model was left behind.
  public func countRestarted() { restarted.increment(by: 1) }

  /// A transaction took so long.
  public func recordCommit(seconds: Double) { commits.record(seconds) }

  /// A delivery ended: `delivered`, `retried` or `dead`.
  public func countAlert(_ outcome: String) { alerts[outcome]?.increment(by: 1) }

  /// A request was answered. `route` is a pattern of the router, not a path.
  public func recordRequest(method: String, route: String, status: Int, seconds: Double) {
    let key = RequestKey(method: method, route: route, status: status)
    let histogram = requests.withLock { known in
      if let found = known[key] { return found }
      let made = registry.histogram(
        "jaga_request_seconds", [("method", method), ("route", route), ("status", "\(status)")],
        help: "Time to the end of a request's answer.")
      known[key] = made
      return made
    }
    histogram.record(seconds)
  }

  /// Sets a gauge.
  public func set(_ name: String, _ value: Double, labels: [(String, String)] = [], help: String = "") {
    registry.gauge(name, labels, help: help).set(value)
  }
}
