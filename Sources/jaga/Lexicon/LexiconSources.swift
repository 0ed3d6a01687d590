internal import JagaAuthoring
internal import JagaEvaluation
internal import JagaScoring

/// Folders of lexicon sources, compiled together.
enum LexiconSources {
  /// Reads and compiles. Throws a ``Failure`` for a folder that cannot be read; faults inside are findings of the compilation.
  /// With a model, phrases are read as its messages are.
  static func compile(_ folders: [String], over model: Model? = nil) throws(Failure) -> LexiconCompilation {
    var files: [LexiconSourceFile] = []
    for folder in folders {
      do throws(LexiconSourceError) {
        files += try LexiconSourceDirectory(path: folder).files
      } catch {
        throw Failure(error.sentence)
      }
    }
    return LexiconCompiler.compile(LexiconSourceDirectory(files: files), over: model?.text)
  }

  /// A model of these sources and nothing else. Throws a ``Failure`` for a folder that cannot be read and for errors in it.
  static func alone(_ folder: String) throws -> Model {
    _ = try compiled([folder])
    return try LexiconAlone.model(lexicons: folder)
  }

  /// The compiled sections. Throws a ``Failure`` with the errors, at most twenty, when there are any.
  static func compiled(
    _ folders: [String], over model: Model? = nil
  ) throws(Failure) -> (CompiledLexicon, LexiconCompilation) {
    let compilation = try compile(folders, over: model)
    guard let compiled = compilation.compiled else {
      let errors = compilation.findings.filter { $0.severity == .error }
      let shown = errors.prefix(20).map { "\n  \($0.description)" }.joined()
      let count = "\(errors.count) error\(errors.count == 1 ? "" : "s")"
      let command = "jaga lexicon lint \(folders.joined(separator: " "))"
      throw Failure("\(count) in the lexicons; see everything with '\(command)'\(shown)")
    }
    return (compiled, compilation)
  }
}
