import JagaCore
import Testing

@testable import JagaTranscripts

/// A reader that begins where another one was reads what that one goes on to read.
@Suite struct ReaderPositionTests {
  private struct Step {
    var messages: [Message]
    var diagnostics: [String]
    var after: ReaderPosition
  }

  /// All steps, as a run takes them: lines are decoded by the caller.
  private func steps(
    _ inputs: [TranscriptInput], from position: ReaderPosition, _ options: ReaderOptions
  ) throws -> (steps: [Step], counters: ReadCounters) {
    var told: [Diagnostic] = []
    let reader = TranscriptReader(inputs: inputs, options: options, from: position) { told.append($0) }
    let decoder = try ChunkDecoder(options: options)
    var chunk = Chunk()
    var steps: [Step] = []
    while true {
      var batch = MessageBatch()
      var noticed: [Diagnostic] = []
      var isOver = false
      do throws(TranscriptError) {
        switch try reader.next(chunk: &chunk, batch: &batch, limit: 3) {
        case .chunk: noticed = decoder.decode(chunk, into: &batch).diagnostics
        case .messages: break
        case .end: isOver = true
        }
      } catch {
        #expect(error.description != "")
      }
      steps.append(
        Step(
          messages: batch.rows.indices.map { batch.message(at: $0) },
          diagnostics: (told + noticed).map(\.rendered), after: reader.position))
      told = []
      if isOver { return (steps, reader.counters) }
    }
  }

  private func expectGoingOn(_ inputs: [TranscriptInput], _ options: ReaderOptions) throws {
    let whole = try steps(inputs, from: ReaderPosition(), options)
    #expect(whole.steps.count > 1)
    for number in whole.steps.indices {
      let rest = try steps(inputs, from: whole.steps[number].after, options)
      let expected = whole.steps[(number + 1)...]
      let comment: Comment = "after step \(number) of \(whole.steps.count), \(inputs.map(\.name))"
      #expect(rest.steps.flatMap(\.messages) == expected.flatMap(\.messages), comment)
      #expect(rest.steps.flatMap(\.diagnostics) == expected.flatMap(\.diagnostics), comment)
      #expect(rest.counters == whole.counters, comment)
      // A reader that has not begun is where it was told to begin.
      let reader = TranscriptReader(inputs: inputs, options: options, from: whole.steps[number].after)
      #expect(reader.position == whole.steps[number].after, comment)
    }
  }

  private static let lines = (0..<40).map {
    $0 % 9 == 4 ? "{bad" : $0 % 7 == 3 ? "" : "{\"text\":\"kata \($0)\",\"id\":\"\($0)\"}"
  }.joined(separator: "\n")

  @Test(arguments: [1, 40, 200, 5000], ["", "\u{FEFF}"])
  func linesAtEveryChunk(chunkSize: Int, mark: String) throws {
    var options = ReaderOptions()
    options.chunkSize = chunkSize
    options.recordLimit = 100
    let long = "{\"text\":\"\(String(repeating: "x", count: 150))\"}\n"
    try expectGoingOn(
      [
        .bytes(Array((mark + Self.lines + "\n" + long + Self.lines).utf8), name: "a.jsonl"),
        .bytes(Array(Self.lines.utf8), name: "b.jsonl"),
      ], options)
  }

  @Test(arguments: [
    "discord.json", "telegram-one.json",
  ])
  func otherFormatsAtEveryCall(name: String) throws {
    let csv = "conversation_id,id,text\n" + (0..<20).map { "c\($0 / 6),m\($0),\"kata \($0)\n lagi\"\n" }.joined()
    let chat = (0..<12).map { "20/04/25 10.\(10 + $0) - Budi: halo \($0)\n" }.joined()
    try expectGoingOn(
      [
        .bytes(Array(csv.utf8), name: "a.csv"), input(name), .bytes(Array(chat.utf8), name: "chat.txt"),
        .bytes(Array(Self.lines.utf8), name: "b.jsonl"),
      ], ReaderOptions())
  }

  @Test func anInputThatCannotBeOpened() throws {
    try expectGoingOn(
      [
        .bytes(Array(Self.lines.utf8), name: "a.jsonl"), .file("/nowhere/at/all.jsonl"),
        .bytes(Array(Self.lines.utf8), name: "b.jsonl"),
      ], ReaderOptions())
  }
}
