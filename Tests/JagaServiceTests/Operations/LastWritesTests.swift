import Testing

@testable import JagaService

struct LastWritesTests {
  private struct Refusal: Error, Equatable { var number: Int }

  private func tries(_ failures: Int, within limit: Duration) async throws -> Int {
    var count = 0
    return try await LastWrites.make(within: limit, pause: .milliseconds(1)) {
      count += 1
      if count <= failures { throw Refusal(number: count) }
    }
  }

  @Test(arguments: [0, 1, 5]) func itIsTriedUntilItSucceeds(failures: Int) async throws {
    #expect(try await tries(failures, within: .seconds(60)) == failures + 1)
  }

  @Test func theLastFaultComesOut() async throws {
    await #expect(throws: Refusal(number: 1)) { try await tries(.max, within: .zero) }
    let fault = await #expect(throws: Refusal.self) { try await tries(.max, within: .seconds(1)) }
    #expect(try #require(fault).number > 1)
  }

  /// The work waits for what never comes; whoever waits for the work does not.
  @Test func workThatDoesNotEndIsNotWaitedFor() async throws {
    let gate = AsyncStream<Void>.makeStream()
    await #expect(throws: LastWrites.Overdue.self) {
      try await LastWrites.bounded(until: .now + .milliseconds(20)) { for await _ in gate.stream {} }
    }
    gate.continuation.finish()
    try await LastWrites.bounded(until: .now + .seconds(60)) {}
    await #expect(throws: Refusal(number: 7)) {
      try await LastWrites.bounded(until: .now + .seconds(60)) { throw Refusal(number: 7) }
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
