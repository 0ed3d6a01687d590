internal import Synchronization

/// What the service counts besides engine and store. Labels are methods, patterns of routes, status codes and outcomes; never an id, an address or a text.
public final class ServiceMetrics: Sendable {
  /// Where the series are.
  public let registry: PrometheusRegistry

  private let alerts: [String: PrometheusCounter]
  private let missingResults: PrometheusCounter
  private let requests = Mutex<[RequestKey: PrometheusHistogram]>([:])

  private struct RequestKey: Hashable {
    var method: String
    var route: String
    var status: Int
  }

  /// Metrics in a registry.
  public init(registry: PrometheusRegistry = PrometheusRegistry()) {
    self.registry = registry
    missingResults = registry.counter(
      "jaga_flow_result_missing_total", help: "Webhooks of flows without the result that polls.flowResult names.")
    alerts = Dictionary(
      uniqueKeysWithValues: ["delivered", "retried", "dead"].map {
        ($0, registry.counter("jaga_alerts_total", [("outcome", $0)], help: "Deliveries of alerts, by outcome."))
      })
  }

  /// A delivery ended: `delivered`, `retried` or `dead`.
  public func countAlert(_ outcome: String) { alerts[outcome]?.increment(by: 1) }

  /// A sign-in was `refused` for its token, or `held` since too many were.
  func countSignIn(_ outcome: String) {
    registry.counter("jaga_sign_ins_failed_total", [("outcome", outcome)], help: "Sign-ins to the console that failed.")
      .increment(by: 1)
  }

  /// Webhooks of flows without the text that the configuration says they have; gives how many so far.
  func countMissingResult() -> Int64 {
    missingResults.increment(by: 1)
    return missingResults.value
  }

  /// A request was answered. `route` is a pattern of the router, not a path.
  public func recordRequest(method: String, route: String, status: Int, seconds: Double) {
    let key = RequestKey(method: method, route: route, status: status)
    let histogram = requests.withLock { known in
      if let found = known[key] { return found }
      let made = registry.histogram(
        "jaga_request_seconds", [("method", method), ("route", route), ("status", "\(status)")],
        help: "Time until the answer to a request began.")
      known[key] = made
      return made
    }
    histogram.record(seconds)
  }
}
