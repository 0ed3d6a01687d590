import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct HostileTests {
  /// Damaged fixtures under every format: no crash, valid text, and every record accounted for.
  @Test(arguments: TranscriptFormat.allCases)
  func anythingUnderAnyFormat(format: TranscriptFormat) {
    let seed: UInt64 = 4711
    var random = SeededGenerator(state: seed)
    let names = [
      "canonical.jsonl", "gold.jsonl", "chatml.jsonl", "convokit-new.jsonl", "table.csv", "pan12.xml",
      "telegram-one.json", "discord.json", "whatsapp-android-id.txt", "whatsapp-ios-en.txt",
    ]
    for name in names {
      let original = fixture(name)
      for round in 0..<12 {
        var bytes = original
        for _ in 0..<Int.random(in: 0...6, using: &random) where !bytes.isEmpty {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes.remove(at: place)
          case 2: bytes.insert([0, 0x0A, 0x22, 0x7B, 0x3C, 0xFF].randomElement(using: &random) ?? 0, at: place)
          default: bytes.removeSubrange(place..<min(bytes.count, place + 200))
          }
        }
        let reading = readAll([.bytes(bytes, name: name)], format: format) { $0.chunkSize = 512 }
        let counters = reading.counters
        #expect(counters.messages == reading.messages.count, "seed \(seed), \(name), round \(round)")
        if format != .jsonl, format != .chatml {
          let accounted = counters.messages + counters.malformed + counters.duplicates + counters.skipped.total
          // A table without a text column ends in an error; nothing else may lose a record.
          #expect(counters.records == accounted, "seed \(seed), \(name) as \(format), round \(round)")
        }
      }
    }
  }

  @Test(arguments: TranscriptFormat.allCases)
  func emptyAndBlankInputs(format: TranscriptFormat) {
    for text in ["", "\u{FEFF}", "\n", "\r\n\r\n", " "] {
      let reading = readText(text, format: format)
      #expect(reading.messages.isEmpty)
      if format.isStreaming { #expect(reading.counters.malformed == 0, "\(format) of \(text.utf8.count) bytes") }
    }
  }

  @Test func longLinesInEveryTextFormat() {
    let long = String(repeating: "x ", count: 1 << 20)
    #expect(readText("20/04/25 10.00 - Budi: \(long)\n").messages.first?.text.utf8.count == (2 << 20) - 1)
    #expect(readText("text\n\(long)\n").messages.first?.text.utf8.count == 2 << 20)
    let xml = "<conversation id=\"1\"><message line=\"1\"><text>\(long)</text></message></conversation>"
    #expect(readText(xml).messages.first?.text.utf8.count == 2 << 20)
    let cut = readText("20/04/25 10.00 - Budi: a\n20/04/25 10.01 - Budi: \(long)\n20/04/25 10.02 - Budi: b\n") {
      $0.recordLimit = 1000
    }
    #expect(cut.texts == ["a", "b"])
    #expect(cut.counters.malformed == 1)
  }

  @Test func deepDocuments() {
    let deep = "{\"guild\":{},\"messages\":\(String(repeating: "[", count: 100_000))"
    #expect(readText(deep, format: .discord).counters.malformed == 1)
    #expect(readText(deep).counters.malformed == 1)
  }

  /// No diagnostic repeats what people wrote.
  @Test func diagnosticsNeverShowText() {
    let secret = "rahasia-banget"
    for (text, format) in [
      ("{\"text\":\"\(secret)\\ud800\",\"timestamp\":\"\(secret)\"}\n{\"text\":\"\(secret)\n", TranscriptFormat.jsonl),
      ("text,timestamp\n\(secret),\(secret)\n\(secret)\n\"\(secret)\" \(secret),1\n", .csv),
      ("\(secret)\n20/04/25 10.00 - \(secret): \(secret)\n", .whatsapp),
      ("<conversation id=\"\(secret)\"><message>\(secret)", .pan12), ("{\"\(secret)\":1}", .telegram),
    ] {
      let reading = readText(text, format: format)
      #expect(!reading.diagnostics.isEmpty)
      #expect(!reading.rendered.contains { $0.contains(secret) })
    }
  }
}

@Suite struct ExampleTests {
  @Test func gamersOnWhatsApp() {
    let reading = readAll([.bytes(packageFile("Examples/gamers-whatsapp.txt"), name: "gamers-whatsapp.txt")])
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.messages.count == 17)
    #expect(reading.counters.skipped.system == 1)
    #expect(reading.counters.skipped.noText == 1)
    #expect(Set(reading.messages.map(\.authorID)) == ["Budi", "Rangga"])
    #expect(reading.messages.contains { $0.text.contains("\n") })
  }

  @Test func englishOnDiscord() {
    let reading = readAll([.bytes(packageFile("Examples/discord-english.json"), name: "discord-english.json")])
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.messages.count == 16)
    #expect(Set(reading.messages.map(\.conversationID)).count == 1)
    #expect(reading.messages.allSatisfy { $0.timestamp != nil })
  }

  @Test func benignLookalike() {
    let reading = readAll([.bytes(packageFile("Examples/benign-lookalike.txt"), name: "benign-lookalike.txt")])
    #expect(reading.messages.count == 16)
    #expect(reading.counters.skipped.system == 1)
    #expect(reading.counters.skipped.noText == 2)
    #expect(reading.counters.malformed == 0)
  }
}
