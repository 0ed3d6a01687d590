import JagaPollBot
import JagaStore
import Testing
@testable import JagaService

/// What STOP leaves, who may be written to after it, and whose it is.
struct PollDeskStopTests {
  /// STOP is said to the questions: what somebody asked to be sent is sent, and what they did not ask for is withdrawn.
  @Test(arguments: [true, false]) func stopSparesWhatWasAskedFor(wanted: Bool) async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("ya")
    try await fixture.say(SurfaceLines.disclosure)
    try await fixture.say(wanted ? "1" : "2")
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    _ = try await fixture.desk.answer(case: item.number, text: "Kami di sini.", reviewer: "sari")
    try await fixture.receive("stop")
    #expect(await fixture.delivered(to: "+62000001") == (wanted ? ["Kami di sini."] : []) + fixture.response(.stop))
  }

  @Test func whoWantsAPersonAfterStopCanBeWrittenTo() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo")
    try await fixture.say("stop")
    #expect(try await fixture.say("HUBUNGI") == fixture.response(.contactYes))
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(item.kind == .disclosure)
    _ = try await fixture.desk.answer(case: item.number, text: "Halo.", reviewer: "sari")
    #expect(await fixture.delivered(to: "+62000001") == ["Halo."])
  }

  /// Whoever came back to be written to may say STOP again: it is obeyed, answered, and leaves them the one answer.
  @Test func stopCanBeSaidAgainAfterHubungi() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    for text in ["halo", "ya", "stop", "HUBUNGI"] { try await fixture.say(text) }
    #expect(try await fixture.say("STOP") == fixture.response(.stop))
    let item = try #require(try fixture.store.queue(QueueQuery()).items.first)
    #expect(try fixture.store.reviewCase(item: item.number)?.isStopped == true)
    _ = try await fixture.desk.answer(case: item.number, text: "Halo.", reviewer: "sari")
    await #expect(throws: CaseError.stopped(item: item.number)) {
      try await fixture.desk.answer(case: item.number, text: "Masih di sana?", reviewer: "sari")
    }
    #expect(await fixture.delivered(to: "+62000001") == ["Halo."])
    #expect(try await fixture.say("STOP") == [])
  }

  @Test func aNumberIsOneContactInAllItsForms() async throws {
    let fixture = try DeskFixture()
    defer { fixture.remove() }
    try await fixture.say("halo", from: "0812-0000-0000")
    try await fixture.say("stop", from: "+62 812 0000 0000")
    #expect(try await fixture.say("halo", from: "6281200000000") == [])
    #expect(try await fixture.say("halo", from: "81200000000").count == 1)
  }
}
