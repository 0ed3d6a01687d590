internal import Synchronization

/// Whether the store can be written, found out at most once a second however many ask: strangers may ask, and each answer takes the writer's place.
final class WritableCheck: Sendable {
  private struct State {
    var checkedAt: Int64?
    var isWritable = false
    var isRunning = false
    var waiting: [CheckedContinuation<Bool, Never>] = []
  }

  /// How long an answer is good for, in milliseconds.
  static let lifetime: Int64 = 1_000

  private let state = Mutex(State())
  private let now: @Sendable () -> Int64
  private let check: @Sendable () throws -> Void

  /// A check that has not been made yet; `check` throws when the store cannot be written.
  init(now: @escaping @Sendable () -> Int64, _ check: @escaping @Sendable () throws -> Void) {
    self.now = now
    self.check = check
  }

  /// The last answer while it is good; else a new one, on which all wait who ask meanwhile.
  func isWritable() async -> Bool {
    await withCheckedContinuation { continuation in
      let now = now()
      let (known, starts) = state.withLock { state -> (Bool?, Bool) in
        if let checkedAt = state.checkedAt, (0..<WritableCheck.lifetime).contains(now - checkedAt) {
          return (state.isWritable, false)
        }
        state.waiting.append(continuation)
        defer { state.isRunning = true }
        return (nil, !state.isRunning)
      }
      if let known { continuation.resume(returning: known) }
      if starts { StoreWork.start { self.look() } }
    }
  }

  /// How many wait for the answer.
  var waiting: Int { state.withLock { $0.waiting.count } }

  private func look() {
    let isWritable = (try? check()) != nil
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      (state.isWritable, state.isRunning, state.checkedAt) = (isWritable, false, now())
      return state.waiting
    }
    for continuation in waiting { continuation.resume(returning: isWritable) }
  }
}
