import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct LineFormatTests {
  @Test func limitsAreHeldInRange() {
    let reading = readText("text\nhalo\n", format: .csv) {
      $0.recordLimit = .max
      $0.chunkSize = -1
      $0.utcOffsetMinutes = .min
    }
    #expect(reading.texts == ["halo"])
  }

  @Test func aPartEndsAtItsBytes() throws {
    let long = String(repeating: "x", count: 6 << 20)
    let reader = TranscriptReader(
      inputs: [.bytes(Array(("text\n" + String(repeating: long + "\n", count: 4)).utf8), name: "a.csv")], format: .csv)
    var chunk = Chunk()
    var batch = MessageBatch()
    _ = try reader.next(chunk: &chunk, batch: &batch, limit: 512)
    #expect(batch.rows.count == 3)
  }

  @Test func readsConvoKitNew() {
    let reading = readAll([input("convokit-new.jsonl")])
    #expect(
      reading.messages == [
        Message(
          conversationID: "u1", messageID: "u1", authorID: "sam", timestamp: 1_325_376_000_000, text: "first"),
        Message(conversationID: "u1", messageID: "u2", authorID: "alex", text: "second"),
        Message(conversationID: "u1", messageID: "3", authorID: "sam", timestamp: 1_325_376_002_500, text: "third"),
      ])
    #expect(reading.diagnostics.isEmpty)
  }

  @Test func readsConvoKitOld() {
    let reading = readAll([input("convokit-old.jsonl")])
    #expect(reading.messages.map(\.messageID) == ["u1", "u3"])
    #expect(reading.messages.allSatisfy { $0.conversationID == "u1" && $0.authorID == "sam" })
    #expect(reading.rendered == ["convokit-old.jsonl:2: no \"text\"; record skipped, every message needs it"])
  }

  @Test func readsChatML() {
    let reading = readAll([input("chatml.jsonl")])
    #expect(
      reading.messages == [
        Message(conversationID: "c1", messageID: "1", authorID: "user", authorRole: "user", text: "halo"),
        Message(
          conversationID: "c1", messageID: "2", authorID: "assistant", authorRole: "assistant", text: "hai\nada apa?"),
        Message(conversationID: "2", messageID: "0", authorID: "sari", authorRole: "user", text: "tanya dong"),
      ])
    #expect(reading.counters.skipped.bot == 1)
    #expect(reading.counters.skipped.noText == 1)
    #expect(
      reading.rendered == [
        "chatml.jsonl:3: \"content\" has a value of the wrong type; record skipped, see the format's reference"
      ])
    let shared = readAll([input("sharegpt.jsonl")])
    #expect(
      shared.messages.map { "\($0.conversationID)/\($0.messageID)/\($0.authorID)/\($0.text)" } == [
        "s1/0/human/hello", "s1/1/gpt/hi",
      ])
  }

  @Test func strictStopsAtTheLine() {
    let reading = readAll([input("chatml.jsonl")]) { $0.strict = true }
    #expect(reading.messages.count == 3)
    #expect(
      reading.error?.description
        == "chatml.jsonl:3: \"content\" has a value of the wrong type; stopped, see the format's reference")
  }
}

