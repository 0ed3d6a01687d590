import JagaCore
import TestSupport
import Testing

@testable import JagaScoring

@Suite struct ConversationStateEncodingTests {
  /// A state in which every field differs from that of a new one.
  func sample(authors: Int, using random: inout SplitMix64) -> ConversationState {
    var state = ConversationState()
    for number in 0..<authors {
      let slot = state.slot(of: random.next())
      state.authors[slot].messages = .random(in: 1...5000, using: &random)
      state.authors[slot].peak = .random(in: 0...9, using: &random)
      state.authors[slot].top = .random(in: 1...19, using: &random)
      state.authors[slot].band = Band.allCases[1 + number % 3]
      for stage in 0..<Label.moveCount { state.authors[slot].stages[stage] = .random(in: 0...5, using: &random) }
    }
    for _ in 0..<Int.random(in: 1...30, using: &random) {
      var mark = ConversationState.Mark()
      mark.author = random.next()
      mark.model.low = random.next()
      mark.model.high = random.next()
      mark.overlay.low = random.next()
      mark.overlay.high = random.next()
      let question = Question(
        concepts: (0..<Int.random(in: 0...Question.conceptLimit, using: &random)).map { _ in
          UInt32.random(in: 1 ... .max, using: &random)
        },
        choices: (0..<Int.random(in: 0...8, using: &random)).map { _ in UInt32.random(in: 0 ... .max, using: &random) },
        isAsked: .random(using: &random), choicesAreLetters: .random(using: &random))
      state.remember(mark, question: question)
    }
    state.firstAlert = .random(in: 0...20, using: &random)
    state.peak = .random(in: 0...9, using: &random)
    state.peakBand = .review
    state.peakTop = 13
    state.support = true
    return state
  }

