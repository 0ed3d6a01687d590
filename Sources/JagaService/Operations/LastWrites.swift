internal import Synchronization

/// Brings what is in memory into the store before the end, though the store may be busy at that moment.
public enum LastWrites {
  /// Between two tries.
  public static let pause = Duration.milliseconds(250)

  /// Tries to write until it succeeds, for as long as `limit`; at least once. Returns how many tries it took. Throws what the last one threw.
  @discardableResult
  public static func make(
    within limit: Duration, pause: Duration = LastWrites.pause, clock: some Clock<Duration> = ContinuousClock(),
    _ write: () async throws -> Void
  ) async throws -> Int {
    let end = clock.now.advanced(by: limit)
    var tries = 1
    while true {
      do {
        try await write()
        return tries
      } catch {
        guard clock.now.advanced(by: pause) < end else { throw error }
      }
      // Whoever is cancelled sleeps not at all, but still has its time to write.
      do { try await clock.sleep(until: clock.now.advanced(by: pause), tolerance: nil) } catch { await Task.yield() }
      tries += 1
    }
  }

  /// Something took longer than there was time for; it goes on, and nobody waits for it.
  public struct Overdue: Error, CustomStringConvertible {
    /// The sentence shown to people.
    public let description = "the store was busy for too long"
  }

  /// Waits for work that cannot be interrupted, such as for a file that another program has locked, no longer than until `end`. Throws ``Overdue``, or what the work
  /// throws.
  public static func bounded(
    until end: ContinuousClock.Instant, _ work: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let once = Once(continuation)
      Task.detached {
        do {
          try await work()
          once.resume(with: .success(()))
        } catch { once.resume(with: .failure(error)) }
      }
      Task.detached {
        try? await Task.sleep(until: end)
        once.resume(with: .failure(Overdue()))
      }
    }
  }

  /// Goes on once, by whoever comes first.
  private final class Once: Sendable {
    private let continuation: Mutex<CheckedContinuation<Void, any Error>?>

    init(_ continuation: CheckedContinuation<Void, any Error>) { self.continuation = Mutex(continuation) }

    func resume(with result: Result<Void, any Error>) {
      let first = continuation.withLock { continuation in
        defer { continuation = nil }
        return continuation
      }
      first?.resume(with: result)
    }
  }
}
