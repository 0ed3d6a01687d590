import CJaga
import JagaBatch
import JagaCore
import JagaScoring
import Testing

@testable import JagaC

@Suite struct TrackerTests {
  private static let messages: [(author: String, text: String)] = [
    ("a", "umur berapa dek? sekolah di mana?"), ("b", "kelas 7 kak"),
    ("a", "sendirian di rumah? jangan bilang mama ya kita chat"), ("b", "iya, kenapa?"),
    ("a", "kirim foto dulu baru kakak topup 50rb"), ("b", "ga mau ah"), ("a", "nanti foto kamu aku sebar"),
  ]

  private func tracker(_ model: LibraryModel, capacity: Int64 = 0) throws -> OpaquePointer {
    var made: OpaquePointer?
    #expect(jaga_tracker_new(model.pointer, capacity, &made) == Int32(JAGA_OK))
    return try #require(made)
  }

  private func score(
    _ tracker: OpaquePointer, _ id: String, _ message: (author: String, text: String)
  ) -> (jaga_score, jaga_conversation_score) {
    var score = jaga_score()
    var conversation = jaga_conversation_score()
    let status = jaga_tracker_score(
      tracker, id, id.utf8.count, message.author, message.author.utf8.count, message.text, message.text.utf8.count,
      &score, &conversation)
    #expect(status == Int32(JAGA_OK))
    return (score, conversation)
  }

  @Test func aConversationHasTheBitsOfTheScorer() throws {
    let model = try LibraryModel()
    let scorer = Scorer(model: try Model.open(path: LibraryModel.path))
    let tracker = try tracker(model)
    defer { jaga_tracker_free(tracker) }
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    var filled = MessageScore(score: 0, band: .none, top: .benign, labels: [], disclosure: 0, language: .other)
    for message in TrackerTests.messages {
      var text = message.text
      text.withUTF8 { workspace.assess($0, into: assessment) }
      let conclusion = scorer.conclude(assessment, author: tokenHash(message.author), in: &state)
      scorer.fill(&filled, from: conclusion)
      let (found, conversation) = score(tracker, "c1", message)
      #expect(found.score == filled.score)
      #expect(labels(of: found) == filled.labels)
      #expect(found.band == filled.band.rawValue)
      #expect(conversation.score == conclusion.conversation.score)
      #expect(conversation.band == conclusion.conversation.band.rawValue)
      #expect(conversation.top == conclusion.conversation.top.rawValue)
      #expect(conversation.messages == Int64(state.messages))
      #expect(conversation.first_alert == Int64(state.firstAlertIndex ?? -1))
    }
    var summary = jaga_conversation_score()
    #expect(jaga_tracker_conversation(tracker, "c1", 2, &summary) == Int32(JAGA_OK))
    #expect(summary.messages == Int64(TrackerTests.messages.count))
    #expect(summary.first_alert >= 0)
    #expect(summary.band == Band.high.rawValue)
    #expect(jaga_tracker_conversation(tracker, "c2", 2, &summary) == Int32(JAGA_OK))
    #expect(summary.messages == 0)
    #expect(summary.first_alert == -1)
    #expect(summary.top == Label.benign.rawValue)
  }

  @Test func aStateGoesOnElsewhere() throws {
    let model = try LibraryModel()
    let first = try tracker(model)
    let whole = try tracker(model)
    let second = try tracker(model)
    defer { for tracker in [first, whole, second] { jaga_tracker_free(tracker) } }
    for message in TrackerTests.messages.prefix(4) {
      _ = score(first, "c1", message)
      _ = score(whole, "c1", message)
    }
    var needed = 0
    #expect(jaga_tracker_state(first, "c1", 2, nil, 0, &needed) == Int32(JAGA_OK))
    #expect(needed > 100)
    var state = [UInt8](repeating: 0, count: needed)
    #expect(jaga_tracker_state(first, "c1", 2, &state, state.count, &needed) == Int32(JAGA_OK))
    #expect(jaga_tracker_restore(second, "c1", 2, state, state.count) == Int32(JAGA_OK))
    for message in TrackerTests.messages.dropFirst(4) {
      let expected = score(whole, "c1", message)
      let found = score(second, "c1", message)
      #expect(found.0.score == expected.0.score)
      #expect(found.1.score == expected.1.score)
      #expect(found.1.messages == expected.1.messages)
    }
    #expect(jaga_tracker_state(first, "other", 5, nil, 0, &needed) == Int32(JAGA_OK))
    #expect(needed == 0)
    #expect(jaga_tracker_forget(second, "c1", 2) == Int32(JAGA_OK))
    #expect(jaga_tracker_state(second, "c1", 2, nil, 0, &needed) == Int32(JAGA_OK))
    #expect(needed == 0)
  }

