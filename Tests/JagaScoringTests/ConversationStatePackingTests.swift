import JagaCore
import TestSupport
import Testing

@testable import JagaScoring

extension ConversationStateEncodingTests {
  private func packed(_ state: ConversationState) -> [UInt8] {
    var bytes: [UInt8] = []
    state.pack(into: &bytes)
    return bytes
  }

  private func unpacked(_ bytes: [UInt8]) -> ConversationState? {
    bytes.withUnsafeBytes { ConversationState(unpacking: $0) }
  }

  @Test func packingKeepsEverything() throws {
    var random = SplitMix64(seed: 91)
    for round in 0..<60 {
      let state = sample(authors: round % 9, using: &random)
      let read = try #require(unpacked(packed(state)))
      expectEqual(read, state, "seed 91, round \(round)")
      #expect(read.encode(modelID: "m") == state.encode(modelID: "m"))
    }
    let fresh = try #require(unpacked(packed(ConversationState())))
    expectEqual(fresh, ConversationState(), "a new conversation")
  }

  @Test func goingOnFromPackedBytesIsGoingOn() throws {
    var random = SplitMix64(seed: 92)
    var state = sample(authors: 8, using: &random)
    var read = try #require(unpacked(packed(state)))
    goOn(&state)
    goOn(&read)
    expectEqual(read, state, "seed 92")
  }

  @Test func whatIsZeroTakesNoRoom() {
    #expect(packed(ConversationState()).count < 64)
    var state = ConversationState()
    for number in 0..<20 {
      _ = state.slot(of: UInt64(1 + number % 2))
      var mark = ConversationState.Mark()
      mark.author = UInt64(1 + number % 2)
      state.remember(mark, question: Question())
    }
    #expect(packed(state).count < 240)
  }

  @Test func everyTruncatedOrLongerPackingIsRefused() {
    var random = SplitMix64(seed: 93)
    let whole = packed(sample(authors: 3, using: &random))
    for length in whole.indices { #expect(unpacked(Array(whole.prefix(length))) == nil, "prefix of \(length)") }
    #expect(unpacked(whole + [0]) == nil)
  }

  /// Any bytes are refused or give a state that can be gone on with.
  @Test func damagedPackingsNeverStopTheProgram() {
    var random = SplitMix64(seed: 94)
    let whole = packed(sample(authors: 4, using: &random))
    var taken = 0
    for place in whole.indices {
      for _ in 0..<6 {
        var bytes = whole
        bytes[place] = .random(in: 0...255, using: &random)
        guard var state = unpacked(bytes) else { continue }
        taken += 1
        goOn(&state)
      }
    }
    #expect(taken > 0)
  }
}
