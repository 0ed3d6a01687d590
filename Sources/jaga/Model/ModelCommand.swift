internal import ArgumentParser
internal import JagaBatch
internal import JagaScoring

/// `jaga model`: what a model file is and whether it is whole.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Show or verify a model file.",
    discussion: """
      A model is one file: word tables, lexicons, rules, weights, scaling and bands. Its id is a checksum of all of them, and every \
      record carries it, so a result can always be traced to what decided it.
      """,
    subcommands: [ModelShowCommand.self, ModelVerifyCommand.self])
}

/// `jaga model show`.
struct ModelShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what a model contains: sections, counts, parameters, and its card.",
    discussion: """
      Weights are stored under hashes of words, so the words themselves cannot be listed.

      EXAMPLES
        jaga model show
        jaga model show Models/default.jaga --output json

      EXIT CODES
        0 done; 1 the file is missing, damaged or of another version; 64 usage
      """)

  @Argument(help: ArgumentHelp("The model; without it the one that 'jaga score' would use.", valueName: "file"))
  var file: String?

  @Option(help: "text or json.")
  var output = ExplanationForm.text

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let model = try ModelLocator().open(file)
      let description = ModelDescription(model: model)
      let buffer = ByteBuffer()
      switch output {
      case .text: description.writeText(to: buffer)
      case .json: description.writeJSON(to: buffer)
      }
      try StandardOutput().write(buffer)
    }
  }
}

/// `jaga model verify`.
struct ModelVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that model files are whole, unaltered and of a version that this program reads.",
    discussion: """
      Compares the checksum and the bounds of every table. Prints one line for each file that is sound, and a sentence on standard error \
      for each that is not.

      EXAMPLES
        jaga model verify Models/default.jaga

      EXIT CODES
        0 all are sound; 1 one is not; 64 usage
      """)

  @Argument(help: ArgumentHelp("Models; without any, the one that 'jaga score' would use.", valueName: "file"))
  var files: [String] = []

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let paths = files.isEmpty ? [try ModelLocator().path(nil)] : files
      let output = StandardOutput()
      var isSound = true
      for path in paths {
        do {
          let model = try Model.open(path: path)
          try output.write(text: "\(path): sound, model \(model.id), format version \(model.formatVersion)\n")
        } catch let error as BundleError {
          printError(error.description)
          isSound = false
        }
      }
      if !isSound { throw ExitCode.failure }
    }
  }
}
