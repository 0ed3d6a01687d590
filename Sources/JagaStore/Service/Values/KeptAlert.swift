/// An alert to be sent.
public struct AlertDraft: Hashable, Sendable {
  /// Where to: `webhook` or `coop`.
  public var target: String
  /// The conversation that it is about; the alert goes when the conversation is deleted.
  public var conversationID: String
  /// What is sent.
  public var payload: [UInt8]
  /// When it was made, in milliseconds since 1970; it is due at once.
  public var createdAt: Int64
  /// The keyed hash of the conversation's id, by which the audit names it; empty when unknown.
  public var subject: [UInt8]

  /// Creates a draft.
  public init(target: String, conversationID: String, payload: [UInt8], createdAt: Int64, subject: [UInt8] = []) {
    self.target = target
    self.conversationID = conversationID
    self.payload = payload
    self.createdAt = createdAt
    self.subject = subject
  }
}

/// An alert in the outbox.
public struct KeptAlert: Hashable, Sendable {
  /// How far it has come.
  public enum Status: String, CaseIterable, Sendable {
    /// To be sent.
    case pending
    /// Received.
    case delivered
    /// Given up; see ``Store/replayAlerts(_:now:actor:)``.
    case dead
  }

  /// Its number; never given twice, so a receiver can tell a repetition.
  public var number: Int
  /// Where to.
  public var target: String
  /// The conversation that it is about.
  public var conversationID: String
  /// What is sent.
  public var payload: [UInt8]
  /// When it was made, in milliseconds since 1970.
  public var createdAt: Int64
  /// How far it has come.
  public var status: Status
  /// How often sending it failed, since it was made or put back.
  public var attempts: Int
  /// When it is to be sent.
  public var dueAt: Int64
  /// Why the last attempt failed.
  public var reason: String?

  /// Creates an alert.
  public init(
    number: Int, target: String, conversationID: String, payload: [UInt8], createdAt: Int64, status: Status,
    attempts: Int, dueAt: Int64, reason: String? = nil
  ) {
    self.number = number
    self.target = target
    self.conversationID = conversationID
    self.payload = payload
    self.createdAt = createdAt
    self.status = status
    self.attempts = attempts
    self.dueAt = dueAt
    self.reason = reason
  }
}

/// What became of an attempt to send an alert. Reasons say what the connection or the receiver did, never what was sent.
public enum AlertOutcome: Hashable, Sendable {
  /// It was received.
  case delivered
  /// It failed; again at this time.
  case retry(at: Int64, reason: String)
  /// It failed for good.
  case dead(reason: String)
}
