/// Goes through a poll: what is asked, what an answer means, what is said. Pure: the same session, reply, reading and time give the same turn.
///
/// A reply that tells of harm makes the poll rest: the child is answered and asked whether somebody should write to them. Until
/// they want to go on, everything they write belongs to the case.
///
///     let machine = PollMachine(poll: poll)
///     var turn = machine.start(language: "id", now: now)
///     turn = machine.next(turn.session, text: "ya", reading: ReplyReading(action: .none), now: now)
public struct PollMachine: Sendable {
  /// The poll.
  public let poll: Poll
  /// How often a message to a case is answered at most, in milliseconds.
  static let heardInterval: Int64 = 600_000
  /// Replies to one question that fit no choice, before it is left out.
  static let missLimit = 3
  /// How long after HELP another HELP is a call for help, in milliseconds.
  static let helpInterval: Int64 = 3_600_000

  /// A machine for a poll.
  public init(poll: Poll) { self.poll = poll }

  /// Whether a reply is one of the words that start this poll. ``BotCommand/start`` is for whoever runs several.
  public func isStart(_ text: String) -> Bool {
    let words = ReplyWords(text).trimmed().words
    return !words.isEmpty && poll.startWords.contains { ReplyWords($0).trimmed().words == words }
  }

  /// The language of the poll's start word that a reply is; nil where the word is listed for none, and for other replies.
  public func language(ofStart text: String) -> String? {
    let words = ReplyWords(text).trimmed().words
    return poll.startLanguages.first { ReplyWords($0.key).trimmed().words == words }?.value
  }

  /// Begins a session, in the wanted language where the poll has it; `again` welcomes somebody who has been here before.
  public func start(language: String?, now: Int64, again: Bool = false) -> PollTurn {
    let session = PollSession(
      pollID: poll.id, pollVersion: poll.version, language: poll.language(wanted: language), startedAt: now,
      updatedAt: now, place: .optIn)
    var draft = TurnDraft(poll: poll, session: session, now: now)
    if again { draft.turn.say.append(.response(.restart)) }
    if let optIn = poll.optIn {
      draft.say(optIn.text)
    } else {
      draft.enter(poll.steps.first?.id)
    }
    return draft.turn
  }

  /// The text that is open, with its choices, in the session's language; nil when none is, and while the poll rests.
  public func question(of session: PollSession) -> String? {
    guard !session.isEnded, !session.isResting else { return nil }
    return TurnDraft(poll: poll, session: session, now: session.updatedAt).openText
  }

  /// When the session runs out, in milliseconds since 1970; nil for one that is over.
  public func expiry(of session: PollSession) -> Int64? { session.isEnded ? nil : session.updatedAt + poll.timeout }

  /// When an open question is asked once more; nil for never.
  public func reminder(of session: PollSession) -> Int64? {
    guard let reminder = poll.reminder, !session.isReminded, !session.isEnded, !session.isResting else { return nil }
    return session.place == .optIn ? nil : session.updatedAt + reminder
  }

  /// The time ran out. Whoever never took part, and whoever told, is not written to.
  public func expire(_ session: PollSession, now: Int64) -> PollTurn {
    var draft = TurnDraft(poll: poll, session: session, now: now)
    guard !session.isEnded else { return draft.turn }
    if session.rest == nil, session.place != .optIn { draft.turn.say.append(.response(.expired)) }
    draft.end(.expired)
    return draft.turn
  }

  /// Asks the open question once more; nil where that has been done, or is not to be.
  public func remind(_ session: PollSession, now: Int64) -> PollTurn? {
    guard reminder(of: session) != nil, let question = question(of: session) else { return nil }
    var draft = TurnDraft(poll: poll, session: session, now: now)
    // The time runs on from the last reply: a reminder must not keep a session alive.
    draft.turn.session.updatedAt = session.updatedAt
    draft.turn.session.isReminded = true
    draft.turn.say = [.text(question)]
    return draft.turn
  }
}
