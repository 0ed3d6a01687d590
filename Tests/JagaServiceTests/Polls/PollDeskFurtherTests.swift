import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// What comes after a person's decision, from the reply to the store: somebody looks again.
struct PollDeskFurtherTests {
  private let contact = "+62000001"

  private func decide(_ fixture: DeskFixture) throws -> ReviewItem {
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    return try fixture.store.decide(
      DecisionDraft(
        item: item.number, itemVersion: item.version, reviewer: "sari", verdict: .confirm, now: fixture.clock.now),
      policy: ReviewPolicy(secondReviewShare: 0))
  }

  private func told() async throws -> DeskFixture {
    let fixture = try DeskFixture()
    try await fixture.say("halo")
    try await fixture.say(SurfaceLines.disclosure)
    return fixture
  }

  /// Of the contact's texts, those that are kept for the case.
  private func texts(_ fixture: DeskFixture, _ item: ReviewItem) throws -> [String] {
    let key = try #require(fixture.parts.keys.sealing)
    return try fixture.store.texts(conversation: item.conversationID, now: fixture.clock.now)
      .filter { $0.authorID == "contact" }.compactMap { TextSealing.open($0, with: key) }
  }

  /// A disclosure that is not urgent, an hour after the decision, and a message of the resting poll in which nothing is found.
  @Test(arguments: [SurfaceLines.disclosure, "dia nulis lagi barusan", "HELP"])
  func aReplyAfterTheDecision(text: String) async throws {
    let fixture = try await told()
    defer { fixture.remove() }
    let decided = try decide(fixture)
    #expect(try fixture.store.queue(QueueQuery()).items.isEmpty)
    fixture.clock.advance(by: 3_600_000)
    try await fixture.say(text)
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.number != decided.number && item.follows == decided.number && item.kind == .disclosure)
    #expect(item.status == .open && item.urgency == 2)
    let known = try #require(try fixture.store.reviewCase(item: item.number))
    #expect(known.urgency == .ongoing)
    #expect(try fixture.store.reviewCase(item: decided.number)?.contact == known.contact)
    #expect(try texts(fixture, item).last == text)
    // A second one joins it: there is one thing to do.
    try await fixture.say("masih takut")
    #expect(try fixture.rows("SELECT count(*) FROM review_item") == [[.integer(2)]])
    #expect(try texts(fixture, item).last == "masih takut")
    #expect(try fixture.store.verifyAudit().isWhole)
  }

  /// What is no message to a person opens nothing: going on, and whether to be contacted.
  @Test func answersToTheBotOpenNothing() async throws {
    let fixture = try await told()
    defer { fixture.remove() }
    let decided = try decide(fixture)
    #expect(try await fixture.say("1").starts(with: fixture.response(.contactYes)))
    #expect(try fixture.store.queue(QueueQuery()).items.isEmpty)
    #expect(try fixture.store.casesWantingContact(limit: 9).map(\.item) == [decided.number])
  }

  /// The poll is over, the case decided: what comes back to a person's answer is read.
  @Test func aReplyToAPersonsAnswer() async throws {
    let fixture = try await told()
    defer { fixture.remove() }
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    _ = try await fixture.desk.answer(case: item.number, text: "Halo, kami di sini.", reviewer: "sari")
    _ = try decide(fixture)
    // The session runs out.
    fixture.clock.advance(by: 30 * 86_400_000)
    try await fixture.desk.lookAtTheClock()
    try await fixture.say("makasih kak, aku mau cerita lagi")
    let next = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(next.follows == item.number)
    #expect(try texts(fixture, next).last == "makasih kak, aku mau cerita lagi")
  }

  /// STOP ends the bot's messages; the answer that was asked for still comes, once.
  @Test func afterAStopTheAnswerThatWasAskedForComes() async throws {
    let fixture = try await told()
    defer { fixture.remove() }
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first).number
    try await fixture.say("1")
    try await fixture.say("stop")
    let known = try #require(try fixture.store.reviewCase(item: item))
    #expect(known.isStopped && known.awaitsAnswer && known.obstacle == nil)
    _ = try await fixture.desk.answer(case: item, text: "Halo, aku dari tim.", reviewer: "sari")
    #expect(await fixture.delivered(to: contact) == ["Halo, aku dari tim."])
    await #expect(throws: CaseError.stopped(item: item)) {
      _ = try await fixture.desk.answer(case: item, text: "Satu lagi.", reviewer: "sari")
    }
    // Asked for after the stop, it may go again.
    try await fixture.say("aku mau dihubungi")
    if try fixture.store.reviewCase(item: item)?.awaitsAnswer == true {
      _ = try await fixture.desk.answer(case: item, text: "Ini kami.", reviewer: "sari")
      #expect(await fixture.delivered(to: contact) == ["Ini kami."])
    }
  }

  @Test func whoeverLeavesThePageCannotBeReached() async throws {
    let fixture = try await told()
    defer { fixture.remove() }
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first).number
    try await fixture.desk.leave(channel: GatewayChannel.name, address: contact)
    #expect(try fixture.store.reviewCase(item: item)?.obstacle == .left(item: item))
    await #expect(throws: CaseError.left(item: item)) {
      _ = try await fixture.desk.answer(case: item, text: "Halo", reviewer: "sari")
    }
    #expect(
      try fixture.store.pollSession(
        channel: GatewayChannel.name,
        contact: fixture.parts.keys.contacts.contact(channel: GatewayChannel.name, address: contact)) == nil)
    // Nobody who never wrote.
    try await fixture.desk.leave(channel: GatewayChannel.name, address: "+62000099")
  }
}
