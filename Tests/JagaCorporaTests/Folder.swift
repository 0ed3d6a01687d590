import Foundation

@testable import JagaCorpora

/// A folder that goes away with the test.
final class Folder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("jaga-corpora-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.resolvingSymlinksInPath().path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders above it, and returns its path.
  @discardableResult func write(_ name: String, _ content: String) throws -> String {
    let place = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content.utf8).write(to: place)
    return place.path
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// An invented corpus of one part, whose hashes are known here.
enum SmallCorpus {
  static let xml = """
    <?xml version="1.0" encoding="UTF-8"?>
    <conversations>
      <conversation id="c1">
        <message line="1"><author>p</author><time>10:00</time><text>hello there</text></message>
        <message line="2"><author>x</author><time>10:01</time><text>hi &amp;amp; welcome</text></message>
        <message line="3"><author> p </author><time>10:02</time><text></text></message>
      </conversation>
      <conversation id="c2">
        <message line="1"><author>y</author><time>10:00</time><text>see you at practice</text></message>
      </conversation>
    </conversations>

    """
  static let authors = "p\nabsent\n"
  static let lines = "c1\t3\nc9\t1\n"

  static func corpus(
    xml: String = xml, lineCount: Int = 2, selection: Int? = nil, earlierNames: [String] = []
  ) -> KnownCorpus {
    var files = [
      KnownFile("talk.xml", .conversations, sha256: FileDigest(xml.utf8).sha256, earlierNames: earlierNames),
      KnownFile("authors.txt", .authors, sha256: FileDigest(authors.utf8).sha256),
      KnownFile("lines.txt", .lines, lines: lineCount), KnownFile("extra.txt", .unread),
    ]
    if let selection { files.append(KnownFile("ids.txt", .selection, lines: selection)) }
    return KnownCorpus(
      name: "small", title: "Small", reference: "nobody", access: "nowhere", licence: "none", remarks: [],
      language: "en",
      parts: [
        KnownCorpus.Part(
          name: "all", files: files,
          counts: [
            KnownCount(quantity: .conversations, count: 2), KnownCount(quantity: .messages, count: 4),
            KnownCount(quantity: .authors, count: 3), KnownCount(quantity: .soughtAuthors, count: 1),
          ]),
        KnownCorpus.Part(name: "truth", files: [KnownFile("authors.txt", .authors)], counts: []),
      ])
  }

  /// The corpus as it would be unpacked: a level down.
  static func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("part-1/talk.xml", xml)
    try folder.write("part-1/authors.txt", authors)
    try folder.write("part-1/lines.txt", lines)
    return folder
  }
}
