import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct WriterTests {
  private func batch(_ messages: [Message]) -> MessageBatch {
    var batch = MessageBatch()
    for message in messages { batch.append(message) }
    return batch
  }

  @Test func writesCanonicalRecords() {
    var output: [UInt8] = []
    MessageWriter.appendJSONL(
      batch([
        Message(
          conversationID: "c", messageID: "m", authorID: "a", authorRole: "user", timestamp: 1_741_169_674_120,
          text: "q\" b\\ n\n \u{1}\u{7F}\u{2028}\u{2029}\u{2030}é😀", language: "id", labels: [.topupOffer, .benign]),
        Message(conversationID: "c", messageID: "2", timestamp: -1, text: ""),
      ]), to: &output)
    #expect(
      String(decoding: output, as: UTF8.self) == """
        {"conversation_id":"c","message_id":"m","author_id":"a","author_role":"user","timestamp":"2025-03-05T10:14:34.120Z",\
        "text":"q\\" b\\\\ n\\n \\u0001\u{7F}\\u2028\\u2029\u{2030}é😀","lang":"id","labels":["topup.offer","benign"]}
        {"conversation_id":"c","message_id":"2","timestamp":"1969-12-31T23:59:59.999Z","text":""}

        """)
  }

  @Test(arguments: [
    "canonical.jsonl", "gold.jsonl", "chatml.jsonl", "sharegpt.jsonl", "convokit-new.jsonl", "table.csv",
    "table-semicolon.csv", "table.tsv", "pan12.xml", "telegram-one.json", "telegram-all.json", "discord.json",
    "whatsapp-android-id.txt", "whatsapp-android-en.txt", "whatsapp-ios-id.txt", "whatsapp-ios-en.txt",
  ])
  func everyFormatSurvivesTheRoundTrip(name: String) {
    let messages = readAll([input(name)]).messages
    #expect(!messages.isEmpty)
    var json: [UInt8] = []
    MessageWriter.appendJSONL(batch(messages), to: &json)
    let again = readAll([.bytes(json, name: "j")], format: .jsonl)
    #expect(again.messages == messages)
    #expect(again.diagnostics.isEmpty)
    var csv: [UInt8] = []
    MessageWriter.appendCSVHeader(to: &csv)
    MessageWriter.appendCSV(batch(messages), to: &csv)
    let table = readAll([.bytes(csv, name: "c")])
    #expect(table.messages == messages)
    #expect(table.diagnostics.isEmpty)
  }

  /// Any text at all comes back.
  @Test func generatedTextSurvives() {
    let seed: UInt64 = 77
    var random = SeededGenerator(state: seed)
    let scalars: [Unicode.Scalar] = [
      "\"", "\\", "\n", "\r", "\t", "\0", ",", ";", "|", " ", "a", "é", "\u{2028}", "\u{FFFD}", "😀", "\u{E2}", "'",
      "\u{80}", "\u{FEFF}",
    ]
    var messages: [Message] = []
    for number in 0..<500 {
      var text = ""
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        if let scalar = scalars.randomElement(using: &random) { text.unicodeScalars.append(scalar) }
      }
      messages.append(
        Message(
          conversationID: "c", messageID: "\(number)", authorID: number % 2 == 0 ? text : "b",
          timestamp: Int64.random(in: Timestamp.first...Timestamp.last, using: &random), text: text))
    }
    for write in [
      MessageWriter.appendJSONL,
      { (batch: MessageBatch, output: inout [UInt8]) in
        MessageWriter.appendCSVHeader(to: &output)
        MessageWriter.appendCSV(batch, to: &output)
      },
    ] {
      var output: [UInt8] = []
      write(batch(messages), &output)
      let back = readAll([.bytes(output, name: "x")], limit: 1000)
      #expect(back.messages == messages, "seed \(seed)")
      #expect(back.diagnostics.isEmpty)
    }
  }
}

@Suite struct TimestampTests {
  private func parse(_ text: String, offset: Int = 0) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { Timestamp.parse($0, offsetMinutes: offset) }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2025-03-05T10:14:33Z", 1_741_169_673_000),
    ("2025-03-05T17:14:33+07:00", 1_741_169_673_000), ("2025-03-05t17:14:33.5+0700", 1_741_169_673_500),
    ("2025-03-05 10:14:33", 1_741_169_673_000), ("2025-03-05T10:14Z", 1_741_169_640_000),
    ("2025-03-05", 1_741_132_800_000), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ("2016-12-31T23:59:60Z", 1_483_228_800_000), ("0000-01-01T00:00:00Z", Timestamp.first),
    ("9999-12-31T23:59:59.999Z", Timestamp.last), ("1741169673", 1_741_169_673_000),
    ("1741169673.25", 1_741_169_673_250), ("1741169673123", 1_741_169_673_123), ("-1", -1000), ("0", 0),
    ("1.741169673e9", 1_741_169_673_000), (" 2025-03-05T10:14:33Z ", 1_741_169_673_000),
    ("2025-03-05T10:14:33.123456789Z", 1_741_169_673_123),
  ])
  func reads(text: String, milliseconds: Int64) { #expect(parse(text) == milliseconds) }

  @Test(arguments: [
    "", "yesterday", "2025-02-29T00:00:00Z", "2025-13-01", "2025-03-05T24:00:00Z", "2025-03-05T10:60:00Z",
    "2025-03-05T10:14:33+25:00", "2025-03-05T10:14:33Zx", "20250305T101433", "1e30", "0x10", "nan", "1741169673 s",
    "100000000000000", "99999999999999999999999999999999999999999999", "2025-03-05T10:14:33.Z",
  ])
  func refuses(text: String) { #expect(parse(text) == nil) }

  @Test func assumesTheZoneGiven() { #expect(parse("2025-03-05 17:14:33", offset: 420) == 1_741_169_673_000) }

  /// Every day of the calendar goes there and back.
  @Test func daysAndDatesAgree() {
    for day in stride(from: -719_528, through: 2_932_896, by: 97) {
      let (year, month, dayOfMonth) = Timestamp.date(days: day)
      #expect(Timestamp.days(year: year, month: month, day: dayOfMonth) == day)
      #expect(Timestamp.isDate(year: year, month: month, day: dayOfMonth))
    }
  }
}
