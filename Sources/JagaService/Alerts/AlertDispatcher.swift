internal import JagaBatch
public import JagaStore
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Delivers the alerts of the store's outbox: signed, tried again with growing pauses, put aside when nothing helps.
///
/// An alert stands in the outbox since the transaction that raised its flag, and leaves it when its receiver has answered 2xx; so a crash loses none, and may
/// deliver one twice: its event id is then the same. Alerts of one round go out at once, in no order.
public final class AlertDispatcher: Service {
  private let store: Store
  private let receivers: [String: AlertReceiver]
  private let retry: AlertRetry
  private let transport: any AlertTransport
  private let metrics: ServiceMetrics
  private let publicURL: String
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let generator: Mutex<JitterGenerator>

  /// The most alerts of one round.
  static let roundLimit = 16
  /// Between two rounds without alerts.
  static let pause = Duration.milliseconds(500)

  /// A dispatcher; `seed` draws the pauses.
  public init(
    store: Store, receivers: [AlertReceiver], retry: AlertRetry, transport: any AlertTransport,
    metrics: ServiceMetrics, publicURL: String, logger: Logger, seed: UInt64, now: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    self.receivers = Dictionary(receivers.map { ($0.target, $0) }) { first, _ in first }
    self.retry = retry
    self.transport = transport
    self.metrics = metrics
    self.publicURL = publicURL
    self.logger = logger
    self.now = now
    generator = Mutex(JitterGenerator(seed: seed))
  }

  /// Rounds until the service stops; the last one is brought to its end, and what is due then stays in the outbox.
  public func run() async throws {
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      let count = await round()
      if count == AlertDispatcher.roundLimit { continue }
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: AlertDispatcher.pause) }
    }
    await transport.close()
  }

  /// Tries what is due once; how many there were.
  @discardableResult public func round() async -> Int {
    do {
      let due = try store.dueAlerts(now: now(), limit: AlertDispatcher.roundLimit)
      await withTaskGroup(of: Void.self) { group in
        for alert in due { group.addTask { await self.deliver(alert) } }
      }
      return due.count
    } catch {
      logger.error("the outbox cannot be read", metadata: ["error": "\(type(of: error))"])
      return 0
    }
  }

  private func deliver(_ alert: KeptAlert) async {
    guard let receiver = receivers[alert.target] else {
      return settle(alert, .dead(reason: "no receiver '\(alert.target)' is configured"))
    }
    let event = AlertDispatcher.event(of: alert)
    let body = AlertDispatcher.body(of: alert, event: event, publicURL: publicURL)
    let answer = await transport.send(receiver.request(payload: body, event: event, seconds: now() / 1_000))
    if answer.isDelivered { return settle(alert, .delivered) }
    let pause = generator.withLock { generator in
      retry.pause(after: alert.attempts + 1, asked: answer.retryAfter, using: &generator)
    }
    guard let pause else { return settle(alert, .dead(reason: answer.reason)) }
    settle(alert, .retry(at: now() + pause, reason: answer.reason))
  }

  private func settle(_ alert: KeptAlert, _ outcome: AlertOutcome) {
    let (name, reason) =
      switch outcome {
      case .delivered: ("delivered", "")
      case .retry(_, let reason): ("retried", reason)
      case .dead(let reason): ("dead", reason)
      }
    metrics.countAlert(name)
    if case .dead = outcome {
      logger.error(
        "an alert was given up; 'jaga-server alerts replay' sends it again",
        metadata: ["alert": "\(alert.number)", "target": "\(alert.target)", "reason": "\(reason)"])
    } else if case .retry = outcome {
      logger.warning(
        "an alert was not delivered yet",
        metadata: ["alert": "\(alert.number)", "target": "\(alert.target)", "reason": "\(reason)"])
    }
    do {
      try store.settleAlert(alert.number, outcome, now: now())
    } catch {
      logger.error("an alert's outcome cannot be kept; it may be sent again", metadata: ["alert": "\(alert.number)"])
    }
  }

  /// The same in every try.
  static func event(of alert: KeptAlert) -> String { "\(alert.createdAt)-\(alert.number)" }

  /// The payload, with its event id and the link to the conversation.
  static func body(of alert: KeptAlert, event: String, publicURL: String) -> [UInt8] {
    guard alert.payload.last == UInt8(ascii: "}") else { return alert.payload }
    let buffer = JagaBatch.ByteBuffer(capacity: alert.payload.count + 256)
    alert.payload.withUnsafeBufferPointer { buffer.append(UnsafeBufferPointer(rebasing: $0.dropLast())) }
    buffer.append(",\"event_id\":")
    buffer.append(json: event)
    buffer.append(",\"link\":")
    var base = publicURL
    while base.hasSuffix("/") { base.removeLast() }
    buffer.append(json: "\(base)/find?conversation=\(alert.conversationID.percentEncoded)")
    buffer.append("}")
    return buffer.withBytes { Array($0) }
  }
}

/// A small seeded generator (Steele, Lea, Flood 2014).
struct JitterGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The same seed gives the same numbers.
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
