public import JagaStore
public import Logging
public import ServiceLifecycle

/// Removes what has been kept long enough, every few hours. The store leaves a proof of each round in the audit.
///
/// The first round comes within a tenth of the interval after the start, the others up to a tenth later or earlier than the interval, so that several
/// installations do not do it all at once.
public final class RetentionService: Service {
  private let store: Store
  private let policy: RetentionPolicy
  private let interval: Duration
  private let logger: Logger
  private let now: @Sendable () -> Int64

  /// A service with a policy, and hours between rounds.
  public init(
    store: Store, policy: RetentionPolicy, everyHours: Int, logger: Logger, now: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    self.policy = policy
    interval = .seconds(everyHours * 3_600)
    self.logger = logger
    self.now = now
  }

  /// Rounds until the service stops.
  public func run() async throws {
    var generator = SystemRandomNumberGenerator()
    var pause = interval * Double.random(in: 0...0.1, using: &generator)
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      let wait = pause
      do {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: wait) }
      } catch { return }
      if Task.isShuttingDownGracefully { return }
      await round()
      pause = interval * Double.random(in: 0.9...1.1, using: &generator)
    }
  }

  /// One round; what went wrong stands in the log, and the next one tries again.
  func round() async {
    do {
      let counts = try await StoreWork.run { [self] in try store.purge(policy, now: now(), actor: "jaga") }
      guard counts.total > 0 else { return }
      logger.info(
        "retention removed what was kept long enough",
        metadata: [
          "conversations": "\(counts.conversations)", "items": "\(counts.items)", "flags": "\(counts.flags)",
          "decisions": "\(counts.decisions)", "texts": "\(counts.texts)", "alerts": "\(counts.alerts)",
          "pollSessions": "\(counts.sessions)",
        ])
    } catch {
      logger.error("retention failed; it is tried again next time", metadata: ["error": "\(error)"])
    }
  }
}

extension ServerOptions.RetentionOptions {
  /// The policy for the store.
  public var policy: RetentionPolicy {
    let day: Int64 = 86_400_000
    return RetentionPolicy(
      idleConversations: Int64(conversationDays) * day, closedItems: Int64(closedDays) * day,
      deliveredAlerts: Int64(alertDays) * day, deadAlerts: Int64(closedDays) * day, polls: Int64(pollDays) * day,
      // A gateway repeats for hours, and asks for the state of a message for days.
      receipts: 7 * day, settledOutgoing: 7 * day)
  }
}
