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

  /// Prints the time of the clock and of the processor for one of `count` things.
  private func measure(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows {
    let (start, busy) = (ContinuousClock.now, clock())
    try body()
    let time = start.duration(to: .now).components
    let seconds = Double(time.seconds) + Double(time.attoseconds) * 1e-18
    let processor = Double(clock() - busy) / Double(CLOCKS_PER_SEC)
    let figures = [seconds, processor].map { String(format: "%.1f", $0 / Double(count) * 1e6) }
    print("\(name): \(figures[0]) µs, of the processor \(figures[1]) µs")
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
      try measure("commit of a conversation, \(name)", rounds) {
        for change in changes { try open.store.commit(change) }
      }
    }
    let ids = (0..<count).map { "conversation-\($0 * 7_919 % count)" }
    var found = 0
    try measure("conversation(_:)", count) { for id in ids where try open.store.conversation(id) != nil { found += 1 } }
    #expect(found == count)
    let flags = (0..<20_000).map { SampleService.flag("conversation-\($0 % 5_000)", $0) }
    let changes = stride(from: 0, to: flags.count, by: 50).map { ServiceChanges(flags: Array(flags[$0..<$0 + 50])) }
    try measure("commit of a flag", flags.count) { for change in changes { try open.store.commit(change) } }
    try measure("queue(_:) of 50 among 5000", 100) {
      for _ in 0..<100 { _ = try open.store.queue(QueueQuery(reviewer: "ani", limit: 50)) }
    }
    var verdict = try open.store.verifyAudit()
    try measure("a row of verifyAudit()", verdict.rows) { verdict = try open.store.verifyAudit() }
    #expect(verdict.isWhole)
    try measure("sizes() of \(count) conversations", 1) { _ = try open.store.sizes() }
  }
}
