import JagaCore

@testable import JagaStore

/// Values of a poll bot, made by hand. Contacts are numbers, times are small.
enum SamplePolls {
  static let channel = "ex"

  static func contact(_ number: Int) -> [UInt8] { [1, UInt8(number / 256), UInt8(number % 256)] }
  static func conversation(_ number: Int) -> String { "p\(number)" }

  static func session(
    _ contact: Int, number: Int = 0, poll: String = "safety", at time: Int64 = 1000, until end: Int64 = 5000,
    step: UInt8 = 0
  ) -> KeptPollSession {
    KeptPollSession(
      number: number, channel: channel, contact: SamplePolls.contact(contact), address: [0, 255, UInt8(contact % 256)],
      conversationID: conversation(contact), pollID: poll, pollVersion: 2, state: [step, 0], language: "id",
      startedAt: time, updatedAt: time, expiresAt: end)
  }

  static func message(
    _ contact: Int, _ name: String, order: Int = 0, response: String? = nil, due time: Int64 = 1000
  ) -> OutgoingDraft {
    OutgoingDraft(
      channel: channel, contact: SamplePolls.contact(contact), conversationID: conversation(contact), id: name,
      order: order, sealed: Array(name.utf8), responseID: response, dueAt: time)
  }

  static func answer(
    _ question: String, _ choice: String? = "yes", groups: [String: String] = [:], sealed: [UInt8]? = nil,
    mayLeave: Bool = false, at time: Int64 = 1000
  ) -> KeptPollAnswer {
    KeptPollAnswer(
      pollID: "safety", pollVersion: 2, questionID: question, choiceID: choice, groups: groups, sealedText: sealed,
      mayLeave: mayLeave, at: time)
  }

  /// A reply of a contact; `receipt` tells it from others.
  static func reply(
    _ contact: Int, receipt: UInt8? = nil, session: KeptPollSession? = nil, answers: [KeptPollAnswer] = [],
    outgoing: [OutgoingDraft] = [], case draft: CaseDraft? = nil, wish: ContactWish? = nil,
    effects: ServiceChanges = ServiceChanges(), at time: Int64 = 1000
  ) -> PollChange {
    PollChange(
      channel: channel, contact: SamplePolls.contact(contact), subject: SampleService.subject(conversation(contact)),
      at: time, receipt: receipt.map { [$0] }, session: session, answers: answers, outgoing: outgoing, case: draft,
      wish: wish, effects: effects)
  }

  static func flag(_ contact: Int, _ message: Int, urgency: Int = 2, at time: Int64 = 1000) -> KeptFlag {
    SampleService.flag(conversation(contact), message, kind: .disclosure, urgency: urgency, at: time)
  }

  static func draft(
    _ contact: Int, _ urgency: KeptUrgency? = .ongoing, response: String? = "disclosure.id", wants: Bool? = nil,
    further: KeptFlag? = nil
  ) -> CaseDraft {
    CaseDraft(
      conversationID: conversation(contact), kind: .disclosure, urgency: urgency, language: "id", responseID: response,
      wantsContact: wants, further: further)
  }

  /// A reply that tells: a session, an answer, a flag, two parts and a case.
  static func disclosure(_ contact: Int, receipt: UInt8 = 1, at time: Int64 = 1000) -> PollChange {
    reply(
      contact, receipt: receipt, session: session(contact, at: time), answers: [answer("q1", at: time)],
      outgoing: [
        message(contact, "\(contact)/b", order: 1, response: "disclosure.id", due: time),
        message(contact, "\(contact)/a", order: 0, response: "disclosure.id", due: time),
        message(contact, "\(contact)/c", order: 2, response: "offer.id", due: time),
      ], case: draft(contact), effects: ServiceChanges(flags: [flag(contact, 1, at: time)]), at: time)
  }
}

extension Store {
  /// Commits replies alone, one transaction for all.
  @discardableResult func take(_ replies: PollChange...) throws -> [PollResult] {
    try commit(ServiceChanges(polls: replies)).polls
  }

  /// Ids of what is to be sent.
  func due(_ now: Int64 = 9999, limit: Int = 100) throws -> [String] {
    try dueOutgoing(now: now, limit: limit).map(\.id)
  }
}
