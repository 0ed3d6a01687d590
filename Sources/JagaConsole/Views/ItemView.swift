public import JagaCore

/// One item with its conversation, as one reviewer sees it.
public struct ItemView: Sendable, Equatable {
  /// What the reviewer can do.
  public enum Task: Sendable, Equatable {
    /// Decide it. `blind` says that there are earlier decisions, which are hidden.
    case decide(blind: Bool)
    /// Nothing: the reviewer has decided it, and another one is to look.
    case waitForOther
    /// Nothing: the last word belongs to somebody with the scope `admin`.
    case waitForAdmin
    /// Nothing: the reviewer has asked for this other look.
    case ownAppeal
    /// Nothing but an appeal: it is closed.
    case closed
  }

  /// The item in short.
  public var row: QueueRow
  /// Changes with every change of the item; a decision names the one it was made on.
  public var version: Int
  /// What the reviewer can do.
  public var task: Task
  /// The conversation's band.
  public var band: Band
  /// The conversation's score.
  public var score: Double
  /// True once somebody in the conversation asked for help.
  public var supportNeeded: Bool
  /// How many messages the conversation has; 0 when unknown.
  public var messageCount: Int
  /// The index, from 0, of the first message at which the conversation reached `review`.
  public var firstAlert: Int?
  /// The messages at hand, by index.
  public var messages: [MessageView]
  /// Decisions the reviewer may see, oldest first; empty in a blind round.
  public var decisions: [DecisionView]
  /// Appeals against what was decided, oldest first.
  public var appeals: [AppealView]
  /// What the poll bot knows of it; nil for an item that came from no poll.
  public var `case`: CaseView?
  /// The item that was decided before this one was opened.
  public var follows: Int?
  /// Other items of the same conversation.
  public var others: [QueueRow]
  /// True lets somebody ask for another look at a closed item.
  public var canAppeal: Bool
  /// Now, in milliseconds since 1970.
  public var now: Int64

  /// Creates a view.
  public init(
    row: QueueRow, version: Int, task: Task, band: Band, score: Double, supportNeeded: Bool = false,
    messageCount: Int = 0, firstAlert: Int? = nil, messages: [MessageView], decisions: [DecisionView] = [],
    appeals: [AppealView] = [], case: CaseView? = nil, follows: Int? = nil, others: [QueueRow] = [],
    canAppeal: Bool = false, now: Int64
  ) {
    self.row = row
    self.version = version
    self.task = task
    self.band = band
    self.score = score
    self.supportNeeded = supportNeeded
    self.messageCount = messageCount
    self.firstAlert = firstAlert
    self.messages = messages
    self.decisions = decisions
    self.appeals = appeals
    self.case = `case`
    self.follows = follows
    self.others = others
    self.canAppeal = canAppeal
    self.now = now
  }
}

/// A decision that was made on an item.
public struct DecisionView: Sendable, Equatable {
  /// In which round.
  public var round: ItemRound
  /// Who made it.
  public var reviewer: String
  /// What was said.
  public var verdict: ItemVerdict
  /// The other stage that was named.
  public var label: Label?
  /// When, in milliseconds since 1970.
  public var at: Int64

  /// Creates a decision.
  public init(round: ItemRound, reviewer: String, verdict: ItemVerdict, label: Label? = nil, at: Int64) {
    self.round = round
    self.reviewer = reviewer
    self.verdict = verdict
    self.label = label
    self.at = at
  }
}

/// Why another look at a closed item was asked for. The raw values are those of the store.
public enum AppealReasonCode: String, CaseIterable, Sendable {
  /// The person concerned objects.
  case objection
  /// More of the conversation is known now.
  case context
  /// The label is another one.
  case label
  /// Harm, or a call for help, was overlooked.
  case missed
  /// Anything else.
  case other
}

/// An appeal against what was decided.
public struct AppealView: Sendable, Equatable {
  /// Who asked for it, or passed it on.
  public var by: String
  /// Why.
  public var reason: AppealReasonCode
  /// When, in milliseconds since 1970.
  public var at: Int64

  /// Creates an appeal.
  public init(by: String, reason: AppealReasonCode, at: Int64) {
    self.by = by
    self.reason = reason
    self.at = at
  }
}
