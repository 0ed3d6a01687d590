import JagaCore
import JagaTranscripts
import Testing

struct PushedLinesTests {
  /// The ids and faults that come of bytes pushed in pieces.
  private func decoded(_ text: String, pieces: Int, lineLimit: Int = 1 << 20, chunkSize: Int = 64 << 10) throws -> (
    texts: [String], ids: [String], faults: [Int]
  ) {
    var lines = PushedLines(name: "test", lineLimit: lineLimit, chunkSize: chunkSize)
    let decoder = try ChunkDecoder()
    var (chunk, batch) = (Chunk(), MessageBatch())
    var faults: [Int] = []
    func drain() {
      while lines.next(into: &chunk) { faults += decoder.decode(chunk, into: &batch).diagnostics.map(\.line) }
    }
    let bytes = Array(text.utf8)
    for first in stride(from: 0, to: bytes.count, by: pieces) {
      lines.push(bytes[first..<min(first + pieces, bytes.count)])
      drain()
    }
    lines.end()
    drain()
    return (batch.rows.map { batch.string($0.text) }, batch.rows.map { batch.string($0.messageID) }, faults)
  }

  @Test(arguments: [1, 2, 3, 10, 1000])
  func piecesMakeNoDifference(pieces: Int) throws {
    let text = "\u{FEFF}{\"text\":\"satu\"}\n\n{\"text\":\"dua\"}\r\nnot json\n{\"id\":7,\"text\":\"tiga\"}"
    let result = try decoded(text, pieces: pieces)
    #expect(result.texts == ["satu", "dua", "tiga"])
    #expect(result.ids == ["1", "2", "7"])
    #expect(result.faults == [4])
  }

  @Test(arguments: [1, 5, 64, 1000])
  func aLineOverTheLimitIsSkippedAndTold(pieces: Int) throws {
    let long = "{\"text\":\"" + String(repeating: "x", count: 200) + "\"}"
    let text = "{\"text\":\"satu\"}\n\(long)\n{\"text\":\"dua\"}\n"
    let result = try decoded(text, pieces: pieces, lineLimit: 100)
    #expect(result.texts == ["satu", "dua"])
    #expect(result.ids == ["1", "3"])
    #expect(result.faults == [2])
  }

  @Test func aLongLastLineWithoutItsEndIsTold() throws {
    let result = try decoded("{\"text\":\"satu\"}\n" + String(repeating: "x", count: 300), pieces: 50, lineLimit: 100)
    #expect(result.texts == ["satu"])
    #expect(result.faults == [2])
  }

  @Test func manyLinesComeInChunks() throws {
    let text = (1...500).map { "{\"text\":\"nomor \($0)\"}\n" }.joined()
    let result = try decoded(text, pieces: 333, chunkSize: 100)
    #expect(result.texts == (1...500).map { "nomor \($0)" })
    #expect(result.ids == (1...500).map { "\($0)" })
  }

  @Test(arguments: ["", "\n", "\n\n\r\n", "\u{FEFF}"])
  func nothingComesOfNothing(text: String) throws {
    let result = try decoded(text, pieces: 1)
    #expect(result.texts.isEmpty && result.faults.isEmpty)
  }
}
