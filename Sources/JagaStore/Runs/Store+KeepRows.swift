internal import GRDB
internal import JagaCore

extension Store {
  /// The run itself; returns its number in the database.
  static func insert(_ run: KeptRun, gold: Int, _ db: Database) throws -> Int {
    let number = try Int.fetchOne(db, sql: "SELECT coalesce(max(run), 0) + 1 FROM run") ?? 1
    var row = try RowWriter(
      db, table: "run",
      columns: [
        "run", "run_id", "name", "created_at", "program", "system", "model_id", "gold", "threshold",
        "disclosure_threshold", "base_rate", "resamples", "seed", "dimensions", "asks_questions", "missing_rule",
        "missing",
        "strangers", "names_stages", "names_tracks", "has_bands", "tells_disclosures",
      ])
    row.bind(number)
    for text in [run.id, run.name, run.createdAt, run.program, run.system.name] { row.bind(text) }
    row.bind(run.system.modelID)
    row.bind(gold)
    row.bind(run.options.threshold)
    row.bind(run.options.disclosureThreshold)
    row.bind(run.options.baseRate)
    row.bind(run.options.resamples)
    row.bind("\(run.options.seed)")
    row.bind(run.options.dimensions.joined(separator: ","))
    row.bind(run.options.asksQuestions)
    row.bind(run.options.missingRule)
    row.bind(run.system.missing)
    row.bind(run.system.strangers)
    for flag in [
      run.system.namesStages, run.system.namesTracks, run.system.hasBands, run.system.tellsDisclosures,
    ] { row.bind(flag) }
    try row.step()
    return number
  }

  static func insert(_ files: [KeptRun.File], run: Int, _ db: Database) throws {
    var row = try RowWriter(db, table: "run_file", columns: ["run", "number", "role", "name", "sha256", "bytes"])
    for (number, file) in files.enumerated() {
      row.bind(run)
      row.bind(number)
      row.bind(file.role.rawValue)
      row.bind(file.name)
      row.bind(file.sha256)
      row.bind(file.bytes)
      try row.step()
    }
  }

  static func insert(_ figures: [KeptFigure], run: Int, _ db: Database) throws {
    var row = try RowWriter(
      db, table: "figure",
      columns: [
        "run", "number", "population", "dimension", "group_name", "head", "measure", "items", "positives", "value",
        "low",
        "high",
      ])
    for (number, figure) in figures.enumerated() {
      row.bind(run)
      row.bind(number)
      for text in [figure.population, figure.dimension, figure.group, figure.head, figure.measure] { row.bind(text) }
      row.bind(figure.items)
      row.bind(figure.positives)
      for value in [figure.value, figure.low, figure.high] { row.bind(value) }
      try row.step()
    }
  }

  static func insert(_ scores: KeptRows<KeptScore>, run: Int, _ db: Database) throws {
    var row = try RowWriter(
      db, table: "score",
      columns: [
        "run", "item", "score", "disclosure", "top_label", "track", "band", "conversation_band", "conversation_track",
        "support_needed", "labels", "line",
      ])
    var list: [UInt8] = []
    for place in 0..<scores.count {
      let score = scores.row(place)
      row.bind(run)
      row.bind(place)
      row.bind(score.score)
      row.bind(score.disclosure)
      row.bind(score.top?.staticName)
      row.bind(score.track?.name)
      row.bind(score.band?.staticName)
      row.bind(score.conversationBand?.staticName)
      row.bind(score.conversationTrack?.name)
      row.bind(score.supportNeeded)
      if score.labels.isEmpty {
        row.bind(String?.none)
      } else {
        list.removeAll(keepingCapacity: true)
        LabelLists.write(score.labels, to: &list)
        list.withUnsafeBufferPointer { row.bind(utf8: $0) }
      }
      row.bind(score.line)
      try row.step()
    }
  }
}
