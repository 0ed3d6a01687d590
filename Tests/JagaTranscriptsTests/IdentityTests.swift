import JagaCore
import Testing

@testable import JagaTranscripts

/// Marks what it was given, so that every place it reached can be seen.
private struct Bracketed: IDTransform {
  func append(_ identifier: UnsafeBufferPointer<UInt8>, kind: IDKind, to bytes: inout [UInt8]) {
    bytes += "<\(kind.rawValue.prefix(1)):".utf8
    bytes += identifier.map { $0 == 0x20 ? 0x5F : $0 }
    bytes += ">".utf8
  }
}

@Suite struct IDTransformTests {
  @Test func replacesIdsAndMentions() {
    let reading = readText(
      "{\"conversation_id\":\"c\",\"id\":\"m\",\"author_id\":\"a\",\"author_role\":\"user\",\"lang\":\"id\",\"text\":\"hai @budi.s, cek a@b.example dan @\"}\n{\"text\":\"@sari!\"}\n"
    ) { $0.transform = Bracketed() }
    #expect(
      reading.messages == [
        Message(
          conversationID: "<c:c>", messageID: "<m:m>", authorID: "<a:a>", authorRole: "user",
          text: "hai @<a:budi.s>, cek a@b.example dan @", language: "id"),
        Message(conversationID: "<c:2>", messageID: "<m:2>", text: "@<a:sari>!"),
      ])
  }

  @Test func replacesExportNames() {
    let chat = readText(
      "20/04/25 10.00 - Budi Santoso: halo Sari, Sarinah juga\n20/04/25 10.01 - Sari: hai @\u{2068}Budi Santoso\u{2069} dan Budi\n"
    ) { $0.transform = Bracketed() }
    #expect(chat.texts == ["halo <a:Sari>, Sarinah juga", "hai @\u{2068}<a:Budi_Santoso>\u{2069} dan Budi"])
    #expect(chat.messages.map(\.authorID) == ["<a:Budi_Santoso>", "<a:Sari>"])
    let discord = readAll([input("discord.json")]) { $0.transform = Bracketed() }
    #expect(discord.texts == ["hello @<a:22>", "hi <a:21>"])
    let telegram = readAll([input("telegram-one.json")]) { $0.transform = Bracketed() }
    #expect(telegram.texts.first == "halo <a:user102>")
  }

  /// Signs, emoji and letters of other scripts beside a name: only letters and digits make it part of a longer word.
  @Test(arguments: [
    ("kata Budi Santoso\u{1F600}", "kata <a:Budi_Santoso>\u{1F600}"),
    ("\u{201C}Budi Santoso\u{201D}", "\u{201C}<a:Budi_Santoso>\u{201D}"),
    ("Budi Santoso\u{2026}", "<a:Budi_Santoso>\u{2026}"),
    ("@Budi Santoso\u{1F600}", "@<a:Budi_Santoso>\u{1F600}"),
    ("\u{1F600}@budi", "\u{1F600}@<a:budi>"),
    ("\u{2764}\u{FE0F}Budi Santoso\u{2764}\u{FE0F}", "\u{2764}\u{FE0F}<a:Budi_Santoso>\u{2764}\u{FE0F}"),
    ("\u{A0}Budi Santoso\u{3000}ya", "\u{A0}<a:Budi_Santoso>\u{3000}ya"),
    ("@jos\u{E9}.p\u{1F600} dan @jose\u{301}p", "@<a:jos\u{E9}.p>\u{1F600} dan @<a:jose\u{301}p>"),
    ("Budi Santoso\u{E9} \u{E9}Budi Santoso", "Budi Santoso\u{E9} \u{E9}Budi Santoso"),
    ("e\u{301}Budi Santoso", "e\u{301}Budi Santoso"),
    ("@\u{1F600} a@b \u{E9}@b", "@\u{1F600} a@b \u{E9}@b"),
    ("Sari \u{1F338}ku dan kakSari", "<a:Sari_\u{1F338}>ku dan kakSari"),
  ])
  func onlyLettersAndDigitsMakeAWordLonger(text: String, masked: String) {
    let chat = readText(
      "20/04/25 10.00 - Budi Santoso: \(text)\n20/04/25 10.01 - Sari \u{1F338}: ya\n"
    ) { $0.transform = Bracketed() }
    #expect(chat.texts.first == masked)
  }

  @Test func batchesBeforeStayAsTheyAre() {
    var batch = MessageBatch()
    batch.append(
      Message(conversationID: "c", messageID: "1", authorID: "a", authorRole: "r", text: "@x", language: "id"))
    batch.append(Message(conversationID: "c", messageID: "2", text: "@x"))
    let before = batch.message(at: 0)
    batch.transform(from: 1, with: Bracketed(), names: nil)
    #expect(batch.message(at: 0) == before)
    #expect(batch.message(at: 1) == Message(conversationID: "<c:c>", messageID: "<m:2>", text: "@<a:x>"))
  }
}

