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

  @Test func linesAndRecords() {
    let export = DecisionExport(DecidedMessages([(item(.confirm), [flag("m1"), flag("m2")])]))
    let lines = ByteBuffer()
    export.writeIDs(to: lines)
    #expect(
      lines.string
        == #"{"conversation_id":"c1","message_id":"m1","author_id":"a","text":"","labels":["topup.condition"],"source":"review"}"#
        + "\n")
    let records = ByteBuffer()
    export.writeRecords(to: records)
    #expect(records.string == #"{"message_id":"m1"}"# + "\n")
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
