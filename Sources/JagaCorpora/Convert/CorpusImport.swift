import Glibc
public import JagaTranscripts

/// Turns a corpus that a researcher has obtained into canonical JSONL with its truth, and says in a manifest what was made of what.
///
///     let run = CorpusImport(corpus: corpus, folder: "pan12", output: "gold", options: options)
///     let summary = try run.run()
///
/// Every record has `conversation_id`, `message_id`, `author_id`, `text`, `lang` and `truth` (``GoldTruth``): `jaga score` and `jaga evaluate` read it.
/// Memory does not grow with the text: it holds the ids of authors and of what the truth names (95 MB for 2 million messages of 171,119
/// authors, 36 MB for an eighth of them). Cost: the files are read twice, three
/// times for a split. The same files and options give the same bytes.
public struct CorpusImport {
  /// Two files that share no author.
  public struct Split: Hashable, Sendable {
    /// The name of the file that gets the share.
    public var first: String
    /// The name of the other.
    public var second: String
    /// The first one's share of authors, between 0 and 1.
    public var share: Double
    /// Draws among components of equal size.
    public var seed: UInt64

    /// Creates a split.
    public init(first: String, second: String, share: Double, seed: UInt64 = 1) {
      self.first = first
      self.second = second
      self.share = share
      self.seed = seed
    }
  }

  /// What is to be imported.
  public struct Options: Sendable {
    /// Names of parts; all of them when empty.
    public var parts: [String] = []
    /// All chosen parts together, divided by author; nil writes one file a part.
    public var split: Split?
    /// Takes files whose content is not what is known.
    public var acceptsOthers = false
    /// The program and its version, for the manifest.
    public var program = "jaga"

    /// The defaults.
    public init() {}
  }

  let corpus: KnownCorpus
  let folder: String
  let output: String
  let options: Options
  let report: (Diagnostic) -> Void

  /// Prepares an import; nothing is read yet. `report` gets what the reader notices.
  public init(
    corpus: KnownCorpus, folder: String, output: String, options: Options = Options(),
    report: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    self.corpus = corpus
    self.folder = folder
    self.output = output
    self.options = options
    self.report = report
  }

  /// Checks every file, then writes. Throws ``ImportError`` or `TranscriptError`; files that were not finished do not stay.
  public func run() throws -> ImportSummary {
    let parts = try chosenParts()
    let checker = CorpusChecker(
      corpus: corpus, listing: try FolderListing(folder), acceptsOthers: options.acceptsOthers)
    let sources = try parts.map { try PartSource(part: $0, files: checker.check($0)) }
    try makeFolder(output)
    // Corpora may not be passed on: git shall never take the folder in. What is ignored there already stays so.
    if access(output + "/.gitignore", F_OK) != 0 {
      let guardFile = try OutputFile(output + "/.gitignore")
      try guardFile.append { $0.append(contentsOf: "*\n".utf8) }
      _ = try guardFile.finish()
    }

    var summary = ImportSummary(corpus: corpus, options: options)
    summary.files = sources.map { ($0.part.name, $0.files) }
    var split = AuthorSplit()
    if let wanted = options.split {
      for source in sources {
        _ = try source.read(report: { _ in }) { _, _, conversation, author, truth in
          split.add(author: author, conversation: conversation, isSought: truth.author == true)
        }
      }
      split.divide(share: wanted.share, seed: wanted.seed)
    }
    let names = options.split.map { [$0.first, $0.second] } ?? parts.map(\.name)
    var outputs: [ImportSummary.Output] = names.map { ImportSummary.Output(file: $0 + ".jsonl") }
    let files = try outputs.map { try OutputFile(output + "/" + $0.file) }
    for (index, source) in sources.enumerated() {
      var whole = ImportCounts()
      let tally = try source.read(language: corpus.language, report: report) {
        batch, row, conversation, author, truth in
        let isSought = truth.author == true
        whole.add(conversation: conversation, author: author, isSought: isSought, isSoughtLine: truth.line == true)
        let place = options.split == nil ? index : split.isFirst(conversation: conversation) ? 0 : 1
        outputs[place].counts.add(
          conversation: conversation, author: author, isSought: isSought, isSoughtLine: truth.line == true)
        try files[place].append { MessageWriter.appendJSONL(batch, row: row, truth: truth, to: &$0) }
      }
      summary.parts.append(ImportSummary.PartResult(part: source.part, counts: whole, tally: tally))
    }
    for index in outputs.indices {
      outputs[index].sha256 = try files[index].finish()
      outputs[index].bytes = files[index].bytes
    }
    summary.outputs = outputs
    let manifest = try OutputFile(output + "/manifest.json")
    try manifest.append { summary.writeManifest(to: &$0) }
    _ = try manifest.finish()
    return summary
  }

  private func chosenParts() throws(ImportError) -> [KnownCorpus.Part] {
    for name in options.parts where !corpus.parts.contains(where: { $0.name == name }) {
      throw .noPart(name, corpus: corpus.name, known: corpus.parts.map(\.name))
    }
    return corpus.parts.filter { options.parts.isEmpty || options.parts.contains($0.name) }
  }
}
