import Foundation
import JagaPollBot
import JagaStore
import Testing

@testable import JagaService

struct PollReportTests {
  @Test func answersAreCountedByVersion() throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try PollSheet.fill(fixture)
    for contact in 21...27 as ClosedRange<UInt8> {
      try PollSheet.answer(fixture, contact: contact, version: 1, age: "old", met: "yes")
    }
    let poll = try PollSheet.poll()
    let now = try PollReport(poll, store: fixture.parts.store)
    #expect(now.results.pollVersion == 2 && now.otherVersions == [1] && !now.hasUnknown)
    #expect(now.results.questions.map(\.answered) == [12, 12, nil])
    let before = try PollReport(poll, version: 1, store: fixture.parts.store)
    #expect(before.results.pollVersion == 1 && before.otherVersions == [2])
    #expect(before.results.questions[0].answered == 7)
    let none = try PollReport(poll, version: 9, store: fixture.parts.store)
    #expect(none.otherVersions == [1, 2] && none.results.questions.allSatisfy { $0.answered == nil })
  }

  @Test func whatThePollDoesNotHaveAnyMoreIsSaid() throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    try PollSheet.answer(fixture, contact: 1, age: "ancient", met: "yes")
    #expect(try PollReport(try PollSheet.poll(), store: fixture.parts.store).hasUnknown)
  }

  @Test func textsAreOpenedOnlyWhereTheyMayLeaveAndMasked() throws {
    let fixture = try ServiceFixture()
    defer { fixture.remove() }
    for contact in 1...6 as ClosedRange<UInt8> {
      try PollSheet.answer(
        fixture, contact: contact, age: "young", met: "yes", idea: "ide \(contact), telepon 0812-0000-0000")
    }
    try PollSheet.answer(fixture, contact: 7, age: "young", met: "yes", idea: "rahasia", mayLeave: false)
    let poll = try PollSheet.poll()
    let closed = try PollReport(poll, store: fixture.parts.store)
    #expect(closed.results.questions[2].texts == [])
    let opened = try PollReport(poll, store: fixture.parts.store, opening: fixture.parts.keys)
    let texts = opened.results.questions[2].texts
    #expect(texts.count == 6 && texts.allSatisfy { $0.hasPrefix("ide ") && !$0.contains("0812") })
    // Another installation's secret opens nothing.
    let other = ServiceKeys(secret: [UInt8](repeating: 8, count: 32))
    #expect(try PollReport(poll, store: fixture.parts.store, opening: other).results.questions[2].texts == [])
  }
}
