import JagaCore
import Testing

@testable import JagaScoring

@Suite struct BandPolicyTests {
  private let policy: BandPolicy = {
    var bands = Parameters.Bands()
    bands.watch = 0
    bands.review = 1
    bands.high = 3
    bands.conversationReview = 2
    bands.conversationHigh = 4.5
    bands.hysteresis = 0.5
    return BandPolicy(thresholds: bands)
  }()

  /// Logit, top move, late stages of the author, band before, band now.
  @Test(
    arguments: [
      // Below and at each threshold.
      (-0.01, .topupRequest, 1, .none, .none),
      (0, .topupRequest, 1, .none, .watch),
      (0.99, .topupRequest, 1, .none, .watch),
      (1, .topupRequest, 1, .none, .review),
      (2.99, .topupRequest, 1, .none, .review),
      (3, .topupRequest, 1, .none, .high),
      // An early move alone stays at watch, however strong.
      (9, .groomingContact, 0, .none, .watch),
      (9, .groomingTrust, 0, .none, .watch),
      (9, .topupOffer, 0, .none, .watch),
      (9, .sextortionLure, 0, .none, .watch),
      (-0.01, .topupOffer, 0, .none, .none),
      (9, .topupOffer, 0, .high, .watch),
      // After a late one of the same author it counts, and needs two for high.
      (1, .topupOffer, 1, .none, .review),
      (9, .topupOffer, 1, .none, .review),
      (3, .topupOffer, 2, .none, .high),
      // A move that is not severe needs a second late stage for high.
      (9, .topupCondition, 1, .none, .review),
      (3, .topupCondition, 2, .none, .high),
      (9, .groomingAssessment, 0, .none, .review),
      (9, .sextortionDemand, 0, .none, .high),
      // A band once reached is left only half a logit below its threshold.
      (0.5, .topupRequest, 1, .review, .review),
      (0.49, .topupRequest, 1, .review, .watch),
      (0.5, .topupRequest, 1, .watch, .watch),
      (2.5, .topupRequest, 1, .high, .high),
      (2.49, .topupRequest, 1, .high, .review),
      (2.5, .topupRequest, 1, .review, .review),
      (0.5, .topupRequest, 1, .high, .review),
      // Watch itself has no hysteresis.
      (-0.1, .topupRequest, 1, .watch, .none),
    ] as [(Double, Label, Int, Band, Band)])
  func messageBands(_ logit: Double, _ top: Label, _ late: Int, _ previous: Band, _ expected: Band) {
    #expect(policy.message(logit: logit, top: top, late: late, previous: previous) == expected)
  }

  /// Evidence, late stages, band.
  @Test(
    arguments: [
      (9, 0, .none), (1.99, 1, .none), (2, 1, .review), (4.5, 1, .review), (4.49, 2, .review), (4.5, 2, .high),
      (-1, 5, .none),
    ] as [(Double, Int, Band)])
  func conversationBands(_ evidence: Double, _ late: Int, _ expected: Band) {
    #expect(policy.conversation(evidence: evidence, late: late) == expected)
  }

  /// Evidence that a band asks for gives that band, where there are stages enough.
  @Test(arguments: [Band.review, .high])
  func theLeastEvidenceOfABandIsEnoughForIt(band: Band) {
    #expect(policy.conversation(evidence: Double(policy.leastEvidence(band)), late: 2) == band)
    #expect(policy.conversation(evidence: Double(policy.leastEvidence(band)).nextDown, late: 2) < band)
  }

  @Test func severeMoves() {
    #expect(
      Label.allCases.filter(BandPolicy.isSevere) == [
        .groomingSexualisation, .groomingApproach, .sextortionCapture, .sextortionThreat, .sextortionDemand,
        .sextortionPressure, .topupRequest, .topupLeverage, .tradeRecruit, .tradeTransact,
      ])
    #expect(Label.allCases.filter { BandPolicy.isSevere($0) && $0.isEarly }.isEmpty)
  }
}
