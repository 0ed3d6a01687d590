/// The text of a message, sealed by the service before it came here: the store cannot read it.
public struct SealedText: Hashable, Sendable {
  /// The conversation of the message.
  public var conversationID: String
  /// The message.
  public var messageID: String
  /// Who wrote it.
  public var authorID: String
  /// Its place in the conversation, from 0.
  public var messageIndex: Int
  /// When it was written, in milliseconds since 1970; nil when unknown.
  public var timestamp: Int64?
  /// The sealed bytes.
  public var sealed: [UInt8]
  /// From this time on it is not given out, and the next purge removes it.
  public var expiresAt: Int64
  /// True when it was kept for the sake of a neighbour only.
  public var isContext: Bool

  /// Creates a sealed text.
  public init(
    conversationID: String, messageID: String, authorID: String, messageIndex: Int, timestamp: Int64? = nil,
    sealed: [UInt8], expiresAt: Int64, isContext: Bool = false
  ) {
    self.conversationID = conversationID
    self.messageID = messageID
    self.authorID = authorID
    self.messageIndex = messageIndex
    self.timestamp = timestamp
    self.sealed = sealed
    self.expiresAt = expiresAt
    self.isContext = isContext
  }
}

/// What a request changes; kept together or not at all.
public struct ServiceChanges: Hashable, Sendable {
  /// A conversation whose texts are kept longer, since people have to look at it.
  public struct LongerTexts: Hashable, Sendable {
    /// The conversation.
    public var conversationID: String
    /// Its texts do not expire before, in milliseconds since 1970.
    public var until: Int64

    /// Creates the wish.
    public init(conversationID: String, until: Int64) {
      self.conversationID = conversationID
      self.until = until
    }
  }

  /// Conversations as they are now.
  public var conversations: [KeptConversation]
  /// Messages to look at, in the order of their conversations.
  public var flags: [KeptFlag]
  /// Sealed texts.
  public var texts: [SealedText]
  /// Conversations whose texts are kept longer, those of before included.
  public var longerTexts: [LongerTexts] = []
  /// Alerts to send.
  public var alerts: [AlertDraft]
  /// What the service itself puts on record.
  public var audit: [AuditDraft]
  /// Replies to polls; each takes its place after everything above, and in order.
  public var polls: [PollChange]

  /// Creates changes; none at first.
  public init(
    conversations: [KeptConversation] = [], flags: [KeptFlag] = [], texts: [SealedText] = [],
    alerts: [AlertDraft] = [], audit: [AuditDraft] = [], polls: [PollChange] = []
  ) {
    self.conversations = conversations
    self.flags = flags
    self.texts = texts
    self.alerts = alerts
    self.audit = audit
    self.polls = polls
  }
}

/// What became of flags.
public struct CommitResult: Hashable, Sendable {
  /// An item of the queue that is new, or more pressing than before.
  public struct Item: Hashable, Sendable {
    /// The number of the item.
    public var number: Int
    /// Its conversation.
    public var conversationID: String
    /// Its kind.
    public var kind: ReviewKind

    /// Creates an item.
    public init(number: Int, conversationID: String, kind: ReviewKind) {
      self.number = number
      self.conversationID = conversationID
      self.kind = kind
    }
  }

  /// Items that were opened.
  public var opened: [Item]
  /// Open items whose band or urgency went up.
  public var raised: [Item]
  /// How many flags were new.
  public var newFlags: Int
  /// What became of each of ``ServiceChanges/polls``.
  public var polls: [PollResult]

  /// Creates a result.
  public init(opened: [Item] = [], raised: [Item] = [], newFlags: Int = 0, polls: [PollResult] = []) {
    self.opened = opened
    self.raised = raised
    self.newFlags = newFlags
    self.polls = polls
  }
}
