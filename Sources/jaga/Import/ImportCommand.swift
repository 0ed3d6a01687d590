internal import ArgumentParser
internal import JagaCorpora
internal import JagaTranscripts

/// `jaga import`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Turn a corpus that you have obtained into canonical JSONL with its truth, checked against what is known of it.",
    discussion: """
      Looks for the corpus's files below the folder, compares them with published hashes and counts, and writes one file of JSON lines a part, \
      for 'jaga score', 'jaga evaluate' and anything else: conversation_id, message_id, author_id, text, lang, and truth: {"author": …} whether \
      the author is one that is sought, {"line": …} whether the line is. manifest.json beside it holds the source, every file's SHA-256, counts, \
      options and the program's version; no time, so that a second run gives the same bytes. Nothing is fetched: you ask for the corpus yourself, \
      under its terms. The output folder gets a .gitignore, since no corpus may be passed on.

      With --split-authors all chosen parts together are written into two files that share no author: authors who meet in a conversation, \
      directly or through others, stay together, and conversations stay whole. Where nearly everybody is connected, a share cannot be met; the \
      manifest says what became of it.

      EXAMPLES
        jaga import --list
        jaga import pan12 downloads/pan12 -o gold
        jaga import pan12 downloads/pan12 -o gold --part train --split-authors train,tune 0.8
        jaga evaluate gold/test.jsonl

      EXIT CODES
        0 done; 1 a file is missing, renamed, altered or cut off, or something cannot be read or written; 2 done, but conversations were skipped \
      as malformed; 64 usage
      """)

  @Argument(help: ArgumentHelp("The corpus; --list names those that are known.", valueName: "corpus"))
  var corpus: String?

  @Argument(help: ArgumentHelp("The folder in which it was unpacked.", valueName: "folder"))
  var folder: String?

  @Option(name: [.short, .long], help: ArgumentHelp("The folder to write into; it is made.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("Import this part alone. Repeatable; all parts by default.", valueName: "name"))
  var part: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Two names and the first one's share of authors, as in 'train,tune 0.8'.", valueName: "first,second share"))
  var splitAuthors: [String] = []

  @Option(help: ArgumentHelp("Draws among authors of equally large circles, for --split-authors.", valueName: "number"))
  var seed: UInt64 = 1

  @Flag(help: "Take files whose content is not the known one; what differs is said and stands in the manifest.")
  var unverified = false

  @Flag(help: "Print what is known of each corpus: where it is asked for, terms, files, hashes, counts.")
  var list = false

  func validate() throws {
    if list {
      guard folder == nil, output == nil else { throw ValidationError("--list takes at most the name of a corpus") }
      if let corpus { _ = try known(corpus) }
      return
    }
    guard let corpus, folder != nil else {
      throw ValidationError(
        "name the corpus and the folder in which it was unpacked; 'jaga import --list' names corpora")
    }
    _ = try known(corpus)
    guard output != nil else { throw ValidationError("--output is missing: the folder to write into") }
    _ = try split()
  }

  private func known(_ name: String) throws -> KnownCorpus {
    if let found = KnownCorpus.named(name) { return found }
    let names = KnownCorpus.all.map(\.name)
    throw ValidationError(
      "no corpus '\(name)' is known\(suggestion(for: name, among: names)); known are \(names.joined(separator: ", "))")
  }

  private func split() throws -> CorpusImport.Split? {
    if splitAuthors.isEmpty { return nil }
    let names = splitAuthors[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard splitAuthors.count == 2, names.count == 2, names[0] != names[1], names.allSatisfy(ImportCommand.isFileName)
    else {
      throw ValidationError(
        "--split-authors takes two different names joined by a comma, of letters, digits, '-' and '_', and a share, as in 'train,tune 0.8'"
      )
    }
    guard let share = Double(splitAuthors[1]), share > 0, share < 1 else {
      throw ValidationError("the share of --split-authors must lie between 0 and 1, without them")
    }
    return CorpusImport.Split(first: names[0], second: names[1], share: share, seed: seed)
  }

  private static func isFileName(_ name: String) -> Bool {
    !name.isEmpty && name != "manifest" && name.utf8.count <= 64
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      if list {
        let wanted = try corpus.map { [try known($0)] } ?? KnownCorpus.all
        try StandardOutput().write(text: wanted.map(CorpusListing.text).joined(separator: "\n"))
        return
      }
      guard let corpus, let folder, let output else { return }
      var options = CorpusImport.Options()
      options.parts = part
      options.split = try split()
      options.acceptsOthers = unverified
      options.program = "jaga \(VersionLine.program)"
      let target = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
      let run = CorpusImport(corpus: try known(corpus), folder: folder, output: target, options: options) {
        printError($0.rendered)
      }
      let summary = try run.run()
      for note in summary.notes { printError(note) }
      try StandardOutput().write(text: CorpusListing.text(summary, folder: target))
      if summary.malformed > 0 { throw ExitCode.skipped }
    }
  }
}
