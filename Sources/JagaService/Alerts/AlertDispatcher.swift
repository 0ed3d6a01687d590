internal import JagaBatch
public import JagaStore
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Delivers the alerts of the store's outbox: signed, tried again with growing pauses, put aside when nothing helps.
///
/// An alert stands in the outbox since the transaction that raised its flag, and leaves it when its receiver has answered 2xx; so a crash loses none, and may
/// deliver one twice: its event id is then the same. Each target has a lane of its own; alerts of one round go out at once, in no order.
public final class AlertDispatcher: Service {
  private let receivers: [String: AlertReceiver]
  private let retry: AlertRetry
  private let transport: any AlertTransport
  private let metrics: ServiceMetrics
  private let publicURL: String
  private let logger: Logger
  private let now: @Sendable () -> Int64
  private let outbox: any AlertOutbox
  private let generator: Mutex<JitterGenerator>

  /// The most alerts of one round and target.
  static let roundLimit = 16
  /// Between two rounds without alerts.
  static let pause = Duration.milliseconds(500)

  /// A dispatcher; `seed` draws the pauses.
  public convenience init(
    store: Store, receivers: [AlertReceiver], retry: AlertRetry, transport: any AlertTransport,
    metrics: ServiceMetrics, publicURL: String, logger: Logger, seed: UInt64, now: @escaping @Sendable () -> Int64
  ) {
    self.init(
      outbox: StoreOutbox(store: store), receivers: receivers, retry: retry, transport: transport, metrics: metrics,
      publicURL: publicURL, logger: logger, seed: seed, now: now)
  }

  init(
    outbox: any AlertOutbox, receivers: [AlertReceiver], retry: AlertRetry, transport: any AlertTransport,
    metrics: ServiceMetrics, publicURL: String, logger: Logger, seed: UInt64, now: @escaping @Sendable () -> Int64
  ) {
    self.outbox = outbox
    self.receivers = Dictionary(receivers.map { ($0.target, $0) }) { first, _ in first }
    self.retry = retry
    self.transport = transport
    self.metrics = metrics
    self.publicURL = publicURL
    self.logger = logger
    self.now = now
    generator = Mutex(JitterGenerator(seed: seed))
  }

  /// One lane a target, and one for alerts whose target is not configured.
  func lanes() -> [AlertLane] {
    let parts = AlertLaneParts(outbox: outbox, logger: logger, now: now)
    let targets = receivers.keys.sorted()
    let own = targets.map { target in AlertLane(target: target, parts: parts) { await self.deliver($0) } }
    return own + [AlertLane(target: nil, except: targets, parts: parts) { await self.deliver($0) }]
  }

  /// Rounds until the service stops; the last one is brought to its end, and what is due then stays in the outbox.
  public func run() async throws {
    await withTaskGroup(of: Void.self) { group in
      for lane in lanes() { group.addTask { await self.run(lane) } }
    }
    await transport.close()
  }

  private func run(_ lane: AlertLane) async {
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      if await lane.round() == AlertDispatcher.roundLimit, !lane.isFailing { continue }
      let pause = lane.pause
      try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
    }
    if await !lane.finish() {
      logger.error("outcomes of alerts could not be kept; these alerts are sent again after the next start")
    }
  }

  /// Tries an alert once, and says what became of it.
  private func deliver(_ alert: KeptAlert) async -> AlertOutcome {
    let outcome = await attempt(alert)
    report(outcome, of: alert)
    return outcome
  }

  private func attempt(_ alert: KeptAlert) async -> AlertOutcome {
    guard let receiver = receivers[alert.target] else {
      return .dead(reason: "no receiver '\(alert.target)' is configured")
    }
    let event = AlertDispatcher.event(of: alert)
    let body = AlertDispatcher.body(of: alert, event: event, publicURL: publicURL)
    let answer = await transport.send(receiver.request(payload: body, event: event, seconds: now() / 1_000))
    if answer.isDelivered { return .delivered }
    let pause = generator.withLock { generator in
      retry.pause(after: alert.attempts + 1, asked: answer.retryAfter, using: &generator)
    }
    guard let pause else { return .dead(reason: answer.reason) }
    return .retry(at: now() + pause, reason: answer.reason)
  }

  private func report(_ outcome: AlertOutcome, of alert: KeptAlert) {
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
