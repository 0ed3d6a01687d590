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

  /// Creates a policy.
  public init(
    idleConversations: Int64? = nil, closedItems: Int64? = nil, deliveredAlerts: Int64? = nil, deadAlerts: Int64? = nil
  ) {
    self.idleConversations = idleConversations
    self.closedItems = closedItems
    self.deliveredAlerts = deliveredAlerts
    self.deadAlerts = deadAlerts
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

  /// Creates counts; 0 each.
  public init(
    conversations: Int = 0, flags: Int = 0, items: Int = 0, decisions: Int = 0, appeals: Int = 0, texts: Int = 0,
    alerts: Int = 0
  ) {
    self.conversations = conversations
    self.flags = flags
    self.items = items
    self.decisions = decisions
    self.appeals = appeals
    self.texts = texts
    self.alerts = alerts
  }

  /// All rows.
  public var total: Int { conversations + flags + items + decisions + appeals + texts + alerts }
}

/// What a purge removed.
public typealias PurgeCounts = DeletedCounts
