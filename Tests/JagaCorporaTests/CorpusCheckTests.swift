import Foundation
import Testing

@testable import JagaCorpora

/// What is wrong with a folder, in the exact sentence.
@Suite struct CorpusCheckTests {
  private func check(_ folder: Folder, _ corpus: KnownCorpus, unverified: Bool = false) throws -> [CheckedFile] {
    let checker = CorpusChecker(
      corpus: corpus, listing: try FolderListing(folder.path), acceptsOthers: unverified)
    return try checker.check(corpus.parts[0])
  }

  private func sentence(_ folder: Folder, _ corpus: KnownCorpus, unverified: Bool = false) -> String {
    do {
      _ = try check(folder, corpus, unverified: unverified)
      return "no fault"
    } catch {
      return "\(error)".replacingOccurrences(of: folder.path, with: "DIR")
    }
  }

  @Test func everythingIsThere() throws {
    let folder = try SmallCorpus.folder()
    #expect(try check(folder, SmallCorpus.corpus()).map(\.state) == [.known, .known, .counted])
    // Carriage returns and a byte order mark are no alteration; a second copy neither.
    try folder.write("part-1/talk.xml", "\u{FEFF}" + SmallCorpus.xml.replacingOccurrences(of: "\n", with: "\r\n"))
    try folder.write("again/authors.txt", SmallCorpus.authors)
    try folder.write("part-1/extra.txt", "anything")
    #expect(try check(folder, SmallCorpus.corpus()).map(\.state) == [.known, .known, .counted, .unknown])
  }

  @Test func missing() throws {
    let folder = try SmallCorpus.folder()
    try FileManager.default.removeItem(atPath: folder.path + "/part-1/talk.xml")
    #expect(
      sentence(folder, SmallCorpus.corpus())
        == "DIR: talk.xml is not there; unpack the whole corpus there, and keep the names of its files, "
        + "or import what is there with --part truth")
    try folder.write("corpus.zip", "PK")
    #expect(sentence(folder, SmallCorpus.corpus()).hasPrefix("DIR: talk.xml is not there; unpack DIR/corpus.zip, or"))
    try folder.write("part-1/chat.xml", SmallCorpus.xml)
    #expect(
      sentence(folder, SmallCorpus.corpus()).hasPrefix(
        "DIR: talk.xml is not there; DIR/part-1/chat.xml has its content: give it that name again, or"))
    try folder.write("part-1/old.xml", "anything")
    #expect(
      sentence(folder, SmallCorpus.corpus(earlierNames: ["old.xml"])).hasPrefix(
        "DIR: talk.xml is not there; DIR/part-1/old.xml is of an earlier release: ask for the current one, or"))
    #expect(throws: ImportError.noFolder("/nonexistent")) { try FolderListing("/nonexistent") }
  }

  @Test func altered() throws {
    let folder = try SmallCorpus.folder()
    let corpus = SmallCorpus.corpus()
    let other = SmallCorpus.xml.replacingOccurrences(of: "practice", with: "the lake")
    try folder.write("part-1/talk.xml", other)
    let hashes = [other, SmallCorpus.xml].map { String(FileDigest($0.utf8).sha256.prefix(12)) }
    #expect(
      sentence(folder, corpus)
        == "DIR/part-1/talk.xml: not the file that is known (SHA-256 \(hashes[0])…, known is \(hashes[1])…), so altered or of another "
        + "release; fetch and unpack it again, or take it as it is with --unverified")
    #expect(try check(folder, corpus, unverified: true).map(\.state) == [.differs, .known, .counted])
  }

  /// Half a file is no file, whatever is asked for.
  @Test(arguments: [false, true])
  func cutOff(unverified: Bool) throws {
    let folder = try SmallCorpus.folder()
    let half = String(SmallCorpus.xml.prefix(300))
    try folder.write("part-1/talk.xml", half)
    #expect(
      sentence(folder, SmallCorpus.corpus(), unverified: unverified)
        == "DIR/part-1/talk.xml: ends after 300 bytes without its last tag, so the download or the unpacking was cut off; "
        + "fetch and unpack it again")
    try folder.write("part-1/talk.xml", "\n")
    #expect(
      sentence(folder, SmallCorpus.corpus(), unverified: unverified)
        == "DIR/part-1/talk.xml: is empty; fetch and unpack it again")
  }

  @Test func otherNumberOfLines() throws {
    let folder = try SmallCorpus.folder()
    #expect(
      sentence(folder, SmallCorpus.corpus(lineCount: 3))
        == "DIR/part-1/lines.txt: 2 lines where 3 are known, so truncated, altered or of another release; fetch and unpack it again, or "
        + "take it as it is with --unverified")
    #expect(try check(folder, SmallCorpus.corpus(lineCount: 3), unverified: true)[2].state == .differs)
  }

  @Test func twice() throws {
    let folder = try SmallCorpus.folder()
    try folder.write("other/authors.txt", "q\n")
    #expect(
      sentence(folder, SmallCorpus.corpus())
        == "authors.txt stands twice, with different content: DIR/other/authors.txt and DIR/part-1/authors.txt; "
        + "keep one of them below the folder")
  }

  /// What is printed of the real ones cannot be nonsense.
  @Test(arguments: KnownCorpus.all.map(\.name))
  func knownCorpora(name: String) throws {
    let corpus = try #require(KnownCorpus.named(name))
    #expect(Set(corpus.parts.map(\.name)) == ["train", "test"])
    for part in corpus.parts {
      #expect(part.files.count { $0.role == .conversations } == 1)
      #expect(part.files.count { $0.role == .authors } == 1)
      for file in part.files {
        if let sha256 = file.sha256 {
          #expect(sha256.count == 64 && sha256.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
        // The list of repaired lines is no truth.
        #expect(file.name.hasSuffix("-diff.txt") == (file.role == .unread))
      }
    }
  }
}
