internal import Dispatch

/// Work that waits for the disk or for the store's writer, done on threads of its own.
///
/// Swift's own threads are as many as the machine has cores, and whoever waits on one of them keeps everybody else from being answered.
enum StoreWork {
  private static let queue = DispatchQueue(label: "jaga.store-work", qos: .userInitiated, attributes: .concurrent)

  /// Does something there and waits for it without keeping a thread. Throws what the work throws. Cost: two changes of thread.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Swift.Result { try work() }) }
    }
  }

  /// The same for work that cannot fail.
  static func result<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }

  /// Begins something there that nobody waits for.
  static func start(_ work: @escaping @Sendable () -> Void) { queue.async { work() } }
}
