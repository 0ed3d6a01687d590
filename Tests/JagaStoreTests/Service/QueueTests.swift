import JagaCore
import Testing

@testable import JagaStore

@Suite struct QueueTests {
  /// Items by (conversation, kind, urgency, time), in the order in which they come.
  private func fill(_ store: Store) throws {
    try store.take(
      SampleService.flag("r1", 1, urgency: 1, at: 10), SampleService.flag("r3", 1, urgency: 3, at: 40),
      SampleService.flag("d0", 1, kind: .disclosure, urgency: 0, at: 50),
      SampleService.flag("r3b", 1, urgency: 3, label: .groomingTrust, language: "en", at: 30),
      SampleService.flag("d2", 1, kind: .disclosure, urgency: 2, at: 60),
      SampleService.flag("r3c", 1, urgency: 3, at: 40))
  }

  private func ids(_ store: Store, _ query: QueueQuery) throws -> [String] {
    try store.queue(query).items.map(\.conversationID)
  }

  @Test func disclosuresThenUrgencyThenAge() throws {
    let open = try OpenStore()
    try fill(open.store)
    #expect(try ids(open.store, QueueQuery()) == ["d2", "d0", "r3b", "r3", "r3c", "r1"])
    #expect(
      try open.store.queue(QueueQuery(limit: 1)).counts == [
        .init(kind: .disclosure, status: .open, items: 2), .init(kind: .risk, status: .open, items: 4),
      ])
  }

  @Test func itIsFiltered() throws {
    let open = try OpenStore()
    try fill(open.store)
    #expect(try ids(open.store, QueueQuery(kind: .disclosure)) == ["d2", "d0"])
    #expect(try ids(open.store, QueueQuery(kind: .risk, language: "id")) == ["r3", "r3c", "r1"])
    #expect(try ids(open.store, QueueQuery(track: .grooming)) == ["r3b"])
    #expect(try ids(open.store, QueueQuery(status: .second)).isEmpty)
    #expect(try ids(open.store, QueueQuery(status: .open, track: .trade)).isEmpty)
    #expect(try ids(open.store, QueueQuery(language: "' OR 1 --")).isEmpty)
  }

  @Test(arguments: [1, 2, 3, 5, 6, 7]) func pagesFollowOneAnother(limit: Int) throws {
    let open = try OpenStore()
    try fill(open.store)
    var found: [String] = []
    var query = QueueQuery(limit: limit)
    var pages = 0
    repeat {
      let page = try open.store.queue(query)
      found += page.items.map(\.conversationID)
      pages += 1
      // As it goes through a link.
      query.after = page.next.map { QueueCursor($0.description) } ?? nil
    } while query.after != nil
    #expect(found == ["d2", "d0", "r3b", "r3", "r3c", "r1"])
    #expect(pages == (6 + limit - 1) / limit)
  }

  /// What is decided or comes between two pages neither repeats nor hides an item.
  @Test func pagesHoldWhileTheQueueChanges() throws {
    let open = try OpenStore()
    try fill(open.store)
    let first = try open.store.queue(QueueQuery(limit: 3))
    for item in first.items { try open.store.close(item) }
    try open.store.take(
      SampleService.flag("r2", 1, urgency: 2), SampleService.flag("d3", 1, kind: .disclosure, urgency: 3))
    let rest = try open.store.queue(QueueQuery(limit: 9, after: first.next))
    #expect(rest.items.map(\.conversationID) == ["r3", "r3c", "r2", "r1"])
    #expect(rest.next == nil)
  }

  @Test func limitsAreHeld() throws {
    let open = try OpenStore()
    try fill(open.store)
    #expect(try open.store.queue(QueueQuery(limit: 0)).items.count == 1)
    #expect(try open.store.queue(QueueQuery(limit: .max)).items.count == 6)
  }

  @Test func cursorsOfOthersAreNone() {
    for text in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1..3", "1.2.99999999999999999999"] {
      #expect(QueueCursor(text) == nil, "\(text)")
    }
    #expect(QueueCursor("4.-7.12") == QueueCursor(rank: 4, time: -7, number: 12))
  }

  /// A reviewer sees what they may decide, and nothing else.
  @Test func everyoneSeesWhatTheyMayDecide() throws {
    let open = try OpenStore()
    let item = try open.store.open("c")
    func seers() throws -> [String] {
      try ["ani", "budi", "citra"].filter { try !ids(open.store, QueueQuery(reviewer: $0)).isEmpty }
        + ["ani", "budi", "citra"].filter {
          try !ids(open.store, QueueQuery(reviewer: $0, isAdmin: true)).isEmpty
        }.map { $0 + "+" }
    }
    #expect(try seers() == ["ani", "budi", "citra", "ani+", "budi+", "citra+"])
    let second = try open.store.decide(SampleService.draft(item, "ani"), policy: SampleService.always)
    #expect(try seers() == ["budi", "citra", "budi+", "citra+"])
    let final = try open.store.decide(SampleService.draft(second, "budi", .wrong), policy: SampleService.always)
    #expect(try seers() == ["citra+"])
    try open.store.decide(SampleService.draft(final, "citra", admin: true), policy: SampleService.always)
    #expect(try seers() == [])
    try open.store.appeal(item: 1, by: "dewi", reason: .objection, now: 1)
    #expect(try seers() == [])
    #expect(try ids(open.store, QueueQuery(reviewer: "dewi")).isEmpty)
    #expect(try ids(open.store, QueueQuery(reviewer: "eka")) == ["c"])
    #expect(try ids(open.store, QueueQuery()) == ["c"])
    #expect(try open.store.queue(QueueQuery()).counts == [.init(kind: .risk, status: .appeal, items: 1)])
  }

  @Test func decidedItemsComeLastDecisionFirst() throws {
    let open = try OpenStore()
    for (number, time) in [Int64(30), 10, 20, 20].enumerated() {
      try open.store.close(try open.store.open("c\(number)"), at: time)
    }
    _ = try open.store.open("waits")
    #expect(try ids(open.store, QueueQuery(reviewer: "ani", status: .closed)) == ["c0", "c3", "c2", "c1"])
    let first = try open.store.queue(QueueQuery(status: .closed, limit: 2))
    #expect(try ids(open.store, QueueQuery(status: .closed, after: first.next)) == ["c2", "c1"])
  }
}
