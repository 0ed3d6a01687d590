import JagaBatch
import JagaCore
import JagaTranscripts
import Testing

@Suite struct BatchRunTests {
  private func line(_ conversation: String, _ message: String, _ author: String, _ text: String, time: Int? = nil)
    -> String
  {
    let stamp = time.map { ",\"timestamp\":\($0)" } ?? ""
    return """
      {"conversation_id":"\(conversation)","message_id":"\(message)","author_id":"\(author)"\(stamp),"text":"\(text)"}

      """
  }

  @Test func everyMessageGetsOneRecordInInputOrder() throws {
    let input = line("b", "1", "x", "halo") + line("a", "1", "x", "asal") + line("b", "2", "y", "halo")
    let (output, summary) = try SampleRun()([input])
    #expect(output.lines.count == 3)
    let starts = [
      "{\"conversation_id\":\"b\",\"message_id\":\"1\",\"author_id\":\"x\",",
      "{\"conversation_id\":\"a\",\"message_id\":\"1\",\"author_id\":\"x\",",
      "{\"conversation_id\":\"b\",\"message_id\":\"2\",\"author_id\":\"y\",",
    ]
    for (found, start) in zip(output.lines, starts) { #expect(found.hasPrefix(start)) }
    #expect(summary.counts.messages == 3)
    #expect(summary.counts.written == 3)
    #expect(summary.counts.moves == 1)
    #expect(summary.conversations == 2)
  }

  @Test func unkeyedMessagesAreNumberedAcrossInputs() throws {
    let (output, _) = try SampleRun()(["{\"text\":\"halo\"}\n{\"text\":\"ya\"}\n", "{\"text\":\"ok\"}"])
    for (number, found) in output.lines.enumerated() {
      #expect(
        found.hasPrefix("{\"conversation_id\":\"\(number + 1)\",\"message_id\":\"\(number + 1)\",\"author_id\":\"\","))
    }
    #expect(output.lines.count == 3)
  }

  @Test func repetitionsCountOnce() throws {
    let repeated = line("c", "m1", "a", "asal")
    let (output, summary) = try SampleRun()([repeated + repeated + line("d", "m1", "a", "halo"), repeated])
    #expect(output.lines.count == 2)
    #expect(summary.reading.duplicates == 2)
    #expect(summary.counts.messages == 2)
    #expect(summary.reading.messages == 2)
    #expect(summary.reading.records == 4)
  }

  @Test func aRecordsNumberIsNoStatedID() throws {
    let (output, summary) = try SampleRun()([line("2", "2", "a", "halo") + "{\"text\":\"ya\"}\n"])
    #expect(output.lines.count == 2)
    #expect(summary.reading.duplicates == 0)
  }

  @Test(arguments: [1, 2])
  func whatIsCountedAfterTheLastMessageIsInTheSummary(threads: Int) throws {
    let collected = Collected()
    var settings = BatchSettings()
    settings.threads = threads
    let run = BatchRun(scorer: try SampleModel.scorer(), settings: settings, sink: collected, observer: collected)
    let chat = "20/04/25 10.00 - Budi bergabung\n20/04/25 10.01 - Budi: <Media tidak disertakan>\n"
    let summary = try run.process([.bytes(Array(chat.utf8), name: "chat.txt")], format: .whatsapp)
    #expect(collected.lines.isEmpty)
    #expect(summary.reading.records == 2)
    #expect(summary.reading.skipped.total == 2)
  }

  @Test func malformedRecordsAreReportedAndSkipped() throws {
    let input = line("c", "1", "a", "halo") + "{\"text\":\n" + "[1]\n" + line("c", "2", "a", "ok")
    let (output, summary) = try SampleRun()([input])
    #expect(output.lines.count == 2)
    #expect(summary.reading.malformed == 2)
    #expect(output.diagnostics.map(\.line) == [2, 3])
    #expect(output.diagnostics.allSatisfy { $0.file == "0.jsonl" })
  }

