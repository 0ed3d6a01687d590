import Foundation
import Testing

@Suite(.enabled(if: Program.hasModel, Program.needsModel))
struct HashIDsTests {
  private let input =
    SampleLines.line("chat-satu", "pesan-satu", "orang-satu", "halo @orang-dua")
    + SampleLines.line("chat-satu", "p2", "orang-dua", "ok")

  @Test func noIdentifierIsLeft() throws {
    let folder = try Scratch()
    let key = try folder.file("key", "0123456789abcdef0123456789abcdef\n")
    let run = try Program.run(["score", "-", "--hash-ids", key, "--with-text"], input: input)
    #expect(run.code == 0)
    for name in ["chat-satu", "pesan-satu", "orang-satu", "orang-dua"] { #expect(!run.output.contains(name)) }
    let records = run.lines.map(decoded)
    #expect(records.count == 2)
    #expect(records[0]["conversation_id"] as? String == records[1]["conversation_id"] as? String)
    let author = records[1]["author_id"] as? String ?? ""
    #expect(author.count == 32)
    let isHexadecimal = author.allSatisfy { $0.isHexDigit }
    #expect(isHexadecimal)
    // A mention becomes what its author becomes.
    #expect(records[0]["text"] as? String == "halo @\(author)")
  }

  /// RFC 4231, test case 2 has the key "Jefe", too short here; so a value made with `openssl dgst -sha256 -hmac`.
  @Test func theHashIsHMACSHA256() throws {
    let folder = try Scratch()
    let key = try folder.file("key", "0123456789abcdef0123456789abcdef\n")
    let run = try Program.run(["score", "-", "--hash-ids", key], input: SampleLines.line("c", "m", "orang-dua", "ok"))
    #expect(decoded(run.lines[0])["author_id"] as? String == "f479d1ee8392f3380c6e3371e9d22baa")
  }

  @Test func anotherKeyGivesOtherIDsAndTheSameScores() throws {
    let folder = try Scratch()
    let first = try Program.run(
      ["score", "-", "--hash-ids", try folder.file("a", String(repeating: "a", count: 32))], input: input)
    let second = try Program.run(
      ["score", "-", "--hash-ids", try folder.file("b", String(repeating: "b", count: 32))], input: input)
    #expect(first.output != second.output)
    for (left, right) in zip(first.lines.map(decoded), second.lines.map(decoded)) {
      #expect(left["score"] as? Double == right["score"] as? Double)
      #expect(left["author_id"] as? String != right["author_id"] as? String)
    }
  }

  @Test func conversationLevelToo() throws {
    let folder = try Scratch()
    let key = try folder.file("key", "0123456789abcdef0123456789abcdef")
    let run = try Program.run(["score", "-", "--hash-ids", key, "--level", "conversation"], input: input)
    for name in ["chat-satu", "pesan-satu", "orang-satu", "orang-dua"] { #expect(!run.output.contains(name)) }
  }

  @Test func aShortOrMissingKeyIsRefused() throws {
    let folder = try Scratch()
    let short = try Program.run(["score", "-", "--hash-ids", try folder.file("key", "kurang\n")], input: input)
    #expect(short.code == 1)
    #expect(short.output == "")
    #expect(short.errors.contains("a key of 6 bytes is too short to protect anybody"))
    #expect(try Program.run(["score", "-", "--hash-ids", folder.path + "/none"], input: input).code == 1)
  }
}
