import CJaga
import Foundation
import JagaCore
import JagaTranscripts
import Testing

@testable import JagaC

@Suite struct ReaderTests {
  private func texts(_ column: UnsafeMutablePointer<ArrowArray>) -> [String?] {
    let array = column.pointee
    guard let offsets = array.buffers[1]?.assumingMemoryBound(to: Int32.self),
      let data = array.buffers[2]?.assumingMemoryBound(to: UInt8.self)
    else { return [] }
    let validity = array.buffers[0]?.assumingMemoryBound(to: UInt8.self)
    return (0..<Int(array.length)).map { row in
      if let validity, validity[row / 8] & 1 << UInt8(row % 8) == 0 { return nil }
      let bytes = UnsafeBufferPointer(start: data + Int(offsets[row]), count: Int(offsets[row + 1] - offsets[row]))
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test(
    arguments: [
      ("Examples/gamers-whatsapp.txt", nil), ("Examples/discord-english.json", "discord"),
      ("corpora/voices/jakarta-gamers/messages.jsonl", nil),
      ("corpora/voices/jakarta-gamers/transcripts.jsonl", "jsonl"),
    ] as [(String, String?)])
  func theMessagesAreThoseOfTheReader(path: String, format: String?) throws {
    var opened: OpaquePointer?
    #expect(jaga_reader_open(path, format, &opened) == Int32(JAGA_OK))
    let reader = try #require(opened)
    defer { jaga_reader_close(reader) }
    var found: [[String?]] = [[], [], [], []]
    while true {
      var schema = ArrowSchema()
      var array = ArrowArray()
      #expect(jaga_reader_next(reader, format == nil ? 100 : .max, &schema, &array) == Int32(JAGA_OK))
      let count = array.length
      for place in 0..<4 { found[place] += texts(try #require(array.children[place])) }
      array.release(&array)
      schema.release(&schema)
      if count == 0 { break }
    }
    let expected = TranscriptReader(inputs: [.file(path)], format: format.flatMap { TranscriptFormat(name: $0) })
    var batch = MessageBatch()
    while try expected.read(into: &batch) {}
    #expect(batch.rows.count > 5)
    #expect(found[0] == batch.rows.map { $0.isAlone ? nil : batch.string($0.conversationID) })
    #expect(found[1] == batch.rows.map { batch.string($0.messageID) })
    #expect(found[2] == batch.rows.map { batch.string($0.authorID) })
    #expect(found[3] == batch.rows.map { batch.string($0.text) })
    #expect(jaga_reader_skipped(reader) == 0)
  }

  @Test func whatCannotBeReadIsTold() {
    var opened: OpaquePointer?
    #expect(jaga_reader_open("/nowhere/x.jsonl", nil, &opened) == Int32(JAGA_ERROR_IO))
    #expect(lastError().hasPrefix("/nowhere/x.jsonl: "))
    #expect(opened == nil)
    #expect(jaga_reader_open("Package.swift", "word", &opened) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError().hasPrefix("'word' is not a format; pass NULL or one of jsonl, csv"))
    #expect(jaga_reader_open(nil, nil, &opened) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_reader_next(nil, 1, nil, nil) == Int32(JAGA_ERROR_ARGUMENT))
  }
}
