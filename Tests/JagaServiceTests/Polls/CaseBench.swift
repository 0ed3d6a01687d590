import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// A contact of the poll bot and the reviewers who read what it hands over.
struct CaseBench {
  let fixture: ServiceFixture
  let desk: PollDesk
  /// Tells replies from one another.
  private var replies = 0

  static let key = [UInt8](repeating: 9, count: 32)
  /// A visibly invented number.
  static let address = "0812-0000-0000"
  static let disclosure = "kak tolong, ada orang ancam mau sebar foto aku, aku takut"

  static let poll = """
    id: small
    version: 1
    title: {id: Kecil, en: Small}
    languages: [id, en]
    timeout_hours: 10
    opt_in:
      text: {id: Mau ikut?, en: Join?}
    consent: {id: Boleh dipakai?, en: May we use it?}
    steps:
      - id: hobby
        ask: {id: Kamu suka main apa?, en: What do you like to play?}
        choices:
          - {id: ball, label: {id: Bola, en: Football}}
          - {id: game, label: {id: Gim, en: Games}}
      - id: story
        ask: {id: Ada yang mau kamu ceritakan?, en: Anything you want to tell?}
        text: true
      - {id: bye, end: {id: Dadah., en: Bye.}}
    """

  /// `textKey` is the operator's; nil keeps no words.
  init(textKey: [UInt8]? = CaseBench.key, _ change: @escaping (inout ServiceSettings) -> Void = { _ in }) throws {
    fixture = try ServiceFixture.withReviewers(
      textKey: textKey, change,
      desk: { parts in
        PollDesk(
          parts: parts, polls: [try PollReader.read(Array(CaseBench.poll.utf8), file: "small.yaml")],
          voice: BotVoice(responses: try .bundled(), reader: try .bundled()))
      })
    desk = try #require(fixture.parts.desk)
  }

  /// The contact writes; a minute passes.
  mutating func write(_ texts: String...) async throws {
    for text in texts {
      replies += 1
      let outcome = try await desk.receive(
        InboundReply(channel: "ex", address: CaseBench.address, text: text, identity: [UInt8(replies)]))
      #expect(outcome == .taken)
      fixture.clock.advance(by: 60_000)
    }
  }

  /// Joins the poll, answers its first question and then tells.
  mutating func tell() async throws { try await write("halo", "ya", "1", CaseBench.disclosure) }

  /// The item of the case.
  func item() throws -> Int {
    let items = try fixture.parts.store.queue(QueueQuery()).items
    return try #require(items.first { $0.kind == .disclosure }).number
  }

  func known() throws -> ReviewCase { try #require(try fixture.parts.store.reviewCase(item: try item())) }

  /// What goes to the contact and was written by a person, opened.
  func answers() throws -> [String] {
    let kept = try fixture.parts.store.outgoing(conversation: try conversation())
    let all = kept.filter { $0.responseID == nil }
    return all.compactMap { fixture.parts.keys.contacts.open($0.sealed, for: ContactKeys.outgoing($0.id)) }
  }

  func conversation() throws -> String { try #require(try fixture.parts.store.item(try item())).conversationID }

  func remove() { fixture.remove() }
}
