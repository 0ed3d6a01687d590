internal import ArgumentParser
internal import JagaTraining

/// `jaga train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learn a model from labelled voices, lexicons and counts of real chat.",
    discussion: """
      CORPORA is a folder with splits.json, voices/*/messages.jsonl, voices/*/transcripts.jsonl and counts/*.tsv (see \
      corpora/README.md). Voices that the split keeps for tests are never opened.

      The same input gives the same bytes on every machine. What is printed at the end was measured out of fold: every message \
      and transcript is judged by a model that never saw its voice. It is a log, not an evaluation.

      EXAMPLES
        jaga train corpora --output my.jaga
        jaga train corpora --output my.jaga --threads 2 --verbose
        jaga train my-corpora --lexicons my-lexicons --output my.jaga --name "our server, 2026"

      EXIT CODES
        0 done; 1 something cannot be read, or holds a fault (training skips nothing); 64 usage
      """)

  @Argument(help: ArgumentHelp("The folder of corpora.", valueName: "corpora"))
  var corpora: String

  @Option(name: .long, help: ArgumentHelp("The folder of lexicon and rule sources.", valueName: "dir"))
  var lexicons = "lexicons"

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write the model.", valueName: "file"))
  var output: String

  @Option(name: .long, help: ArgumentHelp("The name that the model carries.", valueName: "text"))
  var name = "Jaga default"

  @Flag(name: .long, help: "Print one line a transcript: id, gold label, band, top label, lag. Never text.")
  var transcripts = false

  @Option(
    name: .long,
    help: ArgumentHelp("Threads; 0 for one a processor. The model does not depend on their number.", valueName: "n"))
  var threads = 0

  @Flag(name: .shortAndLong, help: "Print how long each phase took to standard error.")
  var verbose = false

  func validate() throws {
    guard (0...1024).contains(threads) else { throw ValidationError("--threads must be 0 to 1024") }
  }

  func run() throws {
    try reporting {
      var options = Trainer.Options()
      if threads > 0 { options.threads = threads }
      if verbose { options.onPhase = { printError("\($0): \(TrainingLog.figure($1)) s") } }
      let trained = try Trainer.train(corpora: corpora, lexicons: lexicons, name: name, options: options)
      try Files.write(trained.bytes, to: output)
      var text = TrainingLog(trained.report).text
      if transcripts { text += TrainingLog(trained.report).transcripts }
      try StandardOutput().write(text: text + "\(output): \(trained.bytes.count) bytes\n")
    }
  }
}
