internal import ArgumentParser

/// `jaga lexicon`: word lists and rules as sources.
struct LexiconCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon",
    abstract: "Check, list, compile, judge and compare word lists and rules.",
    discussion: """
      Lexicons are YAML files, lexicons/LANGUAGE/TRACK.yaml: entries with phrases that speak for a label, and rules over them. \
      lexicons/schema/lexicon.schema.json lets editors complete them.

      An operator's own lists, compiled by 'jaga lexicon compile', are added to a model at start with --lexicon, without training. Keep \
      them private: published lists also teach evasion.
      """,
    subcommands: [
      LexiconLintCommand.self, LexiconListCommand.self, LexiconCompileCommand.self, LexiconEvaluateCommand.self,
      LexiconDiffCommand.self, LexiconSuggestCommand.self,
    ])
}
