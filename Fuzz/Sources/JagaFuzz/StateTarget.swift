import JagaCore
import JagaScoring

/// A stored conversation state, as a database or a network gives it back.
struct StateTarget: FuzzTarget {
  let name = "state"

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let model = seedModelOpened else { fatalError("the seed model does not open") }
    let scorer = Scorer(model: model)
    guard var state = try? ConversationState(decoding: Array(bytes), modelID: "m") else { return }
    let stored = state.encode(modelID: "m")
    let read = try? ConversationState(decoding: stored, modelID: "m")
    expect(read?.encode(modelID: "m") == stored, "a state that was taken is written as the same")
    let assessment = Assessment()
    var text = conversation[3]
    text.withUTF8 { ScoringWorkspace(scorer).assess($0, into: assessment) }
    let conclusion = scorer.conclude(assessment, author: 1, in: &state)
    let score = scorer.messageScore(conclusion).score
    expect(score >= 0 && score <= 1, "a probability")
  }

  func generatedSeeds() -> [(name: String, bytes: [UInt8])] {
    guard let model = seedModelOpened else { return [] }
    let scorer = Scorer(model: model)
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    for (index, message) in conversation.enumerated() {
      var text = message
      text.withUTF8 { workspace.assess($0, into: assessment) }
      _ = scorer.conclude(assessment, author: UInt64(index % 2), in: &state)
    }
    return [("empty", ConversationState().encode(modelID: "m")), ("some", state.encode(modelID: "m"))]
  }
}
