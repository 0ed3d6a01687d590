/// How much there is, for metrics.
public struct StoreSizes: Hashable, Sendable {
  /// Conversations with a state.
  public var conversations: Int
  /// Disclosures that wait for somebody.
  public var openDisclosures: Int
  /// Risks that wait for somebody.
  public var openRisks: Int
  /// When the oldest item that waits was opened; nil when none waits.
  public var oldestOpenedAt: Int64?
  /// Alerts to be sent.
  public var alertsPending: Int
  /// Alerts that were given up.
  public var alertsDead: Int
  /// Rows of the audit.
  public var auditRows: Int
  /// Live sessions of polls.
  public var pollSessions: Int
  /// Messages to contacts that wait to be sent.
  public var outgoingPending: Int
  /// Messages to contacts that were given up.
  public var outgoingDead: Int
  /// When the longest waiting message to a contact became due, or becomes so; nil when none waits.
  public var outgoingDueAt: Int64?
  /// Contacts who would like somebody to call or write, and whom no person has answered yet.
  public var contactsWanted: Int

  /// Creates sizes.
  public init(
    conversations: Int = 0, openDisclosures: Int = 0, openRisks: Int = 0, oldestOpenedAt: Int64? = nil,
    alertsPending: Int = 0, alertsDead: Int = 0, auditRows: Int = 0, pollSessions: Int = 0, outgoingPending: Int = 0,
    outgoingDead: Int = 0, outgoingDueAt: Int64? = nil, contactsWanted: Int = 0
  ) {
    self.conversations = conversations
    self.openDisclosures = openDisclosures
    self.openRisks = openRisks
    self.oldestOpenedAt = oldestOpenedAt
    self.alertsPending = alertsPending
    self.alertsDead = alertsDead
    self.auditRows = auditRows
    self.pollSessions = pollSessions
    self.outgoingPending = outgoingPending
    self.outgoingDead = outgoingDead
    self.outgoingDueAt = outgoingDueAt
    self.contactsWanted = contactsWanted
  }
}

/// Everything that is kept of one conversation, but for the audit, which names it by a keyed hash.
public struct ConversationExport: Hashable, Sendable {
  /// Its state; nil when none is kept any more.
  public var conversation: KeptConversation?
  /// Its flags, in the order of messages.
  public var flags: [KeptFlag]
  /// Its items, in the order of opening.
  public var items: [ReviewItem]
  /// Decisions on them, in the order of deciding.
  public var decisions: [KeptDecision]
  /// Appeals against those.
  public var appeals: [KeptAppeal]
  /// Sealed texts that have not expired, in the order of messages.
  public var texts: [SealedText]
  /// Its alerts, whatever became of them.
  public var alerts: [KeptAlert]
  /// What the poll bot knows of its items.
  public var cases: [ReviewCase]
  /// Its sessions of polls, in the order of beginning.
  public var sessions: [KeptPollSession]
  /// The answers of those.
  public var answers: [KeptPollAnswer]
  /// Messages to its contact, whatever became of them.
  public var outgoing: [KeptOutgoing]

  /// Creates an export.
  public init(
    conversation: KeptConversation?, flags: [KeptFlag], items: [ReviewItem], decisions: [KeptDecision],
    appeals: [KeptAppeal], texts: [SealedText], alerts: [KeptAlert], cases: [ReviewCase] = [],
    sessions: [KeptPollSession] = [], answers: [KeptPollAnswer] = [], outgoing: [KeptOutgoing] = []
  ) {
    self.conversation = conversation
    self.flags = flags
    self.items = items
    self.decisions = decisions
    self.appeals = appeals
    self.texts = texts
    self.alerts = alerts
    self.cases = cases
    self.sessions = sessions
    self.answers = answers
    self.outgoing = outgoing
  }

  /// True when nothing is kept.
  public var isEmpty: Bool {
    conversation == nil && flags.isEmpty && items.isEmpty && texts.isEmpty && alerts.isEmpty && sessions.isEmpty
      && outgoing.isEmpty
  }
}
