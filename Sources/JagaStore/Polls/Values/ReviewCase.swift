/// How soon a person is needed, as the bot understood it; the least urgent first.
public enum KeptUrgency: String, CaseIterable, Sendable, Comparable {
  /// It is over.
  case past
  /// It goes on.
  case ongoing
  /// Now.
  case immediate

  /// By weight.
  public static func < (left: KeptUrgency, right: KeptUrgency) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .past: 0
    case .ongoing: 1
    case .immediate: 2
    }
  }
}

/// What the bot adds to an item of the review queue; the item itself is opened by a flag that is kept with it.
public struct CaseDraft: Hashable, Sendable {
  /// The conversation of the item.
  public var conversationID: String
  /// The kind of the item.
  public var kind: ReviewKind
  /// How soon; nil when the reply says nothing new about it, and then the case is there already or `further` opens it.
  public var urgency: KeptUrgency?
  /// The language of the contact.
  public var language: String
  /// Which response the contact is sent; nil for none.
  public var responseID: String?
  /// Whether the contact would like somebody to call or write; nil when the reply does not say.
  public var wantsContact: Bool?
  /// What opens an item where none waits for a person: a reply without anything new in it that came after the decision. Nil opens none.
  public var further: KeptFlag?

  /// Creates a draft.
  public init(
    conversationID: String, kind: ReviewKind, urgency: KeptUrgency?, language: String, responseID: String? = nil,
    wantsContact: Bool? = nil, further: KeptFlag? = nil
  ) {
    self.conversationID = conversationID
    self.kind = kind
    self.urgency = urgency
    self.language = language
    self.responseID = responseID
    self.wantsContact = wantsContact
    self.further = further
  }
}

/// What the poll bot knows of an item of the review queue.
public struct ReviewCase: Hashable, Sendable {
  /// Something that was said to the contact because of the case.
  public struct Response: Hashable, Sendable {
    /// Which of the bot's responses; nil for what a person wrote.
    public var responseID: String?
    /// Who wrote it; nil for the bot.
    public var reviewer: String?
    /// The id of its last part in the outbox; nil when it went another way, as with a webhook.
    public var outgoingID: String?
    /// How far that has come; nil when it is not kept any more.
    public var status: KeptOutgoing.Status?
    /// When, in milliseconds since 1970.
    public var at: Int64

    /// Creates a response.
    public init(
      responseID: String?, reviewer: String? = nil, outgoingID: String? = nil, status: KeptOutgoing.Status? = nil,
      at: Int64
    ) {
      self.responseID = responseID
      self.reviewer = reviewer
      self.outgoingID = outgoingID
      self.status = status
      self.at = at
    }
  }

  /// The number of the item.
  public var item: Int
  /// The channel through which the contact wrote.
  public var channel: String
  /// The contact.
  public var contact: [UInt8]
  /// How soon: the most urgent of all replies.
  public var urgency: KeptUrgency
  /// The language of the contact.
  public var language: String
  /// Whether the contact would like somebody to call or write; nil when nothing was said about it.
  public var wantsContact: Bool?
  /// When it was opened, in milliseconds since 1970.
  public var openedAt: Int64
  /// When it last changed.
  public var updatedAt: Int64
  /// What the contact was sent, in order.
  public var responses: [Response]
  /// Where an answer would go, sealed; nil when the contact cannot be written to.
  public var address: [UInt8]?
  /// True when the contact wants no messages. The one answer that they had asked for may still go; see ``awaitsAnswer``.
  public var isStopped: Bool
  /// True when the contact asked for somebody to write, and no person's answer has gone out since.
  public var awaitsAnswer: Bool
  /// True when the contact left the channel for good.
  public var hasLeft: Bool

  /// Why nobody can write to the contact now; nil when somebody can.
  public var obstacle: CaseError? {
    if hasLeft { return .left(item: item) }
    if address == nil { return .unreachable(item: item) }
    return isStopped && !awaitsAnswer ? .stopped(item: item) : nil
  }

  /// Creates a case.
  public init(
    item: Int, channel: String, contact: [UInt8], urgency: KeptUrgency, language: String, wantsContact: Bool? = nil,
    openedAt: Int64, updatedAt: Int64, responses: [Response] = [], address: [UInt8]? = nil, isStopped: Bool = false,
    awaitsAnswer: Bool = false, hasLeft: Bool = false
  ) {
    self.item = item
    self.channel = channel
    self.contact = contact
    self.urgency = urgency
    self.language = language
    self.wantsContact = wantsContact
    self.openedAt = openedAt
    self.updatedAt = updatedAt
    self.responses = responses
    self.address = address
    self.isStopped = isStopped
    self.awaitsAnswer = awaitsAnswer
    self.hasLeft = hasLeft
  }
}
