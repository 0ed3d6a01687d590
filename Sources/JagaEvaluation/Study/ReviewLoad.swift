/// What reviewers would have to read, extrapolated from gold to the place where a system is to run.
///
/// Of `volume` messages a day a share `baseRate` are moves. Gold says which share of moves and of other messages a threshold lets through
/// (TPR and FPR); so there are `volume · (r · TPR + (1 − r) · FPR)` messages to review. Conversations are taken to be as long as those of
/// the gold, and risky ones (with a move in them) to hold as many moves; so there are `volume / length` conversations, of which
/// `volume · r / moves` are risky, at most all of them.
public struct ReviewLoad: Hashable, Sendable {
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

  /// Conversations to review a day. `conversations` counts those with a decided message, risky ones as relevant; `messages` and `moves`
  /// are how many the gold has in all. NaN when gold lacks either kind of conversation.
  public func conversations(_ conversations: DecisionCounts, messages: Int, moves: Int) -> Double {
    let risky = Double(conversations.truePositives + conversations.falseNegatives)
    let all = risky + Double(conversations.falsePositives + conversations.trueNegatives)
    let aDay = volume * share(all, Double(messages))
    let riskyADay = min(aDay, volume * baseRate * share(risky, Double(moves)))
    return riskyADay * conversations.recall + (aDay - riskyADay) * conversations.falsePositiveRate
  }
}
