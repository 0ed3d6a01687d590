import GRDB
import Testing

@testable import JagaStore

@Suite struct SessionTests {
  private func live(_ store: Store, _ contact: Int) throws -> KeptPollSession? {
    try store.pollSession(channel: SamplePolls.channel, contact: SamplePolls.contact(contact))
  }

  @Test func aSessionIsKeptAsItIsNow() throws {
    let open = try OpenStore()
    var session = SamplePolls.session(1)
    session.number = try #require(try open.store.take(SamplePolls.reply(1, session: session))[0].session)
    session.state = [5]
    session.updatedAt = 2000
    session.expiresAt = 8000
    session.remindAt = 3000
    session.language = "en"
    session.address = [4, 4]
    session.pollVersion = -3
    #expect(try open.store.take(SamplePolls.reply(1, session: session)) == [PollResult(session: 1)])
    #expect(try live(open.store, 1) == session)
    session.endedAt = 2500
    session.remindAt = nil
    try open.store.take(SamplePolls.reply(1, session: session))
    #expect(try live(open.store, 1) == nil)
    #expect(try open.store.lastPollSession(channel: "ex", contact: SamplePolls.contact(1)) == session)
    #expect(try open.store.lastPollSession(channel: "ex", contact: SamplePolls.contact(2)) == nil)
  }

  /// Whoever begins another poll leaves the one before.
  @Test func aContactHasOneLiveSession() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1, at: 1000)))
    let result = try open.store.take(
      SamplePolls.reply(1, session: SamplePolls.session(1, poll: "other", at: 2000)),
      SamplePolls.reply(2, session: SamplePolls.session(2, at: 2000)))
    #expect(result.map(\.session) == [2, 3])
    #expect(try live(open.store, 1)?.pollID == "other")
    #expect(
      try open.store.query("SELECT poll_session, ended_at FROM poll_session ORDER BY 1").rows == [
        [.integer(1), .integer(2000)], [.integer(2), .none], [.integer(3), .none],
      ])
    // What ended long ago does not come back over a live one.
    var old = SamplePolls.session(1, number: 1)
    old.state = [1]
    #expect(throws: StoreError.self) { try open.store.take(SamplePolls.reply(1, session: old)) }
    #expect(try live(open.store, 1)?.number == 2)
  }

  /// A poll that is over at once, such as one whose opt-in was declined, leaves none live either.
  @Test func aSessionThatEndsAtOnceEndsTheLiveOne() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1)))
    var over = SamplePolls.session(1, poll: "other", at: 2000)
    over.endedAt = 2000
    try open.store.take(SamplePolls.reply(1, session: over))
    #expect(try live(open.store, 1) == nil)
    #expect(try open.store.query("SELECT ended_at FROM poll_session").rows == [[.integer(2000)], [.integer(2000)]])
  }

  /// A reply that was under way when its conversation was deleted begins anew, under a new number.
  @Test func aDeletedSessionIsNewAgain() throws {
    let open = try OpenStore()
    try open.store.take(SamplePolls.reply(1, session: SamplePolls.session(1), answers: [SamplePolls.answer("q1")]))
    try open.store.deleteConversation("p1", actor: "ani", subject: [], now: 1)
    let result = try open.store.take(
      SamplePolls.reply(1, session: SamplePolls.session(1, number: 1), answers: [SamplePolls.answer("q2")]))
    #expect(result == [PollResult(session: 2)])
    #expect(try open.store.pollAnswers(session: 2).map(\.questionID) == ["q2"])
  }

  @Test func whatRunsOutAndWhatIsToBeReminded() throws {
    let open = try OpenStore()
    for (contact, end, remind) in [(1, 300, 200), (2, 200, nil), (3, 201, 100), (4, 900, 150)] as [(Int, Int64, Int64?)]
    {
      var session = SamplePolls.session(contact, at: 0, until: end)
      session.remindAt = remind
      try open.store.take(SamplePolls.reply(contact, session: session))
    }
    var ended = SamplePolls.session(5, at: 0, until: 1)
    ended.endedAt = 1
    ended.remindAt = 1
    try open.store.take(SamplePolls.reply(5, session: ended))
    func expired(_ now: Int64, limit: Int = 9) throws -> [Int] {
      try open.store.expiredSessions(now: now, limit: limit).map(\.number)
    }
    #expect(
      try expired(199) == [] && expired(200) == [2] && expired(300) == [2, 3, 1] && expired(300, limit: 1) == [2])
    func reminded(_ now: Int64) throws -> [Int] { try open.store.sessionsToRemind(now: now, limit: 9).map(\.number) }
    #expect(try reminded(99) == [] && reminded(150) == [3, 4] && reminded(200) == [3, 4, 1] && reminded(300) == [4])
  }
}
