public import JagaText
internal import JagaCore
internal import JagaLexicon
internal import JagaRules

/// The sections that a model or an overlay is made of. The bytes depend on the sources alone, not on the order of files.
public struct CompiledLexicon: Sendable {
  /// The section that `Lexicon` reads.
  public let lexicon: [UInt8]
  /// The section that `RuleSet` reads.
  public let rules: [UInt8]
  /// The section that `TextTables` reads: chat forms and known words.
  public let text: [UInt8]
}

/// What came of a directory of sources.
public struct LexiconCompilation {
  /// Every fault of every file, in the order of places.
  public let findings: [LintFinding]
  /// What the sources hold.
  public let statistics: LexiconStatistics
  /// The sections; nil when a finding is an error.
  public let compiled: CompiledLexicon?
  /// Chat forms and known words, for a caller who adds more before building; what was sound in the sources.
  public let textTables: TextTablesBuilder

  /// The number of errors.
  public var errorCount: Int { findings.reduce(0) { $0 + ($1.severity == .error ? 1 : 0) } }
}

/// Reads, checks and compiles lexicon sources.
///
///     let compilation = LexiconCompiler.compile(try LexiconSourceDirectory(path: "lexicons"))
///     guard let compiled = compilation.compiled else { … print compilation.findings … }
///
/// Cost: well under a second for a hundred thousand phrases' worth of words; memory in proportion to the expanded phrases.
public struct LexiconCompiler {
  private let log = LintLog()
  private let tables: TextTables?
  private var tracks: [TrackSource] = []
  private var wordSources: [WordSource] = []

  private init(tables: TextTables?) { self.tables = tables }

  /// Reads all files, reports every fault at once, and compiles when there is no error.
  ///
  /// `tables` are those of the model that an overlay is for: its phrases then mean what messages mean under that model, whose chat forms and
  /// neutral words stand for others. Without, the sources' own are used.
  public static func compile(_ directory: LexiconSourceDirectory, over tables: TextTables? = nil) -> LexiconCompilation
  {
    var compiler = LexiconCompiler(tables: tables)
    for file in directory.files { compiler.read(file) }
    return compiler.finish()
  }

  private mutating func read(_ file: LexiconSourceFile) {
    guard let text = file.text else {
      log.add(.unreadable(reason: file.failure ?? "it cannot be opened"), at: SourcePosition(file: file.path))
      return
    }
    guard let root = YAMLText.root(text, file: file.path, log: log) else { return }
    let keys = Set((root.fields ?? []).compactMap(\.key.text))
    if keys.contains("track") {
      if let track = TrackSource(root, file: file, log: log) { tracks.append(track) }
    } else if keys.contains("slang") || keys.contains("roots") || keys.contains("words") || keys.contains("neutral") {
      if let words = WordSource(root, file: file, log: log) { wordSources.append(words) }
    } else {
      // Report the keys too: the one that would tell may be misspelt.
      _ = SourceFields(root, allowed: SourceKeys.file, place: "the file", log: log)
      log.add(.unknownFile, at: root.position)
    }
  }

  private func finish() -> LexiconCompilation {
    var words = WordTables(wordSources, log: log)
    let resolver =
      tables.map { WordResolver(tables: $0) } ?? WordResolver(tables: words.builder.build(repairing: false))
    let lists = ListTable(tracks, resolver: resolver, log: log)
    let entries = EntryCompiler(tracks, lists: lists, log: log).compile()
    words.builder.addPhraseWords(resolver.resolvedWords)
    let text = words.builder.build()
    let rules = RuleSourceCompiler(tracks, log: log).compile()
    let statistics = LexiconStatistics(
      tracks, words: words,
      transitions: entries.reduce(0) { total, entry in
        total + entry.phrases.reduce(0) { $0 + $1.transitionCount }
      })
    var compiled: CompiledLexicon?
    if !log.findings.contains(where: { $0.severity == .error }) {
      compiled = build(entries, rules, text: text)
    }
    return LexiconCompilation(
      findings: log.sorted, statistics: statistics, compiled: compiled, textTables: words.builder)
  }

  /// Sources without an error compile; should a builder disagree, that is reported rather than trusted.
  private func build(_ entries: [LexiconEntry], _ rules: [RuleDefinition], text: [UInt8]) -> CompiledLexicon? {
    var lexiconBuilder = LexiconBuilder()
    for entry in entries { lexiconBuilder.add(entry) }
    var ruleBuilder = RuleSetBuilder()
    for rule in rules { ruleBuilder.add(rule) }
    do {
      let bytes = try lexiconBuilder.build()
      let lexicon = try Lexicon(section: Section(copying: bytes))
      return CompiledLexicon(lexicon: bytes, rules: try ruleBuilder.build(over: lexicon), text: text)
    } catch let error as RuleBuildError {
      if case .tooManyMarks(let count) = error {
        log.add(.tooManyMarks(count: count, limit: RuleSet.maximumMarks), at: marksPosition)
      } else {
        log.add(.unreadable(reason: "rules do not compile (\(error))"), at: marksPosition)
      }
    } catch {
      log.add(.unreadable(reason: "entries do not compile (\(error))"), at: marksPosition)
    }
    return nil
  }

  private var marksPosition: SourcePosition {
    tracks.flatMap(\.rules).last { !$0.earlier.isEmpty || !$0.unlessEarlier.isEmpty }?.position
      ?? SourcePosition(file: tracks.first?.file ?? "")
  }
}
