internal import JagaBatch
internal import JagaCore
public import JagaPollBot
public import JagaStore

/// What a contact wrote to the bot.
public struct InboundReply: Sendable {
  /// The channel through which it came.
  public var channel: String
  /// Who wrote: what the channel needs to answer. Never kept as it is.
  public var address: String
  /// What was written; empty for a picture or a sound.
  public var text: String
  /// The same bytes when the channel repeats the message; nil where it cannot be told.
  public var identity: [UInt8]?
  /// The language that the channel says, `id` or `en`; nil where it says none.
  public var language: String?

  /// A reply.
  public init(channel: String, address: String, text: String, identity: [UInt8]? = nil, language: String? = nil) {
    self.channel = channel
    self.address = address
    self.text = text
    self.identity = identity
    self.language = language
  }
}

/// Where replies arrive: reads them, goes on in the poll, answers, opens cases.
///
/// All that one reply brings – the contact's place in the poll, answers, flag, case with its texts, messages to be sent – is in the store before ``receive(_:)`` returns, in one
/// transaction; so a channel that got no answer may send it again, and nothing is kept twice. Replies of one contact are taken one after the other, those of others meanwhile.
public final class PollDesk: Sendable {
  /// What became of a reply.
  public enum Outcome: Sendable, Equatable {
    /// It was taken.
    case taken
    /// It had been taken before.
    case repeated
    /// The contact sends far more than a person can write; it was not read.
    case dropped
  }

  /// The longest reply that is an answer, in characters; a longer one is still read for a case.
  public static let replyLimit = 1_600

  let parts: ServiceParts
  let polls: PollShelf
  let voice: BotVoice
  private let turns = ContactTurns()
  private let floods: FloodGuard

  /// A desk for some polls; the first of them is begun by whoever writes first.
  public init(parts: ServiceParts, polls: [Poll], voice: BotVoice) {
    self.parts = parts
    self.polls = PollShelf(polls)
    self.voice = voice
    floods = FloodGuard(answered: parts.settings.repliesPerMinute)
  }

  /// Takes a reply. Throws ``StoreError`` when the store cannot be read or written; the channel then sends it again.
  public func receive(_ reply: InboundReply) async throws -> Outcome {
    let contact = parts.keys.contacts.contact(channel: reply.channel, address: reply.address)
    return try await turns.take(contact) { try await self.take(reply, of: contact) }
  }

  private func take(_ reply: InboundReply, of contact: [UInt8]) async throws -> Outcome {
    // What an earlier reply changed is in the store before this one is read: otherwise this one would go on from where that one began.
    try await parts.engine.admit()
    let now = parts.now()
    let receipt = reply.identity.map { parts.keys.contacts.receipt(channel: reply.channel, identity: $0) }
    let store = parts.store
    if let receipt, try store.hasReceived(channel: reply.channel, receipt: receipt) { return .repeated }
    let flood = floods.take(contact, now: now)
    // STOP is heard in any flood; a poll's own words for it are not.
    guard flood != .drop || BotCommand.heard(in: reply.text) == .stop else { return .dropped }
    var known = KnownContact(
      last: try store.lastPollSession(channel: reply.channel, contact: contact),
      hasStopped: try store.pollOptOut(channel: reply.channel, contact: contact) != nil)
    if let last = known.last, last.endedAt != nil {
      known.openCase = try openCase(of: last.conversationID)
    }
    let scene = ReplyScene(
      reply: reply, contact: contact, receipt: receipt, now: now, known: known, flood: flood, shelf: polls)
    try await parts.engine.reply(
      scene.batch,
      turn: ReplyTurn(question: Array(scene.question.utf8)) { record, event in
        self.decide(scene, score: record.score, event: event)
      }
    ) { _ in }
    return .taken
  }

  /// The kind of a case that waits for a person, else of one in which a person wrote to the contact last: what comes back is for them.
  private func openCase(of conversationID: String) throws -> ReviewKind? {
    let items = try parts.store.items(conversation: conversationID)
    if let waiting = items.last(where: { $0.closedAt == nil }) { return waiting.kind }
    guard let last = items.last, let known = try parts.store.reviewCase(item: last.number) else { return nil }
    return known.isAnswered ? last.kind : nil
  }

