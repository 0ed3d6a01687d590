import Foundation
import JagaCore
import Testing

@testable import JagaEvaluation

@Suite struct LogOddsTests {
  /// By hand: 8 of 20 messages against 2 of 80, prior 10. α = 10 · 10/100 = 1, so the odds are 9 / (30 − 9) and 3 / (90 − 3).
  @Test func byHand() {
    let odds = LogOdds(count: 8, of: 20, against: 2, of: 80, prior: 10)
    let ratio = log(9.0 / 21) - log(3.0 / 87)
    #expect(abs(odds.ratio - ratio) < 1e-12)
    #expect(abs(odds.z - ratio / (1.0 / 9 + 1.0 / 3).squareRoot()) < 1e-12)
  }

  @Test func groupsChangeTheSign() {
    let one = LogOdds(count: 3, of: 40, against: 9, of: 60, prior: 100)
    let other = LogOdds(count: 9, of: 60, against: 3, of: 40, prior: 100)
    #expect(abs(one.z + other.z) < 1e-12 && one.z < 0)
  }

  @Test func whatNeverOccursIsUndefined() {
    #expect(LogOdds(count: 0, of: 5, against: 0, of: 5, prior: 10).z.isNaN)
    #expect(LogOdds(count: 1, of: 1, against: 0, of: 0, prior: 10).z.isNaN)
    #expect(LogOdds(count: 5, of: 5, against: 5, of: 5, prior: 10).z.isNaN == true)
  }

  @Test func senses() {
    var votes = [Int16](repeating: 0, count: Head.stride)
    func sense(_ change: (inout [Int16]) -> Void) -> VoterSense {
      var votes = votes
      change(&votes)
      return VoterSense(ruleVotes: votes)
    }
    #expect(sense { _ in }.name == "-")
    #expect(sense { $0[Head.move] = 5 }.name == "move")
    #expect(sense { $0[Head.move] = -5 }.name == "not-move")
    #expect(
      sense {
        $0[Head.move] = -5
        $0[Head.disclosure] = -5
      }.name == "benign")
    #expect(
      sense {
        $0[Head.move] = -5
        $0[Head.disclosure] = 2
      }.name == "disclosure")
    votes[Head.move] = 3
    let pressure = sense {
      $0[Int(Label.sextortionPressure.rawValue)] = 2
      $0[Int(Label.sextortionDemand.rawValue)] = 1
    }
    #expect(pressure.name == "sextortion.demand+sextortion.pressure")
    #expect(pressure.conflicts(with: VoterSense(label: .topupOffer)))
    #expect(!pressure.conflicts(with: VoterSense(label: .sextortionLure)))
    #expect(pressure.conflicts(with: VoterSense(label: .benign)))
    #expect(VoterSense(label: .disclosure).conflicts(with: VoterSense(label: .benign)))
    #expect(VoterSense(label: .disclosure).conflicts(with: pressure))
    #expect(!VoterSense(label: nil).conflicts(with: pressure))
  }
}
