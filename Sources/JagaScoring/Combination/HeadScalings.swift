import JagaCore

/// The scalings of all heads side by side, without a reference: what turns raw sums into logits, message after message.
struct HeadScalings: Sendable {
  private var slopes = InlineArray<22, Int64>(repeating: 0)
  private var intercepts = InlineArray<22, Int64>(repeating: 0)

  init(_ parameters: Parameters) {
    for head in 0..<Head.count {
      slopes[head] = parameters.scalings[head].slope
      intercepts[head] = parameters.scalings[head].intercept
    }
  }

  /// A head's logit in 2^-38.
  @inline(__always)
  func fixedLogit(_ head: Int, of sums: borrowing HeadSums) -> Int64 { fixedLogit(head, raw: sums.raw[head]) }

  /// The logit of a head's raw sum in 2^-38.
  @inline(__always)
  func fixedLogit(_ head: Int, raw: Int64) -> Int64 { raw &* slopes[head] &+ intercepts[head] }

  /// A head's logit.
  @inline(__always)
  func logit(_ head: Int, of sums: borrowing HeadSums) -> Double {
    Double(fixedLogit(head, of: sums)) / HeadSums.unitsPerLogit
  }

  /// The stage with the highest logit, the first of equal ones.
  @inline(__always)
  func topStage(of sums: borrowing HeadSums) -> Int {
    var top = 0
    var most = fixedLogit(0, of: sums)
    for stage in 1..<Label.moveCount {
      let logit = fixedLogit(stage, of: sums)
      if logit > most {
        most = logit
        top = stage
      }
    }
    return top
  }

  /// P(stage | move) of every stage.
  func stages(of sums: borrowing HeadSums) -> InlineArray<20, Double> {
    var stages = InlineArray<20, Double>(repeating: 0)
    var stage = 0
    while stage < Label.moveCount {
      let four = FixedMath.sigmoid(
        SIMD4(
          logit(stage, of: sums), logit(stage &+ 1, of: sums), logit(stage &+ 2, of: sums),
          logit(stage &+ 3, of: sums)))
      for lane in 0..<4 { stages[stage &+ lane] = four[lane] }
      stage &+= 4
    }
    return stages
  }
}
