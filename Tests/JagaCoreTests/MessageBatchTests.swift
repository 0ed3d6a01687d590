import JagaCore
import Testing

@Suite struct MessageBatchTests {
  private let full = Message(
    conversationID: "c1", messageID: "m1", authorID: "a1", authorRole: "user", timestamp: -5,
    text: "besok ketemu di mana? 👋🏽", language: "id", labels: [.groomingApproach, .groomingContact, .disclosure])
  private let bare = Message(conversationID: "2", messageID: "2", text: "")

  @Test func messagesReadBackInOrder() {
    var batch = MessageBatch()
    batch.append(full)
    batch.append(bare)
    #expect(batch.rows.count == 2)
    #expect(batch.message(at: 1) == bare)
    // Labels after the main one come back in the order of their raw values.
    #expect(batch.message(at: 0) == full)
    #expect(batch.message(at: 0).labels == [.groomingApproach, .groomingContact, .disclosure])
  }

  @Test func labelsAreABitSetWithAMainOne() {
    var batch = MessageBatch()
    batch.append(full)
    batch.append(bare)
    #expect(batch.rows[0].labels == 1 << 5 | 1 << 0 | 1 << 20)
    #expect(batch.rows[0].mainLabel == Label.groomingApproach.rawValue)
    #expect(batch.rows[1].labels == 0)
    #expect(batch.rows[1].mainLabel == 255)
    #expect(batch.rows[1].timestamp == MessageBatch.Row.noTimestamp)
  }

  @Test func emptyOptionalFieldsAreUnknown() {
    var message = bare
    message.authorRole = ""
    message.language = ""
    var batch = MessageBatch()
    batch.append(message)
    #expect(batch.message(at: 0).authorRole == nil)
    #expect(batch.message(at: 0).language == nil)
  }

  @Test func bytesAndStringsAppendAlike() {
    var batch = MessageBatch()
    let first = batch.append("halo")
    let second = Array("dunia".utf8).withUnsafeBufferPointer { batch.append($0) }
    let third = batch.append("")
    #expect(first == MessageBatch.Field(offset: 0, count: 4))
    #expect(second == MessageBatch.Field(offset: 4, count: 5))
    #expect(third == MessageBatch.Field(offset: 9, count: 0))
    #expect(batch.string(first) == "halo")
    #expect(batch.string(second) == "dunia")
    #expect(batch.string(third) == "")
  }

  @Test func removingAllKeepsTheMemory() {
    var batch = MessageBatch()
    for _ in 0..<100 { batch.append(full) }
    let capacity = (batch.bytes.capacity, batch.rows.capacity)
    batch.removeAll()
    #expect(batch.rows.isEmpty && batch.bytes.isEmpty)
    #expect((batch.bytes.capacity, batch.rows.capacity) == capacity)
    batch.append(bare)
    #expect(batch.message(at: 0) == bare)
  }
}
