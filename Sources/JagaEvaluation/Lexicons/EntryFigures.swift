public import JagaCore

/// What the laboratory finds about an entry or rule, worst first.
public enum LexiconFinding: String, CaseIterable, Comparable, Sendable {
  /// It does damage: it is right less often than a message taken at random, or decisions are better without it, beyond chance.
  case harmful
  /// In many of its messages others speak for another track or against, and there its track is mostly wrong.
  case conflicting
  /// It is found only where another entry of its label is, and nothing changes without it.
  case redundant
  /// It is never found.
  case dead

  /// Orders findings, worst first.
  public static func < (left: LexiconFinding, right: LexiconFinding) -> Bool { left.rank < right.rank }

  private var rank: Int { LexiconFinding.allCases.firstIndex(of: self) ?? 0 }
}

/// A message in which a voter was found though its gold labels say otherwise.
public struct WrongInstance: Hashable, Sendable {
  /// The message's id.
  public var id: String
  /// Its gold labels.
  public var labels: [Label]
  /// Its text, when texts were asked for.
  public var text: String?
}

/// Everything about one entry or rule over the labelled messages. Shares are NaN where there is nothing to share.
public struct EntryFigures: Sendable {
  /// The entry or rule.
  public internal(set) var voter: LexiconVoter
  /// Messages in which it was found.
  public internal(set) var count = 0
  /// Their share of all messages.
  public internal(set) var coverage = Double.nan
  /// The share of its messages that bear out its sense.
  public internal(set) var precision = Estimate(value: .nan)
  /// The share of all messages that bear out its sense: what precision would be by chance.
  public internal(set) var base = Double.nan
  /// The share of its messages that are a move of any kind.
  public internal(set) var moves = Double.nan
  /// The share of its messages in which another voter of a common label was found too.
  public internal(set) var overlap = Double.nan
  /// The share of its messages in which a voter for another track, or against, was found.
  public internal(set) var conflict = Double.nan
  /// The share of those conflicts in which the message has a label of its track (of its own for a disclosure or `benign`).
  public internal(set) var rightInConflict = Double.nan
  /// How much more often it is found where its sense is right than elsewhere; without a sense, in moves than elsewhere.
  public internal(set) var logOdds = LogOdds(count: 0, of: 0, against: 0, of: 0, prior: 0)
  /// The ROC-AUC of moves with it less that without it.
  public internal(set) var areaGain = Estimate(value: .nan)
  /// The F1 of moves at 0.5 with it less that without it.
  public internal(set) var f1Gain = Estimate(value: .nan)
  /// The recall of its sense at 0.5 with it less that without it.
  public internal(set) var recallGain = Estimate(value: .nan)
  /// What was found about it, worst first; mostly nothing.
  public internal(set) var findings: [LexiconFinding] = []
  /// For a redundant one: the entry that is found where it is, most often.
  public internal(set) var coveredBy: String?
  /// How many of its messages do not bear out its sense.
  public internal(set) var wrongCount = 0
  /// The first of them.
  public internal(set) var wrong: [WrongInstance] = []
}
