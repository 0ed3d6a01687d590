internal import ArgumentParser
internal import Glibc
internal import JagaEvaluation
internal import JagaStore

/// `jaga runs compare`.
struct RunsCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two runs on the same gold: figures with intervals of their differences, and changed verdicts.",
    discussion: """
      Both runs are judged again from the scores that were kept, over the same draws of whole conversations, as 'jaga evaluate' judges two \
      files of predictions. They must rest on the same gold, byte by byte, and are judged by the thresholds and the base rate that they \
      were evaluated with; where these differ, give the one to take.

      A verdict changes when a message counts as a move, or as a disclosure, under one run alone, or when its band is another one. Changes \
      are counted by gold label, and listed by id.

      EXAMPLES
        jaga runs compare runs.sqlite before after
        jaga runs compare runs.sqlite before after --by none --changes all --output json > changes.json
        jaga runs compare runs.sqlite before after --threshold 0.4

      EXIT CODES
        0 done; 1 the store cannot be read, a run is not in it, or the two rest on other gold; 64 usage
      """)

  @OptionGroup var from: StoreArgument

  @Argument(help: "The first run, A: its id, the first digits of it, or its name.")
  var a: String

  @Argument(help: "The second run, B.")
  var b: String

  @Option(help: ArgumentHelp("Judge both by this threshold on the score.", valueName: "share"))
  var threshold: Double?

  @Option(help: ArgumentHelp("Judge both by this threshold on the disclosure.", valueName: "share"))
  var disclosureThreshold: Double?

  @Option(help: ArgumentHelp("The share of moves where the system is to run.", valueName: "share"))
  var baseRate: Double?

  @Option(
    help: ArgumentHelp(
      "How often whole conversations are drawn again; by default as often as for the runs.", valueName: "count"))
  var resamples: Int?

  @Option(help: ArgumentHelp("The seed of these draws; by default that of A.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Groups: lang, voice, length, label, joined by commas, or none; by default those of both runs.",
      valueName: "names"))
  var by: String?

  @Option(help: ArgumentHelp("How many changed messages to list, or all.", valueName: "count"))
  var changes = ChangeLimit(count: 20)

  @Option(help: ArgumentHelp("Threads; 0 is one for each processor. Figures do not depend on it.", valueName: "count"))
  var threads = 0

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  func validate() throws {
    for (name, value) in [("--threshold", threshold), ("--disclosure-threshold", disclosureThreshold)] {
      if let value, !(value > 0 && value <= 1) { throw ValidationError("\(name) must lie between 0 and 1") }
    }
    if let baseRate, !(baseRate > 0 && baseRate < 1) {
      throw ValidationError("--base-rate must lie between 0 and 1, without them")
    }
    if let resamples, !(0...100_000).contains(resamples) {
      throw ValidationError("--resamples must be 0 to 100000")
    }
    guard (0...1024).contains(threads) else { throw ValidationError("--threads must be 0 to 1024") }
    _ = try by.map(EvaluateCommand.dimensions)
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      var settings = RunComparison.Settings()
      settings.threshold = threshold
      settings.disclosureThreshold = disclosureThreshold
      settings.baseRate = baseRate
      settings.resamples = resamples
      settings.seed = seed
      settings.dimensions = try by.map(EvaluateCommand.dimensions)
      settings.threads = threads == 0 ? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) : threads
      let comparison = try RunComparison(from.opened(), a, b, settings: settings)
      let report = ComparisonReport(comparison, limit: changes.count)
      try output.write(report.writeTable, report.writeJSON, report.writeCSV)
      if comparison.drifted > 0 {
        printError(
          "\(comparison.drifted) kept figures differ from what this version makes of the kept scores; the comparison shows this version's"
        )
      }
    }
  }
}

/// How many changes to list.
struct ChangeLimit: ExpressibleByArgument {
  /// Nil for all.
  let count: Int?

  init(count: Int?) { self.count = count }

  init?(argument: String) {
    if argument == "all" {
      count = nil
    } else {
      guard let number = Int(argument), number >= 0 else { return nil }
      count = number
    }
  }

  var defaultValueDescription: String { count.map { "\($0)" } ?? "all" }
}
