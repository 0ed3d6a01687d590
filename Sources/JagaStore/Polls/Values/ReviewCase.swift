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
  /// How soon; nil when the reply says nothing new about it, and then the case must be there already.
  public var urgency: KeptUrgency?
  /// The language of the contact.
  public var language: String
  /// Which response the contact is sent; nil for none.
  public var responseID: String?
  /// Whether the contact would like somebody to call or write; nil when the reply does not say.
  public var wantsContact: Bool?

  /// Creates a draft.
  public init(
    conversationID: String, kind: ReviewKind, urgency: KeptUrgency?, language: String, responseID: String? = nil,
    wantsContact: Bool? = nil
  ) {
    self.conversationID = conversationID
    self.kind = kind
    self.urgency = urgency
    self.language = language
    self.responseID = responseID
    self.wantsContact = wantsContact
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
  /// True when the contact wants no messages; an answer is refused.
  public var isStopped: Bool

  /// Creates a case.
  public init(
    item: Int, channel: String, contact: [UInt8], urgency: KeptUrgency, language: String, wantsContact: Bool? = nil,
    openedAt: Int64, updatedAt: Int64, responses: [Response] = [], address: [UInt8]? = nil, isStopped: Bool = false
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
  }
}
