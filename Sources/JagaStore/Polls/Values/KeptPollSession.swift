/// One contact on the way through one poll.
public struct KeptPollSession: Hashable, Sendable {
  /// Its number; 0 for one that is not kept yet.
  public var number: Int
  /// The channel through which the contact writes.
  public var channel: String
  /// The contact: a keyed hash, never a number that somebody can be called at.
  public var contact: [UInt8]
  /// Where messages for the contact go, sealed by the service.
  public var address: [UInt8]
  /// The conversation under which replies are scored and cases are opened.
  public var conversationID: String
  /// The poll.
  public var pollID: String
  /// Its version, as its author numbers them.
  public var pollVersion: Int
  /// The machine's bytes.
  public var state: [UInt8]
  /// The language of the session: `id` or `en`.
  public var language: String
  /// When it began, in milliseconds since 1970.
  public var startedAt: Int64
  /// When it last changed.
  public var updatedAt: Int64
  /// When it runs out.
  public var expiresAt: Int64
  /// When the contact is to be reminded; nil for never, or not again.
  public var remindAt: Int64?
  /// When it ended; nil while it is live.
  public var endedAt: Int64?

  /// Creates a session; one that is not kept yet has no number.
  public init(
    number: Int = 0, channel: String, contact: [UInt8], address: [UInt8], conversationID: String, pollID: String,
    pollVersion: Int, state: [UInt8], language: String, startedAt: Int64, updatedAt: Int64, expiresAt: Int64,
    remindAt: Int64? = nil, endedAt: Int64? = nil
  ) {
    self.number = number
    self.channel = channel
    self.contact = contact
    self.address = address
    self.conversationID = conversationID
    self.pollID = pollID
    self.pollVersion = pollVersion
    self.state = state
    self.language = language
    self.startedAt = startedAt
    self.updatedAt = updatedAt
    self.expiresAt = expiresAt
    self.remindAt = remindAt
    self.endedAt = endedAt
  }
}

/// The answer to one question of a session; the last one, where a question was answered again.
public struct KeptPollAnswer: Hashable, Sendable {
  /// The number of the session; in a ``PollChange`` it is the change's session, whatever stands here.
  public var session: Int
  /// The poll.
  public var pollID: String
  /// Its version.
  public var pollVersion: Int
  /// The question.
  public var questionID: String
  /// The choice; nil when the answer was free text alone, or was left out.
  public var choiceID: String?
  /// To which groups the contact belongs, as far as known: question to choice.
  public var groups: [String: String]
  /// Free text, sealed by the service.
  public var sealedText: [UInt8]?
  /// True when the contact agreed that the text leaves with the results.
  public var mayLeave: Bool
  /// When, in milliseconds since 1970.
  public var at: Int64

  /// Creates an answer.
  public init(
    session: Int = 0, pollID: String, pollVersion: Int, questionID: String, choiceID: String? = nil,
    groups: [String: String] = [:], sealedText: [UInt8]? = nil, mayLeave: Bool = false, at: Int64
  ) {
    self.session = session
    self.pollID = pollID
    self.pollVersion = pollVersion
    self.questionID = questionID
    self.choiceID = choiceID
    self.groups = groups
    self.sealedText = sealedText
    self.mayLeave = mayLeave
    self.at = at
  }
}
