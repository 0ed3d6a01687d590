import JagaCore
import Testing

@testable import JagaService

struct LabelOverlapTests {
  private func score(_ values: [Label: Double], score: Double, top: Label, band: Band = .high) -> MessageScore {
    MessageScore(
      score: score, band: band, top: top, labels: Label.moves.map { values[$0] ?? 0 }, disclosure: 0, language: .id)
  }

  @Test func aLabelAloneHasItsOwnProbability() {
    let one = score([.sextortionThreat: 0.05, .sextortionDemand: 0.04], score: 0.99, top: .sextortionThreat)
    #expect(one.probability(of: [.sextortionThreat]) == 0.05)
  }

  @Test func aTrackIsLikelyWhereSeveralOfItsStagesCouldBeMeant() {
    let one = score(
      [.sextortionThreat: 0.05, .sextortionDemand: 0.04, .groomingTrust: 0.01], score: 0.99, top: .sextortionThreat)
    #expect(abs(one.probability(of: Track.sextortion.stages) - 0.99 * 0.9) < 1e-12)
    #expect(abs(one.probability(of: Track.grooming.stages) - 0.99 * 0.1) < 1e-12)
    #expect(one.probability(of: Track.trade.stages) == 0)
  }

  @Test func labelsThatOverlapDoNotLowerEachOther() {
    let one = score([.sextortionThreat: 0.9, .topupRequest: 0.9], score: 0.95, top: .topupRequest)
    #expect(one.probability(of: Track.sextortion.stages) == 0.9)
    #expect(one.probability(of: Label.moves) == 0.95)
  }

  @Test func nothingIsNothing() {
    #expect(score([:], score: 0, top: .groomingContact).probability(of: Track.grooming.stages) == 0)
    #expect(score([.tradeMigrate: 1], score: 1, top: .tradeMigrate).probability(of: []) == 0)
  }

  @Test(arguments: [
    (Band.high, [Label.sextortionThreat], true), (.review, [.sextortionThreat], true),
    (.watch, [.sextortionThreat], false), (.none, [.sextortionThreat], false), (.high, [.groomingTrust], false),
    (.high, [], false),
  ])
  func aCategoryIsFlaggedWithItsMessage(band: Band, labels: [Label], expected: Bool) {
    let one = score([.sextortionThreat: 0.05], score: 0.99, top: .sextortionThreat, band: band)
    #expect(one.isFlagged(as: labels) == expected)
  }
}
