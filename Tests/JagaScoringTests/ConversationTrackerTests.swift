import JagaCore
import Testing

@testable import JagaScoring

@Suite struct ConversationTrackerTests {
  typealias Author = ConversationState.Author

  private func tracker(_ change: (inout Parameters.Conversation) -> Void = { _ in }) -> ConversationTracker {
    var parameters = Parameters()
    change(&parameters.conversation)
    return ConversationTracker(parameters: parameters)
  }

  private func stages(_ shares: [Label: Double]) -> InlineArray<20, Double> {
    var stages = InlineArray<20, Double>(repeating: 0)
    for (label, share) in shares { stages[Int(label.rawValue)] = share }
    return stages
  }

  private func held(_ author: Author, _ label: Label) -> Double { Double(author.stages[Int(label.rawValue)]) }

  /// An author after moves of the given stages, each fully certain, at one logit.
  private func author(_ tracker: ConversationTracker, _ moves: [Label], logit: Double = 2) -> Author {
    var author = Author()
    for move in moves { tracker.fold(logit: logit, stages: stages([move: 1]), into: &author) }
    return author
  }

  private func isNear(_ left: Double, _ right: Double) -> Bool { abs(left - right) < 1e-5 }

  @Test func aMoveLeavesItsStrengthTimesItsShare() {
    let tracker = tracker { $0.floor = -1 }
    var author = Author()
    tracker.fold(
      logit: 2, stages: stages([.topupCondition: 0.5, .topupRequest: 0.25, .topupOffer: 0.119, .topupPayment: 0.12]),
      into: &author)
    #expect(isNear(held(author, .topupCondition), 1.5))
    #expect(isNear(held(author, .topupRequest), 0.75))
    // A share below 0.12 is noise.
    #expect(held(author, .topupOffer) == 0)
    #expect(isNear(held(author, .topupPayment), 0.36))
    #expect(author.messages == 1)
  }

  @Test func aLongHarmlessChatNeverAddsUp() {
    let tracker = tracker()
    let floor = Parameters.Conversation().floor
    var author = Author()
    for index in 0..<1000 {
      // Right up to the floor, with the stage certain: the worst that harmless talk can look like.
      tracker.fold(
        logit: index % 2 == 0 ? floor : floor - 0.001, stages: stages([.groomingContact: 1, .groomingTrust: 1]),
        into: &author)
    }
    #expect(author.messages == 1000)
    #expect(tracker.evidence(author.stages).sum == 0)
    #expect(tracker.carry(author) == 0)
  }

  @Test func evidenceFadesWithEachMessageOfItsAuthor() {
    let tracker = tracker {
      $0.floor = -1
      $0.decay = 0.9
    }
    var author = author(tracker, [.topupRequest])
    for turn in 1...40 {
      tracker.fold(logit: -8, stages: stages([.topupRequest: 1]), into: &author)
      var expected = 3.0
      for _ in 0..<turn { expected *= 0.9 }
      #expect(isNear(held(author, .topupRequest), expected), "after \(turn)")
    }
  }

  @Test func aRepeatedStageAddsAShareOfTheSmaller() {
    let tracker = tracker {
      $0.floor = -1
      $0.decay = 0.5
      $0.repetition = 0.1
      $0.cap = 50
    }
    var author = author(tracker, [.topupRequest, .topupRequest])
    // 3 has faded to 1.5; the new 3 stays, and a tenth of 1.5 is added.
    #expect(isNear(held(author, .topupRequest), 3.15))
    tracker.fold(logit: 0, stages: stages([.topupRequest: 1]), into: &author)
    // 3.15 has faded to 1.575, which is more than one and a half times the new 1: repeating a weak move adds nothing.
    #expect(isNear(held(author, .topupRequest), 1.575))
  }

  @Test func distinctStagesCountForMoreThanRepetition() {
    let tracker = tracker()
    let repeated = tracker.evidence(author(tracker, [.topupCondition, .topupCondition, .topupCondition]).stages)
    let distinct = tracker.evidence(author(tracker, [.topupOffer, .topupCondition, .topupRequest]).stages)
    #expect(distinct.sum > 1.4 * repeated.sum)
  }

