import JagaCore
import Testing

@testable import JagaScoring

/// Stored states that made the program stop when it went on with them; found by the fuzz target `state`.
struct StoredStateRegressionTests {
  @Test func aStateWhoseCountsAreAboutToOverflowIsRefused() {
    var state = ConversationState()
    state.messageCount = .max
    #expect(throws: ConversationState.DecodingError.damaged) {
      try ConversationState(decoding: state.encode(modelID: "m"), modelID: "m")
    }
    state.messageCount = 3
    let slot = state.slot(of: 1)
    state.authors[slot].messages = .max
    #expect(throws: ConversationState.DecodingError.damaged) {
      try ConversationState(decoding: state.encode(modelID: "m"), modelID: "m")
    }
  }

  @Test(arguments: [-1, 1e30, Float.infinity, .nan])
  func evidenceThatNoConversationCanHoldIsRefused(value: Float) {
    var state = ConversationState()
    let slot = state.slot(of: 1)
    state.authors[slot].stages[4] = value
    #expect(throws: ConversationState.DecodingError.damaged) {
      try ConversationState(decoding: state.encode(modelID: "m"), modelID: "m")
    }
  }

  @Test func anOrdinaryStateIsTaken() throws {
    var state = ConversationState()
    let slot = state.slot(of: 1)
    state.authors[slot].messages = 12
    state.authors[slot].stages[4] = 2.5
    state.messageCount = 12
    let read = try ConversationState(decoding: state.encode(modelID: "m"), modelID: "m")
    #expect(read.encode(modelID: "m") == state.encode(modelID: "m"))
  }
}
