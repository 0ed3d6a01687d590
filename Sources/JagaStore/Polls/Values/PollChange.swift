/// What a contact wishes about messages of the bot.
public enum ContactWish: String, CaseIterable, Sendable {
  /// No more of them; what waits is withdrawn, but for the answers of a case whose contact asked to be written to.
  case stop
  /// They are welcome again.
  case resume
  /// The contact left the channel for good: what waits is withdrawn, and there is no way back to them.
  case leave
}

/// What one reply of a contact changes, or the end of a session; kept with everything else of its ``ServiceChanges``, or void as a whole when the reply was
/// kept before.
public struct PollChange: Hashable, Sendable {
  /// The channel.
  public var channel: String
  /// The contact.
  public var contact: [UInt8]
  /// The keyed hash of the conversation's id, by which the audit names it; empty when unknown.
  public var subject: [UInt8]
  /// When, in milliseconds since 1970.
  public var at: Int64
  /// What tells this reply from all others of the channel: a keyed hash. Nil for what comes from the bot itself, and cannot be repeated.
  public var receipt: [UInt8]?
  /// The session as it is now. One without a number is new, and ends the one that was live.
  public var session: KeptPollSession?
  /// Answers that the session gained; they need the session.
  public var answers: [KeptPollAnswer]
  /// Messages to the contact. They come after those that wait, unless they are due earlier.
  public var outgoing: [OutgoingDraft]
  /// What the bot knows of the item that a flag of `effects` opened, raised or joined, or that was there before.
  public var `case`: CaseDraft?
  /// What the contact wishes; taken before `outgoing`, so that a goodbye is still sent.
  public var wish: ContactWish?
  /// Flags, texts, alerts and what else the reply brings; void with it, and kept before the case.
  public var effects: ServiceChanges

  /// Creates a change; of nothing at first.
  public init(
    channel: String, contact: [UInt8], subject: [UInt8] = [], at: Int64, receipt: [UInt8]? = nil,
    session: KeptPollSession? = nil, answers: [KeptPollAnswer] = [], outgoing: [OutgoingDraft] = [],
    case: CaseDraft? = nil, wish: ContactWish? = nil, effects: ServiceChanges = ServiceChanges()
  ) {
    self.channel = channel
    self.contact = contact
    self.subject = subject
    self.at = at
    self.receipt = receipt
    self.session = session
    self.answers = answers
    self.outgoing = outgoing
    self.case = `case`
    self.wish = wish
    self.effects = effects
  }
}

/// What became of a ``PollChange``.
public struct PollResult: Hashable, Sendable {
  /// True when the reply was kept before, and so nothing of it was kept now.
  public var isRepeated: Bool
  /// The number of its session; nil when it had none.
  public var session: Int?
  /// The item of its case; nil when it had none, or the item is gone.
  public var caseItem: Int?

  /// Creates a result.
  public init(isRepeated: Bool = false, session: Int? = nil, caseItem: Int? = nil) {
    self.isRepeated = isRepeated
    self.session = session
    self.caseItem = caseItem
  }
}
