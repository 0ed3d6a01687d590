import JagaCore
import JagaRules
import TestSupport
import Testing

@testable import JagaScoring

@Suite struct ConversationStateTests {
  /// A mark that tells its message's number.
  private func mark(_ number: Int) -> ConversationState.Mark {
    var mark = ConversationState.Mark()
    mark.author = UInt64(number % 3)
    mark.model.low = UInt64(number)
    mark.overlay.high = UInt64(1000 + number)
    return mark
  }

  @Test func aNewConversationIsEmpty() {
    let state = ConversationState()
    #expect(state.messages == 0)
    #expect(state.firstAlertIndex == nil)
    #expect(StateHistory(state: state, author: 0, isOverlay: false).count == 0)
  }

  @Test func theFirstAlertIsAnIndexFromZero() {
    var state = ConversationState()
    state.firstAlert = 0
    #expect(state.firstAlertIndex == 0)
    state.firstAlert = 7
    #expect(state.firstAlertIndex == 7)
  }

  @Test func rulesSeeTheLastTwelveMessagesNewestFirst() {
    #expect(RuleSet.historyDepth == 12)
    var state = ConversationState()
    for count in 1...40 {
      state.remember(mark(count), question: Question())
      #expect(state.messages == count)
      let history = StateHistory(state: state, author: 1, isOverlay: false)
      let overlay = StateHistory(state: state, author: 1, isOverlay: true)
      #expect(history.count == min(count, 12))
      for age in 1...history.count {
        let number = count - age + 1
        #expect(history.marks(age: age) == mark(number).model, "\(count) messages, age \(age)")
        #expect(overlay.marks(age: age) == mark(number).overlay)
        #expect(history.isSameAuthor(age: age) == (number % 3 == 1))
      }
    }
  }

  @Test func authorsKeepTheirSlots() {
    var state = ConversationState()
    let slots = (0..<8).map { state.slot(of: UInt64(100 + $0)) }
    #expect(slots == Array(0..<8))
    #expect((0..<8).map { state.slot(of: UInt64(100 + $0)) } == slots)
    #expect(state.authorCount == ConversationState.authorLimit)
  }

  @Test func theAuthorWithTheLeastEvidenceMakesRoom() {
    var state = ConversationState()
    for (number, peak) in [4, 3, 2, 0.5, 5, 1, 6, 7].enumerated() {
      let slot = state.slot(of: UInt64(100 + number))
      state.authors[slot].peak = Float(peak)
      state.authors[slot].band = .review
      state.authors[slot].stages[3] = 2
    }
    let slot = state.slot(of: 900)
    #expect(slot == 3)
    #expect(state.authors[slot].id == 900)
    #expect(state.authors[slot].peak == 0)
    #expect(state.authors[slot].stages[3] == 0)
    #expect(state.authors[slot].band == .none)
    #expect(state.authorCount == 8)
    // The newcomer has no evidence, so the next newcomer takes the same slot.
    #expect(state.slot(of: 901) == 3)
    #expect(state.slot(of: 100) == 0)
  }

  /// What is kept out of line must not be shared by two states that go their own ways.
  @Test(arguments: [1, 2, 3, 8])
  func aCopyIsAStateOfItsOwn(authors: Int) {
    var state = ConversationState()
    for number in 0..<authors {
      let slot = state.slot(of: UInt64(100 + number))
      state.authors[slot].peak = Float(number)
      state.remember(mark(number + 1), question: Question())
    }
    let bytes = state.encode(modelID: "m")
    var copy = state
    for slot in 0..<authors { copy.authors[slot].stages[2] += 3 }
    copy.remember(mark(77), question: Question())
    #expect(state.encode(modelID: "m") == bytes)
    #expect(copy.encode(modelID: "m") != bytes)
    let kept = copy.encode(modelID: "m")
    state.removeAll()
    #expect(state.encode(modelID: "m") == ConversationState().encode(modelID: "m"))
    #expect(copy.encode(modelID: "m") == kept)
    state.removeAll()
    #expect(state.encode(modelID: "m") == ConversationState().encode(modelID: "m"))
  }

  @Test func aStateIsSmall() {
    #expect(MemoryLayout<ConversationState>.stride <= 800)
  }

  /// Whatever a conversation has counted, it goes on.
  @Test func aVeryLongConversationGoesOn() {
    var state = ConversationState()
    state.messageCount = .max - 5
    let tracker = ConversationTracker(parameters: Parameters())
    let slot = state.slot(of: 1)
    state.authors[slot].messages = .max - 5
    let stages = InlineArray<20, Double>(repeating: 0)
    for number in 0..<40 {
      tracker.fold(logit: 0, stages: stages, into: &state.authors[slot])
      state.remember(mark(number), question: Question())
      let history = StateHistory(state: state, author: 1, isOverlay: false)
      #expect(history.count == 12)
      for age in 1...min(12, number + 1) {
        #expect(history.marks(age: age) == mark(number - age + 1).model, "message \(number), age \(age)")
      }
    }
    #expect(state.messages > 2_000_000_000)
    #expect(state.authors[slot].messages == .max)
  }
}
