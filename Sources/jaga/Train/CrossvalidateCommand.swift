internal import ArgumentParser
internal import JagaCore
internal import JagaTraining
internal import JagaTranscripts

/// `jaga crossvalidate`.
struct CrossvalidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossvalidate",
    abstract: "Judge every voice by a model that learned from the others.",
    discussion: """
      Deals the training and calibration voices of CORPORA into folds and prints figures over all of them. Test voices are never \
      opened. --predictions writes one line a message, for comparison with other learners on the same folds \
      (scripts/compare-learners does that). No message text is written.

      EXAMPLES
        jaga crossvalidate corpora
        jaga crossvalidate corpora --variant naive-bayes --predictions nb.jsonl

      EXIT CODES
        0 done; 1 something cannot be read, or holds a fault; 64 usage
      """)

  @Argument(help: ArgumentHelp("The folder of corpora.", valueName: "corpora"))
  var corpora: String

  @Option(name: .long, help: ArgumentHelp("The folder of lexicon and rule sources.", valueName: "dir"))
  var lexicons = "lexicons"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What to learn with: \(LearnerVariant.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var variant = LearnerVariant.hybrid.rawValue

  @Option(name: .long, help: ArgumentHelp("Folds; voices are dealt into them by name.", valueName: "n"))
  var folds = 5

  @Option(name: .long, help: ArgumentHelp("Write one JSON line a message to this file.", valueName: "file"))
  var predictions: String?

  @Flag(name: .long, help: "Print one line a transcript: id, gold label, band, top label, lag. Never text.")
  var transcripts = false

  func validate() throws {
    guard LearnerVariant(rawValue: variant) != nil else {
      throw ValidationError(
        "--variant '\(variant)' is unknown; use one of \(LearnerVariant.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    guard !transcripts || variant == LearnerVariant.hybrid.rawValue else {
      throw ValidationError("--transcripts goes with the variant 'hybrid': the others are judged on single messages.")
    }
    guard (2...50).contains(folds) else { throw ValidationError("--folds must be 2 to 50.") }
  }

  func run() throws {
    try reporting {
      var options = Trainer.Options()
      options.variant = LearnerVariant(rawValue: variant) ?? .hybrid
      options.folds = folds
      let result = try Trainer.crossValidate(corpora: corpora, lexicons: lexicons, options: options)
      if let predictions { try Files.write(lines(result.predictions), to: predictions) }
      let log = TrainingLog(result.report)
      try StandardOutput().write(text: log.text + (transcripts ? log.transcripts : ""))
    }
  }

  private func lines(_ predictions: [HeldOutPrediction]) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ key: String, _ value: String) {
      bytes += Array("\"\(key)\":".utf8)
      JSONWriter.append(value, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    for row in predictions {
      bytes.append(UInt8(ascii: "{"))
      append("id", row.id)
      append("voice", row.voice)
      append("top", row.top.name)
      bytes += Array("\"score\":\(row.score),\"disclosure\":\(row.disclosure)}\n".utf8)
    }
    return bytes
  }
}
