import JagaBatch
import JagaCore
import Testing

@Suite struct ConversationLevelTests {
  private func line(_ conversation: String, _ message: String, _ author: String, _ text: String, time: Int? = nil)
    -> String
  {
    let stamp = time.map { ",\"timestamp\":\($0)" } ?? ""
    return """
      {"conversation_id":"\(conversation)","message_id":"\(message)","author_id":"\(author)"\(stamp),"text":"\(text)"}

      """
  }

  private func run(_ input: String, capacity: Int = 1 << 16, forgetAfter: Int64? = nil) throws -> (
    Collected, BatchSummary
  ) {
    var run = SampleRun()
    run.settings.level = .conversation
    run.settings.conversationCapacity = capacity
    run.settings.forgetAfter = forgetAfter
    return try run([input])
  }

  @Test func oneRecordAConversationInOrderOfFirstMessage() throws {
    let input =
      line("z", "1", "a", "halo") + line("y", "1", "a", "halo") + line("z", "2", "b", "asal foto")
      + line("y", "2", "c", "ok") + line("z", "3", "a", "norek")
    let (output, summary) = try run(input)
    #expect(output.lines.count == 2)
    #expect(output.lines[0].hasPrefix("{\"conversation_id\":\"z\","))
    #expect(output.lines[0].contains("\"first_alert_index\":1,\"first_alert_message_id\":\"2\",\"messages\":3,"))
    #expect(output.lines[0].contains("\"partial\":false,\"authors\":[{\"author_id\":\"b\","))
    #expect(output.lines[1].hasPrefix("{\"conversation_id\":\"y\","))
    #expect(output.lines[1].contains("\"first_alert_index\":null,\"first_alert_message_id\":null,\"messages\":2,"))
    #expect(summary.conversations == 2)
    #expect(summary.counts.messages == 5)
    #expect(summary.counts.written == 2)
  }

  @Test func supportIsNeededOnceSomebodyTells() throws {
    let (output, _) = try run(line("c", "1", "a", "aku takut") + line("c", "2", "b", "ok"))
    #expect(output.lines[0].contains("\"support_needed\":true"))
  }

  @Test func anEvictedConversationSaysSo() throws {
    // Room for one conversation a shard; a thousand conversations must drive some out.
    let input = (0..<1000).map { line("c\($0)", "1", "a", "halo") }.joined()
    let (output, summary) = try run(input, capacity: 64)
    #expect(output.lines.count == 1000)
    let partial = output.lines.filter { $0.contains("\"partial\":true") }.count
    #expect(partial == 1000 - 64)
    #expect(summary.evictions == partial)
    #expect(summary.conversations == 1000)
  }

  @Test func whatComesBackAfterItWasGivenUpIsPartialToo() throws {
    let input = (0..<1000).map { line("c\($0)", "1", "a", "halo") }.joined() + line("c0", "2", "a", "ya")
    let (output, _) = try run(input, capacity: 64)
    let parts = output.lines.filter { $0.hasPrefix("{\"conversation_id\":\"c0\",") }
    #expect(parts.count == 2)
    #expect(parts.allSatisfy { $0.contains("\"partial\":true") })
    // All 64 shards are full: what is left at the end is whole, but for c0.
    #expect(output.lines.filter { $0.contains("\"partial\":false") }.count == 63)
  }

  @Test func theLargestCapacityIsNoFault() throws {
    #expect(try run(line("c", "1", "a", "halo"), capacity: .max).0.lines.count == 1)
  }

  @Test func messagesWithoutAConversationAreCompleteAndTakeNoRoom() throws {
    let input = (0..<300).map { _ in "{\"text\":\"halo\"}\n" }.joined() + line("c", "1", "a", "halo")
    let (output, summary) = try run(input, capacity: 64)
    #expect(output.lines.count == 301)
    #expect(output.lines[0].hasPrefix("{\"conversation_id\":\"1\","))
    #expect(output.lines[299].hasPrefix("{\"conversation_id\":\"300\","))
    #expect(output.lines.allSatisfy { $0.contains("\"messages\":1,") && $0.contains("\"partial\":false") })
    #expect(summary.evictions == 0)
    #expect(summary.conversations == 301)
  }

  @Test func messageTimeDrivesOutOnlyWhatIsOld() throws {
    let day = 86_400_000
    let start = 1_700_000_000_000
    // The same conversation comes back after two days: with a limit of one day its shard has forgotten it only when
    // another message of the shard showed that the time had passed; its own message does.
    let input = line("c", "1", "a", "halo", time: start) + line("c", "2", "a", "halo", time: start + 2 * day)
    let (kept, keptSummary) = try run(input)
    #expect(kept.lines.count == 1)
    #expect(keptSummary.evictions == 0)
    let (forgotten, summary) = try run(input, forgetAfter: Int64(day))
    #expect(forgotten.lines.count == 2)
    #expect(forgotten.lines[0].contains("\"messages\":1"))
    #expect(forgotten.lines[0].contains("\"partial\":true"))
    #expect(summary.evictions == 1)
    #expect(summary.conversations == 2)
  }

  @Test func moreAuthorsThanAreToldApartDoNotGrowTheRecord() throws {
    let input = (0..<300).map { line("c", "\($0)", "a\($0)", $0 == 150 ? "asal foto" : "halo") }.joined()
    let (output, _) = try run(input)
    #expect(output.lines.count == 1)
    let authors = output.lines[0].components(of: "\"author_id\":")
    #expect(authors <= 8)
    #expect(output.lines[0].contains("\"authors\":[{\"author_id\":\"a150\""))
  }
}

extension Substring {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
