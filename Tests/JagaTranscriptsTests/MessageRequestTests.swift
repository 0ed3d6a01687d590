import JagaCore
import JagaTranscripts
import Testing

struct MessageRequestTests {
  private func decode(_ body: String, limits: MessageRequestDecoder.Limits = .init()) throws -> (
    MessageBatch, MessageRequestDecoder.Shape
  ) {
    var bytes = Array(body.utf8)
    var batch = MessageBatch()
    let shape = try MessageRequestDecoder(limits: limits).decode(&bytes, into: &batch)
    #expect(bytes == Array(body.utf8))
    return (batch, shape)
  }

  @Test func oneMessage() throws {
    let (batch, shape) = try decode(
      #"{"conversation_id":"c","message_id":7,"author_id":"a","author_role":"user","timestamp":1700000000,"text":"hai \u0041","lang":"id","more":[1]}"#
    )
    #expect(shape == .one)
    let message = batch.message(at: 0)
    #expect(
      message
        == Message(
          conversationID: "c", messageID: "7", authorID: "a", authorRole: "user", timestamp: 1_700_000_000_000,
          text: "hai A", language: "id"))
  }

  @Test func aListNumbersWhatHasNoID() throws {
    let (batch, shape) = try decode(
      #"{"messages":[{"text":"satu"},{"text":"dua","conversation_id":"c"},{"text":"","id":"x"}]}"#)
    #expect(shape == .many)
    #expect(batch.rows.map { batch.string($0.messageID) } == ["1", "2", "x"])
    #expect(batch.rows.map { batch.string($0.conversationID) } == ["1", "c", "3"])
    #expect(batch.rows.map(\.isAlone) == [true, false, true])
    #expect(try decode(#"{"messages":[]}"#).0.rows.isEmpty)
  }

  @Test(arguments: [
    #"{"text":"a","conversation_id":"c","conversationId":"d"}"#, #"{"text":"a","id":"m","messageId":"n"}"#,
    #"{"text":"a","conversation_id":null}"#, #"{"text":"a","chat_id":"c","authors":[],"conversation":"c"}"#,
    #"{"text":"a","messageId":null,"authorID":""}"#,
  ])
  func otherKeysAreNobodysBusiness(body: String) throws {
    #expect(try decode(body).0.rows.count == 1)
  }

  @Test(arguments: [
    ("", MessageRequestFault.Cause.invalidJSON, ""), ("{", .invalidJSON, ""), ("{\"text\":\"a\"} x", .invalidJSON, ""),
    ("nul", .invalidJSON, ""), ("[]", .wrongShape, ""), ("[{\"text\":\"a\"}]", .wrongShape, ""),
    ("\"a\"", .wrongShape, ""), ("7", .wrongShape, ""), ("{}", .missingText, ""),
    ("{\"text\":null}", .missingText, ""),
    ("{\"text\":7}", .wrongType(field: "text", expected: "a string"), "/text"),
    (
      "{\"text\":\"a\",\"author_id\":{}}", .wrongType(field: "author_id", expected: "a string or a number"),
      "/author_id"
    ),
    ("{\"text\":\"a\",\"lang\":1}", .wrongType(field: "lang", expected: "a string"), "/lang"),
    ("{\"text\":\"a\",\"timestamp\":\"gestern\"}", .invalidTimestamp, "/timestamp"),
    ("{\"text\":\"a\",\"timestamp\":[]}", .invalidTimestamp, "/timestamp"),
    ("{\"messages\":{}}", .wrongType(field: "messages", expected: "a list of messages"), "/messages"),
    (
      "{\"messages\":[{\"text\":\"a\"},7]}", .wrongType(field: "messages", expected: "a list of objects"),
      "/messages/1"
    ),
    ("{\"messages\":[{\"text\":\"a\"},{}]}", .missingText, "/messages/1"),
    ("{\"text\":\"a\",\"messages\":[]}", .textAndMessages, ""),
    ("{\"text\":\"a\",\"conversationId\":\"c\"}", .otherSpelling(of: "conversation_id"), ""),
    (#"{"text":"a","conversation\u0049d":"c"}"#, .otherSpelling(of: "conversation_id"), ""),
    ("{\"messages\":[{\"text\":\"a\",\"AuthorID\":7}]}", .otherSpelling(of: "author_id"), "/messages/0"),
    ("{\"text\":\"\\ud800\"}", .loneSurrogate, ""), ("{\"text\":\"a\tb\"}", .invalidJSON, ""),
  ])
  func faultsAreNamedWithTheirPlace(body: String, cause: MessageRequestFault.Cause, pointer: String) {
    #expect(throws: MessageRequestFault(cause: cause, pointer: pointer)) { try decode(body) }
  }

  @Test func bytesThatAreNotUTF8AreRefused() throws {
    var bytes = Array("{\"text\":\"a".utf8) + [0xFF] + Array("\"}".utf8)
    var batch = MessageBatch()
    let decoder = try MessageRequestDecoder()
    #expect(throws: MessageRequestFault(cause: .notUTF8, pointer: "")) { try decoder.decode(&bytes, into: &batch) }
  }

  @Test func limitsHold() throws {
    var limits = MessageRequestDecoder.Limits()
    limits.messages = 2
    limits.text = 4
    limits.id = 3
    #expect(try decode(#"{"messages":[{"text":"abcd"},{"text":"a","id":"abc"}]}"#, limits: limits).0.rows.count == 2)
    #expect(throws: MessageRequestFault(cause: .tooManyMessages(limit: 2), pointer: "/messages")) {
      try decode(#"{"messages":[{"text":"a"},{"text":"a"},{"text":"a"}]}"#, limits: limits)
    }
    #expect(throws: MessageRequestFault(cause: .tooLong(field: "text", limit: 4), pointer: "/text")) {
      try decode(#"{"text":"abcde"}"#, limits: limits)
    }
    #expect(throws: MessageRequestFault(cause: .tooLong(field: "id", limit: 3), pointer: "/messages/0/id")) {
      try decode(#"{"messages":[{"text":"a","id":"abcd"}]}"#, limits: limits)
    }
  }

  @Test func deepNestingIsRefused() throws {
    let deep = "{\"text\":\"a\",\"x\":" + String(repeating: "[", count: 300) + String(repeating: "]", count: 300) + "}"
    #expect(throws: MessageRequestFault(cause: .nestedTooDeep(limit: 256), pointer: "")) { try decode(deep) }
  }

  @Test func aDecoderIsGoodForTheNextBodyAfterAFault() throws {
    let decoder = try MessageRequestDecoder()
    var batch = MessageBatch()
    var bad = Array("{\"messages\":[{\"text\":\"a\"},{}]}".utf8)
    #expect(throws: MessageRequestFault.self) { try decoder.decode(&bad, into: &batch) }
    batch = MessageBatch()
    var good = Array("{\"text\":\"hai\"}".utf8)
    _ = try decoder.decode(&good, into: &batch)
    #expect(batch.string(batch.rows[0].text) == "hai")
  }
}
