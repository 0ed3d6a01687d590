internal import ArgumentParser
internal import JagaBatch
internal import JagaCore
internal import JagaEvaluation
internal import JagaScoring
internal import JagaTranscripts

/// `jaga lexicon suggest`.
struct LexiconSuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest phrases that labelled messages hold and no entry of their label covers.",
    discussion: """
      Candidates are one to four words in a row, in canonical form, counted in labelled messages of one language and ranked by the \
      z-score of their log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008). An occurrence inside what an entry \
      of the label finds does not count, nor one that is a concept or an item of a list already. Names, numbers, links and the like break a run.

      Prints YAML that can be pasted into a lexicon: an entry for each phrase, so that 'jaga lexicon evaluate' can judge each. A phrase \
      that separates well is not yet a sign of a move: it may be the topic of a corpus, or the habit of one writer. Look at each.

      The output holds words of messages; phrases that fewer than --minimum messages hold are never in it.

      EXAMPLES
        jaga lexicon suggest gold.jsonl --label topup --language id > candidates.yaml
        jaga lexicon suggest gold.jsonl --lexicon my-lists --output csv

      EXIT CODES
        0 done; 1 something cannot be read, or sources hold errors (gold is never skipped); 64 usage
      """)

  @Argument(help: ArgumentHelp("Labelled files; '-' is standard input.", valueName: "gold"))
  var gold: [String]

  @Option(help: ArgumentHelp("Look past the sources of this folder alone, instead of a model's.", valueName: "dir"))
  var lexicons: String?

  @Option(
    help: ArgumentHelp(
      "Look past private word lists too: a folder of sources, or a file of 'jaga lexicon compile'. Folders may be repeated.",
      valueName: "path"))
  var lexicon: [String] = []

  @OptionGroup var modelOption: ModelOption

  @Option(help: ArgumentHelp("Only for this label, or for a track ('topup').", valueName: "label"))
  var label: String?

  @Option(help: ArgumentHelp("Only for this language: id or en.", valueName: "name"))
  var language: String?

  @Option(help: ArgumentHelp("Messages with the label that must hold a phrase; at least 2.", valueName: "count"))
  var minimum = 3

  @Option(help: ArgumentHelp("The most words of a phrase, 1 to 4.", valueName: "count"))
  var words = 4

  @Option(help: ArgumentHelp("The least z-score.", valueName: "number"))
  var leastZ = 1.96

  @Option(help: ArgumentHelp("At most this many for each label and language; 0 is all.", valueName: "count"))
  var limit = 10

  @Option(help: "yaml, json or csv.")
  var output = Form.yaml

  /// The form of the suggestions.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case yaml, json, csv
  }

  func validate() throws {
    if lexicons != nil, modelOption.path != nil {
      throw ValidationError("--lexicons and --model exclude each other: sources by themselves, or those of a model")
    }
    guard minimum >= 2 else {
      throw ValidationError("--minimum must be at least 2: single occurrences can identify a person")
    }
    guard (1...4).contains(words) else { throw ValidationError("--words must be 1 to 4") }
    guard limit >= 0, !leastZ.isNaN else {
      throw ValidationError("--limit cannot be negative, and --least-z must be a number")
    }
    if let language, language != "id", language != "en" { throw ValidationError("--language must be id or en") }
    try LabelChoice.check(label)
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let model = try lexicons.map { try LexiconSources.alone($0) } ?? ModelLocator().open(modelOption.path)
      let overlay = try OverlayLoader.load(lexicon, over: model)
      let messages = try LabelledMessages(reading: gold.map(TranscriptInput.init(argument:)))
      var options = PhraseSuggestions.Options()
      options.minimum = minimum
      options.longest = words
      options.leastZ = leastZ
      options.limit = limit
      let found = PhraseSuggestions(messages, scorer: Scorer(model: model, overlay: overlay), options: options) {
        LabelChoice.matches($0, label)
      }
      let chosen = found.suggestions.filter { language == nil || $0.language == language }
      if chosen.isEmpty {
        printError(
          "no phrase stands in \(minimum) messages or more, reaches z \(leastZ) and is not covered; give more gold, or lower --minimum or --least-z"
        )
      }
      let report = SuggestionReport(chosen)
      let buffer = ByteBuffer()
      switch output {
      case .yaml: report.writeYAML(to: buffer)
      case .json: report.writeJSON(to: buffer)
      case .csv: report.writeCSV(to: buffer)
      }
      try StandardOutput().write(buffer)
    }
  }
}
