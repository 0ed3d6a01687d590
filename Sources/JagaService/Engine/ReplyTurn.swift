internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaStore

/// A reply to a question while it is being scored: what was asked, and who decides what becomes of it. Used once, by one request.
final class ReplyTurn {
  /// What was asked just before, by somebody else; empty when nothing was. It is read for its meaning and is no message of the conversation.
  let question: [UInt8]
  /// Looks at the record, explained in full, and says what shall be kept. It runs while nobody else may touch the conversation.
  let decide: (_ record: ScoreRecord, _ event: MessageEvent) -> Decision

  /// What is to be kept of a reply.
  struct Decision {
    /// The kind of item it opens or joins; nil for none.
    var kind: ReviewKind?
    /// From 0 to 3, where it opens or joins one.
    var urgency = 0
    /// Sealed texts of the reply and of what was said around it.
    var texts: [SealedText] = []
    /// Texts of the conversation are kept until then.
    var keptUntil: Int64?
    /// Where it opens or joins none by itself: the kind of the case that it belongs to, for which an item is opened when none waits. Nil for none.
    var further: ReviewKind?
    /// What else changes in the same transaction.
    var polls: [PollChange] = []
  }

  init(question: [UInt8], decide: @escaping (_ record: ScoreRecord, _ event: MessageEvent) -> Decision) {
    self.question = question
    self.decide = decide
  }
}

extension ConversationEngine {
  /// Waits until what could not be written is in the store. Throws ``StoreError`` while it cannot.
  func admit() async throws { try await keeper.admit() }

  /// Scores one reply in its conversation and keeps what `turn` decides, before it returns. `body` sees the record, explained in full, as ``score(_:explains:_:)``
  /// shows it. Throws what that throws.
  func reply(_ batch: MessageBatch, turn: ReplyTurn, _ body: (inout ScoreRecord) throws -> Void) async throws {
    try await keeper.admit()
    let mustSettle = try withBench { bench in
      bench.turn = turn
      defer { bench.turn = nil }
      assess(turn.question, on: bench)
      return try scoreNow(batch.rows.indices, of: batch, bench: bench, explains: true) { _, record in try body(&record)
      }
    }
    if mustSettle { try await keeper.settled() }
  }

  /// Scores one reply with its question and nothing else before it, and keeps nothing: for trials of a flow.
  func rehearse(_ batch: MessageBatch, question: [UInt8], _ body: (inout ScoreRecord) throws -> Void) throws {
    var alone = batch
    for index in alone.rows.indices { alone.rows[index].isAlone = true }
    try withBench { bench in
      bench.turn = ReplyTurn(question: question) { _, _ in ReplyTurn.Decision() }
      defer { bench.turn = nil }
      assess(question, on: bench)
      _ = try scoreNow(alone.rows.indices, of: alone, bench: bench, explains: true) { _, record in try body(&record) }
    }
  }

  private func assess(_ question: [UInt8], on bench: ScoringBench) {
    question.withUnsafeBufferPointer { bench.workspace.assess($0, into: bench.asked) }
  }
}
