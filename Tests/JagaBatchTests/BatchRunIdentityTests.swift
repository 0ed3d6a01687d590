import JagaBatch
import JagaCore
import JagaTranscripts
import Testing

/// Contract 3: any number of threads, any size of parts, one input or several: the same bytes.
@Suite struct BatchRunIdentityTests {
  private static let seed: UInt64 = 20_250_101

  private func output(
    _ inputs: [String], threads: Int, chunkSize: Int, level: BatchSettings.Level, capacity: Int = 1 << 16
  ) throws -> (text: String, summary: BatchSummary) {
    var run = SampleRun()
    run.settings.threads = threads
    run.settings.partsPerThread = threads
    run.settings.level = level
    run.settings.explains = level == .message
    run.settings.conversationCapacity = capacity
    run.options.chunkSize = chunkSize
    let result = try run(inputs)
    return (result.output.text, result.summary)
  }

  @Test(arguments: [BatchSettings.Level.message, .conversation], [1 << 16, 64])
  func sameBytes(level: BatchSettings.Level, capacity: Int) throws {
    let lines = SampleChat.lines(800, seed: Self.seed)
    let whole = lines.joined(separator: "\n") + "\n"
    let expected = try output([whole], threads: 1, chunkSize: 1 << 20, level: level, capacity: capacity)
    #expect(expected.text.count > 1000)
    for threads in [1, 2, 7] {
      for chunkSize in [300, 20_000] {
        let found = try output([whole], threads: threads, chunkSize: chunkSize, level: level, capacity: capacity)
        #expect(found.text == expected.text, "\(threads) threads, chunks of \(chunkSize), seed \(Self.seed)")
        #expect(found.summary.counts == expected.summary.counts)
        #expect(found.summary.reading == expected.summary.reading)
        #expect(found.summary.conversations == expected.summary.conversations)
        #expect(found.summary.evictions == expected.summary.evictions)
      }
    }
  }

  @Test(arguments: [BatchSettings.Level.message, .conversation])
  func twoInputsAreOne(level: BatchSettings.Level) throws {
    let lines = SampleChat.lines(600, seed: Self.seed + 1)
    let whole = try output(
      [lines.joined(separator: "\n") + "\n"], threads: 2, chunkSize: 3000, level: level)
    for cut in [1, 217, 599] {
      let parts = [lines[..<cut].joined(separator: "\n") + "\n", lines[cut...].joined(separator: "\n")]
      let split = try output(parts, threads: 2, chunkSize: 3000, level: level)
      #expect(split.text == whole.text, "cut at \(cut), seed \(Self.seed + 1)")
    }
  }

  @Test func tablesAndCSVToo() throws {
    let whole = SampleChat.lines(300, seed: Self.seed + 2).joined(separator: "\n")
    for form in [BatchSettings.Form.csv, .table(TableStyle(isColoured: true, columns: 90))] {
      var texts: [String] = []
      for threads in [1, 2, 5] {
        var run = SampleRun()
        run.settings.threads = threads
        run.settings.form = form
        run.settings.includesText = true
        run.options.chunkSize = 900 * threads
        texts.append(try run([whole]).output.text)
      }
      #expect(texts[0].count > 1000)
      #expect(texts[1] == texts[0])
      #expect(texts[2] == texts[0])
    }
  }
}
