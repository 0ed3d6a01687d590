import JagaPollBot
import JagaStore
import Testing

struct ReplyReadingTests {
  @Test func theOrderIsThatOfWeight() {
    #expect(ReplyAction.allCases.sorted() == ReplyAction.allCases)
    #expect(CaseUrgency.allCases.sorted() == CaseUrgency.allCases)
    #expect(ReplyAction.allCases.filter(\.opensCase) == [.review, .escalate, .support])
    #expect(CaseUrgency.allCases.map(\.queueUrgency) == [1, 2, 3])
  }

  /// The store spells urgencies as the bot does.
  @Test func urgenciesAreKeptByTheirNames() {
    #expect(KeptUrgency.allCases.map(\.rawValue) == CaseUrgency.allCases.map(\.rawValue))
    #expect(KeptUrgency.allCases.sorted() == KeptUrgency.allCases)
  }
}
