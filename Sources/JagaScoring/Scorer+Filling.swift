public import JagaCore

extension Scorer {
  /// Turns a conclusion into probabilities in a result that is used again and again, with evidence and contributions emptied. Allocates nothing in
  /// the steady state.
  ///
  /// The same as ``messageScore(_:)``, but that labels below `leastLabel` other than the largest may be given as 0: of a harmless message no more
  /// than three probabilities are then computed.
  public func fill(_ score: inout MessageScore, from conclusion: borrowing Conclusion, leastLabel: Double = 0) {
    let top = conclusion.top
    let four = FixedMath.sigmoid(
      SIMD4(
        conclusion.moveLogit + baseRateShift, conclusion.disclosureLogit,
        scalings.logit(Int(top.rawValue), of: conclusion.sums), 0))
    let probability = four[0]
    score.score = probability
    score.band = conclusion.band
    score.top = top
    score.disclosure = four[1]
    score.language = conclusion.language
    score.evidence.removeAll(keepingCapacity: true)
    score.contributions.removeAll(keepingCapacity: true)
    if score.labels.count != Label.moveCount { score.labels = [Double](repeating: 0, count: Label.moveCount) }
    // No label exceeds the score. Far from 0 and 1 the largest product belongs to the largest logit.
    if probability < leastLabel, probability > Scorer.leastExactScore, four[2] < Scorer.mostExactShare {
      score.labels.withUnsafeMutableBufferPointer { labels in
        labels.update(repeating: 0)
        labels[Int(top.rawValue)] = probability * four[2]
      }
      return
    }
    let stages = scalings.stages(of: conclusion.sums)
    score.labels.withUnsafeMutableBufferPointer { labels in
      for stage in 0..<Label.moveCount { labels[stage] = probability * stages[stage] }
    }
  }

  /// Above this no product with a share underflows.
  private static let leastExactScore = 1e-200
  /// Below this two different logits have different probabilities.
  private static let mostExactShare = 0.999
}
