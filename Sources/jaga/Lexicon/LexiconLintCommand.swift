internal import ArgumentParser
internal import JagaAuthoring

/// `jaga lexicon lint`.
struct LexiconLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Report every fault of lexicon sources at once.",
    discussion: """
      Prints one finding a line: file, line, column, severity, what is wrong and what to do about it.

      EXAMPLES
        jaga lexicon lint
        jaga lexicon lint my-lists --warnings-as-errors

      EXIT CODES
        0 no errors; 1 errors, or a folder that cannot be read; 64 usage
      """)

  @Argument(help: ArgumentHelp("Folders of sources, compiled together.", valueName: "folder"))
  var folders: [String] = ["lexicons"]

  @Flag(help: "Let warnings fail too.")
  var warningsAsErrors = false

  func run() throws {
    try reporting {
      ignoreBrokenPipeSignal()
      let compilation = try LexiconSources.compile(folders)
      let warnings = compilation.findings.count - compilation.errorCount
      var text = compilation.findings.map { $0.description + "\n" }.joined()
      let statistics = compilation.statistics
      text +=
        "\(grouped(statistics.entries)) entries, \(grouped(statistics.phrases)) phrases, \(grouped(statistics.rules)) rules: "
      text += "\(grouped(compilation.errorCount)) errors, \(grouped(warnings)) warnings\n"
      try StandardOutput().write(text: text)
      if compilation.errorCount > 0 || (warningsAsErrors && warnings > 0) { throw ExitCode.failure }
    }
  }
}
