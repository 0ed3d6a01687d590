internal import ArgumentParser
internal import JagaAuthoring
internal import JagaCore
internal import JagaText
internal import JagaTraining
internal import JagaTranscripts

/// `jaga corpus …`.
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Work with corpora.",
    subcommands: [CorpusCountCommand.self])
}

/// `jaga corpus count`.
struct CorpusCountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count words and word pairs of real chat, for the benign side of training.",
    discussion: """
      Writes how many messages hold each canonical word, and each pair of roots side by side, in the form that training reads from \
      corpora/counts/*.tsv. Figures only: no message, and nothing that fewer messages than --minimum hold, leaves the machine. \
      Numbers, links, mentions and emoji are not counted.

      EXAMPLES
        jaga corpus count chat.jsonl --note "our forum 2026, own data" > corpora/counts/forum.tsv

      EXIT CODES
        0 all read; 1 cannot run; 2 some records were skipped; 64 usage
      """)

  @Argument(help: ArgumentHelp("Files to count, or - for standard input.", valueName: "file"))
  var files: [String] = ["-"]

  @Option(name: .long, help: ArgumentHelp("Leave out what fewer messages hold.", valueName: "n"))
  var minimum = 5

  @Option(name: .long, help: ArgumentHelp("A line of provenance: source and licence. Repeatable.", valueName: "text"))
  var note: [String] = []

  @Option(name: .long, help: ArgumentHelp("The folder of lexicon sources, for canonical forms.", valueName: "dir"))
  var lexicons = "lexicons"

  func validate() throws {
    guard minimum >= 2 else {
      throw ValidationError("--minimum must be at least 2: single occurrences can identify a person.")
    }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let sources = try Trainer.compile(lexicons: lexicons)
      var counter = WordCounter(tables: try TextTables(section: Section(copying: sources.text)))
      let reader = TranscriptReader(inputs: files.map(TranscriptInput.init(argument:))) { printError($0.rendered) }
      var batch = MessageBatch()
      while try reader.read(into: &batch) {
        batch.bytes.withUnsafeBufferPointer { bytes in
          for row in batch.rows {
            counter.add(UnsafeBufferPointer(rebasing: bytes[row.text.offset..<row.text.offset + row.text.count]))
          }
        }
        batch.removeAll()
      }
      try StandardOutput().write(text: counter.table(minimum: minimum).encode(provenance: note))
      if reader.counters.malformed > 0 { throw ExitCode.skipped }
    }
  }
}