  @Test func aStateThatCannotGoOnIsToldAndChangesNothing() throws {
    let model = try LibraryModel()
    let tracker = try tracker(model)
    defer { jaga_tracker_free(tracker) }
    _ = score(tracker, "c1", TrackerTests.messages[0])
    let otherModel = ConversationState().encode(modelID: "00000000")
    #expect(jaga_tracker_restore(tracker, "c1", 2, otherModel, otherModel.count) == Int32(JAGA_ERROR_STATE))
    #expect(
      lastError()
        == "the state was made by the model '00000000'; restore it under that model, or begin the conversation afresh")
    #expect(jaga_tracker_restore(tracker, "c1", 2, [1, 2, 3], 3) == Int32(JAGA_ERROR_STATE))
    #expect(lastError() == "the state is damaged; begin the conversation afresh")
    #expect(jaga_tracker_restore(tracker, nil, 0, otherModel, otherModel.count) == Int32(JAGA_ERROR_ARGUMENT))
    var summary = jaga_conversation_score()
    #expect(jaga_tracker_conversation(tracker, "c1", 2, &summary) == Int32(JAGA_OK))
    #expect(summary.messages == 1)
  }

  @Test func damagedStatesNeverCrash() throws {
    let model = try LibraryModel()
    let tracker = try tracker(model)
    defer { jaga_tracker_free(tracker) }
    for message in TrackerTests.messages { _ = score(tracker, "c1", message) }
    var needed = 0
    _ = jaga_tracker_state(tracker, "c1", 2, nil, 0, &needed)
    var state = [UInt8](repeating: 0, count: needed)
    _ = jaga_tracker_state(tracker, "c1", 2, &state, needed, &needed)
    var refused = 0
    for place in stride(from: 0, to: state.count, by: 7) {
      var damaged = state
      damaged[place] ^= 0xFF
      if jaga_tracker_restore(tracker, "x", 1, damaged, damaged.count) == Int32(JAGA_ERROR_STATE) { refused += 1 }
      if jaga_tracker_restore(tracker, "x", 1, state, place) == Int32(JAGA_ERROR_STATE) { refused += 1 }
      _ = score(tracker, "x", TrackerTests.messages[2])
    }
    #expect(refused > state.count / 7)
  }

  @Test func theOneLongestWithoutAMessageGivesWay() throws {
    let model = try LibraryModel()
    let tracker = try tracker(model, capacity: 64)
    defer { jaga_tracker_free(tracker) }
    for number in 0..<1000 { _ = score(tracker, "c\(number)", TrackerTests.messages[0]) }
    #expect(jaga_tracker_evictions(tracker) >= 1000 - 64)
    // Those without an id are kept nowhere.
    let before = jaga_tracker_evictions(tracker)
    for _ in 0..<100 { #expect(score(tracker, "", TrackerTests.messages[0]).1.messages == 1) }
    #expect(jaga_tracker_evictions(tracker) == before)
  }

  @Test func wrongArgumentsAreTold() throws {
    let model = try LibraryModel()
    var made: OpaquePointer?
    #expect(jaga_tracker_new(nil, 0, &made) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_tracker_new(model.pointer, -1, &made) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'capacity' is out of its range; pass 0, or a number of conversations up to 2147483647")
    #expect(jaga_tracker_new(model.pointer, .max, &made) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_tracker_new(model.pointer, 1, nil) == Int32(JAGA_ERROR_ARGUMENT))
    let tracker = try tracker(model)
    defer { jaga_tracker_free(tracker) }
    #expect(jaga_tracker_score(tracker, nil, 3, nil, 0, "a", 1, nil, nil) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(lastError() == "'conversation_id' is NULL; pass a pointer to what jaga.h says")
    #expect(jaga_tracker_score(tracker, nil, 0, nil, 0, "a", 1, nil, nil) == Int32(JAGA_OK))
    #expect(jaga_tracker_score(nil, nil, 0, nil, 0, "a", 1, nil, nil) == Int32(JAGA_ERROR_ARGUMENT))
    #expect(jaga_tracker_state(tracker, "a", 1, nil, 0, nil) == Int32(JAGA_ERROR_ARGUMENT))
  }
}
