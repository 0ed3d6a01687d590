internal import ArgumentParser
internal import Foundation
internal import JagaCore
internal import JagaTraining
internal import JagaTranscripts

/// `jaga crossvalidate`.
struct CrossvalidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossvalidate",
    abstract: "Judge every voice or author by a model that learned from the others.",
    discussion: purpose + "\nSettings: " + Tuning.names.joined(separator: ", ") + ".\n\n" + examples)

  private static let purpose = """
    CORPORA is a folder of corpora, whose training and calibration voices are dealt into folds; test voices are never opened. Or it is files \
    of labelled messages and transcripts, dealt by --by: no voice, author or conversation is ever in two folds. Author ids that mean \
    somebody else in every transcript (a, b) tie all of them together: use --by conversation there. Figures are over all folds. \
    --predictions writes one line a message, for comparison with other learners on the same folds (scripts/compare-learners does that) and \
    for 'jaga evaluate GOLD --predictions'. No message text is written.

    --nested fits the scaling anew for every fold, in inner folds over the other voices, so that probabilities too have not seen what they \
    are judged on. --grid tries settings there, and takes the best by the mean area of moves and disclosures: choosing and judging never \
    share a voice.
    """

  private static let examples = """
    EXAMPLES
      jaga crossvalidate corpora
      jaga crossvalidate corpora --variant naive-bayes --predictions nb.jsonl
      jaga crossvalidate corpora --grid token-penalty=0.5,1,2 --grid trust=0,0.1
      jaga crossvalidate gold.jsonl --by author --nested

    EXIT CODES
      0 done; 1 something cannot be read, or holds a fault; 64 usage
    """

  @Argument(
    help: ArgumentHelp("A folder of corpora, or files of labelled messages and transcripts.", valueName: "corpora"))
  var corpora: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("With files, what must lie in one fold whole: voice, author or conversation.", valueName: "unit")
  )
  var by = CrossValidationSource.Unit.voice.rawValue

  @Option(name: .long, help: ArgumentHelp("The folder of lexicon and rule sources.", valueName: "dir"))
  var lexicons = "lexicons"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What to learn with: \(LearnerVariant.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var variant = LearnerVariant.hybrid.rawValue

  @Option(name: .long, help: ArgumentHelp("Folds; voices are dealt into them by name.", valueName: "n"))
  var folds = 5

  @Flag(name: .long, help: "Fit the scaling in inner folds.")
  var nested = false

  @Option(
    name: .long, help: ArgumentHelp("Try values of a setting in inner folds. Repeatable.", valueName: "name=values"))
  var grid: [String] = []

  @Option(name: .long, help: ArgumentHelp("Inner folds.", valueName: "n"))
  var innerFolds = 3

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
    guard CrossValidationSource.Unit(rawValue: by) != nil else {
      throw ValidationError("--by knows no '\(by)'; use voice, author or conversation.")
    }
    guard (2...50).contains(innerFolds) else { throw ValidationError("--inner-folds must be 2 to 50.") }
    _ = try tuning()
  }

  /// What the inner folds have to choose; nil when the cross-validation is not nested.
  private func tuning() throws -> Tuning? {
    guard nested || !grid.isEmpty else { return nil }
    var tuning = Tuning()
    tuning.folds = innerFolds
    do {
      for text in grid { try tuning.add(text) }
    } catch { throw ValidationError("--grid: \(error)") }
    return tuning
  }

  private var source: CrossValidationSource {
    var isDirectory: ObjCBool = false
    let isFolder =
      FileManager.default.fileExists(atPath: corpora[0], isDirectory: &isDirectory) && isDirectory.boolValue
    return corpora.count == 1 && isFolder
      ? .corpora(corpora[0]) : .files(corpora, by: CrossValidationSource.Unit(rawValue: by) ?? .voice)
  }

  func run() throws {
    try reporting {
      var options = Trainer.Options()
      options.variant = LearnerVariant(rawValue: variant) ?? .hybrid
      options.folds = folds
      let result = try Trainer.crossValidate(source, lexicons: lexicons, options: options, tuning: try tuning())
      if let predictions { try Files.write(lines(result.predictions), to: predictions) }
      let log = TrainingLog(result.report)
      try StandardOutput().write(text: log.text + choices(result.folds) + (transcripts ? log.transcripts : ""))
    }
  }

  /// One line a fold: what was chosen, and how many voices it judged.
  private func choices(_ folds: [TunedFold]) -> String {
    guard !grid.isEmpty else { return "" }
    return folds.enumerated().map { number, fold in
      "fold \(number + 1) chose \(fold.choice) (inner area \(TrainingLog.figure(fold.innerArea)); judged \(fold.voices.count))\n"
    }.joined()
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
      if let conversation = row.conversationID { append("conversation_id", conversation) }
      append("message_id", row.messageID)
      append("voice", row.voice)
      append("top", row.top.name)
      append("track", row.top.track?.name ?? "")
      append("stage", row.top.stage)
      bytes += Array("\"score\":\(row.score),\"disclosure\":\(row.disclosure)}\n".utf8)
    }
    return bytes
  }
}
