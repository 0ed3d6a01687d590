internal import JagaBatch
internal import JagaCore
internal import JagaStore

extension ConversationEngine {
  /// Scores a long list of messages on several threads and appends a JSON line for each to `output`, in their order.
  ///
  /// Each conversation stays on one thread, where its messages take their turns as in ``score(_:explains:_:)``; the lines are the same. Throws what that throws; nothing is
  /// appended then.
  func scoreLines(_ batch: MessageBatch, explains: Bool, to output: JSONBuffer) async throws {
    let lanes = lanes(of: batch)
    guard lanes.count > 1 else {
      let buffer = JSONBuffer(capacity: batch.rows.count * 256)
      try await score(batch, explains: explains) { _, record in record.writeJSON(to: buffer) }
      buffer.withBytes { output.append($0) }
      return
    }
    if batch.rows.contains(where: { !$0.isAlone }) { try await keeper.admit() }
    let mustSettle = try await withThrowingTaskGroup(of: Bool.self) { group in
      for lane in lanes {
        group.addTask {
          try await self.scoreAll(lane.rows, of: batch, explains: explains) { _, record in lane.append(&record) }
        }
      }
      return try await group.reduce(false) { $0 || $1 }
    }
    if mustSettle { try await keeper.settled() }
    ScoringLane.merge(lanes, count: batch.rows.count, to: output)
  }

  /// The messages by conversation, in as many parts as are worth a thread.
  private func lanes(of batch: MessageBatch) -> [ScoringLane] {
    let count = min(ConversationEngine.laneLimit, batch.rows.count / ConversationEngine.laneRows)
    guard count > 1 else { return [] }
    var places = [[Int]](repeating: [], count: count)
    batch.bytes.withUnsafeBufferPointer { bytes in
      for (place, row) in batch.rows.enumerated() {
        let hash = row.isAlone ? UInt64(place) : tokenHash(bytes.part(row.conversationID)) >> 16
        places[Int(hash % UInt64(count))].append(place)
      }
    }
    return places.map { ScoringLane(rows: $0) }
  }
}

/// A part of a list of messages on one thread, and its lines. In one hand at a time.
private final class ScoringLane: @unchecked Sendable {
  let rows: [Int]
  private let buffer: JSONBuffer
  /// Where the line of each row ends.
  private var ends: [Int] = []

  init(rows: [Int]) {
    self.rows = rows
    buffer = JSONBuffer(capacity: rows.count * 256)
    ends.reserveCapacity(rows.count)
  }

  func append(_ record: inout ScoreRecord) {
    record.writeJSON(to: buffer)
    ends.append(buffer.count)
  }

  /// The lines of all lanes in the order of the rows.
  static func merge(_ lanes: [ScoringLane], count: Int, to output: JSONBuffer) {
    var lines = [(lane: Int, range: Range<Int>)](repeating: (0, 0..<0), count: count)
    for (number, lane) in lanes.enumerated() {
      var begin = 0
      for (row, end) in zip(lane.rows, lane.ends) {
        lines[row] = (number, begin..<end)
        begin = end
      }
    }
    for line in lines {
      lanes[line.lane].buffer.withBytes { output.append(UnsafeBufferPointer(rebasing: $0[line.range])) }
    }
  }
}
