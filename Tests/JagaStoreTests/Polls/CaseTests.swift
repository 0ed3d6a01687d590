import JagaCore
import Testing

@testable import JagaStore

@Suite struct CaseTests {
  private func opened() throws -> OpenStore {
    let open = try OpenStore()
    try open.store.take(SamplePolls.disclosure(1))
    return open
  }

  @Test func aCaseTellsWhatAPersonMustKnow() throws {
    let open = try opened()
    #expect(
      try open.store.reviewCase(item: 1)
        == ReviewCase(
          item: 1, channel: "ex", contact: SamplePolls.contact(1), urgency: .ongoing, language: "id", openedAt: 1000,
          updatedAt: 1000,
          responses: [.init(responseID: "disclosure.id", outgoingID: "1/b", status: .pending, at: 1000)],
          address: [0, 255, 1]))
    #expect(try open.store.reviewCase(item: 2) == nil)
    let rows = try open.store.audit(from: 2, limit: 9)
    #expect(rows.map(\.action) == ["case.opened", "case.responded"])
    #expect(
      rows.map(\.detail) == [
        "{\"item\":1,\"kind\":\"disclosure\",\"urgency\":\"ongoing\",\"language\":\"id\"}",
        "{\"item\":1,\"response\":\"disclosure.id\"}",
      ])
    #expect(rows.allSatisfy { $0.subject == SampleService.subject("p1") && $0.actor == "jaga" && $0.at == 1000 })
    // The status is that of the last part.
    try open.store.outgoingStatus("1/b", .delivered, now: 1500)
    #expect(try open.store.reviewCase(item: 1)?.responses.map(\.status) == [.delivered])
  }

  /// Urgency never goes down, the wish is the last one, responses add up.
  @Test func repliesAddToACase() throws {
    let open = try opened()
    try open.store.take(
      SamplePolls.reply(
        1, case: SamplePolls.draft(1, .immediate, response: "urgent.id"),
        effects: ServiceChanges(flags: [SamplePolls.flag(1, 2, urgency: 3)]), at: 2000))
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, .past, response: nil, wants: true), at: 3000))
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: true), at: 3100))
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: "heard.id"), at: 3200))
    let found = try #require(try open.store.reviewCase(item: 1))
    #expect(found.urgency == .immediate && found.wantsContact == true)
    #expect(found.openedAt == 1000 && found.updatedAt == 3200)
    #expect(found.responses.map(\.responseID) == ["disclosure.id", "urgent.id", "heard.id"])
    #expect(found.responses.map(\.outgoingID) == ["1/b", nil, nil])
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: false), at: 3300))
    #expect(try open.store.reviewCase(item: 1)?.wantsContact == false)
    let wishes = try open.store.audit(from: 1, limit: 99).filter { $0.action == "case.contactWanted" }
    #expect(wishes.map(\.detail) == ["{\"item\":1,\"wanted\":\"yes\"}", "{\"item\":1,\"wanted\":\"no\"}"])
    #expect(try open.store.queue(QueueQuery()).items.map(\.urgency) == [3])
  }

  /// Immediate danger stands before what was told earlier.
  @Test func theQueueGoesByUrgency() throws {
    let open = try OpenStore()
    for (contact, urgency) in [(1, 1), (2, 2), (3, 3)] {
      var reply = SamplePolls.disclosure(contact, receipt: UInt8(contact), at: Int64(contact))
      reply.effects.flags = [SamplePolls.flag(contact, 1, urgency: urgency, at: Int64(contact))]
      try open.store.take(reply)
    }
    #expect(try open.store.queue(QueueQuery()).items.map(\.conversationID) == ["p3", "p2", "p1"])
  }

  /// A wish that comes after the decision joins the decided item, and is found by who looks for wishes.
  @Test func aWishAfterTheDecisionIsNotLost() throws {
    let open = try opened()
    try open.store.close(try #require(try open.store.item(1)))
    #expect(try open.store.casesWantingContact(limit: 9).isEmpty)
    let wish = SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: true), at: 3000)
    #expect(try open.store.take(wish) == [PollResult(caseItem: 1)])
    #expect(try open.store.casesWantingContact(limit: 9).map(\.item) == [1])
    #expect(try open.store.sizes().contactsWanted == 1)
    try open.store.answerCase(item: 1, [SamplePolls.message(1, "reply")], reviewer: "ani", now: 4000)
    #expect(try open.store.casesWantingContact(limit: 9).isEmpty && open.store.sizes().contactsWanted == 0)
  }

  /// A reply that says nothing new of harm goes on when its item is gone.
  @Test func aWishWithoutAnItemIsNone() throws {
    let open = try OpenStore()
    let wish = SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: "heard.id", wants: true))
    #expect(try open.store.take(wish) == [PollResult()])
    #expect(try open.store.rowCounts() == [:])
    // An item that came from no poll is no case by a wish alone.
    _ = try open.store.open("p1", kind: .disclosure)
    #expect(try open.store.take(wish) == [PollResult()])
    #expect(try open.store.reviewCase(item: 1) == nil)
  }

  @Test func aPersonAnswers() throws {
    let open = try opened()
    let parts = [SamplePolls.message(1, "r2", order: 1, due: 4000), SamplePolls.message(1, "r1", due: 4000)]
    let found = try open.store.answerCase(item: 1, parts, reviewer: "ani", now: 4000)
    #expect(try found == open.store.reviewCase(item: 1) && found.updatedAt == 4000)
    #expect(
      found.responses.last == .init(responseID: nil, reviewer: "ani", outgoingID: "r2", status: .pending, at: 4000))
    for id in ["1/a", "1/b", "1/c", "r1", "r2"] {
      #expect(try open.store.due() == [id])
      try open.store.settleOutgoing(id, .sent, now: 5000)
    }
    let row = try #require(try open.store.audit(from: 4, limit: 9).last)
    #expect(row.action == "case.answered" && row.actor == "ani" && row.detail == "{\"item\":1,\"parts\":2}")
    #expect(row.subject == SampleService.subject("p1"))
    // A form that is sent twice answers once.
    #expect(try open.store.answerCase(item: 1, parts, reviewer: "ani", now: 6000).responses.count == 2)
    #expect(try open.store.actions().filter { $0 == "case.answered" }.count == 1)
  }

  @Test func refusals() throws {
    let open = try opened()
    _ = try open.store.open("other")
    func refused(_ item: Int, _ parts: [OutgoingDraft], by reviewer: String = "ani", _ expected: CaseError) {
      #expect(throws: expected) {
        try open.store.answerCase(item: item, parts, reviewer: reviewer, now: 4000)
      }
    }
    let part = SamplePolls.message(1, "r")
    refused(9, [part], .noCase(item: 9))
    refused(2, [part], .noCase(item: 2))
    refused(1, [part], by: "", .nameless(item: 1))
    refused(1, [], .empty(item: 1))
    refused(1, [part, SamplePolls.message(2, "s")], .misdirected(item: 1))
    var elsewhere = part
    elsewhere.channel = "sms"
    refused(1, [elsewhere], .misdirected(item: 1))
    elsewhere = part
    elsewhere.conversationID = "other"
    refused(1, [elsewhere], .misdirected(item: 1))
    // A flow's webhook leaves no session and so no address.
    var webhook = SamplePolls.disclosure(3, receipt: 3)
    webhook.session = nil
    webhook.answers = []
    webhook.outgoing = []
    let item = try #require(try open.store.take(webhook)[0].caseItem)
    #expect(try open.store.reviewCase(item: item)?.address == nil)
    refused(item, [SamplePolls.message(3, "r")], .unreachable(item: item))
    try open.store.take(SamplePolls.reply(1, wish: .stop))
    #expect(try open.store.reviewCase(item: 1)?.isStopped == true)
    refused(1, [part], .stopped(item: 1))
    #expect(try open.store.outgoing(conversation: "p1").allSatisfy { $0.id != "r" })
    #expect(try !open.store.actions().contains("case.answered"))
  }

  @Test(arguments: [
    (
      CaseError.noCase(item: 3),
      "item 3: it came from no poll, or its conversation was deleted; there is nobody to answer"
    ),
    (.nameless(item: 3), "item 3: an answer needs the name of whoever writes it"),
    (
      .unreachable(item: 3),
      "item 3: the bot cannot write to this contact; answer through the system that the message came from"
    ),
    (
      .stopped(item: 3),
      "item 3: this contact asked for no more messages and waits for no answer; nothing was sent, decide with your safeguarding lead what else can be done"
    ),
    (
      .left(item: 3),
      "item 3: this contact has left the chat for good, and nothing can reach them there; decide with your safeguarding lead what else can be done"
    ),
    (
      .misdirected(item: 3),
      "item 3: the answer was made for another contact; nothing was sent, write it anew"
    ),
    (.empty(item: 3), "item 3: the answer is empty; nothing was sent"),
  ])
  func sentences(error: CaseError, expected: String) { #expect(error.description == expected) }

  @Test func theViewShowsCases() throws {
    let open = try opened()
    try open.store.take(SamplePolls.reply(1, case: SamplePolls.draft(1, nil, response: nil, wants: true), at: 2000))
    try open.store.answerCase(item: 1, [SamplePolls.message(1, "r")], reviewer: "ani", now: 3000)
    #expect(
      try open.store.query(
        "SELECT item, conversation_id, kind, status, urgency, lang, wants_contact, opened_at, updated_at, responses, answers, answered_at FROM v_cases"
      ).rows == [
        [
          .integer(1), .text("p1"), .text("disclosure"), .text("open"), .text("ongoing"), .text("id"), .integer(1),
          .text("1970-01-01T00:00:01.000Z"), .text("1970-01-01T00:00:03.000Z"), .integer(1), .integer(1),
          .text("1970-01-01T00:00:03.000Z"),
        ]
      ])
  }
}
