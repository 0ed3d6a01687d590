internal import JagaCore
internal import JagaScoring
internal import JagaTranscripts

/// Working memory for one part of a block, from its bytes to its records; reused from block to block.
///
/// One thread at a time works on a lane, except in ``ShardConcluder``, where each shard touches rows of its own only.
final class Lane: @unchecked Sendable {
  var input = InputPart()
  /// The number of the lane's first message over all inputs.
  var firstOrdinal = 0
  /// Identities of the rows, for the duplicate filter; 0 for rows that have none of their own.
  private(set) var keys: [UInt64] = []
  /// Hashes of the conversation ids.
  private(set) var hashes: [UInt64] = []
  /// Row numbers grouped by shard, inside a shard in input order.
  private(set) var order: [Int32] = []
  /// Where each shard begins in ``order``; one more at the end.
  private(set) var starts = [Int](repeating: 0, count: ShardConcluder.count + 1)
  private(set) var assessments: [Assessment] = []
  private(set) var conclusions = UnsafeMutablePointer<Conclusion>.allocate(capacity: 1)
  private var conclusionCapacity = 1
  let output = ByteBuffer(capacity: 1 << 16)
  var counts = ScoreCounts()

  deinit { conclusions.deallocate() }

  /// The messages.
  var batch: MessageBatch { _read { yield input.batch } }

  /// Makes messages of the bytes, and the keys of their identities.
  func decode(with decoder: ChunkDecoder) {
    if input.holdsLines { input.report = decoder.decode(input.chunk, into: &input.batch) }
    keys.removeAll(keepingCapacity: true)
    for row in input.batch.rows {
      keys.append(row.isNumbered ? 0 : DuplicateFilter.key(of: row, in: input.batch))
    }
  }

  /// Drops repeated messages. Returns how many. Called lane after lane, in input order.
  func removeDuplicates(_ filter: inout DuplicateFilter) -> Int {
    var kept = 0
    for index in input.batch.rows.indices where input.batch.rows[index].isNumbered || filter.isNew(keys[index]) {
      if kept != index { input.batch.rows[kept] = input.batch.rows[index] }
      kept += 1
    }
    let removed = input.batch.rows.count - kept
    if removed > 0 { input.batch.rows.removeLast(removed) }
    return removed
  }

  /// Everything that the texts alone tell, and the rows by shard.
  func assess(with workspace: ScoringWorkspace) {
    let count = input.batch.rows.count
    makeRoom(count)
    input.batch.bytes.withUnsafeBufferPointer { bytes in
      for (index, row) in input.batch.rows.enumerated() {
        hashes.append(tokenHash(bytes.field(row.conversationID)))
        workspace.assess(bytes.field(row.text), into: assessments[index])
      }
    }
    groupByShard(count)
  }

  private func makeRoom(_ count: Int) {
    while assessments.count < count { assessments.append(Assessment()) }
    hashes.removeAll(keepingCapacity: true)
    guard count > conclusionCapacity else { return }
    conclusions.deallocate()
    conclusionCapacity = max(count, conclusionCapacity * 2)
    conclusions = .allocate(capacity: conclusionCapacity)
  }

  /// A counting sort: stable, so that input order stays.
  private func groupByShard(_ count: Int) {
    for shard in starts.indices { starts[shard] = 0 }
    for hash in hashes { starts[ShardConcluder.number(of: hash) + 1] += 1 }
    for shard in 1...ShardConcluder.count { starts[shard] += starts[shard - 1] }
    order.removeAll(keepingCapacity: true)
    for _ in 0..<count { order.append(0) }
    var next = starts
    for (index, hash) in hashes.enumerated() {
      let shard = ShardConcluder.number(of: hash)
      order[next[shard]] = Int32(truncatingIfNeeded: index)
      next[shard] += 1
    }
  }
}
