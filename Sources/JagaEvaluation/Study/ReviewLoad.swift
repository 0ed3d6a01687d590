/// What reviewers would have to read, extrapolated from gold to the place where a system is to run.
///
/// Of `volume` messages a day a share `baseRate` are moves. Gold says which share of moves and of other messages a threshold lets through
/// (TPR and FPR); so there are `volume · (r · TPR + (1 − r) · FPR)` messages to review.
///
/// Conversations are taken to be like those of the gold: a risky one (with a move in it) holds as many messages and as many moves, a
/// harmless one as many messages. So there are `volume · r / moves` risky ones a day, at most as many as the volume has room for, and the
/// rest of the messages make the harmless ones. No more conversations can be reviewed than messages.
public struct ReviewLoad: Hashable, Sendable {
  /// How the conversations of the gold, and the decisions about them, add up.
  public struct Conversations: Hashable, Sendable {
    /// Conversations with a decided message; risky ones are the relevant ones.
    public var counts = DecisionCounts()
    /// Messages in risky conversations, moves or not.
    public var riskyMessages = 0
    /// Messages in harmless conversations.
    public var harmlessMessages = 0

    /// Nothing yet.
    public init() {}
  }

  /// Share of moves among messages, between 0 and 1.
  public var baseRate: Double
  /// Messages a day.
  public var volume: Double

  /// Creates a place to run at.
  public init(baseRate: Double, volume: Double) {
    self.baseRate = baseRate
    self.volume = volume
  }

  /// Messages to review a day; NaN when gold lacks moves or other messages.
  public func messages(_ counts: DecisionCounts) -> Double {
    volume * (baseRate * counts.recall + (1 - baseRate) * counts.falsePositiveRate)
  }

  /// Conversations to review a day, given the decisions about their messages; NaN when gold lacks either kind of conversation.
  public func conversations(_ gold: Conversations, messages: DecisionCounts) -> Double {
    let risky = Double(gold.counts.truePositives + gold.counts.falseNegatives)
    let harmless = Double(gold.counts.falsePositives + gold.counts.trueNegatives)
    let moves = Double(messages.truePositives + messages.falseNegatives)
    let length = share(Double(gold.riskyMessages), risky)
    let riskyADay = min(volume * baseRate * share(risky, moves), share(volume, length))
    let harmlessADay = max(volume - riskyADay * length, 0) * share(harmless, Double(gold.harmlessMessages))
    let reviewed = riskyADay * gold.counts.recall + harmlessADay * gold.counts.falsePositiveRate
    return reviewed.isNaN ? .nan : min(reviewed, self.messages(messages))
  }
}
