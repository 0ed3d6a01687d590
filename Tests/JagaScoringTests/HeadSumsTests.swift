import JagaCore
import TestSupport
import Testing

@testable import JagaScoring

@Suite struct HeadSumsTests {
  private enum Term {
    case votes([Int16])
    case tokens([Int32], scale: Int32)
  }

  private func add(_ term: Term, to sums: inout HeadSums) {
    switch term {
    case .votes(let row): row.withUnsafeBufferPointer { sums.add(votes: $0) }
    case .tokens(let row, let scale):
      row.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        sums.add(tokens: base, scale: scale)
      }
    }
  }

  private func raw(_ sums: HeadSums) -> [Int64] { (0..<Head.count).map { sums.raw[$0] } }

  @Test func noOrderChangesASum() {
    let seed: UInt64 = 71
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      var terms: [Term] = (0..<40).map { _ in
        .votes((0..<Head.stride).map { _ in .random(in: .min ... .max, using: &random) })
      }
      terms += (0..<10).map { _ in
        .tokens(
          (0..<Head.stride).map { _ in .random(in: -400_000_000...400_000_000, using: &random) },
          scale: .random(in: 0...65536, using: &random))
      }
      let priors = (0..<Head.count).map { _ in Int32.random(in: -5000...5000, using: &random) }
      var forward = HeadSums(priors: priors)
      for term in terms { add(term, to: &forward) }
      var shuffled = HeadSums(priors: priors)
      for term in terms.shuffled(using: &random) { add(term, to: &shuffled) }
      #expect(raw(forward) == raw(shuffled), "seed \(seed)")

      // The sum itself, head by head.
      for head in 0..<Head.count {
        var expected = Int64(priors[head]) * 65536
        for term in terms {
          switch term {
          case .votes(let row): expected += Int64(row[head]) * 65536
          case .tokens(let row, let scale): expected += Int64(row[head]) * Int64(scale)
          }
        }
        #expect(forward.raw[head] == expected, "seed \(seed), head \(head)")
      }
    }
  }

  /// 1024 units of prior, vote or full token evidence are one logit; a scale of one half halves tokens alone.
  @Test func unitsAreLogits() {
    let parameters = Parameters()
    var sums = HeadSums(priors: [Int32](repeating: 1024, count: Head.count))
    #expect(HeadScalings(parameters).logit(Head.move, of: sums) == 1)
    add(.votes([Int16](repeating: -3072, count: Head.stride)), to: &sums)
    #expect(HeadScalings(parameters).logit(Head.move, of: sums) == -2)
    add(.tokens([Int32](repeating: 1024, count: Head.stride), scale: 65536), to: &sums)
    #expect(HeadScalings(parameters).logit(Head.disclosure, of: sums) == -1)
    add(.tokens([Int32](repeating: 1024, count: Head.stride), scale: 32768), to: &sums)
    #expect(HeadScalings(parameters).logit(0, of: sums) == -0.5)
  }

  @Test func scalingIsAffineAndByHead() {
    var parameters = Parameters()
    parameters.scalings[Head.move] = Parameters.Scaling(slope: 0.5, intercept: -1.25)
    parameters.scalings[3] = Parameters.Scaling(slope: 2, intercept: 4)
    let sums = HeadSums(priors: [Int32](repeating: 3 * 1024, count: Head.count))
    #expect(HeadScalings(parameters).logit(Head.move, of: sums) == 0.25)
    #expect(HeadScalings(parameters).logit(3, of: sums) == 10)
    #expect(HeadScalings(parameters).logit(4, of: sums) == 3)
    #expect(HeadScalings(parameters).fixedLogit(4, of: sums) == 3 << 38)
    #expect(HeadSums.unitsPerLogit == 0x1p38)
  }

  @Test func theLargestSumStaysInsideInt64() {
    var parameters = Parameters()
    parameters.scalings[0] = Parameters.Scaling(slope: 16, intercept: 0)
    var sums = HeadSums()
    add(.tokens([Int32](repeating: 256 * 54 * 32767, count: Head.stride), scale: 65536), to: &sums)
    #expect(HeadScalings(parameters).logit(0, of: sums) == 16 * 256 * 54 * 32767.0 / 1024)
  }
}
