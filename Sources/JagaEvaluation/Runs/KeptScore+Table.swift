internal import JagaCore
public import JagaStore
internal import JagaTranscripts

extension KeptRows<KeptScore> {
  /// A system's predictions on their way into a store.
  public init(_ table: PredictionTable) {
    self.init(count: table.scores.count) { row in
      var score = KeptScore(score: table.scores[row])
      score.disclosure = table.tellsDisclosures ? table.disclosures[row] : nil
      score.top = table.tops[row]
      score.track = table.tracks[row]
      score.band = table.bands[row]
      score.conversationBand = table.conversationBands[row]
      score.conversationTrack = table.conversationTracks[row]
      score.supportNeeded = table.supports[row]
      score.labels = table.labels(of: row).map { .init(label: $0.label, probability: $0.probability) }
      score.line = table.lines[row] > 0 ? Int(table.lines[row]) : nil
      return score
    }
  }
}

extension KeptRun.System {
  /// What a table of predictions says of its system.
  public init(_ table: PredictionTable, isModel: Bool) {
    self.init(name: table.name, modelID: isModel ? table.name : nil)
    namesStages = table.namesStages
    namesTracks = table.namesTracks
    hasBands = table.hasBands
    tellsDisclosures = table.tellsDisclosures
    missing = table.missing
    strangers = table.strangers
  }
}

extension PredictionTable {
  /// Reads again what a run's system said. `rows` is the number of the gold's messages.
  public init(_ store: Store, run: KeptRun, rows: Int) throws {
    self.init(name: run.name, rows: rows)
    var row = 0
    try store.readScores(of: run) { kept in
      guard row < rows else {
        throw StoreError.damaged(file: store.path, reason: "run \(run.id) has more scores than its gold has messages")
      }
      var prediction = Prediction(messageID: "", score: kept.score)
      prediction.disclosure = kept.disclosure
      prediction.labels = kept.labels.map { .init(label: $0.label, probability: $0.probability) }
      prediction.top = kept.top
      prediction.track = kept.track
      prediction.band = kept.band
      prediction.conversationBand = kept.conversationBand
      prediction.conversationTrack = kept.conversationTrack
      prediction.supportNeeded = kept.supportNeeded
      set(prediction, row: row, line: kept.line ?? 0)
      if kept.line == nil { lines[row] = 0 }
      row += 1
    }
    guard row == rows else {
      throw StoreError.damaged(file: store.path, reason: "run \(run.id) has fewer scores than its gold has messages")
    }
    namesStages = run.system.namesStages
    namesTracks = run.system.namesTracks
    hasBands = run.system.hasBands
    tellsDisclosures = run.system.tellsDisclosures
    missing = run.system.missing
    strangers = run.system.strangers
  }
}