  func expectEqual(_ left: ConversationState, _ right: ConversationState, _ comment: Comment) {
    #expect(left.authorCount == right.authorCount, comment)
    for slot in 0..<8 {
      let (one, other) = (left.authors[slot], right.authors[slot])
      #expect(one.id == other.id && one.messages == other.messages && one.peak == other.peak, comment)
      #expect(one.top == other.top && one.band == other.band, comment)
      for stage in 0..<Label.moveCount { #expect(one.stages[stage] == other.stages[stage], comment) }
    }
    for index in 0..<12 {
      let (one, other) = (left.marks[index], right.marks[index])
      #expect(one.author == other.author && one.model == other.model && one.overlay == other.overlay, comment)
    }
    #expect(left.messageCount == right.messageCount && left.firstAlert == right.firstAlert, comment)
    #expect(left.peak == right.peak && left.peakBand == right.peakBand && left.peakTop == right.peakTop, comment)
    #expect(left.support == right.support, comment)
    expectEqual(left.last, right.last, comment)
    expectEqual(left.lastOfOther, right.lastOfOther, comment)
  }

  private func expectEqual(_ left: ConversationState.Asked, _ right: ConversationState.Asked, _ comment: Comment) {
    #expect(left.author == right.author && left.question.conceptCount == right.question.conceptCount, comment)
    #expect(left.message == right.message && left.question.isAsked == right.question.isAsked, comment)
    #expect(left.question.choicesAreLetters == right.question.choicesAreLetters, comment)
    for index in 0..<Question.conceptLimit {
      #expect(left.question.concepts[index] == right.question.concepts[index], comment)
    }
    for number in 0..<Question.choiceLimit {
      #expect(left.question.choices[number] == right.question.choices[number], comment)
    }
  }

  private func refusal(_ bytes: [UInt8], _ modelID: String = "3f9a1c02") -> ConversationState.DecodingError? {
    do {
      _ = try ConversationState(decoding: bytes, modelID: modelID)
      return nil
    } catch { return error }
  }

  /// Uses a state as scoring does.
  func goOn(_ state: inout ConversationState) {
    let tracker = ConversationTracker(parameters: Parameters())
    for message in 0..<15 {
      let slot = state.slot(of: UInt64(message % 10))
      #expect(tracker.carry(state.authors[slot]).isFinite)
      tracker.fold(logit: 2, stages: InlineArray<20, Double>(repeating: 0.3), into: &state.authors[slot])
      let history = StateHistory(state: state, author: 1, isOverlay: message % 2 == 0)
      for age in stride(from: 1, through: history.count, by: 1) { _ = history.marks(age: age) }
      state.remember(ConversationState.Mark(), question: Question())
    }
    for slot in 0..<state.authorCount { #expect(!tracker.evidence(state.authors[slot].stages).sum.isNaN) }
  }

  @Test func everyFieldReadsBack() throws {
    let seed: UInt64 = 81
    var random = SplitMix64(seed: seed)
    for round in 0..<50 {
      let state = sample(authors: round % 9, using: &random)
      let bytes = state.encode(modelID: "3f9a1c02")
      let decoded = try ConversationState(decoding: bytes, modelID: "3f9a1c02")
      expectEqual(decoded, state, "seed \(seed), round \(round)")
      #expect(decoded.encode(modelID: "3f9a1c02") == bytes)
    }
    let fresh = try ConversationState(decoding: ConversationState().encode(modelID: ""), modelID: "")
    expectEqual(fresh, ConversationState(), "a new conversation")
  }

  @Test func goingOnFromBytesIsGoingOn() throws {
    var random = SplitMix64(seed: 82)
    var state = sample(authors: 8, using: &random)
    var decoded = try ConversationState(decoding: state.encode(modelID: "m"), modelID: "m")
    goOn(&state)
    goOn(&decoded)
    expectEqual(decoded, state, "seed 82")
  }

  @Test func anotherModelStartsAfresh() {
    let bytes = ConversationState().encode(modelID: "3f9a1c02")
    #expect(refusal(bytes) == nil)
    #expect(refusal(bytes, "3f9a1c03") == .otherModel(found: "3f9a1c02"))
    #expect(refusal(bytes, "3f9a1c02+00112233") == .otherModel(found: "3f9a1c02"))
    #expect(refusal(bytes, "") == .otherModel(found: "3f9a1c02"))
  }

  @Test func anotherVersionStartsAfresh() {
    #expect(ConversationState.encodingVersion == 2)
    for version in [0, 1, 3, -1, .max] as [Int64] {
      let bytes = SampleBundle.patched(ConversationState().encode(modelID: "3f9a1c02"), at: 0, version)
      #expect(refusal(bytes) == .otherVersion(found: version))
      // Even where nothing else is known.
      #expect(refusal(Array(bytes.prefix(16))) == .otherVersion(found: version))
    }
  }

  @Test func everyTruncatedPrefixIsDamaged() {
    var random = SplitMix64(seed: 83)
    let whole = sample(authors: 3, using: &random).encode(modelID: "3f9a1c02")
    for length in whole.indices { #expect(refusal(Array(whole.prefix(length))) == .damaged, "prefix of \(length)") }
  }

  /// Offset of a number in the encoding of a state with one author, values that are refused, values that pass.
  @Test func numbersOutOfRangeAreDamaged() {
    var random = SplitMix64(seed: 84)
    let whole = sample(authors: 1, using: &random).encode(modelID: "3f9a1c02")
    let wide = Int64(UInt32.max) + 1
    let infinity = Int64(Float.infinity.bitPattern)
    let rows: [(name: String, offset: Int, refused: [Int64], passed: [Int64])] = [
      ("messages", 24, [-1, wide, .min], [0, 1 << 30]),
      ("first alert", 32, [-2, wide], [-1, 0, 1 << 30]),
      ("peak", 40, [-1, wide, infinity, Int64(Float.nan.bitPattern)], [0]),
      ("peak band", 48, [-1, 4, 256], [0, 3]),
      ("peak top", 56, [-1, 20, 255], [0, 19]),
      ("authors", 72, [-1, 9, .max], [1]),
      ("author's messages", 88, [-1, wide], [0, 1 << 30]),
      ("author's peak", 96, [-1, infinity], [0]),
      ("author's top", 104, [-1, 20], [0, 19]),
      ("author's band", 112, [-1, 4], [0, 3]),
      ("number of stages", 120, [-1, 0, 19, 21, .max], [20]),
    ]
    for row in rows {
      // The model id takes bytes 8 to 24: its count, then eight bytes at 16.
      for value in row.refused {
        #expect(refusal(SampleBundle.patched(whole, at: row.offset, value)) == .damaged, "\(row.name) \(value)")
      }
      for value in row.passed {
        let bytes = SampleBundle.patched(whole, at: row.offset, value)
        guard var state = try? ConversationState(decoding: bytes, modelID: "3f9a1c02") else {
          Issue.record("\(row.name) \(value) is refused")
          continue
        }
        goOn(&state)
      }
    }
  }

  @Test func alteredBytesThrowOrGoOn() {
    let seed: UInt64 = 85
    var random = SplitMix64(seed: seed)
    let whole = sample(authors: 2, using: &random).encode(modelID: "3f9a1c02")
    var refused = 0
    var opened = 0
    for _ in 0..<2000 {
      var bytes = whole
      bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      guard var state = try? ConversationState(decoding: bytes, modelID: "3f9a1c02") else {
        refused += 1
        continue
      }
      opened += 1
      goOn(&state)
    }
    #expect(refused > 100 && opened > 100, "seed \(seed): \(refused) refused, \(opened) opened")
  }
}