  /// Repetition lifts a stage to one and a half times the move's own evidence at the most, and never above the cap.
  @Test func endlessRepetitionLevelsOut() {
    let tracker = tracker {
      $0.floor = -1
      $0.decay = 0.9
      $0.repetition = 0.2
      $0.cap = 5
    }
    let weak = author(tracker, [Label](repeating: .topupCondition, count: 500), logit: -0.5)
    #expect(isNear(held(weak, .topupCondition), 0.5 * 1.5))
    let strong = author(tracker, [Label](repeating: .topupCondition, count: 500), logit: 3)
    #expect(held(strong, .topupCondition) == 5)
  }

  @Test func aStageHoldsNoMoreThanTheCap() {
    let tracker = tracker {
      $0.cap = 4
      $0.repetition = 1
      $0.decay = 1
    }
    let author = author(tracker, [Label](repeating: .sextortionDemand, count: 50), logit: 3)
    #expect(held(author, .sextortionDemand) == 4)
    #expect(held(self.author(tracker, [.sextortionDemand], logit: 90), .sextortionDemand) == 4)
  }

  @Test func evidenceIsTheStrongestStageAndAShareOfEveryOther() {
    let tracker = tracker { $0.distinct = 0.5 }
    var stages = InlineArray<20, Float>(repeating: 0)
    #expect(tracker.evidence(stages).sum == 0)
    #expect(tracker.evidence(stages).top == .groomingContact)
    stages[Int(Label.sextortionThreat.rawValue)] = 4
    stages[Int(Label.sextortionLure.rawValue)] = 3
    stages[Int(Label.sextortionCapture.rawValue)] = 1
    stages[Int(Label.sextortionDemand.rawValue)] = 0.59
    stages[Int(Label.topupOffer.rawValue)] = 0.6
    let evidence = tracker.evidence(stages)
    // 4 + half of 2 (a further stage counts up to 2), 1, 0.59 and 0.6.
    #expect(isNear(Double(evidence.sum), 4 + 0.5 * (2 + 1 + 0.59 + 0.6)))
    #expect(evidence.top == .sextortionThreat)
    #expect(evidence.late == 2)
  }

  @Test func ofEqualStagesTheFirstIsTheTop() {
    var stages = InlineArray<20, Float>(repeating: 1)
    #expect(tracker().evidence(stages).top == .groomingContact)
    stages[0] = 0.5
    #expect(tracker().evidence(stages).top == .groomingTrust)
  }

  /// Evidence so far, and what it adds to the author's next message.
  @Test(arguments: [(0, 0), (0.5, 0), (1, 0), (1.5, 0.25), (2, 0.5), (3.5, 1.25), (3.6, 1.25), (4.9, 1.25)])
  func carryBeginsLateAndEndsSoon(_ evidence: Float, _ carry: Double) {
    let tracker = tracker {
      $0.carry = 0.5
      $0.carryFrom = 1
      $0.carryLimit = 1.25
    }
    var author = Author()
    author.stages[Int(Label.topupRequest.rawValue)] = evidence
    #expect(isNear(tracker.carry(author), carry))
  }

  @Test func anotherAuthorIsNotRaised() {
    let tracker = tracker()
    var state = ConversationState()
    for move in [Label.topupOffer, .topupCondition, .topupRequest, .topupLeverage] {
      let mover = state.slot(of: 1)
      tracker.fold(logit: 4, stages: stages([move: 1]), into: &state.authors[mover])
      let other = state.slot(of: 2)
      #expect(tracker.carry(state.authors[other]) == 0)
      tracker.fold(logit: -4, stages: stages([move: 1]), into: &state.authors[other])
    }
    #expect(tracker.carry(state.authors[state.slot(of: 1)]) > 0)
    #expect(tracker.carry(state.authors[state.slot(of: 2)]) == 0)
    #expect(tracker.evidence(state.authors[state.slot(of: 2)].stages).sum == 0)
    #expect(tracker.carry(state.authors[state.slot(of: 3)]) == 0)
  }
}
