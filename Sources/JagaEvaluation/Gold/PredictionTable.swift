public import JagaCore
public import JagaTranscripts

/// What one system said, as columns beside the rows of a ``GoldTable``.
public struct PredictionTable: Sendable {
  /// What the system is called in reports: a model id or a file.
  public let name: String
  /// Probability of a move, by row; 0 for a message that was not predicted.
  public internal(set) var scores: [Double]
  /// Probability of a disclosure, by row.
  public internal(set) var disclosures: [Double]
  /// The most likely move by row; nil when the system does not say.
  public internal(set) var tops: [Label?]
  /// The most likely track by row; nil when the system does not say.
  public internal(set) var tracks: [Track?]
  /// The message's band by row; nil when the system has none.
  public internal(set) var bands: [Band?]
  /// The conversation's band after the message, by row; nil when the system has none.
  public internal(set) var conversationBands: [Band?]
  /// The conversation's most likely track after the message, by row; nil when the system does not say.
  public internal(set) var conversationTracks: [Track?]
  /// Whether the conversation needs support after the message, by row; nil when the system does not say.
  public internal(set) var supports: [Bool?]
  /// Lines of the predictions by row; 0 for a message that was not predicted.
  public internal(set) var lines: [Int32]
  private var labelStarts: [Int]
  private var labelCounts: [UInt8]
  private var labels: [Prediction.LabelProbability] = []
  /// Predictions that fit no gold message.
  public internal(set) var strangers = 0
  /// Gold messages without a prediction; they count as score 0.
  public internal(set) var missing = 0
  /// True when some prediction names labels or a most likely move; without any, measures of stages are undefined.
  public internal(set) var namesStages = false
  /// True when some prediction names a track.
  public internal(set) var namesTracks = false
  /// True when some prediction has a band; without any, the threshold on the score raises alarms.
  public internal(set) var hasBands = false
  /// True when some prediction has a disclosure's probability.
  public internal(set) var tellsDisclosures = false

  /// A table without predictions yet.
  init(name: String, rows: Int) {
    self.name = name
    scores = [Double](repeating: 0, count: rows)
    disclosures = scores
    tops = [Label?](repeating: nil, count: rows)
    tracks = [Track?](repeating: nil, count: rows)
    bands = [Band?](repeating: nil, count: rows)
    conversationBands = bands
    conversationTracks = tracks
    supports = [Bool?](repeating: nil, count: rows)
    lines = [Int32](repeating: 0, count: rows)
    labelStarts = [Int](repeating: 0, count: rows)
    labelCounts = [UInt8](repeating: 0, count: rows)
  }

  /// The probabilities of labels that a row's prediction names.
  public func labels(of row: Int) -> ArraySlice<Prediction.LabelProbability> {
    let start = labelStarts[row]
    return labels[start..<start + Int(labelCounts[row])]
  }

  mutating func set(_ prediction: Prediction, row: Int, line: Int) {
    scores[row] = prediction.score
    if let disclosure = prediction.disclosure {
      disclosures[row] = disclosure
      tellsDisclosures = true
    }
    tops[row] = prediction.top
    tracks[row] = prediction.track
    if prediction.hasLabels || prediction.top != nil { namesStages = true }
    if prediction.track != nil { namesTracks = true }
    bands[row] = prediction.band
    conversationBands[row] = prediction.conversationBand
    if prediction.band != nil || prediction.conversationBand != nil { hasBands = true }
    conversationTracks[row] = prediction.conversationTrack
    supports[row] = prediction.supportNeeded
    lines[row] = Int32(truncatingIfNeeded: max(line, 1))
    labelStarts[row] = labels.count
    let known = prediction.labels.prefix(Label.moveCount)
    labelCounts[row] = UInt8(known.count)
    labels.append(contentsOf: known)
  }
}
