import GRDB
import JagaCore
import Testing

@testable import JagaStore

@Suite struct CommitTests {
  @Test func everythingIsKeptTogether() throws {
    let open = try OpenStore()
    let flags = [SampleService.flag("c", 1), SampleService.flag("c", 0, kind: .disclosure)]
    let texts = [SampleService.text("c", 1), SampleService.text("c", 0, isContext: true)]
    let result = try open.store.commit(
      ServiceChanges(
        conversations: [SampleService.conversation("c")], flags: flags, texts: texts,
        alerts: [SampleService.alert("c")],
        audit: [AuditDraft(at: 5, actor: "pipeline", action: "scored", detail: "{\"messages\":2}")]))
    #expect(
      result
        == CommitResult(
          opened: [
            .init(number: 1, conversationID: "c", kind: .risk),
            .init(number: 2, conversationID: "c", kind: .disclosure),
          ], newFlags: 2))
    #expect(try open.store.flags(conversation: "c") == flags.reversed())
    #expect(try open.store.flags(item: 1) == [flags[0]])
    #expect(try open.store.flag(conversation: "c", message: "m0") == flags[1])
    #expect(try open.store.flag(conversation: "c", message: "m2") == nil)
    #expect(try open.store.texts(conversation: "c", now: 0) == texts.reversed())
    #expect(try open.store.actions() == ["item.opened", "item.opened", "scored"])
    #expect(
      try open.store.rowCounts() == [
        "conversation": 1, "review_item": 2, "flag": 2, "audit": 3, "sealed_text": 2, "alert": 1,
      ])
  }

  /// Whatever part cannot be kept, none is.
  @Test func orNothingIs() throws {
    let open = try OpenStore()
    var broken = SampleService.flag("c", 2)
    broken.score = .nan
    var unreadable = SampleService.flag("c", 2)
    unreadable.record = Array("{".utf8)
    let good = SampleService.flag("c", 1)
    for changes in [
      ServiceChanges(conversations: [SampleService.conversation("c")], flags: [good, broken]),
      ServiceChanges(conversations: [SampleService.conversation("c")], flags: [good, unreadable]),
      ServiceChanges(
        conversations: [SampleService.conversation("c")], flags: [good], texts: [SampleService.text("c", 1)],
        audit: [AuditDraft(at: 1, actor: "x", action: "y", detail: "no JSON")]),
    ] {
      #expect(throws: StoreError.self) { try open.store.commit(changes) }
      #expect(try open.store.rowCounts() == [:])
    }
    #expect(throws: StoreError.cannotWrite(file: open.path, reason: "it was opened for reading")) {
      try Store(reading: open.path).commit(ServiceChanges())
    }
  }

  @Test func aRepeatedFlagChangesNothing() throws {
    let open = try OpenStore()
    try open.store.take(SampleService.flag("c", 1))
    let before = try open.store.item(1)
    var again = SampleService.flag("c", 1, band: .high, urgency: 3, at: 9000)
    again.record = Array("{}".utf8)
    #expect(try open.store.take(again, again) == CommitResult())
    #expect(try open.store.item(1) == before)
    #expect(try open.store.flag(conversation: "c", message: "m1") == SampleService.flag("c", 1))
    #expect(try open.store.actions() == ["item.opened"])
  }

  @Test func anItemIsWhatItsFirstFlagSays() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    #expect(
      item
        == ReviewItem(
          number: 1, conversationID: "c", kind: .risk, status: .open, version: 1, band: .review, urgency: 1,
          label: .topupCondition, score: 0.75, disclosure: 0.01, messageID: "m1", language: "id", modelID: "1a2b3c4d",
          flags: 1, openedAt: 1000, updatedAt: 1000, subject: SampleService.subject("c")))
    #expect(try open.store.items(conversation: "c") == [item])
    #expect(try open.store.item(2) == nil)
  }

  /// (band, urgency, score) of a second flag on an item of band review, urgency 1, score 0.75; is it raised, does the flag lead?
  @Test(arguments: [
    (Band.review, 1, 0.7, false, false), (.review, 1, 0.8, false, true), (.review, 0, 0.99, false, false),
    (.high, 1, 0.1, true, true), (.review, 2, 0.1, true, true), (.review, 99, 0.1, true, true),
  ])
  func aWaitingItemTakesFlags(band: Band, urgency: Int, score: Double, isRaised: Bool, leads: Bool) throws {
    let open = try OpenStore()
    _ = try open.store.open("c")
    let flag = SampleService.flag(
      "c", 2, band: band, urgency: urgency, score: score, label: .groomingIsolation, language: "en", at: 1500)
    let result = try open.store.take(flag)
    let item = try #require(try open.store.item(1))
    #expect(result.opened.isEmpty && result.newFlags == 1)
    #expect(result.raised == (isRaised ? [.init(number: 1, conversationID: "c", kind: .risk)] : []))
    #expect(item.version == (isRaised ? 2 : 1))
    #expect(item.band == max(.review, band) && item.urgency == max(1, min(urgency, 3)))
    #expect(item.flags == 2 && item.openedAt == 1000 && item.updatedAt == 1500)
    #expect(item.messageID == (leads ? "m2" : "m1") && item.score == (leads ? score : 0.75))
    #expect(item.label == (leads ? .groomingIsolation : .topupCondition) && item.language == (leads ? "en" : "id"))
    #expect(try open.store.actions() == (isRaised ? ["item.opened", "item.raised"] : ["item.opened"]))
  }

  /// Flags after a decision on an item of band review and urgency 1, closed at 2000: do they open another?
  @Test(
    arguments: [
      (.risk, .review, 1, 3000, false), (.risk, .review, 2, 3000, true),
      (.risk, .review, 3, 3000, true), (.risk, .review, 0, 3000, false), (.risk, .high, 1, 3000, true),
      (.risk, .review, 1, 2000 + 604_800_000, false), (.risk, .review, 1, 2001 + 604_800_000, true),
      (.disclosure, .none, 1, 2000 + 86_400_000, true), (.disclosure, .none, 1, 2001, true),
      (.disclosure, .none, 2, 3000, true), (.disclosure, .none, 0, 1900, true),
    ] as [(ReviewKind, Band, Int, Int64, Bool)])
  func afterADecision(kind: ReviewKind, band: Band, urgency: Int, at time: Int64, opens: Bool) throws {
    let open = try OpenStore()
    let closed = try open.store.close(try open.store.open("c", kind: kind))
    let result = try open.store.take(SampleService.flag("c", 2, kind: kind, band: band, urgency: urgency, at: time))
    #expect(result.opened.map(\.number) == (opens ? [2] : []))
    #expect(try open.store.flags(item: 1).count == (opens ? 1 : 2))
    let after = try #require(try open.store.item(1))
    #expect(after.status == .closed && after.flags == (opens ? 1 : 2) && after.band == closed.band)
    #expect(after.version == closed.version)
    let items = try open.store.items(conversation: "c")
    #expect(items.map(\.follows) == (opens ? [nil, 1] : [nil]))
    // The earlier one may go; the later one stays, and follows nothing then.
    guard opens else { return }
    _ = try open.store.purge(RetentionPolicy(closedItems: 0), now: .max, actor: "jaga")
    #expect(try open.store.items(conversation: "c").map(\.follows) == [nil])
  }

  /// That somebody was not baited with a top-up says nothing about a threat: it waits for a person, whatever its band.
  @Test(arguments: [
    (Label.topupRequest, 1, false), (.sextortionThreat, 1, true), (.sextortionThreat, 3, true),
    (.groomingTrust, 0, true),
  ])
  func aDecisionIsAboutItsTrack(label: Label, urgency: Int, opens: Bool) throws {
    let open = try OpenStore()
    try open.store.take(SampleService.flag("c", 1, band: .high))
    try open.store.close(try #require(try open.store.item(1)), .wrong)
    let result = try open.store.take(
      SampleService.flag("c", 2, band: .high, urgency: urgency, label: label, at: 3000))
    #expect(result.opened.map(\.number) == (opens ? [2] : []))
    #expect(try open.store.queue(QueueQuery()).items.map(\.label) == (opens ? [label] : []))
  }

  /// A decision on one kind says nothing about the other.
  @Test func kindsAreApart() throws {
    let open = try OpenStore()
    try open.store.close(try open.store.open("c"))
    #expect(try open.store.take(SampleService.flag("c", 2, kind: .disclosure)).opened.map(\.number) == [2])
    #expect(try open.store.take(SampleService.flag("d", 1)).opened.map(\.number) == [3])
  }

  @Test func theLatestDecisionCounts() throws {
    let open = try OpenStore()
    try open.store.close(try open.store.open("c"))
    let result = try open.store.take(SampleService.flag("c", 2, band: .high))
    let second = try #require(try open.store.item(result.opened[0].number))
    try open.store.close(second)
    #expect(try open.store.take(SampleService.flag("c", 3, band: .high)).opened.isEmpty)
    #expect(try open.store.flags(item: second.number).count == 2)
  }

  @Test func aDisclosureIsConfirmedAsSuch() throws {
    let open = try OpenStore()
    var flag = SampleService.flag("c", 1, kind: .disclosure)
    flag.label = .sextortionThreat
    try open.store.take(flag)
    #expect(try open.store.item(1)?.label == .disclosure)
    #expect(try open.store.flags(conversation: "c")[0].label == .sextortionThreat)
  }

  @Test func aTextThatIsKeptStays() throws {
    let open = try OpenStore()
    let context = SampleService.text("c", 1, until: 100, isContext: true)
    var flagged = SampleService.text("c", 1, until: 50)
    flagged.sealed = [9]
    try open.store.commit(ServiceChanges(texts: [context, flagged]))
    var expected = context
    expected.isContext = false
    #expect(try open.store.texts(conversation: "c", now: 99) == [expected])
    #expect(try open.store.texts(conversation: "c", now: 100).isEmpty)
  }
}
