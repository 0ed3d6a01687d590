import Dispatch
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import JagaService
@testable import JagaStore

/// While the store's writer is taken, those who wait for it keep no thread from answering others.
@Suite(.serialized) struct StoreWorkTests {
  /// Takes the writer's place until it is let go, or for `seconds` at most.
  private final class Holder: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    private let begun = DispatchSemaphore(value: 0)
    private let isOver = Mutex(false)
    /// How many pieces of work have begun.
    let started = Mutex(0)
    /// False when it had to give up, since nobody came to let go.
    let wasLetGo = Mutex(false)

    func hold(_ store: Store, seconds: Double) {
      Thread.detachNewThread {
        try? store.writing { _ in
          self.begun.signal()
          let result = self.gate.wait(timeout: .now() + seconds)
          self.wasLetGo.withLock { $0 = result == .success }
        }
        self.isOver.withLock { $0 = true }
      }
      begun.wait()
    }

    func letGo() async -> Bool {
      gate.signal()
      while isOver.withLock({ !$0 }) { await Task.yield() }
      return wasLetGo.withLock { $0 }
    }
  }

  /// Begins `work` as often as would take all threads that there are, then looks whether anybody else is still served.
  private func othersAreServed(
    _ fixture: ServiceFixture, while work: @escaping @Sendable () async throws -> Void
  ) async throws -> Bool {
    let holder = Holder()
    // Longer than all tests together take: on a busy machine, this one may have to wait for them.
    holder.hold(fixture.parts.store, seconds: 600)
    let count = ProcessInfo.processInfo.activeProcessorCount * 2
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count {
        group.addTask {
          holder.started.withLock { $0 += 1 }
          try await work()
        }
      }
      while holder.started.withLock({ $0 < count }) { await Task.yield() }
      let answer = try await fixture.send(.get, "/healthz", nil, headers: [:], to: fixture.parts.router())
      #expect(answer.status == .ok)
      let wasLetGo = await holder.letGo()
      try await group.waitForAll()
      return wasLetGo
    }
  }

  @Test func retention() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let retention = RetentionService(
      store: fixture.parts.store, policy: ServerOptions().retention.policy, everyHours: 1, logger: fixture.parts.logger,
      now: { fixture.clock.now })
    #expect(try await othersAreServed(fixture) { await retention.round() })
  }

  @Test func theConsole() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    // A sign-in leaves a row in the audit.
    let isServed = try await othersAreServed(fixture) {
      let answer = try await fixture.send(
        .post, "/sign-in", "name=Ani", headers: ["Content-Type": "application/x-www-form-urlencoded"],
        to: fixture.parts.router())
      #expect(answer.status == .seeOther)
    }
    #expect(isServed)
    #expect(try fixture.parts.store.audit(from: 1, limit: 999).contains { $0.action == "session.opened" })
  }

  @Test func replays() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let isServed = try await othersAreServed(fixture) {
      let answer = try await fixture.send(.post, "/v1/alerts/replay", nil, headers: [:], to: fixture.parts.router())
      #expect(answer.status == .ok)
    }
    #expect(isServed)
  }

  @Test func exports() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await AlertRoutesTests.score(SampleLines.risky("c1"), fixture)
    let isServed = try await othersAreServed(fixture) {
      let answer = try await fixture.send(
        .get, "/v1/conversations/c1/export", nil, headers: [:], to: fixture.parts.router())
      #expect(answer.status == .ok)
    }
    #expect(isServed)
  }
}
