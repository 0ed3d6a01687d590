internal import JagaStore
internal import Logging
internal import Synchronization

/// The alerts of one target, apart from the others', so that a receiver that hangs holds up nobody else.
///
/// An outcome that the store does not take stays in memory, and until it is kept nothing more is sent: else what was delivered would go out again and
/// again. Pauses grow meanwhile. Memory: the outcomes of one round.
final class AlertLane: Sendable {
  /// What became of an alert, not yet in the store.
  private struct Settlement: Sendable {
    var alert: Int
    var outcome: AlertOutcome
  }

  private struct State {
    var unkept: [Settlement] = []
    var failures = 0
  }

  /// Nil for alerts whose target is not configured.
  let target: String?
  private let others: [String]
  private let parts: AlertLaneParts
  private let send: @Sendable (KeptAlert) async -> AlertOutcome
  private let state = Mutex(State())

  /// A lane; `send` tries an alert once. With `target` nil it has all alerts but those of `others`.
  init(
    target: String?, except others: [String] = [], parts: AlertLaneParts,
    send: @escaping @Sendable (KeptAlert) async -> AlertOutcome
  ) {
    self.target = target
    self.others = others
    self.parts = parts
    self.send = send
  }

  /// Until the next round: grows while the store refuses.
  var pause: Duration { AlertLane.pause(after: state.withLock { $0.failures }) }

  /// True while the store refuses.
  var isFailing: Bool { state.withLock { $0.failures > 0 } }

  /// The pause after some rounds that failed one after the other: doubled each time, up to a minute.
  static func pause(after failures: Int) -> Duration {
    min(AlertDispatcher.pause * (1 << min(failures, 10)), .seconds(60))
  }

  /// Tries what is due once; how many there were.
  func round() async -> Int {
    guard await keep([]) else {
      failed("outcomes of alerts cannot be kept; nothing more is sent to the target until they are")
      return 0
    }
    let (parts, target, others) = (parts, target, others)
    let due: [KeptAlert]
    do {
      due = try await StoreWork.run {
        try parts.outbox.due(target: target, except: others, now: parts.now(), limit: AlertDispatcher.roundLimit)
      }
    } catch {
      failed("the outbox cannot be read")
      return 0
    }
    let isKept = await withTaskGroup(of: Settlement.self) { group in
      for alert in due {
        group.addTask { Settlement(alert: alert.number, outcome: await self.send(alert)) }
      }
      var isKept = true
      for await settlement in group { isKept = await keep([settlement]) }
      return isKept
    }
    if isKept {
      state.withLock { $0.failures = 0 }
    } else {
      failed("outcomes of alerts cannot be kept; nothing more is sent to the target until they are")
    }
    return due.count
  }

  /// Keeps outcomes that are left, without sending anything. False when some cannot be kept: their alerts are sent again after the next start.
  func finish() async -> Bool { await keep([]) }

  private func failed(_ what: Logger.Message) {
    let (count, failures) = state.withLock { state in
      state.failures += 1
      return (state.unkept.count, state.failures)
    }
    parts.logger.error(
      what, metadata: ["target": "\(target ?? "none")", "outcomes": "\(count)", "failures": "\(failures)"])
  }

  /// Brings outcomes into the store, with those that it did not take before. False when some are left.
  private func keep(_ more: [Settlement]) async -> Bool {
    let unkept = state.withLock { $0.unkept } + more
    guard !unkept.isEmpty else { return true }
    let parts = parts
    let left = await StoreWork.result {
      unkept.filter { settlement in
        do {
          try parts.outbox.settle(settlement.alert, settlement.outcome, now: parts.now())
          return false
        } catch { return true }
      }
    }
    state.withLock { $0.unkept = left }
    return left.isEmpty
  }
}

/// What lanes share.
struct AlertLaneParts: Sendable {
  var outbox: any AlertOutbox
  var logger: Logger
  var now: @Sendable () -> Int64
}
