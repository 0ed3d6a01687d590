import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct GoldReaderTests {
  @Test func readsMessagesAndTranscripts() throws {
    let gold = try GoldReader.read([input("gold.jsonl")])
    #expect(gold.messages.map(\.message.messageID) == ["g1", "g2"])
    #expect(gold.messages.map(\.style) == ["slang", nil])
    #expect(gold.messages.map(\.voice) == ["v1", nil])
    #expect(gold.messages[1].message.labels == [.topupCondition, .topupOffer])
    #expect(gold.messages[1].line == 2)
    #expect(gold.transcripts.map(\.id) == ["t1", "t2"])
    #expect(gold.transcripts.map(\.label) == [.track(.topup), .benign])
    #expect(gold.transcripts.map(\.firstRisk) == [1, nil])
    #expect(gold.transcripts.map(\.voice) == ["v2", nil])
    #expect(gold.transcripts[0].language == "id")
    #expect(
      gold.transcripts[0].messages == [
        Message(
          conversationID: "t1", messageID: "0", authorID: "a", text: "halo", language: "id", labels: [.benign]),
        Message(
          conversationID: "t1", messageID: "1", authorID: "b", text: "mau diamond gratis?", language: "id",
          labels: [.topupOffer]),
      ])
  }

  @Test(arguments: [
    (
      "{\"text\":\"a\",\"labels\":[\"topup.nope\"]}",
      "g:2: unknown label \"topup.nope\"; use track.stage, disclosure or benign"
    ),
    (
      "{\"text\":\"a\",\"labels\":[\"kata rahasia\"]}",
      "g:2: unknown label \"kata?rahasia\"; use track.stage, disclosure or benign"
    ),
    (
      "{\"text\":\"a\",\"labels\":\"benign\"}", "g:2: \"labels\" is missing or out of range; see the shape of gold data"
    ),
    (
      "{\"messages\":[{\"text\":\"a\"}],\"label\":\"topup.offer\"}",
      "g:2: unknown label \"topup.offer\"; use track.stage, disclosure or benign"
    ),
    (
      "{\"messages\":[{\"text\":\"a\"}],\"first_risk\":1}",
      "g:2: \"first_risk\" is missing or out of range; see the shape of gold data"
    ),
    (
      "{\"messages\":[{\"text\":\"a\"}],\"first_risk\":-1}",
      "g:2: \"first_risk\" is missing or out of range; see the shape of gold data"
    ),
    ("{\"text\":", "g:2: not well-formed JSON; stopped, write one JSON object a line"),
    ("7", "g:2: JSON, but not an object; stopped, write one JSON object a line"),
    ("{\"messages\":[{}]}", "g:2: no \"text\"; stopped, every message needs it"),
  ])
  func refusesWithFileAndLine(line: String, sentence: String) {
    do throws(TranscriptError) {
      _ = try GoldReader.read([.bytes(Array("{\"text\":\"ok\"}\n\(line)\n".utf8), name: "g")])
      Issue.record("accepted")
    } catch {
      #expect(error.description == sentence)
    }
  }

  /// The flattening reader and the gold reader agree on the yardstick files, where they are at hand.
  @Test(arguments: ["messages-authored.jsonl", "transcripts-authored.jsonl", "transcripts-real.jsonl"])
  func agreesWithTheReader(name: String) throws {
    guard let bytes = sharedData(name) else { return }
    let gold = try GoldReader.read([.bytes(bytes, name: name)])
    let flat = readAll([.bytes(bytes, name: name)], limit: 4096)
    #expect(flat.diagnostics.isEmpty)
    #expect(flat.counters.duplicates == 0)
    let messages = gold.messages.map(\.message) + gold.transcripts.flatMap(\.messages)
    #expect(!messages.isEmpty)
    func plain(_ message: Message) -> Message {
      var copy = message
      copy.labels = copy.labels.prefix(1) + copy.labels.dropFirst().sorted { $0.rawValue < $1.rawValue }
      return copy
    }
    #expect(flat.messages.map(plain) == messages.map(plain))
  }
}

/// A file of shared data, or nil with a note when it is not at hand.
func sharedData(_ name: String) -> [UInt8]? {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  let folder = environment("JAGA_DATA") ?? "../shared/data"
  let bytes = fileBytes(folder.hasPrefix("/") ? "\(folder)/\(name)" : "/\(root)/\(folder)/\(name)")
  if bytes.isEmpty {
    print("skipped: \(name) is not in \(folder); set JAGA_DATA")
    return nil
  }
  return bytes
}
