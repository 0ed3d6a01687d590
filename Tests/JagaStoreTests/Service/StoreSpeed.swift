import Foundation
import Testing

@testable import JagaStore

/// Measures the two hot paths: `JAGA_MEASURE=1 swift test -c release --filter StoreSpeed`. Figures are printed, and judged only as far as a slow machine allows.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["JAGA_MEASURE"] != nil)) struct StoreSpeed {
  private static let conversations = 100_000

  private func conversation(_ number: Int, messages: Int) -> KeptConversation {
    // A state of three authors, and the ids of the last forty messages.
    KeptConversation(
      id: "conversation-\(number)", state: [UInt8](repeating: UInt8(truncatingIfNeeded: messages), count: 400),
      modelID: "1a2b3c4d", seen: (0..<40).map { UInt64($0) },
      authors: (0..<3).map { KeptAuthor(hash: UInt64($0), id: "author-\($0)") }, firstAlertMessageID: nil,
      messages: messages, updatedAt: 1_700_000_000_000)
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let time = start.duration(to: .now).components
    return Double(time.seconds) + Double(time.attoseconds) * 1e-18
  }

  @Test func conversationsInAndOut() throws {
    let open = try OpenStore()
    let count = StoreSpeed.conversations
    for (name, batch, step) in [
      ("new", 200, 1), ("again, in order", 200, 1), ("again, scattered", 200, 7_919), ("one a commit", 1, 7_919),
    ] {
      let rounds = batch == 1 ? 20_000 : count
      let changes = stride(from: 0, to: rounds, by: batch).map { first in
        ServiceChanges(conversations: (first..<first + batch).map { conversation($0 * step % count, messages: step) })
      }
      let time = try seconds { for change in changes { try open.store.commit(change) } }
      print("commit, \(name): \(String(format: "%.1f", time / Double(rounds) * 1e6)) µs a conversation")
    }
    let ids = (0..<count).map { "conversation-\($0 * 7_919 % count)" }
    var found = 0
    let time = try seconds { for id in ids where try open.store.conversation(id) != nil { found += 1 } }
    #expect(found == count)
    print("conversation(_:): \(String(format: "%.1f", time / Double(count) * 1e6)) µs")
    let flags = (0..<20_000).map { SampleService.flag("conversation-\($0 % 5_000)", $0) }
    let flagTime = try seconds {
      for first in stride(from: 0, to: flags.count, by: 50) {
        try open.store.commit(ServiceChanges(flags: Array(flags[first..<first + 50])))
      }
    }
    print("commit, flags: \(String(format: "%.1f", flagTime / Double(flags.count) * 1e6)) µs a flag")
    let queueTime = try seconds {
      for _ in 0..<100 { _ = try open.store.queue(QueueQuery(reviewer: "ani", limit: 50)) }
    }
    print("queue(_:) of 50 among 5000: \(String(format: "%.2f", queueTime / 100 * 1e3)) ms")
    var verdict = try open.store.verifyAudit()
    let verifyTime = try seconds { verdict = try open.store.verifyAudit() }
    #expect(verdict.isWhole)
    print("verifyAudit: \(String(format: "%.1f", verifyTime / Double(verdict.rows) * 1e6)) µs a row")
    let sizesTime = try seconds { _ = try open.store.sizes() }
    print("sizes of \(count) conversations: \(String(format: "%.1f", sizesTime * 1e3)) ms")
  }
}
