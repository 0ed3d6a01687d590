internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// What scoring a request needs and keeps for the next one. One request at a time uses it.
final class ScoringBench {
  /// Messages that are assessed before the first of them is concluded.
  static let sliceLimit = 64

  let workspace: ScoringWorkspace
  let assessments: [Assessment]
  var record: ScoreRecord
  let buffer = JSONBuffer()

  init(_ scorer: Scorer) {
    workspace = ScoringWorkspace(scorer)
    assessments = (0..<ScoringBench.sliceLimit).map { _ in Assessment() }
    record = ScoreRecord(modelID: scorer.modelID)
  }
}
