public import JagaCore

/// What a system said about one message.
public struct KeptScore: Hashable, Sendable {
  /// A label and its probability.
  public struct LabelScore: Hashable, Sendable {
    /// The label.
    public var label: Label
    /// Its probability, 0…1.
    public var probability: Double

    /// Creates a pair.
    public init(label: Label, probability: Double) {
      self.label = label
      self.probability = probability
    }
  }

  /// Probability of a move, 0…1.
  public var score: Double
  /// Probability of a disclosure; nil when the system tells none.
  public var disclosure: Double?
  /// The most likely move.
  public var top: Label?
  /// The most likely track.
  public var track: Track?
  /// The message's band.
  public var band: Band?
  /// The conversation's band after the message.
  public var conversationBand: Band?
  /// The conversation's most likely track after the message.
  public var conversationTrack: Track?
  /// Whether the conversation needs support after the message.
  public var supportNeeded: Bool?
  /// Probabilities of labels; empty when none is named.
  public var labels: [LabelScore] = []
  /// The line of the prediction, from 1; nil for a message that was not predicted.
  public var line: Int?

  /// Creates a score.
  public init(score: Double) { self.score = score }
}

/// One run with all that belongs to it.
public struct KeptResult {
  /// The run.
  public var run: KeptRun
  /// Its figures, in the order of reports.
  public var figures: [KeptFigure]
  /// What its system said, message by message, in the order of the gold's items.
  public var scores: KeptRows<KeptScore>

  /// Creates a result.
  public init(run: KeptRun, figures: [KeptFigure], scores: KeptRows<KeptScore>) {
    self.run = run
    self.figures = figures
    self.scores = scores
  }
}
