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

  func run() throws {
    try reporting {
      let trained = try Trainer.train(corpora: corpora, lexicons: lexicons, name: name)
      try Files.write(trained.bytes, to: output)
      var text = TrainingLog(trained.report).text
      if transcripts { text += TrainingLog(trained.report).transcripts }
      try StandardOutput().write(text: text + "\(output): \(trained.bytes.count) bytes\n")
    }
  }
}
