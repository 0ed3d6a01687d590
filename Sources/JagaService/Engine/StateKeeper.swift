internal import Dispatch
internal import JagaStore
internal import Logging
internal import Synchronization

/// Brings what changed in memory into the store, many conversations in one transaction (group commit).
///
/// A change waits at most ``delay`` for others; where somebody waits for it, it is written at once, together with all that came meanwhile. One transaction
/// runs at a time, on a thread of its own. What cannot be written stays in memory and is tried again; until it is written, ``admit()`` lets nobody in.
///
/// Where the store can be written and a group cannot, its conversations are tried one by one: what is wrong with one must not stop the others. That one is tried again for
/// ``asideLimit``, takes on no more messages meanwhile, and then is given up, counted, and named in the log by a hash of its id.
final class StateKeeper: Sendable {
  private struct Waiting {
    var conversations: [LiveConversation] = []
    var waiters: [CheckedContinuation<Void, any Error>] = []
    var isScheduled = false
    var isUrgent = false
    /// The last transaction failed.
    var isFailing = false
  }

  private let queue = DispatchQueue(label: "jaga.state-keeper", qos: .userInitiated)
  private let waiting = Mutex(Waiting())
  private let store: Store
  private let logger: Logger
  private let counts: EngineCounts
  /// Under the lock of a conversation's shard: takes its changes, puts them back, and lets go of it once they are written.
  private let take: @Sendable (LiveConversation, inout ServiceChanges) -> PendingChanges
  private let putBack: @Sendable (LiveConversation, PendingChanges) -> Void
  private let letGo: @Sendable (LiveConversation) -> Void
  /// Notes that a conversation alone cannot be written; true when that has lasted for so long that it is given up.
  private let setAside: @Sendable (LiveConversation, Duration) -> Bool
  private let name: @Sendable (String) -> String

  /// How long a change may wait for company, in milliseconds.
  static let delay = 1_000
  /// How long to wait after a transaction that failed, in milliseconds.
  static let pause = 250
  /// The most conversations of one transaction.
  static let groupLimit = 2048
  /// How long a conversation that alone cannot be written is tried again.
  let asideLimit: Duration
  /// With more than this many on their way, requests wait for the store.
  static let crowd = 50_000

  init(
    store: Store, logger: Logger, counts: EngineCounts, asideLimit: Duration,
    name: @escaping @Sendable (String) -> String,
    take: @escaping @Sendable (LiveConversation, inout ServiceChanges) -> PendingChanges,
    putBack: @escaping @Sendable (LiveConversation, PendingChanges) -> Void,
    letGo: @escaping @Sendable (LiveConversation) -> Void,
    setAside: @escaping @Sendable (LiveConversation, Duration) -> Bool
  ) {
    self.asideLimit = asideLimit
    self.name = name
    self.setAside = setAside
    self.store = store
    self.logger = logger
    self.counts = counts
    self.take = take
    self.putBack = putBack
    self.letGo = letGo
  }

  /// Waits where the store lags behind or cannot be written, before anything is taken on. Throws ``StoreError`` when it still cannot: so memory does not grow.
  func admit() async throws {
    let mustWait = waiting.withLock { $0.isFailing || $0.conversations.count > StateKeeper.crowd }
    if mustWait { try await settled() }
  }

  /// Notes that a conversation changed; the caller holds its shard's lock and saw that it was not queued.
  func add(_ conversation: LiveConversation) {
    let schedule = waiting.withLock { waiting in
      waiting.conversations.append(conversation)
      let schedule = !waiting.isScheduled
      waiting.isScheduled = true
      return schedule
    }
    if schedule { queue.asyncAfter(deadline: .now() + .milliseconds(StateKeeper.delay)) { self.commit() } }
  }

  /// Returns when everything noted before is in the store. Throws ``StoreError`` when it is not.
  func settled() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let schedule = waiting.withLock { waiting in
        waiting.waiters.append(continuation)
        defer { waiting.isUrgent = true }
        return !waiting.isUrgent
      }
      if schedule { queue.async { self.commit() } }
    }
  }

  /// Does something between two transactions, when nothing is being written.
  func whenIdle<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try body() }) }
    }
  }

  /// One group after the other until nothing waits. Runs on the queue alone.
  private func commit() {
    let (conversations, waiters) = waiting.withLock { waiting in
      defer {
        waiting.conversations = []
        waiting.waiters = []
        waiting.isScheduled = false
        waiting.isUrgent = false
      }
      return (waiting.conversations, waiting.waiters)
    }
    var fault: (any Error)?
    var rest = conversations[...]
    while !rest.isEmpty {
      let group = rest.prefix(StateKeeper.groupLimit)
      rest = rest.dropFirst(group.count)
      do { try write(group) } catch { fault = error }
    }
    for waiter in waiters {
      if let fault { waiter.resume(throwing: fault) } else { waiter.resume() }
    }
  }

  private func write(_ group: ArraySlice<LiveConversation>) throws {
    var changes = ServiceChanges()
    changes.conversations.reserveCapacity(group.count)
    let taken = group.map { take($0, &changes) }
    do {
      let start = ContinuousClock.now
      try store.commit(changes)
      counts.commits.record(start.duration(to: .now) / .seconds(1))
      for conversation in group { letGo(conversation) }
      waiting.withLock { $0.isFailing = false }
    } catch {
      for (conversation, pending) in zip(group, taken) { putBack(conversation, pending) }
      if (try? store.probe()) != nil {
        try writeAlone(group, error)
        return
      }
      logger.error("the store cannot be written; changes stay in memory", metadata: ["error": "\(error)"])
      let schedule = waiting.withLock { waiting in
        waiting.conversations.append(contentsOf: group)
        waiting.isFailing = true
        defer { waiting.isScheduled = true }
        return !waiting.isScheduled
      }
      if schedule { queue.asyncAfter(deadline: .now() + .milliseconds(StateKeeper.pause)) { self.commit() } }
      throw error
    }
  }

  /// Writes a group that could not be written, each conversation by itself. Throws for those that had to be set aside, once; whoever waited with them is told to
  /// come again.
  private func writeAlone(_ group: ArraySlice<LiveConversation>, _ cause: any Error) throws {
    var aside: [LiveConversation] = []
    for conversation in group {
      var changes = ServiceChanges()
      let pending = take(conversation, &changes)
      do {
        try store.commit(changes)
        letGo(conversation)
      } catch {
        putBack(conversation, pending)
        aside.append(conversation)
      }
    }
    waiting.withLock { $0.isFailing = false }
    if aside.isEmpty { return }
    for conversation in aside { retryLater(conversation, cause) }
    throw cause
  }

  private func retryLater(_ conversation: LiveConversation, _ cause: any Error) {
    let metadata: Logger.Metadata = ["conversation": "\(name(conversation.id))", "error": "\(cause)"]
    if setAside(conversation, asideLimit) {
      counts.gaveUp()
      logger.critical("changes of a conversation cannot be written and are given up", metadata: metadata)
      return
    }
    logger.error("changes of a conversation cannot be written, those of others can", metadata: metadata)
    queue.asyncAfter(deadline: .now() + .milliseconds(StateKeeper.pause * 4)) {
      try? self.write([conversation][...])
    }
  }
}
