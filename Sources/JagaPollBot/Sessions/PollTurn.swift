/// What follows from one event: a start, a reply, a time that ran out. To be kept and sent as one.
public struct PollTurn: Hashable, Sendable {
  /// The session after it.
  public var session: PollSession
  /// What is said, in order; often nothing.
  public var say: [Saying] = []
  /// What was answered.
  public var answers: [PollAnswer] = []
  /// What a person must read.
  public var caseNote: CaseNote?

  /// Set in the turn in which the session ends.
  public var ended: PollEnding?

  /// A turn in which nothing is said.
  public init(session: PollSession) { self.session = session }
}

/// Something the bot says.
public enum Saying: Hashable, Sendable {
  /// The poll's own words, in the session's language; may need more than one message.
  case text(String)
  /// The bot's: see `lexicons/<language>/responses.yaml`.
  case response(Occasion)
}

/// One answer of a poll.
public struct PollAnswer: Hashable, Sendable {
  /// The question.
  public var questionID: String
  /// The choice; nil for free text.
  public var choiceID: String?
  /// What was written: only where the question keeps text, consent was given, and nobody needs to see it as a case.
  public var text: String?
  /// The group values known by then, that of this answer included.
  public var groups: [GroupValue]
  /// When, in milliseconds since 1970.
  public var at: Int64

  /// An answer.
  public init(questionID: String, choiceID: String?, text: String? = nil, groups: [GroupValue] = [], at: Int64) {
    self.questionID = questionID
    self.choiceID = choiceID
    self.text = text
    self.groups = groups
    self.at = at
  }

  /// Whether the text may leave, masked.
  public var mayLeave: Bool { text != nil }
}

/// A reply that a person must read.
public struct CaseNote: Hashable, Sendable {
  /// What it was read as, raised by the choice where that tells of harm.
  public var reading: ReplyReading
  /// Whether they want to be contacted; nil where this reply says nothing about it.
  public var wantsContact: Bool?
  /// What was said to it; nil when nothing was, since the last answer is not ten minutes old.
  public var response: Occasion?

  /// A note.
  public init(reading: ReplyReading, wantsContact: Bool? = nil, response: Occasion? = nil) {
    self.reading = reading
    self.wantsContact = wantsContact
    self.response = response
  }
}
