import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// Replies that open cases: what the store has, and what the contact gets.
struct PollDeskCaseTests {
  private let contact = "+62000001"

  private func atStrangers(_ fixture: DeskFixture) async throws {
    for text in ["halo", "ya", "2", "1", "1"] { try await fixture.say(text) }
  }

  /// The texts of a conversation with their authors, opened with the operator's key.
  private func texts(_ fixture: DeskFixture, _ item: ReviewItem) throws -> [String] {
    let key = try #require(fixture.parts.keys.sealing)
    return try fixture.store.texts(conversation: item.conversationID, now: fixture.clock.now).map {
      "\($0.authorID): \(TextSealing.open($0, with: key) ?? "?")"
    }
  }

  @Test func aDisclosureIsAnsweredAndOpensACase() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await atStrangers(fixture)
    #expect(
      try await fixture.say(SurfaceLines.disclosure) == fixture.response(.pressure) + fixture.response(.offer))
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.kind == .disclosure && item.urgency == 2 && item.status == .open)
    var known = try #require(try fixture.store.reviewCase(item: item.number))
    #expect(known.urgency == .ongoing && known.language == "id" && known.wantsContact == nil && known.address != nil)
    #expect(known.responses.map(\.responseID) == ["id.pressure.v3"] && known.responses.first?.status == .sent)

    #expect(try await fixture.say("1") == fixture.response(.contactYes) + fixture.response(.goOn))
    known = try #require(try fixture.store.reviewCase(item: item.number))
    #expect(known.wantsContact == true)
    #expect(known.responses.map(\.responseID) == ["id.pressure.v3", "id.contact-yes.v3"])
    #expect(try fixture.store.casesWantingContact(limit: 10).map(\.item) == [item.number])

    #expect(try await fixture.say("lanjut").first?.hasPrefix("Pernah ada orang yang tidak kamu kenal") == true)
    let open = "SELECT count(*) FROM review_item"
    #expect(try fixture.rows(open) == [[.integer(1)]])
    let actions = try fixture.store.audit(from: 1, limit: 100).map(\.action)
    #expect(
      actions == ["item.opened", "case.opened", "case.responded", "case.contactWanted", "case.responded"])
  }

  @Test func theCaseHoldsWhatWasSaidAroundIt() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await atStrangers(fixture)
    try await fixture.say(SurfaceLines.disclosure)
    try await fixture.say("dia kirim pesan terus")
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    let kept = try texts(fixture, item)
    let beginnings = [
      "contact: halo", "poll: Hai! Ada 8 pertanyaan", "contact: ya", "poll: Berapa umurmu?\n1. 12", "contact: 2",
      "poll: Kamu tinggal di mana?\n", "contact: 1", "poll: Paling suka apa kalau", "contact: 1",
      "poll: Pernah ada orang yang",
      "contact: kak tolong, ada", "contact: dia kirim pesan terus",
    ]
    #expect(kept.count == beginnings.count && zip(kept, beginnings).allSatisfy { $0.hasPrefix($1) }, "\(kept)")
    #expect(kept.contains("contact: " + SurfaceLines.disclosure))
    // In the clear they are nowhere, and neither is the number.
    let bytes = try fixture.storeBytes()
    for secret in [SurfaceLines.disclosure, "dia kirim pesan terus", contact, "62000001"] {
      #expect(!bytes.holds(secret), "\(secret)")
      #expect(!fixture.log.text.contains(secret))
    }
    // They go under a retention of their own.
    fixture.clock.advance(by: 31 * 86_400_000)
    #expect(try texts(fixture, item) == [])
  }

  @Test func withoutAKeyNoWordsAreKept() async throws {
    let fixture = try DeskFixture(textKey: nil)
    defer { fixture.remove() }
    try await atStrangers(fixture)
    #expect(
      try await fixture.say(SurfaceLines.disclosure) == fixture.response(.pressure) + fixture.response(.offer))
    #expect(try fixture.rows("SELECT count(*) FROM sealed_text") == [[.integer(0)]])
    #expect(try fixture.rows("SELECT count(*) FROM review_case") == [[.integer(1)]])
  }

  @Test(arguments: [
    ("kak dia bilang mau sebar foto aku malam ini kalau aku ga kirim, tolong", Occasion.pressureUrgent, 3, "immediate"),
    ("aku pengen mati aja kak", .selfHarm, 3, "immediate"),
  ])
  func urgencyIsMarked(text: String, occasion: Occasion, urgency: Int, word: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await atStrangers(fixture)
    #expect(try await fixture.say(text) == fixture.response(occasion) + fixture.response(.offer))
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.kind == .disclosure && item.urgency == urgency)
    #expect(try fixture.store.reviewCase(item: item.number)?.urgency.rawValue == word)
  }

  @Test(arguments: [("2", "past"), ("masih", "ongoing")])
  func aChoiceTellsByItself(choice: String, urgency: String) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await atStrangers(fixture)
    try await fixture.say("1")
    #expect(try await fixture.say(choice) == fixture.response(.disclosure) + fixture.response(.offer))
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.kind == .disclosure)
    #expect(try fixture.store.reviewCase(item: item.number)?.urgency.rawValue == urgency)
    // The answer counts, and the poll goes on after it.
    #expect(try await fixture.say("2") == fixture.response(.contactNo) + fixture.response(.goOn))
    #expect(try await fixture.say("lanjut").first?.hasPrefix("Kalau ada yang bikin kamu tidak nyaman") == true)
  }

  @Test func aPersonsAnswerReachesTheContact() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say(SurfaceLines.disclosure)
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    let text =
      "Halo, aku Sari dari tim. Terima kasih sudah menulis. " + String(repeating: "Kami ada di sini. ", count: 10)
    let answered = try await fixture.desk.answer(case: item.number, text: text, reviewer: "sari")
    #expect(answered.responses.last?.reviewer == "sari" && answered.responses.last?.responseID == nil)
    let parts = await fixture.delivered(to: contact)
    #expect(parts == SMSParts.split(text) && parts.count == 2)
    #expect(try fixture.store.reviewCase(item: item.number)?.responses.last?.status == .sent)
    #expect(!(try fixture.storeBytes().holds("aku Sari dari tim")))
    #expect(try fixture.store.audit(from: 1, limit: 100).last?.actor == "sari")
    await #expect(throws: CaseError.empty(item: item.number)) {
      _ = try await fixture.desk.answer(case: item.number, text: " \n", reviewer: "sari")
    }
    await #expect(throws: CaseError.noCase(item: 99)) {
      _ = try await fixture.desk.answer(case: 99, text: "Halo", reviewer: "sari")
    }
  }

  @Test func harmlessRepliesOpenNothing() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await atStrangers(fixture)
    for line in ServiceLines.calm { try await fixture.say(line) }
    #expect(try fixture.rows("SELECT count(*) FROM review_item") == [[.integer(0)]])
    #expect(try fixture.rows("SELECT count(*) FROM sealed_text") == [[.integer(0)]])
  }
}

/// Replies to the example poll of somebody with nothing to tell.
private enum ServiceLines {
  static let calm = ["gak tau", "paling mama", "2", "hehe", "ya", "biar gamenya ga ada iklan", "makasih"]
}

extension [UInt8] {
  /// True when a text's bytes stand in these.
  func holds(_ text: String) -> Bool {
    let needle = Array(text.utf8)
    guard let first = needle.first, needle.count <= count else { return false }
    return withUnsafeBufferPointer { bytes in
      var from = 0
      while let place = bytes[from...].firstIndex(of: first), place + needle.count <= bytes.count {
        if bytes[place..<place + needle.count].elementsEqual(needle) { return true }
        from = place + 1
      }
      return false
    }
  }
}