@Suite struct DuplicateFilterTests {
  @Test func remembersTheWindow() {
    let seed: UInt64 = 5
    var random = SeededGenerator(state: seed)
    let window = 50
    var filter = DuplicateFilter(window: window)
    var lastSeen: [UInt64: Int] = [:]
    var order: [UInt64] = []
    for step in 0..<2500 {
      let key = UInt64.random(in: 1..<400, using: &random)
      let isNew = filter.isNew(key)
      if let last = lastSeen[key] {
        let between = Set(order[(last + 1)...]).count
        if between <= window - 1 { #expect(!isNew, "seed \(seed), step \(step)") }
        if between > 2 * window { #expect(isNew, "seed \(seed), step \(step)") }
      } else {
        #expect(isNew, "seed \(seed), step \(step)")
      }
      lastSeen[key] = order.count
      order.append(key)
    }
  }

  @Test func windowZeroKeepsAll() {
    var filter = DuplicateFilter(window: 0)
    #expect(filter.isNew(1) && filter.isNew(1))
    let reading = readText(
      "{\"id\":1,\"conversation_id\":1,\"text\":\"a\"}\n{\"id\":1,\"conversation_id\":1,\"text\":\"a\"}\n"
    ) {
      $0.duplicateWindow = 0
    }
    #expect(reading.messages.count == 2)
  }

  @Test func aRecordsNumberIsNoStatedID() {
    let reading = readText(
      "{\"conversation_id\":\"2\",\"message_id\":\"2\",\"text\":\"halo\"}\n{\"text\":\"ya\"}\n"
        + "{\"conversation_id\":\"4\",\"message_id\":\"0\",\"text\":\"ok\"}\n{\"messages\":[{\"text\":\"lagi\"}]}\n"
        + "{\"conversation_id\":\"c\",\"message_id\":\"6\",\"text\":\"a\"}\n{\"conversation_id\":\"c\",\"text\":\"b\"}\n",
      format: .jsonl)
    #expect(reading.texts == ["halo", "ya", "ok", "lagi", "a", "b"])
    #expect(reading.counters.duplicates == 0)
  }

  @Test func countsAcrossInputsAndConversations() {
    let one = "{\"id\":1,\"conversation_id\":\"x\",\"text\":\"a\"}\n"
    let two = "{\"id\":1,\"conversation_id\":\"y\",\"text\":\"b\"}\n"
    let reading = readAll([.bytes(Array((one + two).utf8), name: "1"), .bytes(Array((two + one).utf8), name: "2")])
    #expect(reading.texts == ["a", "b"])
    #expect(reading.counters.duplicates == 2)
    #expect(reading.counters.messages == 2)
    #expect(reading.counters.records == 4)
  }

  @Test func idsDoNotRunIntoEachOther() {
    var batch = MessageBatch()
    batch.append(Message(conversationID: "ab", messageID: "c", text: ""))
    batch.append(Message(conversationID: "a", messageID: "bc", text: ""))
    #expect(DuplicateFilter.key(of: batch.rows[0], in: batch) != DuplicateFilter.key(of: batch.rows[1], in: batch))
  }
}
