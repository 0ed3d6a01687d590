import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct JSONLTests {
  @Test func readsCanonicalRecords() {
    let reading = readAll([input("canonical.jsonl")])
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.counters.records == 5)
    #expect(reading.counters.duplicates == 1)
    let expected = [
      Message(
        conversationID: "c1", messageID: "m1", authorID: "a1", authorRole: "user", timestamp: 1_741_169_673_000,
        text: "halo \"Budi\"", language: "id"),
      Message(
        conversationID: "c1", messageID: "2", authorID: "42", timestamp: 1_741_169_674_000,
        text: "tab\there\u{2028}😀"),
      Message(conversationID: "3", messageID: "3", text: "only text"),
      Message(conversationID: "c2", messageID: "m9", timestamp: 1_741_169_674_123, text: ""),
    ]
    #expect(reading.messages == expected)
  }

  @Test func flattensGoldTranscripts() {
    let reading = readAll([input("gold.jsonl")])
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.counters.transcripts == 2)
    #expect(
      reading.messages.map { "\($0.conversationID)/\($0.messageID)/\($0.authorID)/\($0.language ?? "-")" } == [
        "1/g1//id", "2/g2//id", "t1/0/a/id", "t1/1/b/id", "t2/0/a/en",
      ])
    #expect(reading.messages[1].labels == [.topupCondition, .topupOffer])
    #expect(reading.messages[3].labels == [.topupOffer])
  }

  @Test(arguments: [
    ("{\"text\":\"a\"", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\"} {\"text\":\"b\"}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\",\"x\":[1,}]}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\",\"x\":nonsense}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\",\"x\":01}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\\x\"}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a\u{0}b\"}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("{\"text\":\"a}", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("hello", "not well-formed JSON; record skipped, write one JSON object a line"),
    ("[1]", "JSON, but not an object; record skipped, write one JSON object a line"),
    ("\"x\"", "JSON, but not an object; record skipped, write one JSON object a line"),
    ("{}", "no \"text\"; record skipped, every message needs it"),
    ("{\"text\":null}", "no \"text\"; record skipped, every message needs it"),
    ("{\"text\":5}", "\"text\" has a value of the wrong type; record skipped, see the format's reference"),
    (
      "{\"text\":\"a\",\"message_id\":{}}",
      "\"message_id\" has a value of the wrong type; record skipped, see the format's reference"
    ),
    (
      "{\"messages\":[{\"text\":\"a\"},7]}",
      "\"messages\" has a value of the wrong type; record skipped, see the format's reference"
    ),
    ("{\"messages\":[{\"text\":\"a\"},{\"author\":\"b\"}]}", "no \"text\"; record skipped, every message needs it"),
  ])
  func skipsABadLineAndOnlyThat(line: String, sentence: String) {
    let reading = readText("{\"text\":\"before\"}\n\(line)\n\n{\"text\":\"after\"}\n", format: .jsonl)
    #expect(reading.texts == ["before", "after"])
    #expect(reading.messages.last?.messageID == "3")
    #expect(reading.rendered == ["input:2: \(sentence)"])
    #expect(reading.counters.malformed == 1)
    #expect(reading.counters.exitCode == 2)
  }

  @Test func repairsLoneSurrogatesAndBadBytes() {
    let lone = readText("{\"text\":\"a\\ud800b\\udc00\"}\n{\"text\":\"\\ud83d\\ude00\"}\n")
    #expect(lone.texts == ["a\u{FFFD}b\u{FFFD}", "😀"])
    #expect(lone.counters.warnings.loneSurrogates == 1)
    #expect(lone.counters.exitCode == 0)
    var bytes = Array("{\"text\":\"x\"}\n{\"text\":\"a".utf8)
    bytes += [0xFF, 0xE2, 0x82]
    bytes += Array("b\"}\n{\"text\":\"y\"}".utf8)
    let bad = readAll([.bytes(bytes, name: "f")], format: .jsonl)
    #expect(bad.texts == ["x", "a\u{FFFD}\u{FFFD}b", "y"])
    #expect(bad.rendered == ["f:2: bytes that are not UTF-8; read as U+FFFD, save the file as UTF-8"])
  }

  @Test func keepsNumericIdsAsWritten() {
    let lines = ["12345678901234567890123", "-0", "1.50", "1e3"].map {
      "{\"text\":\"t\",\"conversation_id\":1,\"id\":\($0)}"
    }
    let reading = readText(lines.joined(separator: "\n"))
    #expect(reading.messages.map(\.messageID) == ["12345678901234567890123", "-0", "1.50", "1e3"])
  }

  @Test func understandsEscapedAndRepeatedKeys() {
    let reading = readText("{\"te\\u0078t\":\"a\",\"id\":\"1\",\"message_id\":\"2\",\"text\":\"b\"}")
    #expect(reading.texts == ["b"])
    #expect(reading.messages.first?.messageID == "2")
  }

  @Test func warnsOfBadTimesAndLabels() {
    let reading = readText(
      "{\"text\":\"a\",\"timestamp\":\"yesterday\"}\n{\"text\":\"b\",\"labels\":[\"topup.nothing\",\"benign\"]}\n")
    #expect(reading.texts == ["a", "b"])
    #expect(reading.messages[1].labels == [.benign])
    #expect(
      reading.rendered == [
        "input:1: not a time; read as unknown, write RFC 3339 or seconds or milliseconds since 1970",
        "input:2: a label that does not exist; left out, write track.stage, disclosure or benign",
      ])
    #expect(reading.counters.exitCode == 0)
  }

  /// An id under a misspelt key would be lost, and with it the conversation; a key beside the right one is not our business.
  @Test(arguments: [
    (#"{"text":"a","conversationId":"c"}"#, "conversation_id"), (#"{"text":"a","Message-ID":"m"}"#, "message_id"),
    (#"{"text":"a","authorid":3}"#, "author_id"), (#"{"author.id":3,"text":"a"}"#, "author_id"),
    (#"{"messages":[{"text":"a","authorId":"x"}]}"#, "author_id"),
    (#"{"conversationID":"c","messages":[{"text":"a"}]}"#, "conversation_id"),
    (#"{"text":"a","conversation_id":"c","conversationId":"d"}"#, nil),
    (#"{"text":"a","id":"m","messageId":"n"}"#, nil),
    (#"{"text":"a","author":"x","authorId":"y"}"#, nil),
    (#"{"text":"a","conversation":"c","conversation_ids":1}"#, nil),
    (#"{"messages":[{"text":"a","messageId":"n"}]}"#, nil), (#"{"text":"a","messageId":null,"authorID":""}"#, nil),
    (#"{"text":"a","conversation\u0049d":"c"}"#, "conversation_id"), (#"{"text":"a","conversation\u0049ds":"c"}"#, nil),
  ])
  func idsUnderOtherSpellingsAreNotLost(line: String, meant: String?) {
    // Beside a good line, and so on the way for whole chunks and on the one for single lines.
    let reading = readText("{\"text\":\"first\"}\n\(line)\n")
    #expect(reading.texts == (meant == nil ? ["first", "a"] : ["first"]))
    #expect(
      reading.rendered
        == (meant.map { ["input:2: a key that is \"\($0)\" but for its spelling; record skipped, name it \"\($0)\""] }
          ?? []))
  }

  @Test func limitsDepthAndLength() {
    func nested(_ depth: Int) -> String {
      let open = String(repeating: "[", count: depth)
      return "{\"text\":\"a\",\"x\":\(open)\(String(repeating: "]", count: depth))}"
    }
    #expect(readText(nested(200)).texts == ["a"])
    #expect(readText(nested(300), format: .jsonl).diagnostics.first?.cause == .nestedTooDeep(limit: 256))
    #expect(readText(nested(100_000), format: .jsonl).counters.malformed == 1)
    let long = "{\"text\":\"\(String(repeating: "x", count: 2 << 20))\"}"
    let reading = readText("\(long)\n{\"text\":\"b\"}\n")
    #expect(reading.messages.map(\.text.utf8.count) == [2 << 20, 1])
    let cut = readText("{\"text\":\"a\"}\n\(long)\n{\"text\":\"b\"}\n", format: .jsonl) { $0.recordLimit = 1 << 20 }
    #expect(cut.texts == ["a", "b"])
    #expect(cut.messages.last?.messageID == "3")
    #expect(
      cut.rendered == ["input:2: longer than 1048576 bytes; record skipped, split it or raise the record limit"])
  }

  @Test func stopsWhenStrict() {
    let reading = readText("{\"text\":\"a\"}\n{}\n{\"text\":\"b\"}\n", format: .jsonl) { $0.strict = true }
    #expect(reading.texts == ["a"])
    #expect(
      reading.error == .malformed(Diagnostic(file: "input", line: 2, cause: .missingField("text"))))
    #expect(reading.counters.records == 2)
  }

  @Test func numbersAcrossInputs() {
    let reading = readAll([
      .bytes(Array("{\"text\":\"a\"}\n\nbroken".utf8), name: "one.jsonl"), .bytes([], name: "two"),
      .bytes(Array("\u{FEFF}{\"text\":\"b\"}".utf8), name: "three"), .bytes(Array("text\nc\n".utf8), name: "four"),
    ])
    #expect(reading.messages.map(\.messageID) == ["1", "3", "4"])
    #expect(reading.messages.map(\.conversationID) == ["1", "3", "4"])
    #expect(reading.counters.records == 4)
  }
}
