public import JagaAuthoring
import JagaCore
import JagaLexicon

/// Why lexicon sources cannot be trained with.
public struct LexiconFaults: Error, CustomStringConvertible, Sendable {
  /// What the lint found, errors only, at most twenty.
  public let findings: [LintFinding]
  /// How many errors there are.
  public let count: Int

  /// The findings, one a line, with a remedy.
  public var description: String {
    let lines = findings.map { $0.description }
    return (["\(count) errors in the lexicons; see them all with 'jaga lexicon lint'"] + lines).joined(separator: "\n")
  }
}

extension Trainer {
  /// Trains from folders; see ``TrainingCorpus`` and `lexicons/` for their form.
  public static func train(
    corpora: String, lexicons: String, name: String, options: Options = Options()
  ) throws -> TrainedModel {
    var clock = PhaseClock(options)
    let (sources, corpus) = try Workers(options.threads).both(
      { try compile(lexicons: lexicons) },
      { try TrainingCorpus(directory: corpora, workers: Workers(options.threads)) })
    clock.end("reading corpora and compiling lexicons")
    return try Trainer(corpus: corpus, sources: sources, options: options).train(name: name)
  }

  /// Compiles a folder of lexicon sources. Throws ``LexiconFaults`` when any has an error.
  package static func compile(lexicons: String) throws -> CompiledSources {
    let compilation = LexiconCompiler.compile(try LexiconSourceDirectory(path: lexicons))
    guard let compiled = compilation.compiled else {
      let errors = compilation.findings.filter { $0.severity == .error }
      throw LexiconFaults(findings: Array(errors.prefix(20)), count: errors.count)
    }
    let lexicon = try Lexicon(section: Section(copying: compiled.lexicon))
    return CompiledSources(
      text: compiled.text, lexicon: compiled.lexicon, rules: compiled.rules,
      concepts: (0..<UInt32(lexicon.count)).map { lexicon.concept(of: $0) })
  }
}
