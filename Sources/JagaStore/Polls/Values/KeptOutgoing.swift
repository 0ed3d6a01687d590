/// A message to be sent to a contact.
public struct OutgoingDraft: Hashable, Sendable {
  /// The channel through which it goes.
  public var channel: String
  /// The contact.
  public var contact: [UInt8]
  /// The conversation; the message goes when that is deleted.
  public var conversationID: String
  /// Its id, the same at every attempt, so that a gateway can tell a repetition. A draft whose id is kept already changes nothing.
  public var id: String
  /// Its place among the messages that are kept with it.
  public var order: Int
  /// What is sent, sealed by the service.
  public var sealed: [UInt8]
  /// Which of the bot's responses it is; nil for words of the poll and for what a person wrote.
  public var responseID: String?
  /// When it is to be sent, in milliseconds since 1970.
  public var dueAt: Int64

  /// Creates a draft.
  public init(
    channel: String, contact: [UInt8], conversationID: String, id: String, order: Int = 0, sealed: [UInt8],
    responseID: String? = nil, dueAt: Int64
  ) {
    self.channel = channel
    self.contact = contact
    self.conversationID = conversationID
    self.id = id
    self.order = order
    self.sealed = sealed
    self.responseID = responseID
    self.dueAt = dueAt
  }
}

/// A message to a contact in the outbox.
public struct KeptOutgoing: Hashable, Sendable {
  /// How far it has come.
  public enum Status: String, CaseIterable, Sendable {
    /// To be sent.
    case pending
    /// The gateway has it.
    case sent
    /// The gateway says that it arrived.
    case delivered
    /// The gateway says that it did not arrive.
    case failed
    /// Given up.
    case dead
    /// The contact said stop before it was sent.
    case withdrawn
  }

  /// Its number, in the order of keeping; never given twice.
  public var number: Int
  /// Its id.
  public var id: String
  /// The channel.
  public var channel: String
  /// The contact.
  public var contact: [UInt8]
  /// Where it goes, sealed: the address of the contact's last session; nil when no session is kept any more.
  public var address: [UInt8]?
  /// The conversation.
  public var conversationID: String
  /// What is sent, sealed.
  public var sealed: [UInt8]
  /// Which of the bot's responses it is.
  public var responseID: String?
  /// When it was kept, in milliseconds since 1970.
  public var createdAt: Int64
  /// When the next attempt is.
  public var dueAt: Int64
  /// How far it has come.
  public var status: Status
  /// How often sending it failed.
  public var attempts: Int
  /// When it ceased to wait; nil while it does.
  public var settledAt: Int64?
  /// Why the last attempt failed.
  public var reason: String?

  /// Creates a message.
  public init(
    number: Int, id: String, channel: String, contact: [UInt8], address: [UInt8]?, conversationID: String,
    sealed: [UInt8], responseID: String? = nil, createdAt: Int64, dueAt: Int64, status: Status, attempts: Int = 0,
    settledAt: Int64? = nil, reason: String? = nil
  ) {
    self.number = number
    self.id = id
    self.channel = channel
    self.contact = contact
    self.address = address
    self.conversationID = conversationID
    self.sealed = sealed
    self.responseID = responseID
    self.createdAt = createdAt
    self.dueAt = dueAt
    self.status = status
    self.attempts = attempts
    self.settledAt = settledAt
    self.reason = reason
  }
}

/// What became of an attempt to send a message. Reasons say what the connection or the gateway did, never what was sent.
public enum OutgoingOutcome: Hashable, Sendable {
  /// The gateway has it.
  case sent
  /// It failed; again at this time.
  case retry(at: Int64, reason: String)
  /// It failed for good.
  case dead(reason: String)
}

/// What a gateway says later about a message that it was given.
public enum OutgoingReport: String, CaseIterable, Sendable {
  /// It went out.
  case sent
  /// It arrived.
  case delivered
  /// It did not arrive.
  case failed
}
