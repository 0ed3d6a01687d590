internal import JagaTranscripts

/// Parts between the reading thread and the scoring ones: a ring of fixed size whose memory goes round.
final class PartQueue: @unchecked Sendable {
  private let lock = ConditionLock()
  // Guarded by `lock`.
  private var ring: [InputPart]
  private var first = 0
  private var count = 0
  private var isFinished = false
  private var isClosed = false

  init(capacity: Int) {
    ring = (0..<max(capacity, 1)).map { _ in InputPart() }
  }

  /// Reader: hands over a filled part and gets an empty one with used memory in exchange, waiting while the ring is full.
  /// Returns false when nobody wants more.
  func push(_ part: inout InputPart) -> Bool {
    lock.wait(until: { count < ring.count || isClosed }) {
      guard !isClosed else { return false }
      swap(&ring[(first + count) % ring.count], &part)
      count += 1
      return true
    }
  }

  /// Reader: there is no more.
  func finish() { lock.locked { isFinished = true } }

  /// Scorer: no more is wanted.
  func close() { lock.locked { isClosed = true } }

  /// True when a part or the end is there, so that ``take(into:)`` will not wait.
  var isReady: Bool { lock.locked { count > 0 || isFinished } }

  /// Scorer: exchanges the oldest parts for used ones, as many as are there and `lanes` can hold. Waits for the first;
  /// returns how many lanes were filled, 0 at the end.
  func take(into lanes: [Lane]) -> Int {
    lock.wait(until: { count > 0 || isFinished }) {
      let taken = min(count, lanes.count)
      for lane in 0..<taken {
        swap(&ring[first], &lanes[lane].input)
        first = (first + 1) % ring.count
      }
      count -= taken
      return taken
    }
  }
}
