internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import Synchronization

/// What scoring a request needs and keeps for the next one. One request at a time uses it.
final class ScoringBench {
  /// Messages that are assessed before the first of them is concluded.
  static let sliceLimit = 64

  let workspace: ScoringWorkspace
  let assessments: [Assessment]
  var record: ScoreRecord
  let buffer = ByteBuffer()

  init(_ scorer: Scorer) {
    workspace = ScoringWorkspace(scorer)
    assessments = (0..<ScoringBench.sliceLimit).map { _ in Assessment() }
    record = ScoreRecord(modelID: scorer.modelID)
  }
}

/// The benches of a service: as many as requests were ever scored at once, since each is some hundred kilobytes.
final class BenchPool: Sendable {
  private struct Idle: @unchecked Sendable { var benches: [ScoringBench] = [] }

  private let scorer: Scorer
  private let idle = Mutex(Idle())
  /// Benches that stay when nobody uses them.
  private static let kept = 16

  init(scorer: Scorer) { self.scorer = scorer }

  func take() -> ScoringBench {
    let bench = idle.withLock { idle in idle.benches.popLast().map { Lent(bench: $0) } }
    return bench?.bench ?? ScoringBench(scorer)
  }

  func give(_ bench: ScoringBench) {
    let lent = Lent(bench: bench)
    idle.withLock { idle in
      if idle.benches.count < BenchPool.kept { idle.benches.append(lent.bench) }
    }
  }

  /// A bench on its way between the pool and the one who uses it: never in two hands.
  private struct Lent: @unchecked Sendable { let bench: ScoringBench }
}
