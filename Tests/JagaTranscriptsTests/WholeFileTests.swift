import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct WholeFileTests {
  @Test func readsTelegramOneChat() {
    let reading = readAll([input("telegram-one.json")])
    #expect(
      reading.messages == [
        Message(
          conversationID: "4200000001", messageID: "2", authorID: "user101", timestamp: 1_741_144_473_000,
          text: "halo Budi"),
        Message(
          conversationID: "4200000001", messageID: "3", authorID: "user102", timestamp: 1_741_144_500_000,
          text: "lihat contoh.invalid ya"),
        Message(conversationID: "4200000001", messageID: "5", authorID: "user101", text: "oke"),
      ])
    #expect(reading.counters.skipped.system == 1)
    #expect(reading.counters.skipped.noText == 1)
    #expect(
      reading.rendered == [
        "telegram-one.json:12: not a time; read as unknown, write RFC 3339 or seconds or milliseconds since 1970",
        "telegram-one.json:13: \"text\" has a value of the wrong type; record skipped, see the format's reference",
      ])
    #expect(reading.counters.records == 6)
  }

  @Test func readsTelegramAllChatsInEitherOrder() {
    let plain = readAll([input("telegram-all.json")])
    #expect(plain.texts == ["dua", "satu", "tiga"])
    #expect(plain.messages.map(\.conversationID) == ["11", "11", "12"])
    let sorted = readAll([input("telegram-all.json")], limit: 1) { $0.order = .timestamp }
    #expect(sorted.texts == ["satu", "dua", "tiga"], "sorted inside conversations only")
  }

  @Test func sortsStablyAndKeepsUntimedInPlace() {
    var batch = MessageBatch()
    let times: [Int64?] = [nil, 5, nil, 3, 5, 3, nil]
    for (place, time) in times.enumerated() { batch.append(Message(timestamp: time, text: "\(place)")) }
    batch.sortByTime(from: 0)
    #expect(batch.rows.indices.map { batch.message(at: $0).text } == ["0", "3", "5", "6", "1", "2", "4"])
  }

  @Test func orderNeedsAWholeFile() {
    let reading = readAll([input("canonical.jsonl")]) { $0.order = .timestamp }
    #expect(reading.messages.isEmpty)
    #expect(
      reading.error?.description
        == "canonical.jsonl: --order timestamp is for formats that are read whole (telegram, discord), not for jsonl; sort the file first"
    )
  }

  @Test func readsDiscord() {
    let reading = readAll([input("discord.json")])
    #expect(
      reading.messages == [
        Message(
          conversationID: "901", messageID: "2", authorID: "21", timestamp: 1_741_144_473_120, text: "hello @Alex B"),
        Message(
          conversationID: "901", messageID: "3", authorID: "22", timestamp: 1_741_144_500_000, text: "hi Sam S"),
      ])
    #expect(
      reading.counters.skipped
        == {
          var s = ReadCounters.Skipped(); s.system = 1; s.bot = 1; s.noText = 1; return s
        }())
  }

  @Test func tellsTheLineOfABrokenFile() {
    let broken = readText("{\"messages\": [\n {\"id\": 1},\n {\"id\": 2\n]}", format: .discord)
    #expect(broken.rendered == ["input:4: not well-formed JSON; record skipped, write one JSON object a line"])
    let other = readText("{\"hello\": 1}", format: .telegram)
    #expect(other.rendered == ["input:1: no \"messages\"; record skipped, every message needs it"])
    #expect(other.counters.exitCode == 2)
  }

  @Test func wholeFilesHaveALimit() {
    let reading = readAll([input("discord.json")]) { $0.wholeFileLimit = 100 }
    #expect(reading.error == .tooLarge(file: "discord.json", limit: 100))
  }

  @Test func repairsWholeFiles() {
    let reading = readText(
      "{\"guild\":{},\"channel\":{\"id\":\"c\"},\"messages\":[{\"id\":\"1\",\"type\":\"Default\",\"content\":\"a\\ud800\"}]}"
    )
    #expect(reading.texts == ["a\u{FFFD}"])
    #expect(reading.counters.warnings.loneSurrogates == 1)
  }
}
