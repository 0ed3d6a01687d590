import Foundation
import JagaCore
import Testing

@testable import JagaTranscripts

/// Records with truth: what is written is read back; what cannot be right is an error with file and line.
@Suite struct TruthReaderTests {
  private func read(_ text: String) throws -> [(Message, GoldTruth)] {
    var found: [(Message, GoldTruth)] = []
    try TruthReader.read(.bytes(Array(text.utf8), name: "gold.jsonl")) { found.append(($0, $1)) }
    return found
  }

  @Test func writtenAndRead() throws {
    var batch = MessageBatch()
    batch.append(Message(conversationID: "c", messageID: "1", authorID: "a", text: "x \"y\"", language: "en"))
    let truths = [true, false, nil].flatMap { author in [true, false, nil].map { GoldTruth(author: author, line: $0) } }
    for truth in truths where !truth.isSilent {
      var output: [UInt8] = []
      MessageWriter.appendJSONL(batch, row: 0, truth: truth, to: &output)
      let found = try read(String(decoding: output, as: UTF8.self))
      #expect(found.map(\.0) == [batch.message(at: 0)])
      #expect(found.map(\.1) == [truth])
    }
    var plain: [UInt8] = []
    var silent: [UInt8] = []
    MessageWriter.appendJSONL(batch, to: &plain)
    MessageWriter.appendJSONL(batch, row: 0, truth: GoldTruth(), to: &silent)
    #expect(plain == silent)
  }

  @Test(arguments: [
    (#"{"text":"a"}"#, #"gold.jsonl:2: no "truth"; stopped, every message needs it"#),
    (#"{"text":"a","truth":true}"#, #"gold.jsonl:2: no "truth"; stopped, every message needs it"#),
    (#"{"text":"a","truth":{}}"#, #"gold.jsonl:2: "truth" is missing or out of range; see the shape of gold data"#),
    (
      #"{"text":"a","truth":{"author":1}}"#,
      #"gold.jsonl:2: "truth.author" is missing or out of range; see the shape of gold data"#
    ),
    (#"{"truth":{"line":true}}"#, #"gold.jsonl:2: no "text"; stopped, every message needs it"#),
    (#"[1]"#, "gold.jsonl:2: JSON, but not an object; stopped, write one JSON object a line"),
    (#"{"text":"#, "gold.jsonl:2: not well-formed JSON; stopped, write one JSON object a line"),
  ])
  func faults(line: String, sentence: String) {
    do {
      _ = try read(#"{"text":"a","truth":{"author":true}}"# + "\n" + line + "\n")
      Issue.record("no fault")
    } catch {
      #expect("\(error)" == sentence)
    }
  }

  @Test func recognised() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (text, expected) in [
      (#"{"text":"a","truth":{"line":false}}"#, true), ("\n\n" + #"{"text":"a","truth":{"author":true}}"#, true),
      (#"{"text":"a","labels":["benign"]}"#, false), (#"{"truth":{"line":false}}"#, false), ("", false),
      ("<x/>", false),
      ("[]", false),
    ] {
      let file = folder.appendingPathComponent("file.jsonl")
      try Data(text.utf8).write(to: file)
      #expect(TruthReader.recognises(.file(file.path)) == expected, "\(text)")
    }
    #expect(!TruthReader.recognises(.file(folder.path + "/none")))
  }
}