  /// Writes to whoever a case is about. Throws ``CaseError`` when that cannot be, ``StoreError`` when the store cannot be written.
  ///
  /// `form` names the page on which the text was written: the same text from the same page is sent once. Without it every call is an answer of its own.
  public func answer(case item: Int, text: String, reviewer: String, form: String? = nil) async throws -> ReviewCase {
    let (store, keys, now) = (parts.store, parts.keys.contacts, parts.now())
    return try await StoreWork.run {
      guard let known = try store.reviewCase(item: item), let review = try store.item(item) else {
        throw CaseError.noCase(item: item)
      }
      let id = Hexadecimal.text(
        keys.receipt(channel: known.channel, identity: Array("answer \(item) \(form ?? "at \(now)") \(text)".utf8))
          .prefix(12))
      let drafts = SMSParts.split(text).enumerated().map { order, part in
        keys.draft(part, id: "\(id)-\(order)", order: order, of: known, conversation: review.conversationID, now: now)
      }
      return try store.answerCase(item: item, drafts, reviewer: reviewer, now: now)
    }
  }

  /// Takes it from the channel that a contact is gone for good: what waits is withdrawn, their address forgotten, and a session that is live ends. Cases then say so.
  /// Throws ``StoreError``.
  public func leave(channel: String, address: String) async throws {
    let contact = parts.keys.contacts.contact(channel: channel, address: address)
    try await turns.take(contact) {
      try await self.parts.engine.admit()
      let (store, now) = (self.parts.store, self.parts.now())
      guard var last = try store.lastPollSession(channel: channel, contact: contact) else { return }
      last.address = []
      if last.endedAt == nil { last = last.ended(at: now) }
      let change = PollChange(
        channel: channel, contact: contact, subject: self.parts.keys.subject(of: last.conversationID), at: now,
        session: last, wish: .leave)
      try await StoreWork.run { _ = try store.commit(ServiceChanges(polls: [change])) }
    }
  }

  /// Takes it from the channel that a contact wants no more messages: what waits is withdrawn, and a session that is live ends. Throws ``StoreError``.
  public func stop(channel: String, address: String) async throws {
    let contact = parts.keys.contacts.contact(channel: channel, address: address)
    try await turns.take(contact) {
      try await self.parts.engine.admit()
      let (store, now) = (self.parts.store, self.parts.now())
      var change = PollChange(
        channel: channel, contact: contact,
        subject: self.parts.keys.subject(of: ContactKeys.conversationID(of: contact)), at: now, wish: .stop)
      // One that is over must not be gone on with either.
      change.session = try store.lastPollSession(channel: channel, contact: contact).map {
        self.stopped($0, now: now)
      }
      self.voice.recent.forget(ContactKeys.conversationID(of: contact))
      let changes = ServiceChanges(polls: [change])
      try await StoreWork.run { _ = try store.commit(changes) }
    }
  }

  /// Ends sessions that have run out, and asks again whoever is to be reminded. Returns how many sessions changed. Throws ``StoreError``.
  @discardableResult
  public func lookAtTheClock() async throws -> Int {
    let (store, now) = (parts.store, parts.now())
    let due = try await StoreWork.run {
      try store.expiredSessions(now: now, limit: 500) + store.sessionsToRemind(now: now, limit: 500)
    }
    var fault: (any Error)?
    for session in due {
      do {
        try await turns.take(session.contact) {
          // What a reply changed just now is in the store before this is decided.
          try await self.parts.engine.admit()
          guard
            let current = try await StoreWork.run({
              try store.pollSession(channel: session.channel, contact: session.contact)
            }), current == session
          else { return }
          let change = try self.pass(of: current, now: now)
          try await StoreWork.run { _ = try store.commit(ServiceChanges(polls: [change])) }
        }
      } catch { fault = error }  // The others have their turn all the same.
    }
    if let fault { throw fault }
    return due.count
  }
}

/// What the store knows of whoever wrote.
struct KnownContact: Sendable {
  /// The session that began last, live or ended.
  var last: KeptPollSession?
  /// Wants no more messages.
  var hasStopped: Bool
  /// The kind of a case of theirs to which what they write belongs; looked up only where no session is live.
  var openCase: ReviewKind?
}
