internal import ArgumentParser
internal import Glibc
internal import JagaBatch
internal import JagaEvaluation
internal import JagaScoring
internal import JagaTranscripts

/// What the two commands that compare have in common.
struct DifferenceOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Files to read, in this order; '-' is standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("How the input is written: auto, or a name that 'jaga formats' lists.", valueName: "name"))
  var format = "auto"

  @Option(
    help: ArgumentHelp(
      "For times without a zone: their offset from UTC in minutes, east positive.", valueName: "minutes"))
  var utcOffset = 0

  @Option(help: ArgumentHelp("How many days the input covers: the load is given for each day too.", valueName: "days"))
  var days: Double?

  @Option(help: ArgumentHelp("Changed messages shown in the table.", valueName: "count"))
  var show = 20

  @Option(help: ArgumentHelp("Reasons given of each changed message.", valueName: "count"))
  var reasons = 3

  @Flag(help: "Put the text into the output. It then holds what people wrote: keep it accordingly.")
  var withText = false

  @Option(help: ArgumentHelp("Threads that score; 0 is one for each processor.", valueName: "count"))
  var threads = 0

  @Option(help: "table, json or csv.")
  var output = LaboratoryForm.table

  func validate() throws {
    if format != "auto", TranscriptFormat(name: format) == nil {
      let names = TranscriptFormat.allCases.map(\.name)
      throw ValidationError("unknown format '\(format)'\(suggestion(for: format, among: names)); see 'jaga formats'")
    }
    if let days, !(days > 0 && days.isFinite) { throw ValidationError("--days must be more than 0") }
    guard show >= 0, (1...1000).contains(reasons) else {
      throw ValidationError("--show cannot be negative, and --reasons must be 1 to 1000")
    }
    if threads < 0 || threads > 1024 { throw ValidationError("--threads must be 0 to 1024") }
    if !(-1440...1440).contains(utcOffset) { throw ValidationError("--utc-offset is in minutes, from -1440 to 1440") }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input ('-') can be read only once") }
  }
}

/// Runs a comparison and writes its report.
struct DifferenceRunner {
  private let options: DifferenceOptions

  init(_ options: DifferenceOptions) { self.options = options }

  /// Ends by returning (exit code 0) or by throwing an `ExitCode` or an error with a sentence.
  func run(_ first: Scorer, _ second: Scorer, names: (String, String)) throws {
    var settings = BatchSettings()
    settings.threads = options.threads == 0 ? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) : options.threads
    var reading = ReaderOptions()
    reading.utcOffsetMinutes = options.utcOffset
    var choices = ScoreDifference.Options()
    choices.withText = options.withText
    choices.reasonLimit = options.reasons
    let form: DifferenceReport.Form =
      switch options.output {
      case .table: .table
      case .json: .json
      case .csv: .csv
      }
    let report = DifferenceReport(
      form, names: names, days: options.days, shown: options.show, withText: options.withText)
    let output = StandardOutput()
    let buffer = ByteBuffer()
    func flush(from size: Int) throws {
      guard buffer.count >= size else { return }
      try output.write(buffer)
      buffer.removeAll()
    }
    let printer = DiagnosticPrinter(progress: nil)
    report.begin(buffer)
    let difference = ScoreDifference(first: first, second: second, options: choices, observer: printer) { change in
      report.add(change, to: buffer)
      try flush(from: 1 << 16)
    }
    let summary = try difference.run(
      options.files.map(TranscriptInput.init(argument:)), format: TranscriptFormat(name: options.format),
      settings: settings, reading: reading)
    printer.finish()
    report.end(difference.counts, to: buffer)
    try flush(from: 0)
    if summary.failures > 0 { throw ExitCode.failure }
    if summary.reading.malformed > 0 { throw ExitCode.skipped }
  }
}
