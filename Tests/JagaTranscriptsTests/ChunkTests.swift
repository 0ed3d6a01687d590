import JagaCore
import Testing

@testable import JagaTranscripts

/// Every way of cutting an input has to give the same messages, counts and diagnostics.
@Suite struct ChunkTests {
  static let hostile =
    "\u{FEFF}{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"b\n{\"text\":\"c\"}{\"text\":\"d\"}\n{\"text\":\"e\",\"x\":[\n{\"text\":\"f\"}]}\n"
    + "{\"text\":\"g\\ud800\"} \n{\"messages\":[{\"text\":\"h\"},{\"text\":\"i\"}],\"id\":\"t\"}\n}\n{\"text\":\"j\""

  @Test(arguments: [
    "canonical.jsonl", "gold.jsonl", "chatml.jsonl", "sharegpt.jsonl", "convokit-new.jsonl", "convokit-old.jsonl",
    "table.csv", "table-semicolon.csv", "table.tsv", "pan12.xml", "whatsapp-android-id.txt", "whatsapp-ios-id.txt",
    "hostile",
  ])
  func everyChunkSizeGivesTheSame(name: String) {
    let bytes = name == "hostile" ? Array(Self.hostile.utf8) : fixture(name)
    #expect(!bytes.isEmpty)
    let format: TranscriptFormat? = name == "hostile" ? .jsonl : nil
    let whole = readAll([.bytes(bytes, name: name)], format: format)
    #expect(whole.error == nil)
    for size in Array(1...80) + Array(stride(from: 81, through: bytes.count + 1, by: 37)) {
      let cut = readAll([.bytes(bytes, name: name)], format: format, limit: 1) { $0.chunkSize = size }
      #expect(cut.messages == whole.messages, "chunk size \(size)")
      #expect(cut.counters == whole.counters, "chunk size \(size)")
      #expect(cut.diagnostics == whole.diagnostics, "chunk size \(size)")
    }
  }

  @Test func hostileLinesAreJudgedOneByOne() {
    let reading = readText(Self.hostile, format: .jsonl)
    #expect(reading.texts == ["a", "g\u{FFFD}", "h", "i"])
    #expect(reading.diagnostics.filter { $0.severity == .malformed }.map(\.line) == [4, 5, 6, 7, 10, 11])
    #expect(reading.counters.records == 9)
  }

  /// The limit holds to the byte, however the chunks fall.
  @Test func recordLimitIsExact() {
    let lines = (0..<40).map { "{\"text\":\"\(String(repeating: "x", count: $0))\"}" }
    let text = lines.joined(separator: "\n")
    for limit in [11, 20, 30, 45] {
      let fitting = lines.filter { $0.utf8.count <= limit }.count
      for size in [1, 7, 16, 64, 1000] {
        let reading = readText(text, format: .jsonl) {
          $0.recordLimit = limit
          $0.chunkSize = size
        }
        #expect(reading.messages.count == fitting, "limit \(limit), chunk size \(size)")
        #expect(reading.counters.malformed == lines.count - fitting)
        #expect(reading.counters.records == lines.count)
      }
    }
  }

  /// Generated lines, good and bad: the bulk path against one line at a time against the plain skimmer.
  @Test func bulkEqualsLineByLine() {
    let seed: UInt64 = 20_250_305
    var random = SeededGenerator(state: seed)
    let pieces = [
      "{", "}", "[", "]", "\"text\"", ":", ",", "\"a\"", "1", "-2.5e3", "true", "null", "\"\\u0041\\n\"", "\"é😀\"",
      "\"id\"", " ", "\"labels\"", "\"messages\"", "\"\\ud800\"", "tru", "01", "\"", "\\", "\t",
    ]
    for round in 0..<400 {
      var lines: [String] = []
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6: lines.append("{\"text\":\"t\(round)\",\"id\":\(Int.random(in: 0...99, using: &random))}")
        case 6: lines.append("")
        case 7:
          let body = (0..<4).compactMap { _ in pieces.randomElement(using: &random) }.joined()
          lines.append("{\"text\":\"x\",\"k\":\(body)}")
        default:
          lines.append(
            (0..<Int.random(in: 1...9, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
              .joined())
        }
      }
      let whole = readText(lines.joined(separator: "\n"), format: .jsonl) {
        $0.duplicateWindow = 0
        $0.chunkSize = 2048
      }
      var single: [String] = []
      var bad: [Int] = []
      for (index, line) in lines.enumerated() {
        let one = readText(line, format: .jsonl) { $0.chunkSize = 2048 }
        single += one.texts
        if one.counters.malformed > 0 { bad.append(index + 1) }
        let isJSON = line.utf8.withContiguousStorageIfAvailable { bytes -> Bool in
          var skimmer = JSONSkimmer(bytes)
          guard case .complete(let end) = skimmer.run() else { return false }
          return isBlank(bytes, end..<bytes.count)
        }
        if !one.messages.isEmpty { #expect(isJSON == true, "seed \(seed): \(line)") }
        if one.diagnostics.contains(where: { $0.cause == .invalidJSON }) {
          #expect(isJSON == false, "seed \(seed): \(line)")
        }
      }
      #expect(whole.texts == single, "seed \(seed), round \(round): \(lines)")
      #expect(whole.diagnostics.filter { $0.severity == .malformed }.map(\.line) == bad, "seed \(seed), round \(round)")
    }
  }

  /// Chunks decoded apart and merged in order equal the reader.
  @Test func chunksDecodeApart() throws {
    var text = ""
    for number in 0..<500 { text += number % 37 == 0 ? "bad\n" : "{\"text\":\"m\(number)\"}\n" }
    var options = ReaderOptions()
    options.chunkSize = 300
    let inputs: [TranscriptInput] = [
      .bytes(Array(text.utf8), name: "a.jsonl"), .bytes(Array("text\nz\n".utf8), name: "b.csv"),
    ]
    let whole = readAll(inputs) { $0.chunkSize = 300 }
    let reader = TranscriptReader(inputs: inputs, options: options)
    var chunks: [Chunk] = []
    var tail = MessageBatch()
    loop: while true {
      var chunk = Chunk()
      switch try reader.next(chunk: &chunk, batch: &tail, limit: 100) {
      case .chunk: chunks.append(chunk)
      case .messages: continue
      case .end: break loop
      }
    }
    #expect(chunks.count > 10)
    let decoder = try ChunkDecoder(options: options)
    var decoded: [Int: (MessageBatch, DecodeReport)] = [:]
    for index in chunks.indices.reversed() {
      var batch = MessageBatch()
      let report = decoder.decode(chunks[index], into: &batch)
      decoded[index] = (batch, report)
    }
    var messages: [Message] = []
    for index in chunks.indices {
      guard let (found, report) = decoded[index] else { continue }
      var batch = found
      reader.removeDuplicates(in: &batch, from: 0)
      try reader.merge(report)
      messages += batch.rows.indices.map { batch.message(at: $0) }
    }
    messages += tail.rows.indices.map { tail.message(at: $0) }
    #expect(messages == whole.messages)
    #expect(reader.counters == whole.counters)
  }
}
