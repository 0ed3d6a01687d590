import Foundation
import JagaBatch
import JagaCore
import JagaStore
import JagaTranscripts
import Testing

@testable import JagaService

struct ConversationEngineTests {
  /// Scores lines of JSON in requests of `size` messages, each on one thread or on several; returns the records.
  private func score(
    _ lines: String, by size: Int, onSeveral: Bool = false, with fixture: ServiceFixture
  ) async throws -> String {
    var all = MessageBatch()
    let reader = TranscriptReader(inputs: [.bytes(Array(lines.utf8), name: "lines")], format: .jsonl)
    while try reader.read(into: &all) {}
    let buffer = ByteBuffer()
    for first in stride(from: 0, to: all.rows.count, by: size) {
      var part = all
      part.rows = Array(all.rows[first..<min(first + size, all.rows.count)])
      if onSeveral {
        try await fixture.parts.engine.scoreLines(part, explains: false, to: buffer)
      } else {
        try await fixture.parts.engine.score(part) { _, record in record.writeJSON(to: buffer) }
      }
    }
    return buffer.string
  }

  /// Several conversations whose messages come in turns.
  private var mixed: String {
    var lines: [String] = []
    let conversations = (0..<30).map { SampleLines.risky("c\($0)").split(separator: "\n") }
    for place in 0..<8 { for conversation in conversations { lines.append(String(conversation[place])) } }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: [1, 7, 500])
  func recordsAreThoseOfTheBatchScorerWhateverTheRequests(size: Int) async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    #expect(try await score(mixed, by: size, with: fixture) == fixture.reference(mixed))
  }

  /// Messages alone, numbered ones and conversations in turns.
  @Test func severalThreadsGiveTheSameLinesInTheSameOrder() async throws {
    let fixture = try ServiceFixture { $0.liveConversations = 64 }
    defer { fixture.remove() }
    var lines = mixed + mixed.replacing("\"c1", with: "\"d1").replacing("\"c2", with: "\"d2")
    for place in 0..<700 { lines += "{\"text\":\"ketemuan jam \(place)?\"}\n" }
    try #require(ConversationEngine.laneLimit > 1)
    #expect(
      try await score(lines, by: 1_000, onSeveral: true, with: fixture)
        == fixture.reference(lines))
  }

  /// While one request has read ahead from the store, another changes the same conversations, and they leave memory again.
  @Test func whatWasReadAheadIsNotUsedOnceItMayBeOld() async throws {
    let fixture = try ServiceFixture { $0.liveConversations = 64 }
    defer { fixture.remove() }
    let engine = fixture.parts.engine
    func lines(_ name: String, _ count: Int, message: String) -> String {
      (0..<count).map {
        "{\"conversation_id\":\"\(name)\($0)\",\"message_id\":\"\(message)\",\"author_id\":\"a\",\"text\":\"halo\"}\n"
      }.joined()
    }
    var batch = MessageBatch()
    let reader = TranscriptReader(
      inputs: [.bytes(Array(lines("c", 9, message: "1").utf8), name: "lines")], format: .jsonl)
    while try reader.read(into: &batch) {}
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: batch.bytes.count)
    defer { bytes.deallocate() }
    _ = bytes.initialize(fromContentsOf: batch.bytes)
    let bench = ScoringBench(fixture.parts.scorer)
    try engine.foresee(0..<9, of: batch, bytes: UnsafeBufferPointer(bytes), bench: bench)
    #expect(bench.foreseen.count == 9)

    _ = try await score(lines("c", 9, message: "2"), by: 9, with: fixture)
    try await engine.flush()
    _ = try await score(lines("other", 999, message: "1"), by: 99, with: fixture)
    try await engine.flush()
    _ = try await score(lines("more", 999, message: "1"), by: 99, with: fixture)
    for row in batch.rows {
      let id = String(decoding: UnsafeBufferPointer(bytes).part(row.conversationID), as: UTF8.self)
      #expect(engine.shards.withShard(of: id) { $0.known(id) == nil })
      _ = try engine.go(
        on: row, bytes: UnsafeBufferPointer(bytes), assessment: bench.assessments[0], bench: bench, explains: false)
    }
    try await engine.flush()
    for number in 0..<9 { #expect(try fixture.parts.store.conversation("c\(number)")?.messages == 2) }
  }

  @Test func conversationsThatLeftMemoryGoOnAsIfTheyHadNot() async throws {
    let fixture = try ServiceFixture { $0.liveConversations = 64 }
    defer { fixture.remove() }
    var (records, lines) = ("", "")
    for place in 0..<8 {
      let old = (0..<100).map { SampleLines.risky("conversation \($0)").split(separator: "\n")[place] }
      // New ones take the places of those that are in the store.
      let new = (0..<200).map { SampleLines.risky("new \(place) \($0)").split(separator: "\n")[0] }
      let round = (old + new).joined(separator: "\n") + "\n"
      records += try await score(round, by: 50, with: fixture)
      lines += round
      try await fixture.parts.engine.flush()
    }
    #expect(records == (try fixture.reference(lines)))
    #expect(fixture.parts.engine.liveConversations.evictions > 700)
  }

  @Test func aConversationGoesOnAfterARestart() async throws {
    let fixture = try ServiceFixture()
    let lines = SampleLines.risky("c").split(separator: "\n").map { $0 + "\n" }
    let expected = try fixture.reference(lines.joined())
    var records = try await score(lines[..<4].joined(), by: 4, with: fixture)
    try await fixture.stop()
    let next = try ServiceFixture(folder: fixture.folder)
    defer { next.remove() }
    records += try await score(lines[4...].joined(), by: 4, with: next)
    #expect(records == expected)
  }

  @Test func aRepeatedMessageIsAnsweredAgainAndCountedOnce() async throws {
    let fixture = try ServiceFixture()
    let lines = SampleLines.risky("c")
    let first = try await score(lines, by: 8, with: fixture)
    let again = try await score(lines, by: 3, with: fixture)
    #expect(again == first)
    #expect(try fixture.parts.engine.conversation("c")?.messages == 8)
    #expect(fixture.parts.engine.counts.snapshot.repetitions == 8)
    let flags = try fixture.parts.store.flags(conversation: "c").count
    try await fixture.stop()
    // After a restart the answers are no longer in memory, the ids are.
    let next = try ServiceFixture(folder: fixture.folder)
    defer { next.remove() }
    _ = try await score(lines, by: 8, with: next)
    #expect(try next.parts.engine.conversation("c")?.messages == 8)
    try await next.parts.engine.flush()
    #expect(try next.parts.store.flags(conversation: "c").count == flags)
  }

  @Test func flagsAreInTheStoreWhenTheAnswerIsGiven() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let lines = SampleLines.risky("c").split(separator: "\n").map(String.init)
    var expected = 0
    for (place, line) in lines.enumerated() {
      let record = try await score(line, by: 1, with: fixture)
      let own = record[..<(try #require(record.range(of: #","conversation":{"#)).lowerBound)]
      let isFlagged = own.contains(#""band":"review""#) || own.contains(#""band":"high""#)
      if isFlagged { expected += 1 }
      let flags = try fixture.parts.store.flags(conversation: "c")
      if isFlagged {
        let flag = try #require(flags.first { $0.messageID == "m\(place)" })
        #expect(String(decoding: flag.record, as: UTF8.self) + "\n" == record)
        #expect(flag.messageIndex == place)
      }
    }
    #expect(expected >= 2)
    let items = try fixture.parts.store.items(conversation: "c")
    #expect(items.filter { $0.kind == .risk }.count == 1)
  }

  @Test func aDisclosureIsFlaggedAsOne() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let line =
      #"{"conversation_id":"c","message_id":"m","author_id":"anak","text":"kak tolong, ada yang ngancam mau sebar fotoku, aku takut"}"#
    _ = try await score(line, by: 1, with: fixture)
    let item = try #require(try fixture.parts.store.items(conversation: "c").first)
    #expect(item.kind == .disclosure)
    #expect(item.urgency >= 2)
  }

  @Test func messagesWithoutConversationLeaveNothing() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    _ = try await score(#"{"text":"kalo ga dikirim, fotomu aku sebar ke semua kontakmu"}"#, by: 1, with: fixture)
    try await fixture.parts.engine.flush()
    #expect(fixture.parts.engine.liveConversations.count == 0)
    #expect(try fixture.parts.store.sizes().conversations == 0)
    #expect(try fixture.parts.store.sizes().openRisks == 0)
  }

  @Test func manyTasksOnOneConversationLoseNothing() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try await withThrowingTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for place in 0..<50 {
            var batch = MessageBatch()
            batch.append(
              Message(
                conversationID: "c", messageID: "\(task).\(place)", authorID: "a\(task % 2)",
                text: SampleLines.harmless[place % 4]))
            try await fixture.parts.engine.score(batch) { _, _ in }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try fixture.parts.engine.conversation("c")?.messages == 400)
    try await fixture.parts.engine.flush()
    #expect(try fixture.parts.store.conversation("c")?.messages == 400)
  }

  @Test func aDeletedConversationIsGoneAndBeginsAnew() async throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    let lines = SampleLines.risky("c")
    let first = try await score(lines, by: 8, with: fixture)
    let counts = try await fixture.parts.engine.delete("c", actor: "tester")
    #expect(counts.flags > 0)
    #expect(try fixture.parts.engine.conversation("c") == nil)
    #expect(try fixture.parts.store.flags(conversation: "c").isEmpty)
    #expect(try await score(lines, by: 8, with: fixture) == first)
  }

  @Test func textsAreKeptSealedAndOnlyWhenAskedFor() async throws {
    let key = [UInt8](repeating: 9, count: 32)
    let fixture = try ServiceFixture({ $0.keepsText = true }, textKey: key)
    defer { fixture.remove() }
    _ = try await score(SampleLines.risky("c"), by: 8, with: fixture)
    let texts = try fixture.parts.store.texts(conversation: "c", now: fixture.clock.now)
    #expect(texts.count == 8)
    let sealing = try #require(fixture.parts.keys.sealing)
    #expect(texts.first.flatMap { TextSealing.open($0, with: sealing) } == "hai, main ff juga?")
    let other = ServiceKeys(secret: [UInt8](repeating: 7, count: 32), textKey: [UInt8](repeating: 8, count: 32))
    #expect(try texts.first.flatMap { TextSealing.open($0, with: try #require(other.sealing)) } == nil)

    let silent = try ServiceFixture({ _ in }, textKey: key)
    defer { silent.remove() }
    _ = try await score(SampleLines.risky("c"), by: 8, with: silent)
    #expect(try silent.parts.store.texts(conversation: "c", now: silent.clock.now).isEmpty)
  }
}
