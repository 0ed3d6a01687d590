import JagaBatch
import JagaCore
import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// One conversation whose changes no store would take: the others go on.
struct PoisonedChangesTests {
  private func batch(_ conversation: String, _ message: String = "m") -> MessageBatch {
    var batch = MessageBatch()
    batch.append(Message(conversationID: conversation, messageID: message, authorID: "a", text: "halo"))
    return batch
  }

  /// A case without a flag that opens its item is refused by the store, whenever it is tried.
  private func poison(_ engine: ConversationEngine, _ conversation: String) async throws {
    let turn = ReplyTurn(question: []) { _, event in
      var decision = ReplyTurn.Decision()
      decision.polls = [
        PollChange(
          channel: "ex", contact: [1], at: event.receivedAt,
          case: CaseDraft(conversationID: conversation, kind: .risk, urgency: .ongoing, language: "id"))
      ]
      return decision
    }
    try await engine.reply(batch(conversation), turn: turn) { _ in }
  }

  @Test func theOthersAreWritten() async throws {
    let fixture = try DeskFixture { $0.asideSeconds = 3_600 }
    defer { fixture.remove() }
    let engine = fixture.parts.engine
    await #expect(throws: StoreError.self) { try await poison(engine, "bad") }
    // The same conversation is refused, also what was sent before: it is not in the store.
    await #expect(throws: StoreError.self) { try await engine.score(batch("bad", "n")) { _, _ in } }
    for place in 0..<20 { try await engine.score(batch("good-\(place)")) { _, _ in } }
    try await engine.flush()
    #expect(try fixture.store.conversation("good-19")?.messages == 1 && fixture.store.conversation("bad") == nil)
    #expect(!fixture.log.text.contains("\"bad\"") && fixture.log.text.contains("those of others can"))
  }

  /// In one group with others, and several of them.
  @Test func aGroupIsTakenApart() async throws {
    let fixture = try DeskFixture { $0.asideSeconds = 3_600 }
    defer { fixture.remove() }
    let engine = fixture.parts.engine
    try await withThrowingTaskGroup(of: Void.self) { group in
      for place in 0..<40 {
        group.addTask {
          if place % 10 == 3 {
            try? await self.poison(engine, "bad-\(place)")
          } else {
            // Whoever waited with the bad one may be told to come again.
            while true {
              do { return try await engine.score(self.batch("good-\(place)")) { _, _ in } } catch { await Task.yield() }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    try await engine.flush()
    for place in 0..<40 {
      let kept = try fixture.store.conversation(place % 10 == 3 ? "bad-\(place)" : "good-\(place)")
      #expect((kept != nil) == (place % 10 != 3), "\(place)")
    }
  }

  @Test func afterItsTimeItIsGivenUp() async throws {
    let fixture = try DeskFixture { $0.asideSeconds = 0 }
    defer { fixture.remove() }
    let engine = fixture.parts.engine
    await #expect(throws: StoreError.self) { try await poison(engine, "bad") }
    #expect(engine.counts.snapshot.deadChanges == 1)
    let name = Hexadecimal.text(fixture.parts.keys.subject(of: "bad").prefix(8))
    #expect(
      fixture.log.text.contains("given up") && fixture.log.text.contains(name) && !fixture.log.text.contains("\"bad\""))
    #expect(try fixture.parts.metricsText().contains("jaga_changes_dead_total 1"))
    // It begins where the store left it.
    try await engine.score(batch("bad")) { _, _ in }
    try await engine.flush()
    #expect(try fixture.store.conversation("bad")?.messages == 1)
  }
}
