/// How long things are kept, in milliseconds; nil keeps them for good. Sealed texts carry their own end.
public struct RetentionPolicy: Hashable, Sendable {
  /// Conversations without a message for so long, and without an item: those with flags stay as long as the flags do, for good where `closedItems` is nil.
  public var idleConversations: Int64?
  /// Decided items with their flags, decisions and appeals; the sealed texts too, when it was the conversation's last item.
  public var closedItems: Int64?
  /// Delivered alerts.
  public var deliveredAlerts: Int64?
  /// Alerts that were given up.
  public var deadAlerts: Int64?
  /// Sessions of polls that ended, with their answers; as long as their conversation has an item, or a message waits for the contact, they stay.
  public var polls: Int64?
  /// What tells a repeated reply from a new one. A gateway repeats for hours, not for days.
  public var receipts: Int64?
  /// Messages to contacts that were sent, withdrawn or given up.
  public var settledOutgoing: Int64?

  /// Creates a policy.
  public init(
    idleConversations: Int64? = nil, closedItems: Int64? = nil, deliveredAlerts: Int64? = nil, deadAlerts: Int64? = nil,
    polls: Int64? = nil, receipts: Int64? = nil, settledOutgoing: Int64? = nil
  ) {
    self.idleConversations = idleConversations
    self.closedItems = closedItems
    self.deliveredAlerts = deliveredAlerts
    self.deadAlerts = deadAlerts
    self.polls = polls
    self.receipts = receipts
    self.settledOutgoing = settledOutgoing
  }
}

/// How many rows were removed.
public struct DeletedCounts: Hashable, Sendable {
  /// Conversation states.
  public var conversations: Int
  /// Flags.
  public var flags: Int
  /// Items of the queue.
  public var items: Int
  /// Decisions.
  public var decisions: Int
  /// Appeals.
  public var appeals: Int
  /// Sealed texts.
  public var texts: Int
  /// Alerts.
  public var alerts: Int
  /// What the poll bot added to items.
  public var cases: Int
  /// Sessions of polls.
  public var sessions: Int
  /// Answers to polls.
  public var answers: Int
  /// Messages to contacts.
  public var outgoing: Int
  /// Receipts of replies.
  public var receipts: Int

  /// Creates counts; 0 each.
  public init(
    conversations: Int = 0, flags: Int = 0, items: Int = 0, decisions: Int = 0, appeals: Int = 0, texts: Int = 0,
    alerts: Int = 0, cases: Int = 0, sessions: Int = 0, answers: Int = 0, outgoing: Int = 0, receipts: Int = 0
  ) {
    self.conversations = conversations
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
    self.receipts = receipts
  }

  /// All rows.
  public var total: Int {
    conversations + flags + items + decisions + appeals + texts + alerts + cases + sessions + answers + outgoing
      + receipts
  }
}

/// What a purge removed.
public typealias PurgeCounts = DeletedCounts
