public import JagaCore

extension Scorer {
  /// Turns a conclusion into probabilities in a result that is used again and again: the same as ``messageScore(_:)``, with
  /// evidence and contributions emptied. Allocates nothing in the steady state.
  public func fill(_ score: inout MessageScore, from conclusion: Conclusion) {
    let probability = FixedMath.sigmoid(conclusion.moveLogit + baseRateShift)
    score.score = probability
    score.band = conclusion.band
    score.top = conclusion.top
    score.disclosure = FixedMath.sigmoid(conclusion.disclosureLogit)
    score.language = conclusion.language
    score.labels.removeAll(keepingCapacity: true)
    for stage in 0..<Label.moveCount { score.labels.append(probability * conclusion.stages[stage]) }
    score.evidence.removeAll(keepingCapacity: true)
    score.contributions.removeAll(keepingCapacity: true)
  }
}
