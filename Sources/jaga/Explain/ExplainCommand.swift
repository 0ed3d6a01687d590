internal import ArgumentParser
internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// `jaga explain`: one message, and every term of its sums.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Score one message and show why: every term of the sum, on the words.",
    discussion: """
      A probability is the logistic function of a sum of logits, and this prints the sum: the prior, each word, pair, list entry \
      and rule with the words that it rests on, and the total. Nothing else goes into a score. Terms of the head 'move' decide \
      score and band; a head named after a move decides how likely that move is, given that there is one; 'disclosure' is apart.

      The message is taken for the first of its conversation. With --after it follows others of the same author, and what \
      they add is a term of its own.

      Colours on the words show which way they pull: red and yellow towards a move, green away from it. In a pipe, words that \
      pull towards a move stand in [brackets].

      EXAMPLES
        jaga explain "gw isiin diamond, asal kirim foto dulu"
        jaga explain --after "umur berapa dek?" "sendirian di rumah?"
        jaga explain --output json "who is at home?" | jq .contributions
        echo "jangan bilang mama ya" | jaga explain -

      EXIT CODES
        0 done; 1 cannot run; 64 usage
      """)

  @Argument(
    help: ArgumentHelp(
      "The message; several words are joined by blanks. '-' reads it from standard input.", valueName: "text"))
  var words: [String]

  @Option(help: ArgumentHelp("A message of the same author before it. May be repeated.", valueName: "text"))
  var after: [String] = []

  @Option(help: "text, or json: one record with contributions and text.")
  var output = ExplanationForm.text

  @Option(
    help: ArgumentHelp("Print this many terms of each head, and the rest as one; 0 prints all.", valueName: "count"))
  var terms = 8

  @Option(
    help: ArgumentHelp(
      "The share of moves among the messages where you run it, between 0 and 1.", valueName: "share"))
  var baseRate: Double?

  @Option(
    help: ArgumentHelp(
      "Add private word lists and rules: a folder of sources, or a file of 'jaga lexicon compile'. Folders may be repeated.",
      valueName: "path"))
  var lexicon: [String] = []

  @OptionGroup var modelOption: ModelOption

  @Option(help: "Colours: auto, always or never.")
  var color = ColourChoice.auto

  func validate() throws {
    if words.isEmpty { throw ValidationError("no text; give a message, or '-' to read it from standard input") }
    if let baseRate, !(baseRate > 0 && baseRate < 1) {
      throw ValidationError("--base-rate must lie between 0 and 1, without them")
    }
    if terms < 0 { throw ValidationError("--terms cannot be negative") }
  }

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let model = try ModelLocator().open(modelOption.path)
      let overlay = try OverlayLoader.load(lexicon, over: model)
      let scorer = Scorer(model: model, overlay: overlay, options: Scorer.Options(baseRate: baseRate))
      let text = words == ["-"] ? try StandardInput.text() : words.joined(separator: " ")
      let explained = ExplainedMessage(text, after: after, scorer: scorer)
      let buffer = ByteBuffer()
      switch output {
      case .json: explained.writeJSON(to: buffer)
      case .text:
        ExplanationPage(explained: explained, style: Terminal.style(color), terms: terms, hasBaseRate: baseRate != nil)
          .write(to: buffer)
      }
      try StandardOutput().write(buffer)
    }
  }
}

/// The form of an explanation.
enum ExplanationForm: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
