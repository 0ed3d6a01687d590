internal import ArgumentParser
internal import Glibc
internal import JagaEvaluation
internal import JagaScoring
internal import JagaStore

/// Keeps the runs of one `jaga evaluate`.
///
/// Made before anything is read: a store that cannot be used, or a file that cannot be hashed, shall not cost the evaluation.
struct RunKeeper {
  private let store: Store
  private let options: KeepOptions
  private let hash: KeyedHash?
  private let shared: [KeptRun.File]
  private let predictions: [KeptRun.File]
  private let judge: JudgeOptions

  /// Nil when nothing is to be kept.
  init?(_ options: KeepOptions, judge: JudgeOptions, predictions paths: [String]) throws {
    guard let path = options.store else { return nil }
    guard !judge.files.contains("-") else {
      throw ValidationError("--store keeps the hash of every gold file; give a file instead of standard input ('-')")
    }
    hash = try options.hashIds.map { try KeyedHash(keyFile: $0) }
    func file(_ role: KeptRun.File.Role, _ path: String) throws -> KeptRun.File {
      let hash = try FileHash(path)
      return KeptRun.File(role: role, name: path, sha256: hash.sha256, bytes: hash.bytes)
    }
    var files = try judge.files.map { try file(.gold, $0) }
    if let truth = judge.pan12Authors { files.append(try file(.authors, truth)) }
    if let truth = judge.pan12Lines { files.append(try file(.lines, truth)) }
    if paths.isEmpty {
      files.append(try file(.model, try ModelLocator().path(judge.modelOption.path)))
      for path in judge.lexicon {
        for source in try RunKeeper.sources(path) { files.append(try file(.lexicon, source)) }
      }
    }
    shared = files
    predictions = try paths.map { try file(.predictions, $0) }
    self.options = options
    self.judge = judge
    store = try Store(writing: path)
  }

  /// The files of a lexicon: itself, or everything in its folder, by name.
  private static func sources(_ path: String) throws -> [String] {
    guard Files.isFolder(path) else { return [path] }
    guard let folder = opendir(path) else {
      throw Failure("\(path): cannot be opened (\(String(cString: strerror(errno)))); check the folder's permissions")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append("\(path)/\(name)") }
    }
    return try names.sorted().flatMap(sources).filter { Files.size($0) != nil }
  }

  /// Keeps a run for each system; says on standard error under which ids.
  func keep(_ evaluation: Evaluation, gold: GoldTable, tables: [PredictionTable]) throws {
    let time = (options.runTime ?? RunTime.now).text
    var kept = KeptRun.Options(evaluation.options)
    if predictions.isEmpty {
      kept.asksQuestions = !judge.withoutQuestions
    } else {
      kept.missingRule = judge.missing.rawValue
    }
    let results = tables.enumerated().map { number, table in
      let system = KeptRun.System(table, isModel: predictions.isEmpty)
      var run = KeptRun(
        name: options.runName.isEmpty ? table.name : options.runName[number], createdAt: time,
        program: VersionLine.program, system: system,
        files: predictions.isEmpty ? shared : shared + [predictions[number]])
      run.options = kept
      return KeptResult(run: run, figures: evaluation.keptFigures(system: number), scores: KeptRows(table))
    }
    let ids = try store.keep(results, gold: KeptGold(gold, ids: hash))
    try store.close()
    for (id, result) in zip(ids, results) { printError("kept as run \(id), \(result.run.name), in \(store.path)") }
  }
}
