import JagaBatch
import JagaCore
import JagaStore
import Testing

@testable import JagaService

struct DecidedMessagesTests {
  private func flag(_ message: String, _ label: Label = .topupCondition, at: Int64 = 10) -> KeptFlag {
    KeptFlag(
      conversationID: "c1", messageID: message, authorID: "a", messageIndex: 0, kind: .risk, band: .high, score: 0.9,
      disclosure: 0, label: label, conversationBand: .high, conversationScore: 0.9, conversationLabel: label,
      supportNeeded: false, language: "id", timestamp: nil, receivedAt: at,
      record: Array(#"{"message_id":"\#(message)"}"#.utf8), textHMAC: [], modelID: "m", urgency: 2)
  }

  private func item(_ outcome: Verdict?, _ label: Label? = nil, status: ItemStatus = .closed) -> ReviewItem {
    ReviewItem(
      number: 1, conversationID: "c1", kind: .risk, status: status, version: 1, band: .high, urgency: 2,
      label: .topupCondition, score: 0.9, disclosure: 0, messageID: "m1", language: "id", modelID: "m", flags: 2,
      openedAt: 1, updatedAt: 20, closedAt: 20, outcome: outcome, outcomeLabel: label)
  }

  /// (outcome, its label, what m1 and m2 get)
  @Test(arguments: [
    (Verdict.confirm, Label?.none, Label?.some(.topupCondition), Label?.none),
    (.confirm, .topupRequest, .topupRequest, nil), (.wrong, nil, .benign, .benign), (.wrong, .benign, .benign, .benign),
    (.wrong, .groomingTrust, .groomingTrust, nil),
  ])
  func labels(outcome: Verdict, label: Label?, leading: Label?, other: Label?) {
    let decided = DecidedMessages([(item(outcome, label), [flag("m1"), flag("m2", .topupRequest)])])
    #expect(decided.label(conversation: "c1", message: "m1") == leading)
    #expect(decided.label(conversation: "c1", message: "m2") == other)
    #expect(decided.contains(conversation: "c1"))
  }

  @Test func whatDecidesNothingIsLeftOut() {
    #expect(DecidedMessages([(item(.unsure), [flag("m1")])]).messages.isEmpty)
    #expect(DecidedMessages([(item(.confirm, status: .appeal), [flag("m1")])]).messages.isEmpty)
    #expect(DecidedMessages([(item(nil, status: .open), [flag("m1")])]).messages.isEmpty)
    // It came after the decision, so nobody looked at it.
    #expect(DecidedMessages([(item(.wrong), [flag("m1"), flag("m3", at: 21)])]).messages.count == 1)
  }

  @Test func lines() {
    let export = DecisionExport(DecidedMessages([(item(.confirm), [flag("m1"), flag("m2")])]))
    let lines = ByteBuffer()
    export.writeIDs(to: lines)
    #expect(
      lines.string
        == #"{"conversation_id":"c1","message_id":"m1","author_id":"a","text":"","labels":["topup.condition"],"source":"review"}"#
        + "\n")
  }

  /// Two conversations in a store, with their texts, all decided.
  private func decided(_ fixture: ServiceFixture) async throws -> DecisionExport {
    for conversation in ["c1", "c2"] { try await AlertRoutesTests.score(SampleLines.risky(conversation), fixture) }
    let store = fixture.parts.store
    for item in try store.queue(QueueQuery(limit: 99)).items {
      try store.decide(
        DecisionDraft(
          item: item.number, itemVersion: item.version, reviewer: "ani", verdict: .wrong, now: fixture.clock.now),
        policy: ReviewPolicy(secondReviewShare: 0))
    }
    return DecisionExport(try DecidedMessages(store))
  }

  /// Records are read again from the store, conversation by conversation, and none is held.
  @Test func recordsComeFromTheStore() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let export = try await decided(fixture)
    var parts: [String] = []
    try export.writeRecords(fixture.parts.store, to: ByteBuffer()) {
      parts.append($0.string)
      $0.removeAll()
    }
    let flags = try ["c1", "c2"].map { try fixture.parts.store.flags(conversation: $0) }
    #expect(flags.allSatisfy { !$0.isEmpty })
    #expect(parts == flags.map { $0.map { String(decoding: $0.record, as: UTF8.self) + "\n" }.joined() })
  }

  @Test func textsAreDrainedByConversation() async throws {
    let key = [UInt8](repeating: 9, count: 32)
    let fixture = try ServiceFixture({ $0.keepsText = true }, textKey: key)
    defer { fixture.remove() }
    let export = try await decided(fixture)
    var parts: [String] = []
    let labelled = try export.writeKept(
      fixture.parts.store, keys: fixture.parts.keys, now: fixture.clock.now, to: ByteBuffer()
    ) {
      parts.append($0.string)
      $0.removeAll()
    }
    #expect(labelled > 0)
    #expect(parts.count == 2)
    for (part, id) in zip(parts, ["c1", "c2"]) {
      #expect(part.hasPrefix(#"{"conversation_id":"\#(id)""#))
      #expect(!part.contains(id == "c1" ? "c2" : "c1"))
    }
  }

  @Test func theOperatorsMessagesGetTheLabels() throws {
    let export = DecisionExport(DecidedMessages([(item(.confirm), [flag("m1"), flag("#1", .topupRequest)])]))
    let own = #"""
      {"conversation_id":"c1","message_id":"m0","author_id":"a","text":"satu"}
      {"conversation_id":"c2","message_id":"m1","author_id":"a","text":"dua"}
      {"conversation_id":"c1","message_id":"m1","author_id":"b","text":"tiga","timestamp":1764320400}
      {"text":"empat"}
      """#
    let buffer = ByteBuffer()
    var text = ""
    let labelled = try export.writeOwn([.bytes(Array(own.utf8), name: "own")], transform: nil, to: buffer) {
      text += $0.string
      $0.removeAll()
    }
    #expect(labelled == 1)
    #expect(
      text == #"""
        {"conversation_id":"c1","message_id":"m0","author_id":"a","text":"satu"}
        {"conversation_id":"c1","message_id":"m1","author_id":"b","timestamp":1764320400000,"text":"tiga","labels":["topup.condition"],"source":"review"}

        """#)
  }

  /// RFC 2104 by `printf orang-dua | openssl dgst -sha256 -hmac …`, as in the test of `jaga score --hash-ids`.
  @Test func hashedIDsAreThoseOfJagaScore() {
    var bytes: [UInt8] = []
    let hashed = HashedIDs(key: Array("0123456789abcdef0123456789abcdef".utf8))
    var id = "orang-dua"
    id.withUTF8 { hashed.append($0, kind: .author, to: &bytes) }
    #expect(String(decoding: bytes, as: UTF8.self) == "f479d1ee8392f3380c6e3371e9d22baa")
  }
}
