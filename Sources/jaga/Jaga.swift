internal import ArgumentParser
internal import JagaScoring

/// The program.
@main
struct Jaga: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jaga",
    abstract: "Finds grooming, sextortion, top-up bait and commercial trade in chat, and children who ask for help.",
    discussion: """
      Jaga (Indonesian: to guard) scores chat messages and conversations in Indonesian, English and the mix of both. It says which \
      messages look like a step of a pattern of harm, how far a conversation has gone, and on which words that rests.

      Every result is a prompt for a person to look. Nothing blocks, reports or judges anybody by itself, and results describe \
      messages and conversations, never persons. No text leaves the machine, and none is printed unless you ask for it.

      EXAMPLES
        jaga score chat.txt                          score a file, whatever its format
        jaga score a.jsonl b.jsonl.gz --min-band review > flagged.jsonl
        jaga score --level conversation < stream.jsonl
        jaga explain "kirim foto dulu baru aku isiin"  show why, on the words

      EXIT CODES
        0    all was read (a closed pipe counts as success)
        1    cannot run: a file, a model or an option that cannot be used
        2    some records were skipped as malformed
        3    stopped at the first malformed record by --strict
        64   usage: an option or argument that is not understood
        130  interrupted; what was written are whole lines

      ENVIRONMENT
        JAGA_MODEL  the model to use when --model is not given
        NO_COLOR    when set, no colours
        COLUMNS     the width of tables when it cannot be asked of the terminal
      """,
    subcommands: [
      ScoreCommand.self, ExplainCommand.self, ModelCommand.self, LexiconCommand.self, TrainCommand.self,
      CrossvalidateCommand.self, EvaluateCommand.self, ThresholdCommand.self, RunsCommand.self, DiffCommand.self,
      CorpusCommand.self, ImportCommand.self,
      FormatsCommand.self,
    ])

  @Flag(name: .long, help: "Show the versions of the program, the default model and Unicode.")
  var version = false

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    StandardOutput().write(line: VersionLine.text(model: try? ModelLocator().open(nil)))
  }
}
