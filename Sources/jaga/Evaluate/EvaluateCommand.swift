internal import ArgumentParser
internal import JagaBatch
internal import JagaEvaluation

/// `jaga evaluate`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a model, or other systems' predictions, on labelled messages and transcripts.",
    discussion: """
      Gold is JSON lines of messages with "labels" (and "lang", "voice", "question" where known), JSON lines of transcripts with \
      "label", "first_risk" and "messages", PAN12 XML with its truth files, or what 'jaga import' made of it. Documentation/Guides/Measures.md explains every measure and \
      where it comes from.

      Without --predictions the model scores the gold. A message without a conversation is one of its own; its "question" goes before it as \
      an earlier message by somebody else. Scores go through the records of 'jaga score', so both ways give the same figures: probabilities \
      of six decimals, labels below 0.05 read as 0.

      Predictions are JSON lines: records of 'jaga score', or message_id (or id), score and, where there are any, conversation_id, \
      disclosure, labels, track, stage, band, conversation. They are put to the gold by conversation and message id; a message of the gold \
      without a conversation has the number of its record, and is found by its message id alone as well. A second prediction for a \
      message is an error; a missing one too, unless --missing zero; one without gold is counted and left out. With two files, B is \
      compared with A over the same draws.

      With --store the run is kept, so that 'jaga runs' can list, show and compare it; Documentation/Guides/Runs.md tells how. The store holds \
      ids, labels and scores, and no text.

      Intervals are 95 % percentiles over resamples of whole conversations. Undefined is a dash, null in JSON, never 0.

      --report writes a page with tables, curves, reliability, confusion and timelines, and their data beside it. The same input gives the \
      same bytes. Conversations are named by their ids; texts stay out without --with-text.

      EXAMPLES
        jaga evaluate gold.jsonl transcripts.jsonl
        jaga evaluate gold.jsonl --base-rate 0.001 --by lang,voice --output csv > figures.csv
        jaga score gold.jsonl > a.jsonl; jaga evaluate gold.jsonl --predictions a.jsonl b.jsonl
        jaga evaluate gold.jsonl --store runs.sqlite --run-name "more slang"
        jaga evaluate pan12.xml --pan12-authors authors.txt --pan12-lines lines.txt
        jaga import pan12 downloads -o pan12; jaga evaluate pan12/test.jsonl
        jaga evaluate gold.jsonl transcripts.jsonl --report report --report-date 2026-11-28

      EXIT CODES
        0 done; 1 something cannot be read, or does not fit; 2 conversations of PAN12 were skipped as malformed; 64 usage

      ENVIRONMENT
        JAGA_MODEL  the model when --model is not given
      """)

  @OptionGroup var judge: JudgeOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Judge one file of predictions, or compare two, instead of scoring.", valueName: "file"))
  var predictions: [String] = []

  @Option(
    help: ArgumentHelp(
      "A message counts as a move, and a label as given, from this probability on.", valueName: "share"))
  var threshold = 0.5

  @Option(
    help: ArgumentHelp(
      "The share of moves where the system is to run: gives the precision there. Scores do not follow it.",
      valueName: "share"))
  var baseRate: Double?

  @Option(help: ArgumentHelp("Groups: lang, voice, length, label, joined by commas, or none.", valueName: "names"))
  var by = "lang,voice,length,label"

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  @OptionGroup(title: "Report") var report: ReportOptions
  @OptionGroup(title: "Keeping the run") var keep: KeepOptions

  func validate() throws {
    guard threshold > 0, threshold <= 1 else { throw ValidationError("--threshold must lie between 0 and 1") }
    if let baseRate, !(baseRate > 0 && baseRate < 1) {
      throw ValidationError("--base-rate must lie between 0 and 1, without them")
    }
    guard predictions.count <= 2 else {
      throw ValidationError("--predictions takes one file, or two to compare; name the gold before it")
    }
    if report.entries, !predictions.isEmpty {
      throw ValidationError("--entries judges the model's lexicon; leave out --predictions")
    }
    if report.entries, judge.files.contains("-") || judge.pan12Authors != nil || judge.pan12Lines != nil {
      throw ValidationError("--entries reads files of JSON lines with labels; leave it out for '-' and PAN12")
    }
    _ = try EvaluateCommand.dimensions(by)
    try keep.checkNames(systems: max(predictions.count, 1))
  }

  /// The dimensions of `--by`.
  static func dimensions(_ by: String) throws -> Set<Dimension> {
    guard by != "none" else { return [] }
    let known = Dimension.allCases.filter { $0 != .all }
    return Set(
      try by.split(separator: ",").map { name in
        guard let found = known.first(where: { $0.rawValue == name }) else {
          let hint = suggestion(for: String(name), among: known.map(\.rawValue))
          throw ValidationError("--by knows no '\(name)'\(hint); use lang, voice, length, label or none")
        }
        return found
      })
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let keeper = try RunKeeper(keep, judge: judge, predictions: predictions)
      // Before anything is kept: what cannot be read for it shall cost nothing.
      let sections = report.entries ? [try judge.entries().section] : []
      let (gold, tables) = try judge.read(predictions: predictions, keepsText: report.needsText)
      var options = judge.evaluationOptions()
      options.threshold = threshold
      options.baseRate = baseRate
      options.dimensions = try EvaluateCommand.dimensions(by)
      let evaluation = Evaluation(gold: gold, predictions: tables, options: options)
      let written = EvaluationReport(evaluation, gold: gold, predictions: tables)
      // Kept before a closed pipe can end the work; printed even if that failed.
      let kept = Result { try keeper?.keep(evaluation, gold: gold, tables: tables) }
      try report.write(
        written, gold: gold, predictions: tables, options: options,
        sections: sections)
      let buffer = ByteBuffer()
      switch output {
      case .table: written.writeTable(to: buffer)
      case .json: written.writeJSON(to: buffer)
      case .csv: written.writeCSV(to: buffer)
      }
      try StandardOutput().write(buffer)
      try kept.get()
      if gold.counts.malformed > 0 { throw ExitCode.skipped }
    }
  }
}
