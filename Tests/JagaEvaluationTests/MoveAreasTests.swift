import Testing
import TestSupport

@testable import JagaEvaluation

/// The area without a voter, by places looked up once, against all pairs counted again.
@Suite struct MoveAreasTests {
  /// The definition: the share of (move, other) pairs that the move wins, ties counting one half.
  private func area(_ messages: [(logit: Double, isMove: Bool, weight: Int)]) -> Double {
    var won = 0.0
    var all = 0.0
    for move in messages where move.isMove {
      for other in messages where !other.isMove {
        let pairs = Double(move.weight * other.weight)
        all += pairs
        won += move.logit > other.logit ? pairs : move.logit == other.logit ? pairs / 2 : 0
      }
    }
    return all == 0 ? .nan : won / all
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func leavingOutEqualsCountingAgain(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 2...60, using: &random)
    // Few distinct logits, so that there are many ties.
    func logit() -> Double { Double(Int.random(in: -4...4, using: &random)) / 2 }
    let messages = (0..<count).map { number in
      JudgedMessage(
        id: "\(number)", text: "", unit: Int32(number % 17), labels: Bool.random(using: &random) ? 1 : 1 << 21,
        moveLogit: logit())
    }
    let firings = (0..<count).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }.map { number in
      Firing(message: Int32(number), voter: 0, moveWithout: logit(), labelShift: 0)
    }
    let weights = (0..<17).map { _ in Int32.random(in: 0...3, using: &random) }
    let areas = MoveAreas(messages)
    let drawn = areas.draw(weights)
    func weighted(_ logits: [Double]) -> Double {
      area(messages.indices.map { (logits[$0], messages[$0].isMove, Int(weights[Int(messages[$0].unit)])) })
    }
    let with = weighted(messages.map(\.moveLogit))
    var without = messages.map(\.moveLogit)
    for firing in firings { without[Int(firing.message)] = firing.moveWithout }
    let gain = areas.gain(areas.plan(firings, of: messages), drawn, weights: weights)
    guard !with.isNaN else {
      #expect(drawn.area.isNaN && gain.isNaN)
      return
    }
    #expect(abs(drawn.area - with) < 1e-12)
    #expect(abs(gain - (with - weighted(without))) < 1e-12, "seed \(seed)")
  }
}
