import JagaCore
import Testing

@testable import JagaTranscripts

@Suite struct FormatDetectorTests {
  @Test(arguments: [
    ("canonical.jsonl", TranscriptFormat.jsonl), ("gold.jsonl", .jsonl), ("chatml.jsonl", .chatml),
    ("sharegpt.jsonl", .chatml), ("convokit-new.jsonl", .convokit), ("convokit-old.jsonl", .convokit),
    ("table.csv", .csv), ("table-semicolon.csv", .csv), ("table.tsv", .csv), ("pan12.xml", .pan12),
    ("telegram-one.json", .telegram), ("telegram-all.json", .telegram), ("discord.json", .discord),
    ("whatsapp-android-id.txt", .whatsapp), ("whatsapp-android-en.txt", .whatsapp),
    ("whatsapp-android-12h.txt", .whatsapp), ("whatsapp-ios-id.txt", .whatsapp), ("whatsapp-ios-en.txt", .whatsapp),
  ])
  func recognisesByContentAlone(name: String, format: TranscriptFormat) throws {
    #expect(try TranscriptFormat.recognise(.bytes(fixture(name), name: "data")) == format)
    #expect(try TranscriptFormat.recognise(input(name)) == format)
  }

  @Test(arguments: [
    ("x.jsonl", "not json at all\n", TranscriptFormat.jsonl), ("x.ndjson.gz", "", .jsonl), ("x.csv", "a,b\n", .csv),
    ("x.xml", "<a/>", .pan12), ("x.txt", "\n \n", .jsonl), ("x", "bad\n{\"text\":\"a\"}\n", .jsonl),
    ("x", "{\"text\":\"a\nb", .jsonl), ("x", "judul\n20/04/25 10.00 - Budi: halo", .whatsapp),
  ])
  func fallsBack(name: String, text: String, format: TranscriptFormat) {
    #expect(
      FormatDetector.judge(Array(text.utf8), ending: TranscriptInput.bytes([], name: name).ending, atEnd: true)
        == .format(format))
  }

  @Test func refusesTheUnknown() {
    for text in ["hello there\nhow are you", "[1, 2]", "{\"a\": 1}", "<html></html>", "\0\0\0"] {
      #expect(readText(text).error == .unknownFormat(file: "input"), "\(text)")
    }
    #expect(
      readText("hello").error?.description
        == "input: format not recognised; name it with --format (jsonl, csv, chatml, whatsapp, telegram, discord, convokit, pan12)"
    )
    #expect(readAll([.bytes([0xFF, 0xFE, 0x7B, 0], name: "u")]).error == .notUTF8(file: "u"))
  }

  /// A line that has only half arrived says nothing yet; a whole one does.
  @Test func waitsForWholeLines() {
    let line = "{\"id\":\"1\",\"conversation_id\":\"c\",\"text\":\"a\",\"speaker\":\"s\"}\n"
    let half = Array(line.utf8.prefix(45))
    #expect(FormatDetector.judge(half, ending: "", atEnd: false) == .unknown)
    #expect(FormatDetector.judge(Array(line.utf8), ending: "", atEnd: false) == .format(.convokit))
  }

  @Test func skimmerFindsFaults() {
    for (text, ending) in [
      ("{}", JSONSkimmer.Ending.complete(end: 2)), ("[1,2.5e-3,\"a\\u00e9\",null] x", .complete(end: 25)),
      ("{\"a\":", .cutOff), ("{\"a\":1,}", .broken(at: 7)), ("[1 2]", .broken(at: 3)), ("[01]", .broken(at: 1)),
      ("[\"\\q\"]", .broken(at: 2)), ("]", .broken(at: 0)), ("[}", .broken(at: 1)), ("", .cutOff),
      ("nul", .broken(at: 0)),
      ("[\(String(repeating: "9", count: 400))]", .complete(end: 402)),
    ] {
      let bytes = Array(text.utf8)
      #expect(
        bytes.withUnsafeBufferPointer { bytes -> JSONSkimmer.Ending in
          var s = JSONSkimmer(bytes); return s.run()
        } == ending, "\(text)")
    }
  }

  @Test func formatsDescribeThemselves() {
    #expect(TranscriptFormat.allCases.count == 8)
    #expect(TranscriptFormat(name: "whatsapp") == .whatsapp)
    #expect(TranscriptFormat(name: "WhatsApp") == nil)
    #expect(TranscriptFormat.allCases.filter { !$0.isStreaming } == [.telegram, .discord])
    #expect(TranscriptFormat.allCases.filter(\.isLineBased) == [.jsonl, .chatml, .convokit])
    #expect(Set(TranscriptFormat.allCases.map(\.summary)).count == 8)
  }
}
