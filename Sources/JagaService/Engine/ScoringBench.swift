internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaStore

/// What scoring a request needs and keeps for the next one. One request at a time uses it.
final class ScoringBench {
  /// Messages that are assessed before the first of them is concluded.
  static let sliceLimit = 64

  let workspace: ScoringWorkspace
  let assessments: [Assessment]
  var record: ScoreRecord
  let buffer = JSONBuffer()
  /// The reply that is being scored, where it is one, and its question.
  var turn: ReplyTurn?
  let asked = Assessment()
  private let place = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 24)
  /// Conversations of the messages at hand as the store has them, by id.
  var foreseen: [String: Foreseen] = [:]

  /// A conversation that was not in memory when the store was read.
  struct Foreseen {
    /// Nil when the store has none.
    var kept: KeptConversation?
    /// How many had left the memory of its shard before it was read: once another does, this one may have been there, changed and gone.
    var departures: Int
  }

  init(_ scorer: Scorer) {
    workspace = ScoringWorkspace(scorer)
    assessments = (0..<ScoringBench.sliceLimit).map { _ in Assessment() }
    record = ScoreRecord(modelID: scorer.modelID)
  }

  deinit { place.deallocate() }

  /// A message's id that is its place, in memory of the bench; good until the next.
  func placeID(_ id: String) -> UnsafeBufferPointer<UInt8> {
    let end = place.update(fromContentsOf: id.utf8.prefix(place.count))
    return UnsafeBufferPointer(rebasing: place[..<end])
  }
}
