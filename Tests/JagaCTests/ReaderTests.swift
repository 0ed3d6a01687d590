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

  /// The next batch's ids of messages; nil where the call fails.
  private func next(_ reader: OpaquePointer, limit: Int64 = 0) throws -> [String?]? {
    var schema = ArrowSchema()
    var array = ArrowArray()
    guard jaga_reader_next(reader, limit, &schema, &array) == Int32(JAGA_OK) else {
      #expect(schema.release == nil && array.release == nil)
      return nil
    }
    defer {
      array.release(&array)
      schema.release(&schema)
    }
    return texts(try #require(array.children[1]))
  }

  private func file(_ name: String, _ content: Data) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())-\(name)").path
    try content.write(to: URL(filePath: path))
    return path
  }

  @Test func messagesBeforeDamageAreGivenBeforeTheError() throws {
    // As gzip stores it without compressing, so that it is whole up to where it is cut.
    let lines = Data(
      "{\"message_id\":\"m0\",\"text\":\"halo\"}\n{\"message_id\":\"m1\",\"text\":\"apa\"}\n{\"message_id\":\"m2\",\"text\":\"kabar\"}\n"
        .utf8)
    let length = UInt16(lines.count)
    let head: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    let block: [UInt8] = [1, UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
    let path = try file("cut.jsonl.gz", Data(head + block) + lines)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var opened: OpaquePointer?
    #expect(jaga_reader_open(path, nil, &opened) == Int32(JAGA_OK))
    let reader = try #require(opened)
    defer { jaga_reader_close(reader) }
    var found: [String?] = []
    while let ids = try next(reader) {
      #expect(!ids.isEmpty)
      found += ids
    }
    #expect(found == ["m0", "m1", "m2"])
    #expect(lastError() == "\(path): compressed data ends early at byte \(15 + lines.count); fetch the file again")
    #expect(try next(reader) == [])
  }

  @Test func repeatedMessagesAreCounted() throws {
    let lines = [
      "a\",\"message_id\":\"m0", "a\",\"message_id\":\"m1", "b\",\"message_id\":\"m0", "a\",\"message_id\":\"m0",
      "b\",\"message_id\":\"m0",
    ]
    let content =
      lines.map { "{\"conversation_id\":\"\($0)\",\"text\":\"halo\"}\n" } + [
        "{\"text\":\"halo\"}\n", "{\"text\":\"halo\"}\n",
      ]
    let path = try file("again.jsonl", Data(content.joined().utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var opened: OpaquePointer?
    #expect(jaga_reader_open(path, nil, &opened) == Int32(JAGA_OK))
    let reader = try #require(opened)
    defer { jaga_reader_close(reader) }
    #expect(try next(reader)?.count == 5)
    #expect(jaga_reader_repeated(reader) == 2)
    #expect(jaga_reader_skipped(reader) == 0)
  }

  @Test func aColumnHoldsWhatItHasRoomFor() throws {
    let content = (0..<5).map {
      "{\"id\":\"m\($0)\",\"text\":\"\(String(repeating: "x", count: $0 == 3 ? 30 : 10))\"}\n"
    }
    let path = try file("long.jsonl", Data(content.joined().utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let reader = ReaderHandle(path: path, format: .jsonl, room: 25)
    func count() throws -> Int { try reader.next(limit: 100).length }
    #expect(try count() == 2)
    #expect(try count() == 1)
    let refused = #expect(throws: Failure.self) { try count() }
    #expect(refused?.sentence == "row 0: the message is longer than 1 GiB; split it")
    #expect(try count() == 1)
    #expect(try count() == 0)
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
