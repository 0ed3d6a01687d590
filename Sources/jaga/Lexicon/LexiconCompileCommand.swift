internal import ArgumentParser
internal import JagaAuthoring
internal import JagaScoring

/// `jaga lexicon compile`.
struct LexiconCompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile private word lists and rules into an overlay for --lexicon.",
    discussion: """
      Several folders become one overlay. Entries and rules vote beside the model's own, with the weights that they state; the model \
      id of every record then ends with '+' and the overlay's id. The same sources give the same bytes.

      Chat forms and known words (slang.yaml, words.yaml) change how text is read, so they need training and are left out here.

      EXAMPLES
        jaga lexicon compile my-lists --output my.overlay
        jaga score chats.jsonl --lexicon my.overlay

      EXIT CODES
        0 done; 1 the sources hold errors, or a file cannot be read or written; 64 usage
      """)

  @Argument(help: ArgumentHelp("Folders of sources, compiled together.", valueName: "folder"))
  var folders: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write the overlay.", valueName: "file"))
  var output: String

  @Option(
    name: .long,
    help: ArgumentHelp("The model that the overlay is for (default: the default model).", valueName: "file"))
  var model: String?

  func validate() throws {
    if folders.isEmpty { throw ValidationError("no folder; give the one that holds the .yaml files") }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let (compiled, compilation) = try LexiconSources.compiled(folders, over: try ModelLocator().open(model))
      for finding in compilation.findings { printError(finding.description) }
      let statistics = compilation.statistics
      if statistics.slangForms > 0 || statistics.words > 0 {
        printError(
          "\(grouped(statistics.slangForms)) chat forms and \(grouped(statistics.words)) known or neutral words are left out of the overlay; "
            + "'jaga train' takes them in")
      }
      let bytes = Overlay.encode(lexicon: compiled.lexicon, rules: compiled.rules)
      // Opened once before anybody relies on it.
      let overlay = try Overlay.open(bytes: bytes, name: output)
      try Files.write(bytes, to: output)
      try StandardOutput().write(
        text:
          "\(output): overlay \(overlay.id), \(grouped(statistics.entries)) entries, \(grouped(statistics.rules)) rules, "
          + "\(grouped(bytes.count)) bytes\n")
    }
  }
}
