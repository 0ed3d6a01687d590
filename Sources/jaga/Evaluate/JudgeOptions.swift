public import ArgumentParser
internal import Glibc
public import JagaEvaluation
internal import JagaScoring
internal import JagaTranscripts

/// What `evaluate` and `threshold` share: gold, and who is judged on it.
struct JudgeOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Gold: JSON lines of messages with \"labels\" or of transcripts, or PAN12 XML; '-' is standard input (JSON lines only).",
      valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Truth of PAN12, problem 1: predators' author ids, one a line.", valueName: "file"))
  var pan12Authors: String?

  @Option(
    help: ArgumentHelp(
      "Truth of PAN12, problem 2: conversation id, tab, line of each suspicious line.", valueName: "file"))
  var pan12Lines: String?

  @Option(help: "When a file of predictions lacks a message: error, or zero, which counts it as score 0.")
  var missing = PredictionTable.Missing.error

  @Flag(help: "Score messages without the \"question\" that they answer, as 'jaga score' does with the same file.")
  var withoutQuestions = false

  @OptionGroup var modelOption: ModelOption

  @Option(
    help: ArgumentHelp(
      "Add private word lists and rules to the model: a folder of sources, or a file of 'jaga lexicon compile'.",
      valueName: "path"))
  var lexicon: [String] = []

  @Option(help: ArgumentHelp("Threads; 0 is one for each processor. Figures do not depend on it.", valueName: "count"))
  var threads = 0

  @Option(
    help: ArgumentHelp(
      "How often whole conversations are drawn again for the 95 % intervals; 0 leaves intervals out.",
      valueName: "count"))
  var resamples = 1000

  @Option(help: ArgumentHelp("The seed of these draws.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("A message counts as a disclosure from this probability on.", valueName: "share"))
  var disclosureThreshold = 0.5

  func validate() throws {
    guard (0...1024).contains(threads) else { throw ValidationError("--threads must be 0 to 1024") }
    guard (0...100_000).contains(resamples) else { throw ValidationError("--resamples must be 0 to 100000") }
    guard disclosureThreshold > 0, disclosureThreshold <= 1 else {
      throw ValidationError("--disclosure-threshold must lie between 0 and 1")
    }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input ('-') can be read only once") }
  }

  var threadCount: Int { threads == 0 ? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) : threads }

  /// What the options say of an evaluation.
  func evaluationOptions() -> EvaluationOptions {
    var options = EvaluationOptions()
    options.disclosureThreshold = disclosureThreshold
    options.resamples = resamples
    options.seed = seed
    options.threads = threadCount
    return options
  }

  /// Reads the gold and what is judged on it; notes on standard error what was left out. `keepsText`: the gold keeps its texts.
  func read(predictions files: [String], keepsText: Bool = false) throws -> (gold: GoldTable, tables: [PredictionTable])
  {
    if !files.isEmpty, modelOption.path != nil || !lexicon.isEmpty {
      throw ValidationError("--predictions are judged as they are; leave out --model and --lexicon")
    }
    let sources = GoldSources(
      files: self.files.map(TranscriptInput.init(argument:)), authors: pan12Authors.map(TranscriptInput.file),
      lines: pan12Lines.map(TranscriptInput.file), keepsText: keepsText || files.isEmpty,
      asksQuestions: !withoutQuestions,
      report: { printError($0.rendered) })
    // A model that cannot be opened shall not cost the reading.
    let scorer = files.isEmpty ? try scorer() : nil
    var gold = try GoldTable(sources)
    var tables: [PredictionTable] = []
    if let scorer {
      tables = [try PredictionTable(gold: gold, scorer: scorer, threads: threadCount)]
      if !keepsText { gold.forgetTexts() }
    } else {
      tables = try files.map { try PredictionTable(.file($0), gold: gold, missing: missing) }
    }
    if gold.counts.repeated > 0 { printError("\(gold.counts.repeated) gold records came before; each counts once") }
    for table in tables where table.strangers > 0 {
      printError("\(table.name): \(table.strangers) predictions fit no gold message and are left out")
    }
    for table in tables where table.missing > 0 {
      printError("\(table.name): \(table.missing) gold messages without a prediction count as score 0")
    }
    return (gold, tables)
  }

  /// Every entry and rule of the model and its overlays, judged on the same gold, which is read again.
  func entries() throws -> LexiconEvaluation {
    var settings = LexiconEvaluation.Options()
    // Five figures of thousands of entries are held for each resample.
    settings.resamples = min(resamples, 10_000)
    settings.seed = seed
    let messages = try LabelledMessages(reading: files.map(TranscriptInput.init(argument:)))
    return LexiconEvaluation(messages, scorer: try scorer(), options: settings)
  }

  private func scorer() throws -> Scorer {
    let model = try ModelLocator().open(modelOption.path)
    return Scorer(model: model, overlay: try OverlayLoader.load(lexicon, over: model))
  }
}

extension PredictionTable.Missing: ExpressibleByArgument {}

/// The form of a report.
enum ReportForm: String, CaseIterable, ExpressibleByArgument {
  case table, json, csv
}
