internal import JagaStore

/// Where alerts wait until they are delivered.
protocol AlertOutbox: Sendable {
  /// Alerts that are to be sent by now: those of one target, or with nil of all but `others`.
  func due(target: String?, except others: [String], now: Int64, limit: Int) throws -> [KeptAlert]
  /// Keeps what became of an attempt.
  func settle(_ number: Int, _ outcome: AlertOutcome, now: Int64) throws
}

/// The store's outbox.
struct StoreOutbox: AlertOutbox {
  let store: Store

  func due(target: String?, except others: [String], now: Int64, limit: Int) throws -> [KeptAlert] {
    try store.dueAlerts(now: now, limit: limit, target: target, except: others)
  }

  func settle(_ number: Int, _ outcome: AlertOutcome, now: Int64) throws {
    try store.settleAlert(number, outcome, now: now)
  }
}
