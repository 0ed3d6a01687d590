import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

/// What time, restarts and other versions of a poll do to a session.
struct PollDeskTimeTests {
  private let contact = "+62000001"
  private static let hour: Int64 = 3_600_000
  private let age = "Berapa umurmu?\n1. 12 atau 13\n2. 14 atau 15\n3. 16 atau 17\n4. Umur lain"

  private func begun(_ fixture: DeskFixture) async throws {
    try await fixture.say("halo")
    try await fixture.say("ya")
  }

  @Test func anOpenQuestionIsAskedOnceMore() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await begun(fixture)
    fixture.clock.advance(by: 19 * Self.hour)
    #expect(try await fixture.desk.lookAtTheClock() == 0)
    fixture.clock.advance(by: 2 * Self.hour)
    try await fixture.desk.lookAtTheClock()
    #expect(await fixture.delivered(to: contact) == [age])
    fixture.clock.advance(by: 20 * Self.hour)
    #expect(try await fixture.desk.lookAtTheClock() == 0)
    #expect(await fixture.delivered(to: contact) == [])
  }

  @Test func aSessionRunsOutAndGoesOnWhenAsked() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await begun(fixture)
    try await fixture.say("2")
    fixture.clock.advance(by: 49 * Self.hour)
    try await fixture.desk.lookAtTheClock()
    #expect(await fixture.delivered(to: contact) == fixture.response(.expired))
    #expect(try await fixture.desk.lookAtTheClock() == 0)
    // A late answer is none; the word of the message takes up the poll where it was.
    #expect(try await fixture.say("1") == [])
    #expect(try await fixture.say("MULAI").first?.hasPrefix("Kamu tinggal di mana?") == true)
    #expect(try await fixture.say("1").first?.hasPrefix("Paling suka apa") == true)
    #expect(try fixture.rows("SELECT count(*) FROM poll_session") == [[.integer(1)]])
    #expect(try fixture.rows("SELECT count(*) FROM poll_answer") == [[.integer(2)]])
  }

  @Test func whoeverNeverTookPartIsNotWrittenTo() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    fixture.clock.advance(by: 49 * Self.hour)
    try await fixture.desk.lookAtTheClock()
    #expect(await fixture.delivered(to: contact) == [])
    #expect(try fixture.rows("SELECT count(*) FROM poll_session WHERE ended_at IS NULL") == [[.integer(0)]])
  }

  @Test func whoToldIsNotToldThatTheTimeIsOver() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await begun(fixture)
    try await fixture.say(SurfaceLines.disclosure)
    for _ in 0..<3 {
      fixture.clock.advance(by: 21 * Self.hour)
      try await fixture.desk.lookAtTheClock()
    }
    #expect(await fixture.delivered(to: contact) == [])
    // Need is heard at any time.
    #expect(
      try await fixture.say(SurfaceLines.disclosure) == fixture.response(.pressure) + fixture.response(.offer))
  }

  @Test func anotherServiceGoesOnInTheMiddle() async throws {
    let before = try DeskFixture()
    defer { before.remove() }
    try await begun(before)
    // In the outbox while the service goes.
    try await before.receive("2")
    try await before.stop()
    let after = try DeskFixture(folder: before.folder, clock: before.clock)
    #expect(await after.delivered(to: contact).first?.hasPrefix("Kamu tinggal di mana?") == true)
    #expect(try await after.say("desa", id: "next").first?.hasPrefix("Paling suka apa") == true)
  }

  @Test func aPollOfAnotherVersionBeginsAnew() async throws {
    let before = try DeskFixture()
    defer { before.remove() }
    try await begun(before)
    try await before.stop()
    let changed = try DeskFixture.onlineSafety { $0.replacing("version: 1", with: "version: 2") }
    let after = try DeskFixture(folder: before.folder, clock: before.clock, polls: [changed])
    // The old question is gone: whatever is written to it begins the new poll.
    #expect(try await after.say("2", id: "n2").first?.hasPrefix("Hai! Ada 8") == true)
    #expect(try await after.say("ya", id: "n3") == [age])
    #expect(
      try after.rows("SELECT poll_version, ended_at IS NULL FROM poll_session ORDER BY poll_session") == [
        [.integer(1), .integer(0)], [.integer(2), .integer(1)],
      ])
    // Need is answered whatever became of the poll.
    let third = try DeskFixture.onlineSafety { $0.replacing("id: online-safety", with: "id: another") }
    try await after.stop()
    let last = try DeskFixture(folder: before.folder, clock: before.clock, polls: [third])
    #expect(
      try await last.say(SurfaceLines.disclosure, id: "n4") == last.response(.pressure) + last.response(.offer))
  }

  @Test func aStoreThatFailsLosesNothing() async throws {
    let before = try DeskFixture()
    defer { before.remove() }
    try await begun(before)
    try before.store.close()
    await #expect(throws: StoreError.self) { try await before.receive("2", id: "again") }
    await #expect(throws: StoreError.self) { try await before.receive(SurfaceLines.disclosure, id: "other") }
    let after = try DeskFixture(folder: before.folder, clock: before.clock)
    // The gateway sends again what got no answer, and once more by mistake.
    #expect(try await after.receive("2", id: "again") == .taken)
    #expect(try await after.receive("2", id: "again") == .repeated)
    #expect(await after.delivered(to: contact).count == 1)
    #expect(try await after.receive(SurfaceLines.disclosure, id: "other") == .taken)
    #expect(await after.delivered(to: contact) == after.response(.pressure) + after.response(.offer))
    #expect(try after.rows("SELECT count(*) FROM poll_answer") == [[.integer(1)]])
    #expect(try after.rows("SELECT count(*) FROM review_case") == [[.integer(1)]])
  }
}
