internal import ArgumentParser
internal import JagaScoring

/// `jaga diff`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare what two models say of the same chats.",
    discussion: """
      Reads whatever 'jaga score' reads, scores it with both models, and reports messages and conversations whose verdict changed: the \
      band, the stage (where one band is at least watch), or whether it is a disclosure. Both sides say what 'jaga score' says, bit for bit.

      The table counts bands under A against bands under B, changes by stage (that of the higher band) and by strongest reason, and shows \
      the first changed messages with the terms that pulled them over: head, source, bytes of the text, logits under A and B. JSON has all \
      changed messages and the counts; CSV has a row a changed message.

      Ids only, unless --with-text is given.

      EXAMPLES
        jaga diff --model Models/default.jaga --model my.jaga chats.jsonl
        jaga diff --model old.jaga --model new.jaga archive.jsonl.zst --days 30 --output json > changes.json

      EXIT CODES
        0 all read; 1 cannot run, or an input could not be read to its end; 2 some records skipped; 64 usage
      """)

  @Option(help: ArgumentHelp("A model; give two, the one in use first.", valueName: "file"))
  var model: [String] = []

  @OptionGroup var inputs: DifferenceOptions

  func validate() throws {
    guard model.count == 2 else { throw ValidationError("give --model twice: the model in use, then the other") }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let scorers = try model.map { Scorer(model: try Model.open(path: $0)) }
      try DifferenceRunner(inputs).run(
        scorers[0], scorers[1], names: ("\(model[0]) (\(scorers[0].modelID))", "\(model[1]) (\(scorers[1].modelID))"))
    }
  }
}

/// `jaga lexicon diff`.
struct LexiconDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two private lexicons on an archive: a trial run before one goes live.",
    discussion: """
      A and B are each a folder of sources, a file of 'jaga lexicon compile', or 'none' for the model alone; both are added to one model as \
      --lexicon of 'jaga score' does. Reports changed verdicts (band, stage, disclosure), messages and conversations newly at review or \
      above and newly quiet, with --days for each day, by stage and by the entry or rule that is the strongest reason.

      Ids only, unless --with-text is given. Forms as of 'jaga diff'.

      EXAMPLES
        jaga lexicon diff none my-lists archive.jsonl --days 30
        jaga lexicon diff old.overlay new.overlay archive.jsonl.zst --output csv > changes.csv

      EXIT CODES
        0 all read; 1 cannot run, sources hold errors, or an input could not be read to its end; 2 some records skipped; 64 usage
      """)

  @Argument(help: ArgumentHelp("The lexicon in use.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("The lexicon on trial.", valueName: "b"))
  var second: String

  @OptionGroup var inputs: DifferenceOptions

  @OptionGroup var modelOption: ModelOption

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let model = try ModelLocator().open(modelOption.path)
      let scorers = try [first, second].map { path in
        Scorer(model: model, overlay: path == "none" ? nil : try OverlayLoader.load([path], over: model))
      }
      try DifferenceRunner(inputs).run(
        scorers[0], scorers[1], names: ("\(first) (\(scorers[0].modelID))", "\(second) (\(scorers[1].modelID))"))
    }
  }
}
