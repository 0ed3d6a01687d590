import Synchronization
import Testing

@testable import JagaService

struct LastWritesTests {
  private struct Refusal: Error, Equatable { var number: Int }

  /// Time passes only while somebody sleeps: how busy the machine is changes nothing.
  private final class SleepersClock: Clock {
    private let moment = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { moment.withLock { $0 } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
      try Task.checkCancellation()
      moment.withLock { $0 = max($0, deadline) }
    }
  }

  private func tries(_ failures: Int, within limit: Duration) async throws -> Int {
    var count = 0
    return try await LastWrites.make(within: limit, pause: .seconds(1), clock: SleepersClock()) {
      count += 1
      if count <= failures { throw Refusal(number: count) }
    }
  }

  @Test(arguments: [0, 1, 5]) func itIsTriedUntilItSucceeds(failures: Int) async throws {
    #expect(try await tries(failures, within: .seconds(60)) == failures + 1)
  }

  /// The next try must begin before the limit.
  @Test(arguments: [(0, 1), (1, 1), (2, 2), (60, 60)]) func theLastFaultComesOut(seconds: Int, tries: Int) async throws
  {
    await #expect(throws: Refusal(number: tries)) { try await self.tries(.max, within: .seconds(seconds)) }
  }

  /// The work waits for what never comes; whoever waits for the work does not.
  @Test func workThatDoesNotEndIsNotWaitedFor() async throws {
    let gate = AsyncStream<Void>.makeStream()
    await #expect(throws: LastWrites.Overdue.self) {
      try await LastWrites.bounded(until: .now + .milliseconds(20)) { for await _ in gate.stream {} }
    }
    gate.continuation.finish()
    try await LastWrites.bounded(until: .now + .seconds(600)) {}
    await #expect(throws: Refusal(number: 7)) {
      try await LastWrites.bounded(until: .now + .seconds(600)) { throw Refusal(number: 7) }
    }
  }

  /// Who is told to stop at once still writes.
  @Test func aCancelledTaskWrites() async throws {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await tries(3, within: .seconds(60))
    }
    #expect(try await task.value == 4)
  }
}