@Suite struct CSVTests {
  @Test func readsCommaTables() {
    let reading = readAll([input("table.csv")])
    #expect(
      reading.messages == [
        Message(
          conversationID: "c1", messageID: "m1", authorID: "a1", timestamp: 1_741_144_473_000,
          text: "halo, \"Budi\"\napa kabar", language: "id", labels: [.benign]),
        Message(
          conversationID: "c1", messageID: "m2", authorID: "a2", timestamp: 1_741_144_500_000, text: "plain",
          language: "id", labels: [.topupOffer, .topupCondition]),
        Message(conversationID: "c1", messageID: "m4", authorID: "a2", text: "bad time", language: "id"),
      ])
    #expect(
      reading.rendered == [
        "table.csv:5: 6 fields where the header has 7; record skipped, quote fields that hold a separator",
        "table.csv:6: not a time; read as unknown, write RFC 3339 or seconds or milliseconds since 1970",
      ])
  }

  @Test func readsSemicolonsAndTabs() {
    let semicolon = readAll([input("table-semicolon.csv")])
    #expect(semicolon.texts == ["besok; jam 4", "oke"])
    #expect(semicolon.messages.map(\.authorID) == ["Budi", "Sari"])
    #expect(semicolon.messages.map(\.timestamp) == [1_741_169_640_000, nil])
    #expect(semicolon.messages.map(\.messageID) == ["1", "2"])
    let tab = readAll([input("table.tsv")])
    #expect(tab.texts == ["hello \"there\"", "hi"])
    #expect(tab.messages.map(\.messageID) == ["1", "2"])
  }

  @Test(arguments: [
    (
      "text\n\"never closed\nb\n", ["b"],
      "input:2: a quoted field never ends; line skipped, close it or double the quotes inside it"
    ),
    (
      "text\n\"a\" b\nc\n", ["c"],
      "input:2: text after a closing quote; record skipped, double the quotes inside quoted fields"
    ),
    (
      "text,id\na,1\nb\n", ["a"],
      "input:3: 1 field where the header has 2; record skipped, quote fields that hold a separator"
    ),
  ])
  func skipsBadRecords(table: String, texts: [String], sentence: String) {
    let reading = readText(table)
    #expect(reading.texts == texts)
    #expect(reading.rendered == [sentence])
    #expect(reading.counters.malformed == 1)
  }

  @Test func needsATextColumn() {
    #expect(
      readText("a,b\n1,2\n", format: .csv).error?.description
        == "input:1: the header has no column \"text\"; add it, or name the column so")
    #expect(readText("a,b\n1,2\n").error == .unknownFormat(file: "input"))
    #expect(readText("", format: .csv).counters.records == 0)
    #expect(readText("text\n").messages.isEmpty)
  }

  @Test func limitsRecords() {
    let table = "text\n\(String(repeating: "x", count: 50))\nb\n\"\(String(repeating: "y", count: 50))\nc\n"
    let reading = readText(table) { $0.recordLimit = 20 }
    #expect(reading.texts == ["b", "c"])
    #expect(reading.diagnostics.map(\.cause) == [.recordTooLong(limit: 20), .unterminatedQuote])
  }

  @Test func keepsNulAndRepairsBytes() {
    let reading = readAll([.bytes(Array("text\na\0b\n".utf8) + [0xC3, 0x28, 0x0A], name: "f.csv")])
    #expect(reading.texts == ["a\0b", "\u{FFFD}("])
    #expect(reading.counters.warnings.invalidUTF8 == 1)
  }
}

@Suite struct PAN12Tests {
  @Test func readsAndSkipsBrokenConversations() {
    let reading = readAll([input("pan12.xml")])
    #expect(
      reading.messages == [
        Message(
          conversationID: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", messageID: "1", authorID: "a1", text: "hello <3 'there'"),
        Message(conversationID: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", messageID: "2", authorID: "b2", text: ""),
        Message(
          conversationID: "1a1b2c3d4e5f60718293a4b5c6d7e8f9", messageID: "7", authorID: "b2", text: "<b> stays"),
      ])
    #expect(
      reading.rendered == [
        "pan12.xml:16: not well-formed XML; conversation skipped, check its tags and entities",
        "pan12.xml:18: not well-formed XML; conversation skipped, check its tags and entities",
      ])
    #expect(reading.counters.records == 5)
  }

  @Test func readsTruth() throws {
    #expect(try PAN12Truth.authors(input("pan12-authors.txt")) == ["a1", "b2"])
    let lines = try PAN12Truth.suspiciousLines(input("pan12-lines.txt"))
    #expect(lines.contains(.init(conversationID: "1a1b2c3d4e5f60718293a4b5c6d7e8f9", messageID: "7")))
    #expect(lines.count == 2)
    #expect(throws: TranscriptError.invalidGold(file: "x", line: 1, field: "conversation and line")) {
      try PAN12Truth.suspiciousLines(.bytes(Array("alone".utf8), name: "x"))
    }
  }

  @Test func survivesHostileXML() {
    let message = "<message line=\"1\"><author>a</author><text>t</text></message>"
    for (text, texts, malformed) in [
      ("<conversations></conversations>", [], 0), ("<conversation", [], 0), ("<conversation id=\"1\">", [], 1),
      ("<conversations>\(message)</conversations>", [], 1),
      ("<conversation id=\"1\">\(message)</conversations>", [], 1),
      ("<conversation id=\"1\">\(message)</conversation>", ["t"], 0),
      ("<conversation id=\"1\">\(String(repeating: "<a>", count: 5000))</conversation>", [], 1),
      ("<conversation id=\"1\"><message><text>\0</text></message></conversation>", [], 1),
      (
        "<!DOCTYPE x [<!ENTITY a \"b\">]><conversation id=\"1\"><message><text>&a;</text></message></conversation>", [],
        1
      ),
    ] as [(String, [String], Int)] {
      let reading = readText(text, format: .pan12)
      #expect(reading.texts == texts, "\(text.prefix(60))")
      #expect(reading.counters.malformed == malformed, "\(text.prefix(60))")
    }
    let long = "<conversation id=\"1\">\(String(repeating: message, count: 50))</conversation>"
    let reading = readText(long + "<conversation id=\"2\">\(message)</conversation>") {
      $0.recordLimit = 300
      $0.chunkSize = 64
    }
    #expect(reading.messages.map(\.conversationID) == ["2"])
    #expect(reading.diagnostics.map(\.cause) == [.recordTooLong(limit: 300)])
  }
}
