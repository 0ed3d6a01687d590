internal import GRDB
internal import JagaCore

extension Store {
  /// All runs, in the order in which they were kept.
  public func runs() throws(StoreError) -> [KeptRun] {
    try reading { db in try runs(db, where: "1") }
  }

  /// The run of an id, of its first digits (four at least), or of a name that no other run has.
  public func run(_ name: String) throws(StoreError) -> KeptRun {
    try reading { db in
      let all = try runs(
        db, where: "r.run_id = :name OR r.name = :name OR substr(r.run_id, 1, length(:name)) = :name", ["name": name])
      if let exact = all.first(where: { $0.id == name }) { return exact }
      let named = all.filter { $0.name == name }
      let found = named.isEmpty && name.utf8.count >= 4 ? all : named
      guard let first = found.first else { throw StoreError.noRun(file: path, name: name) }
      guard found.count == 1 else { throw StoreError.severalRuns(file: path, name: name, ids: found.map(\.id)) }
      return first
    }
  }

  private func runs(_ db: Database, where condition: String, _ arguments: StatementArguments = []) throws -> [KeptRun] {
    var files: [Int: [KeptRun.File]] = [:]
    var fileRows = try RowReader(
      db, self, sql: "SELECT run, role, name, sha256, bytes FROM run_file ORDER BY run, number")
    while try fileRows.step() {
      let run = try fileRows.integer()
      guard let role = try fileRows.optionalName(KeptRun.File.Role.init(rawValue:)) else {
        throw damaged("a file without a role")
      }
      files[run, default: []].append(
        KeptRun.File(
          role: role, name: try fileRows.text(), sha256: try fileRows.text(), bytes: try fileRows.integer(0...Int.max)))
    }
    var rows = try RowReader(
      db, self,
      sql: """
        SELECT r.run, r.run_id, g.digest, r.name, r.created_at, r.program, r.system, r.model_id, r.names_stages,
          r.names_tracks, r.has_bands, r.tells_disclosures, r.missing, r.strangers, r.threshold, r.disclosure_threshold,
          r.base_rate, r.resamples, r.seed, r.dimensions, r.asks_questions, r.missing_rule, g.items, g.conversations
        FROM run r JOIN gold g USING (gold) WHERE \(condition) ORDER BY r.run
        """, arguments: arguments)
    var runs: [KeptRun] = []
    while try rows.step() {
      let number = try rows.integer()
      let (id, digest) = (try rows.text(), try rows.text())
      var run = KeptRun(
        name: try rows.text(), createdAt: try rows.text(), program: try rows.text(),
        system: KeptRun.System(name: try rows.text(), modelID: try rows.optionalText()), files: files[number] ?? [])
      run.system.namesStages = try rows.flag()
      run.system.namesTracks = try rows.flag()
      run.system.hasBands = try rows.flag()
      run.system.tellsDisclosures = try rows.flag()
      run.system.missing = try rows.integer()
      run.system.strangers = try rows.integer()
      run.options.threshold = try rows.share()
      run.options.disclosureThreshold = try rows.share()
      run.options.baseRate = try rows.optionalShare()
      run.options.resamples = try rows.integer()
      guard let seed = try rows.optionalName({ UInt64($0) }) else { throw damaged("a run without a seed") }
      run.options.seed = seed
      run.options.dimensions = try rows.text().split(separator: ",").map(String.init)
      run.options.asksQuestions = try rows.optionalFlag()
      run.options.missingRule = try rows.optionalText()
      run.goldItems = try rows.integer()
      run.goldConversations = try rows.integer()
      run.id = id
      run.goldDigest = digest
      runs.append(run)
    }
    return runs
  }

  /// F1 over all items of each population, by run id: what a list of runs shows.
  public func headlines() throws(StoreError) -> [String: [String: Double]] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        sql: """
          SELECT r.run_id, f.population, f.value FROM figure f JOIN run r USING (run)
          WHERE f.dimension = 'all' AND f.measure = 'f1' AND f.head IN ('move', 'alarm', 'author', 'line')
          """)
      var found: [String: [String: Double]] = [:]
      while try rows.step() {
        let (run, population) = (try rows.text(), try rows.text())
        found[run, default: [:]][population] = try rows.optionalNumber() ?? .nan
      }
      return found
    }
  }

  /// The figures of a run, in the order of reports.
  public func figures(of run: KeptRun) throws(StoreError) -> [KeptFigure] {
    try reading { db in
      var rows = try RowReader(
        db, self,
        sql: """
          SELECT population, dimension, group_name, head, measure, items, positives, value, low, high
          FROM figure WHERE run = (SELECT run FROM run WHERE run_id = ?) ORDER BY number
          """, arguments: [run.id])
      var figures: [KeptFigure] = []
      while try rows.step() {
        figures.append(
          KeptFigure(
            population: try rows.text(), dimension: try rows.text(), group: try rows.text(), head: try rows.text(),
            measure: try rows.text(), items: try rows.integer(), positives: try rows.integer(),
            value: try rows.optionalNumber() ?? .nan, low: try rows.optionalNumber() ?? .nan,
            high: try rows.optionalNumber() ?? .nan))
      }
      return figures
    }
  }

  /// What a run's system said, in the order of the gold's items. Cost: some 2 µs a message.
  public func readScores(of run: KeptRun, _ body: (KeptScore) throws -> Void) throws(StoreError) {
    try reading { db in
      var rows = try RowReader(
        db, self,
        sql: """
          SELECT item, score, disclosure, top_label, track, band, conversation_band, conversation_track, support_needed,
            line, labels
          FROM score WHERE run = (SELECT run FROM run WHERE run_id = ?) ORDER BY item
          """, arguments: [run.id])
      var expected = 0
      while try rows.step() {
        guard try rows.integer() == expected else { throw damaged("scores of run \(run.id) are missing") }
        expected += 1
        var score = KeptScore(score: try rows.share())
        score.disclosure = try rows.optionalShare()
        score.top = try rows.optionalName(Label.init(name:))
        score.track = try rows.optionalName { name in Track.allCases.first { $0.name == name } }
        score.band = try rows.optionalName(Band.init(name:))
        score.conversationBand = try rows.optionalName(Band.init(name:))
        score.conversationTrack = try rows.optionalName { name in Track.allCases.first { $0.name == name } }
        score.supportNeeded = try rows.optionalFlag()
        score.line = try rows.optionalInteger()
        score.labels = try rows.optionalName(LabelLists.scores) ?? []
        try body(score)
      }
    }
  }
}
