public import ArgumentParser
internal import JagaBatch
public import JagaEvaluation

/// `jaga threshold`.
struct ThresholdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "Say which threshold or band the reviewers can carry, and what it misses.",
    discussion: """
      For thresholds on the score and for each band: the share of moves found, the precision at --base-rate, and how many messages and \
      conversations of --volume messages a day would be reviewed. The recommended threshold is the lowest whose load is within \
      --capacity. Gold and predictions are those of 'jaga evaluate'; labelled messages and turns count, PAN12 does not.

      Loads are extrapolated: gold says which share of moves and of other messages is let through, the base rate how many there are of \
      each; conversations are taken to be as long, and to hold as many moves, as those of the gold. Gold of hard harmless messages gives \
      a load that is too high, gold of easy ones one that is too low. Thresholds are on the score as 'jaga score' writes it without \
      --base-rate; bands do not move with a base rate anyway.

      EXAMPLES
        jaga threshold gold.jsonl --base-rate 0.002 --volume 200000 --capacity 500
        jaga threshold gold.jsonl chats.jsonl --base-rate 0.002 --volume 200000 --capacity 100 --unit conversation
        jaga threshold gold.jsonl --predictions other.jsonl --base-rate 0.01 --volume 5000 --capacity 50 --output json

      EXIT CODES
        0 done; 1 something cannot be read, or does not fit; 64 usage

      ENVIRONMENT
        JAGA_MODEL  the model when --model is not given
      """)

  @OptionGroup var judge: JudgeOptions

  @Option(help: ArgumentHelp("Judge this file of predictions instead of scoring.", valueName: "file"))
  var predictions: String?

  @Option(help: ArgumentHelp("The share of moves among messages where the system is to run.", valueName: "share"))
  var baseRate: Double

  @Option(help: ArgumentHelp("Messages a day.", valueName: "count"))
  var volume: Double

  @Option(help: ArgumentHelp("Reviews a day that people can do.", valueName: "count"))
  var capacity: Double

  @Option(help: "What one review reads: message or conversation.")
  var unit = ThresholdStudy.Unit.message

  @Option(help: "table, json or csv.")
  var output = ReportForm.table

  func validate() throws {
    guard baseRate > 0, baseRate < 1 else {
      throw ValidationError("--base-rate must lie between 0 and 1, without them")
    }
    guard volume > 0, volume <= 1e12 else { throw ValidationError("--volume must be positive, at most 1e12") }
    guard capacity >= 0, capacity <= 1e12 else { throw ValidationError("--capacity must be 0 to 1e12") }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let (gold, tables) = try judge.read(predictions: predictions.map { [$0] } ?? [])
      guard let table = tables.first, gold.rows.contains(where: { $0.labels != 0 }) else {
        throw EvaluationError.noGold(files: gold.files)
      }
      var options = ThresholdStudy.Options(load: ReviewLoad(baseRate: baseRate, volume: volume), capacity: capacity)
      options.unit = unit
      options.evaluation = judge.evaluationOptions()
      let report = ThresholdReport(ThresholdStudy(gold: gold, predictions: table, options: options))
      let buffer = ByteBuffer()
      switch output {
      case .table: report.writeTable(to: buffer)
      case .json: report.writeJSON(to: buffer)
      case .csv: report.writeCSV(to: buffer)
      }
      try StandardOutput().write(buffer)
      if gold.counts.malformed > 0 { throw ExitCode.skipped }
    }
  }
}

extension ThresholdStudy.Unit: ExpressibleByArgument {}