  @Test(arguments: [1, 2, 5], [150, 1 << 16])
  func strictStopsAtTheFirstWithWhatCameBefore(threads: Int, chunkSize: Int) throws {
    var run = SampleRun()
    run.options.strict = true
    run.options.chunkSize = chunkSize
    run.settings.threads = threads
    let before = (0..<20).map { line("c", "\($0)", "a", "halo") }.joined()
    let (output, summary) = try run([before + "{\"text\":\n" + before.replacing("\"c\"", with: "\"d\"") + "{\n"])
    #expect(output.lines.count == 20)
    guard case .stopped(let diagnostic) = summary.ending else {
      Issue.record("the run did not stop")
      return
    }
    #expect(diagnostic.line == 21)
    #expect(summary.reading.malformed == 1)
  }

  @Test func anInputThatCannotBeReadIsReportedAndTheNextFollows() throws {
    let collected = Collected()
    let run = BatchRun(
      scorer: try SampleModel.scorer(), settings: BatchSettings(), sink: collected, observer: collected)
    let inputs: [TranscriptInput] = [
      .file("/nonexistent/chat.jsonl"), .bytes(Array(line("c", "1", "a", "halo").utf8), name: "b.jsonl"),
    ]
    let summary = try run.process(inputs)
    #expect(collected.lines.count == 1)
    #expect(summary.failures == 1)
    #expect(collected.failures.count == 1)
  }

  @Test func evidenceComesFromOneHalfOnAndContributionsOnlyWhenAsked() throws {
    let input = line("c", "1", "a", "halo") + line("c", "2", "a", "asal begitu") + line("c", "3", "b", "aku takut")
    let plain = try SampleRun()([input]).output.lines
    #expect(plain[0].contains("\"evidence\":[]"))
    #expect(plain[1].contains("\"evidence\":[{\"begin\":0,\"end\":4,\"label\":\"topup.condition\""))
    #expect(plain[2].contains("\"evidence\":[{\"begin\":4,\"end\":9,\"label\":\"disclosure\""))
    #expect(plain.allSatisfy { !$0.contains("contributions") && !$0.contains("\"text\"") })
    var run = SampleRun()
    run.settings.explains = true
    run.settings.includesText = true
    let explained = try run([input]).output.lines
    #expect(explained.allSatisfy { $0.contains("\"contributions\":[{\"head\":\"move\"") })
    #expect(explained[1].contains("\"text\":\"asal begitu\",\"model\":"))
  }

  @Test func recordsBelowTheBandAreLeftOutAndCounted() throws {
    var run = SampleRun()
    run.settings.minimumBand = .review
    let (output, summary) = try run([line("c", "1", "a", "halo") + line("c", "2", "a", "asal foto")])
    #expect(output.lines.count == 1)
    #expect(summary.counts.belowBand == 1)
    #expect(summary.counts.messages == 2)
  }

  @Test func oneWrongSinkEndsTheRun() throws {
    struct Full: Error {}
    let collected = Collected()
    collected.beforeWrite = { throw Full() }
    for threads in [1, 3] {
      var settings = BatchSettings()
      settings.threads = threads
      let run = BatchRun(scorer: try SampleModel.scorer(), settings: settings, sink: collected, observer: collected)
      #expect(throws: Full.self) { try run.process([.bytes(Array(line("c", "1", "a", "x").utf8), name: "a.jsonl")]) }
    }
  }

  @Test func anInterruptedRunLeavesWholeRecords() throws {
    let collected = Collected()
    var settings = BatchSettings()
    settings.threads = 2
    settings.partsPerThread = 1
    var options = ReaderOptions()
    options.chunkSize = 500
    let run = BatchRun(scorer: try SampleModel.scorer(), settings: settings, sink: collected, observer: collected)
    // A signal that arrives while a block is being written.
    collected.beforeWrite = {
      guard collected.writes == 2 else { return }
      let takenOver = try run.interrupt() != nil
      #expect(!takenOver)
    }
    let input = SampleChat.lines(2000, seed: 5, malformed: false).joined(separator: "\n")
    let summary = try run.process([.bytes(Array(input.utf8), name: "a.jsonl")], options: options)
    guard case .interrupted = summary.ending else {
      Issue.record("the run was not interrupted")
      return
    }
    #expect(collected.lines.count == summary.counts.messages)
    #expect(summary.counts.messages < 2000)
    #expect(collected.text.hasSuffix("}\n"))
  }
}
