internal import ArgumentParser
internal import JagaBatch
internal import JagaCore
internal import JagaEvaluation
internal import JagaScoring
internal import JagaTranscripts

/// `jaga lexicon evaluate`.
struct LexiconEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Judge every entry and rule over labelled messages: what it finds, how often it is right, what is lost without it.",
    discussion: """
      GOLD is JSON lines of messages with 'labels' (a 'question' goes before its answer, as an earlier message by somebody else), or of \
      transcripts whose messages have labels. Messages are scored once, as 'jaga score' does, each in its conversation.

      Judged are the entries and rules of the model and of --lexicon; with --lexicons those of a folder by themselves, with their \
      declared votes and no learned weight beside them.

      COLUMNS
        found        messages in which it was found
        precision    the share of these that have a label it speaks for; for 'benign' that label, for 'not-move' no move. Entries without a
                     label speak for nothing and have none
        by chance    the share of all messages that have it
        moves        the share of its messages that are any move
        overlap      ... in which another voter of the same label was found; conflict: ... one for another track, or against
        z            log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), its z-score
        gains        the figure with it less the figure without it, in thousandths: ROC-AUC of moves, F1 of moves at 0.5, recall of its label
                     at 0.5
        wrong        messages in which it was found and not right

      Left out means: its term is taken out of the stored sums. Everything else stays as it is: the weights and votes of all others \
      (nothing is learned again), rules that it set off, the part of earlier messages. An entry without a label has no vote; its term is \
      that of the concepts that rest on it alone.

      FINDINGS
        harmful      precision, or the share on its side (moves, or none), lies below chance with its whole interval; or a gain in area or
                     F1 below zero likewise, by 0.0005 at least
        conflicting  contradicted in half of its messages or more, and its track right in less than half of those; for moves and
                     disclosures only, since what speaks against is there to contradict
        redundant    found only where another entry of its label is, and nothing changes without it: no decision, and the area by less
                     than 0.0005. An entry may still serve rules ('serves_rules' in JSON and CSV)
        dead         never found
      Nothing but 'dead' is said of what was found in fewer than --minimum messages. Intervals are 95 % percentiles over resamples of \
      whole conversations. A finding is a reason to look, not to delete: thousands of entries are judged at once.

      No text is printed unless --with-text is given. Undefined is a dash, null in JSON, empty in CSV.

      EXAMPLES
        jaga lexicon evaluate gold.jsonl transcripts.jsonl --limit 20
        jaga lexicon evaluate gold.jsonl --lexicon my-lists --output csv > figures.csv
        jaga lexicon evaluate gold.jsonl --lexicons my-lists --findings --wrong 3

      EXIT CODES
        0 done; 1 something cannot be read, or sources hold errors (gold is never skipped); 64 usage
      """)

  @Argument(help: ArgumentHelp("Labelled files; '-' is standard input.", valueName: "gold"))
  var gold: [String]

  @Option(help: ArgumentHelp("Judge the sources of this folder by themselves, instead of a model's.", valueName: "dir"))
  var lexicons: String?

  @Option(
    help: ArgumentHelp(
      "Add private word lists and rules: a folder of sources, or a file of 'jaga lexicon compile'. Folders may be repeated.",
      valueName: "path"))
  var lexicon: [String] = []

  @OptionGroup var modelOption: ModelOption

  @Option(
    help: ArgumentHelp(
      "Only entries and rules that speak for this label, or for a track ('topup').", valueName: "label"))
  var label: String?

  @Flag(help: "Only entries and rules with a finding.")
  var findings = false

  @Flag(help: "Only the entries and rules of --lexicon.")
  var overlayOnly = false

  @Option(help: ArgumentHelp("At most this many rows; 0 is all.", valueName: "count"))
  var limit = 0

  @Option(help: ArgumentHelp("Wrong instances listed of each (default: 0 in the table, else 5).", valueName: "count"))
  var wrong: Int?

  @Flag(help: "Put the texts of wrong instances into table and JSON. Output then holds what people wrote.")
  var withText = false

  @Option(
    help: ArgumentHelp(
      "Resamples behind each interval; 0 gives none, and no finding that needs one.", valueName: "count"))
  var resamples = 1000

  @Option(help: ArgumentHelp("The seed of the resamples.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Messages that something must be found in before it is judged.", valueName: "count"))
  var minimum = 5

  @Option(help: "table, json or csv.")
  var output = LaboratoryForm.table

  func validate() throws {
    if lexicons != nil, modelOption.path != nil {
      throw ValidationError("--lexicons and --model exclude each other: sources by themselves, or those of a model")
    }
    if overlayOnly, lexicon.isEmpty { throw ValidationError("--overlay-only needs --lexicon") }
    guard (0...10_000).contains(resamples) else { throw ValidationError("--resamples must be 0 to 10000") }
    guard minimum >= 1 else { throw ValidationError("--minimum must be at least 1") }
    guard limit >= 0, (wrong ?? 0) >= 0 else { throw ValidationError("--limit and --wrong cannot be negative") }
    if withText, output == .csv { throw ValidationError("--with-text goes with table and json") }
    try LabelChoice.check(label)
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let model = try lexicons.map { try LexiconSources.alone($0) } ?? ModelLocator().open(modelOption.path)
      let overlay = try OverlayLoader.load(lexicon, over: model)
      let messages = try LabelledMessages(reading: gold.map(TranscriptInput.init(argument:)))
      var options = LexiconEvaluation.Options()
      options.resamples = resamples
      options.seed = seed
      options.minimum = minimum
      options.withText = withText
      options.wrongLimit = wrong ?? 5
      let evaluation = LexiconEvaluation(messages, scorer: Scorer(model: model, overlay: overlay), options: options)
      let report = LexiconReport(evaluation, limit: limit) { entry in
        (!findings || !entry.findings.isEmpty) && (!overlayOnly || entry.voter.isOverlay)
          && (label == nil || entry.voter.sense.labels.contains { LabelChoice.matches($0, label) })
      }
      let buffer = ByteBuffer()
      switch output {
      case .table: report.writeTable(wrong: wrong ?? (withText ? 5 : 0), to: buffer)
      case .json: report.writeJSON(to: buffer)
      case .csv: report.writeCSV(to: buffer)
      }
      try StandardOutput().write(buffer)
    }
  }
}

/// The form of the laboratory's output.
enum LaboratoryForm: String, CaseIterable, ExpressibleByArgument {
  case table, json, csv
}

/// `--label`: a label, or a track for all of its labels.
enum LabelChoice {
  /// Throws a `ValidationError` for what is neither.
  static func check(_ name: String?) throws {
    guard let name, Label(name: name) == nil, !Track.allCases.contains(where: { $0.name == name }) else { return }
    let known = Label.allCases.map(\.name) + Track.allCases.map(\.name)
    throw ValidationError("unknown label '\(name)'\(suggestion(for: name, among: known))")
  }

  /// True for a label that is, or whose track is, what was named; for every label when nothing was.
  static func matches(_ label: Label, _ name: String?) -> Bool {
    name == nil || label.name == name || label.track?.name == name
  }
}
