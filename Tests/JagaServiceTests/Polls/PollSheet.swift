import JagaPollBot
import JagaStore
import JagaTranscripts

@testable import JagaService

/// A poll with a group, a question and free text, and answers to it in a store.
enum PollSheet {
  static let yaml = """
    id: sheet
    version: 2
    title: {id: Lembar, en: Sheet}
    languages: [id, en]
    opt_in: {text: Mau?}
    consent: Boleh?
    steps:
      - id: age
        ask: Umur?
        group: true
        choices: [{id: young, label: Muda}, {id: old, label: Tua}]
      - id: met
        ask: Pernah?
        choices: [{id: yes, label: Ya}, {id: no, label: Tidak}]
      - id: idea
        ask: Ide?
        text: true
        keep: consent
      - {id: close, end: true}
    """

  static func poll() throws -> Poll { try PollReader.read(Array(yaml.utf8), file: "sheet.yaml") }

  /// Keeps the answers of one contact.
  static func answer(
    _ fixture: ServiceFixture, contact: UInt8, version: Int = 2, age: String?, met: String?, idea: String? = nil,
    mayLeave: Bool = true, isOver: Bool = true
  ) throws {
    let now = fixture.clock.now
    let groups = age.map { ["age": $0] } ?? [:]
    func answer(_ question: String, _ choice: String?, text: String? = nil) -> KeptPollAnswer {
      KeptPollAnswer(
        pollID: "sheet", pollVersion: version, questionID: question, choiceID: choice, groups: groups,
        sealedText: text.map { fixture.parts.keys.contacts.seal($0, for: ContactKeys.answer(question)) },
        mayLeave: text != nil && mayLeave, at: now)
    }
    var answers: [KeptPollAnswer] = []
    if let age { answers.append(answer("age", age)) }
    if let met { answers.append(answer("met", met)) }
    if let idea { answers.append(answer("idea", nil, text: idea)) }
    let session = KeptPollSession(
      channel: "web", contact: [UInt8](repeating: contact, count: 32), address: [1], conversationID: "poll-\(contact)",
      pollID: "sheet", pollVersion: version, state: [1], language: "id", startedAt: now, updatedAt: now,
      expiresAt: now + 1_000, endedAt: isOver ? now : nil)
    _ = try fixture.parts.store.commit(
      ServiceChanges(polls: [
        PollChange(
          channel: "web", contact: session.contact, at: now, session: session, answers: answers)
      ]))
  }

  /// Twelve contacts: six young with yes, six old of whom two say no; the last two sessions go on.
  static func fill(_ fixture: ServiceFixture) throws {
    for contact in 1...12 as ClosedRange<UInt8> {
      try answer(
        fixture, contact: contact, age: contact <= 6 ? "young" : "old", met: contact > 10 ? "no" : "yes",
        isOver: contact <= 10)
    }
  }
}
