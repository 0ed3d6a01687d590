public import JagaCore

/// What waits for a person, or was decided: the flags of one conversation and kind.
public struct ReviewItem: Hashable, Sendable {
  /// Its number, from 1; never given twice.
  public var number: Int
  /// The conversation.
  public var conversationID: String
  /// What it is about.
  public var kind: ReviewKind
  /// Which round it waits for.
  public var status: ItemStatus
  /// Changes whenever the item is decided, appealed against or raised; see ``DecisionDraft/itemVersion``.
  public var version: Int
  /// The highest band of its flags up to the decision.
  public var band: Band
  /// How soon somebody should look: 0 at leisure … 3 now.
  public var urgency: Int
  /// What is to be confirmed: the label of the leading flag; always `disclosure` for that kind.
  public var label: Label
  /// The score of the leading flag.
  public var score: Double
  /// The disclosure probability of the leading flag.
  public var disclosure: Double
  /// The leading flag: the most urgent one, of the highest band and score.
  public var messageID: String
  /// The language of the leading flag.
  public var language: String
  /// The model of the leading flag.
  public var modelID: String
  /// How many flags it has, those after the decision included.
  public var flags: Int
  /// When it was opened, in milliseconds since 1970.
  public var openedAt: Int64
  /// When it last changed.
  public var updatedAt: Int64
  /// When it was closed; nil while it waits.
  public var closedAt: Int64?
  /// What was decided; nil while it waits for the first time. During an appeal it is what is appealed against.
  public var outcome: Verdict?
  /// The label that was decided; nil when the outcome is unsure or there is none.
  public var outcomeLabel: Label?
  /// The keyed hash of the conversation's id; empty when unknown.
  public var subject: [UInt8]
  /// The item of the same conversation and kind that was decided before this one was opened; nil for none, and once that is removed.
  public var follows: Int?

  /// Creates an item.
  public init(
    number: Int, conversationID: String, kind: ReviewKind, status: ItemStatus, version: Int, band: Band, urgency: Int,
    label: Label, score: Double, disclosure: Double, messageID: String, language: String, modelID: String, flags: Int,
    openedAt: Int64, updatedAt: Int64, closedAt: Int64? = nil, outcome: Verdict? = nil, outcomeLabel: Label? = nil,
    subject: [UInt8] = [], follows: Int? = nil
  ) {
    self.number = number
    self.conversationID = conversationID
    self.kind = kind
    self.status = status
    self.version = version
    self.band = band
    self.urgency = urgency
    self.label = label
    self.score = score
    self.disclosure = disclosure
    self.messageID = messageID
    self.language = language
    self.modelID = modelID
    self.flags = flags
    self.openedAt = openedAt
    self.updatedAt = updatedAt
    self.closedAt = closedAt
    self.outcome = outcome
    self.outcomeLabel = outcomeLabel
    self.subject = subject
    self.follows = follows
  }
}
