public import JagaCore

/// What some system said about one message: a record of `jaga score`, or a line of another system in the same keys.
public struct Prediction: Hashable, Sendable {
  /// A label and its probability.
  public struct LabelProbability: Hashable, Sendable {
    /// The label, always a move.
    public var label: Label
    /// Its probability, 0…1.
    public var probability: Double

    /// Creates a pair.
    public init(label: Label, probability: Double) {
      self.label = label
      self.probability = probability
    }
  }

  /// The conversation's id; nil when the line states none.
  public var conversationID: String?
  /// The message's id.
  public var messageID: String
  /// Probability that the message is a move, 0…1.
  public var score: Double
  /// Probability that it is a disclosure; nil when the system does not say.
  public var disclosure: Double?
  /// Probabilities of moves; what is not named counts as 0.
  public var labels: [LabelProbability]
  /// True when the line has a `labels` object, be it empty.
  public var hasLabels: Bool
  /// The most likely move, from `track` and `stage`, else the largest of ``labels``; nil when the system does not say.
  public var top: Label?
  /// The most likely track, from `track`, else of ``top``.
  public var track: Track?
  /// The message's band; nil when the system has none.
  public var band: Band?
  /// The band of the conversation so far; nil when the system has none.
  public var conversationBand: Band?
  /// The most likely track of the conversation so far; nil when the system names none.
  public var conversationTrack: Track?
  /// Whether the conversation so far needs support; nil when the system does not say.
  public var supportNeeded: Bool?

  /// Creates a prediction; only the message's id and the score are required.
  public init(
    conversationID: String? = nil, messageID: String, score: Double, disclosure: Double? = nil,
    labels: [LabelProbability] = [], hasLabels: Bool = false, top: Label? = nil, track: Track? = nil, band: Band? = nil,
    conversationBand: Band? = nil, conversationTrack: Track? = nil, supportNeeded: Bool? = nil
  ) {
    self.conversationID = conversationID
    self.messageID = messageID
    self.score = score
    self.disclosure = disclosure
    self.labels = labels
    self.hasLabels = hasLabels
    self.top = top
    self.track = track
    self.band = band
    self.conversationBand = conversationBand
    self.conversationTrack = conversationTrack
    self.supportNeeded = supportNeeded
  }
}
