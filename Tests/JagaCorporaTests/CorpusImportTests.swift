import Foundation
import JagaEvaluation
import JagaTranscripts
import Testing

@testable import JagaCorpora

/// From the files of a corpus to gold.
@Suite struct CorpusImportTests {
  private func run(
    _ corpus: KnownCorpus, _ folder: Folder, to output: String = "out",
    _ adjust: (inout CorpusImport.Options) -> Void = { _ in }
  ) throws -> ImportSummary {
    var options = CorpusImport.Options()
    options.parts = ["all"]
    options.program = "jaga test"
    adjust(&options)
    return try CorpusImport(
      corpus: corpus, folder: folder.path, output: folder.path + "/" + output, options: options
    ).run()
  }

  /// Entities that were escaped twice, author ids with blanks, an empty text: as the reader of PAN12 gives them, each with its truth.
  @Test func records() throws {
    let folder = try SmallCorpus.folder()
    let summary = try run(SmallCorpus.corpus(), folder)
    #expect(
      try folder.text("out/all.jsonl") == """
        {"conversation_id":"c1","message_id":"1","author_id":"p","text":"hello there","lang":"en","truth":{"author":true,"line":false}}
        {"conversation_id":"c1","message_id":"2","author_id":"x","text":"hi & welcome","lang":"en","truth":{"author":false,"line":false}}
        {"conversation_id":"c1","message_id":"3","author_id":"p","text":"","lang":"en","truth":{"author":true,"line":true}}
        {"conversation_id":"c2","message_id":"1","author_id":"y","text":"see you at practice","lang":"en","truth":{"author":false,"line":false}}

        """)
    let counts = try #require(summary.outputs.first).counts
    #expect(KnownCount.Quantity.allCases.map { counts.count($0) } == [2, 4, 3, 1, 1, 1])
    #expect(
      summary.notes == [
        "all: lines.txt has the known number of lines; no hash of it is published",
        "all: 1 authors that the truth names write nothing", "all: 1 lines that the truth names are not there",
      ])
    #expect(try folder.text("out/.gitignore") == "*\n")
  }

  /// The manifest has what the files depend on, and agrees with the bytes on the disk; a second run writes the same.
  @Test func manifest() throws {
    let folder = try SmallCorpus.folder()
    _ = try run(SmallCorpus.corpus(), folder)
    let first = try folder.text("out/manifest.json")
    _ = try run(SmallCorpus.corpus(), folder, to: "deep/er/out")
    #expect(try folder.text("deep/er/out/manifest.json") == first)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect(json["program"] as? String == "jaga test")
    let output = try #require((json["outputs"] as? [[String: Any]])?.first)
    let digest = try FileDigest(path: folder.path + "/out/all.jsonl")
    #expect(output["sha256"] as? String == digest.sha256)
    #expect(output["bytes"] as? Int == digest.bytes)
    let files = try #require(json["files"] as? [[String: Any]])
    #expect(files.map { $0["state"] as? String } == ["known", "known", "counted"])
    #expect(files.first?["sha256"] as? String == FileDigest(SmallCorpus.xml.utf8).sha256)
    let part = try #require((json["parts"] as? [[String: Any]])?.first)
    #expect(
      (part["known"] as? [String: Int]) == ["conversations": 2, "messages": 4, "authors": 3, "sought_authors": 1])
    #expect((part["left_out"] as? [String: Int])?["absent_authors"] == 1)
    #expect(!first.contains(folder.path), "no path of the machine")
  }

  @Test func splitByAuthor() throws {
    let folder = try SmallCorpus.folder()
    let summary = try run(SmallCorpus.corpus(), folder) {
      $0.split = CorpusImport.Split(first: "learn", second: "tune", share: 0.5)
    }
    #expect(summary.outputs.map(\.file) == ["learn.jsonl", "tune.jsonl"])
    #expect(summary.outputs.map { $0.counts.conversations }.reduce(0, +) == 2)
    #expect(
      summary.notes.last
        == "learn.jsonl got 2 of 3 authors, where a share of 0.5 was asked for: authors who meet in conversations stay together"
    )
    // A stratum of one circle goes to the first side, and the other makes up for it.
    let text = try folder.text("out/learn.jsonl")
    #expect(text.contains("\"author_id\":\"p\"") && text.contains("\"author_id\":\"x\""))
    #expect(try folder.text("out/tune.jsonl").contains("\"author_id\":\"y\""))
    #expect(try folder.text("out/manifest.json").contains("\"share\": 0.5"))
  }

  @Test func selection() throws {
    let folder = try SmallCorpus.folder()
    try folder.write("part-1/ids.txt", "c2\nc7\n")
    let summary = try run(SmallCorpus.corpus(selection: 2), folder)
    #expect(summary.outputs.first?.counts.messages == 1)
    #expect(try folder.text("out/all.jsonl").contains("\"conversation_id\":\"c2\""))
    #expect(summary.notes.contains("all: 1 conversations of the list of ids are not there"))
    #expect(summary.notes.contains("all: 1 conversations, where 2 are known"))
  }

  /// A fault leaves nothing half-written behind.
  @Test func nothingIsLeftOfAFailure() throws {
    let folder = try SmallCorpus.folder()
    try folder.write("part-1/lines.txt", "c1\t3\nno line\n c 1 2\n")
    #expect(throws: TranscriptError.self) { try run(SmallCorpus.corpus(lineCount: 3), folder) }
    #expect(try folder.names() == ["part-1"])
    #expect(throws: ImportError.noPart("tset", corpus: "small", known: ["all", "truth"])) {
      try run(SmallCorpus.corpus(), folder) { $0.parts = ["tset"] }
    }
    try folder.write("file", "")
    try folder.write("part-1/lines.txt", SmallCorpus.lines)
    #expect(throws: ImportError.cannotWrite(file: folder.path + "/file/out", reason: "Not a directory")) {
      try run(SmallCorpus.corpus(), folder, to: "file/out")
    }
  }

  /// A conversation that is broken is skipped, counted and said.
  @Test func malformed() throws {
    let xml = SmallCorpus.xml.replacingOccurrences(of: "<author>y</author>", with: "<author>y")
    let folder = try SmallCorpus.folder()
    try folder.write("part-1/talk.xml", xml)
    let summary = try run(SmallCorpus.corpus(xml: xml), folder)
    #expect(summary.malformed == 1)
    #expect(summary.outputs.first?.counts.conversations == 1)
    #expect(try folder.text("out/manifest.json").contains("\"malformed_conversations\": 1"))
  }

  /// `jaga evaluate` sees the same in the records of an import as in the XML with its truth files.
  @Test func goldIsThatOfTheXML() throws {
    let folder = try SmallCorpus.folder()
    _ = try run(SmallCorpus.corpus(), folder)
    let place = folder.path + "/part-1/"
    let xml = try GoldTable(
      GoldSources(
        files: [.file(place + "talk.xml")], authors: .file(place + "authors.txt"), lines: .file(place + "lines.txt")))
    let imported = try GoldTable(GoldSources(files: [.file(folder.path + "/out/all.jsonl")]))
    #expect(imported.truth == (true, true))
    #expect(imported.rows.map(\.isSuspicious) == xml.rows.map(\.isSuspicious))
    #expect(imported.rows.map(\.messageID) == xml.rows.map(\.messageID))
    #expect(imported.conversations.map(\.isRisky) == xml.conversations.map(\.isRisky))
    #expect(imported.conversations.map(\.rows) == xml.conversations.map(\.rows))
    // What the truth names and nobody writes can stand in truth files alone; they may be given as well.
    #expect(xml.counts.absentAuthors == 1 && imported.counts.absentAuthors == 0)
    let both = try GoldTable(
      GoldSources(
        files: [.file(folder.path + "/out/all.jsonl")], authors: .file(place + "authors.txt"),
        lines: .file(place + "lines.txt")))
    #expect(both.counts == xml.counts)
    #expect(both.authors.map(\.id) == xml.authors.map(\.id))
    #expect(both.authors.map(\.isPredator) == xml.authors.map(\.isPredator))
  }
}
