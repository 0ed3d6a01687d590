import Glibc
import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct CompressionTests {
  static let plain: [UInt8] = Array(
    (0..<3000).map { "{\"text\":\"message \($0) \(($0 &* 2_654_435_761) % 997)\"}\n" }.joined().utf8)

  @Test(arguments: [(1, "f.jsonl.gz"), (2, "f.jsonl.zst")])
  func readsOneMemberAndSeveral(kind: Int, name: String) {
    let expected = readAll([.bytes(Self.plain, name: "f.jsonl")]).messages
    #expect(expected.count == 3000)
    let half = Self.plain.count / 2
    let whole = compressed(Self.plain, kind)
    let parts =
      compressed(Array(Self.plain[..<half]), kind) + compressed([], kind) + compressed(Array(Self.plain[half...]), kind)
    #expect(whole.count < Self.plain.count)
    for bytes in [whole, parts] {
      let reading = readAll([.bytes(bytes, name: name)], limit: 500)
      #expect(reading.error == nil)
      #expect(reading.messages == expected)
    }
  }

  @Test(arguments: [(1, "f.jsonl.gz"), (2, "f.jsonl.zst")])
  func tellsTruncationWithItsByte(kind: Int, name: String) {
    let whole = compressed(Self.plain, kind)
    for cut in [1, 2, 9, 11, 100, whole.count / 2, whole.count - 9, whole.count - 1] {
      let reading = readAll(
        [.bytes(Array(whole[..<cut]), name: name), .bytes(Array("{\"text\":\"next\"}".utf8), name: "n")],
        resumes: true)
      #expect(reading.error == .truncated(file: name, offset: cut), "cut at \(cut)")
      #expect(reading.texts.last == "next", "the next input is read")
      #expect(reading.counters.malformed == 0)
    }
    #expect(
      TranscriptError.truncated(file: "f.gz", offset: 7).description
        == "f.gz: compressed data ends early at byte 7; fetch the file again")
  }

  @Test(arguments: [(1, "f.jsonl.gz"), (2, "f.jsonl.zst")])
  func tellsDamageAndGoesOn(kind: Int, name: String) {
    var damaged = compressed(Self.plain, kind)
    for index in damaged.count / 2..<damaged.count / 2 + 40 { damaged[index] ^= 0x5A }
    let reading = readAll([.bytes(damaged, name: name)])
    if case .corrupt(let file, let offset) = reading.error {
      #expect(file == name)
      #expect(offset > 0 && offset <= damaged.count)
    } else {
      Issue.record("no corruption reported: \(String(describing: reading.error))")
    }
    let wrong = readAll([.bytes(Self.plain, name: name)])
    if case .corrupt(_, let offset) = wrong.error { #expect(offset < 64) } else { Issue.record("plain text accepted") }
    let trailing = readAll([.bytes(compressed(Self.plain, kind) + Array("garbage".utf8), name: name)])
    #expect(trailing.messages.count == 3000)
    #expect(trailing.error != nil)
  }

  @Test func allowsZeroPaddingAfterGzip() {
    let reading = readAll([.bytes(compressed(Self.plain, 1) + [UInt8](repeating: 0, count: 512), name: "f.gz")])
    #expect(reading.error == nil)
    #expect(reading.messages.count == 3000)
  }

  @Test func everyFormatReadsCompressed() {
    for name in ["whatsapp-android-id.txt", "telegram-one.json", "pan12.xml", "table.csv"] {
      let plain = readAll([input(name)])
      let packed = readAll([.bytes(compressed(fixture(name), 2), name: name + ".zst")])
      #expect(packed.messages == plain.messages)
      #expect(!packed.messages.isEmpty)
    }
  }

  @Test func readsFilesAndTellsMissingOnes() throws {
    let path = "/tmp/jaga-transcripts-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).txt.gz"
    let file = fopen(path, "wb")
    try #require(file != nil)
    let packed = compressed(fixture("whatsapp-ios-id.txt"), 1)
    if let file {
      fwrite(packed, 1, packed.count, file)
      fclose(file)
    }
    defer { unlink(path) }
    let reading = readAll([.file("/tmp/no/such/file"), .file("/tmp"), TranscriptInput(argument: path)], resumes: true)
    #expect(reading.texts == ["halo", "itu jadwalnya, @\u{2068}Budi\u{2069}", "makasih"])
    #expect(reading.messages.first?.conversationID == "chat-3")
    #expect(
      reading.error?.description
        == "/tmp/no/such/file: cannot be opened (No such file or directory); check the path and its permissions")
  }
}
