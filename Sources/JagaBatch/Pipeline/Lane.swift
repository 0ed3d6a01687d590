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
  private(set) var rows = LaneRows()
  private(set) var assessments: [Assessment] = []
  let output = ByteBuffer(capacity: 1 << 16)
  var counts = ScoreCounts()
  /// Conversations that left memory at one of the lane's messages, by shard; at conversation level only.
  let departures = UnsafeMutablePointer<[ShardConcluder.Departure]>.allocate(capacity: ShardConcluder.count)

  init() { departures.initialize(repeating: [], count: ShardConcluder.count) }

  deinit {
    rows.deallocate()
    departures.deinitialize(count: ShardConcluder.count)
    departures.deallocate()
  }

  /// The messages.
  var batch: MessageBatch { _read { yield input.batch } }

  /// What was concluded, by row.
  var conclusions: UnsafeMutablePointer<Conclusion> { rows.conclusions }

  /// Makes messages of the bytes, the hashes of their conversations and the keys of their identities.
  func decode(with decoder: ChunkDecoder) {
    if input.holdsLines { input.report = decoder.decode(input.chunk, into: &input.batch) }
    rows.makeRoom(input.batch.rows.count)
    let rows = self.rows
    input.batch.bytes.withUnsafeBufferPointer { bytes in
      input.batch.rows.withUnsafeBufferPointer { messages in
        for index in messages.indices {
          let row = messages[index]
          let hash = tokenHash(bytes.field(row.conversationID))
          rows.hashes[index] = hash
          rows.keys[index] = row.isNumbered ? 0 : DuplicateFilter.key(of: row, conversation: hash, bytes: bytes)
        }
      }
    }
  }

  /// Drops repeated messages. Returns how many. Called lane after lane, in input order.
  func removeDuplicates(_ filter: inout DuplicateFilter) -> Int {
    let count = input.batch.rows.count
    let rows = self.rows
    filter.markNew(UnsafeBufferPointer(start: rows.keys, count: count), into: rows.isNew)
    var kept = 0
    while kept < count, rows.isNew[kept] { kept &+= 1 }
    guard kept < count else { return 0 }
    for index in kept..<count where rows.isNew[index] {
      input.batch.rows[kept] = input.batch.rows[index]
      rows.hashes[kept] = rows.hashes[index]
      kept += 1
    }
    input.batch.rows.removeLast(count - kept)
    return count - kept
  }

  /// Takes over the hashes of a lane whose messages are shared.
  func share(_ other: Lane) {
    input.batch = other.input.batch
    firstOrdinal = other.firstOrdinal
    rows.makeRoom(input.batch.rows.count)
    rows.hashes.update(from: other.rows.hashes, count: input.batch.rows.count)
  }

  /// Hands over the conversations that left memory.
  func takeDepartures(into all: inout [ShardConcluder.Departure]) {
    for shard in 0..<ShardConcluder.count where !departures[shard].isEmpty {
      all.append(contentsOf: departures[shard])
      departures[shard].removeAll(keepingCapacity: true)
    }
  }

  /// Everything that the texts alone tell, and the rows by shard.
  func assess(with workspace: ScoringWorkspace) {
    let count = input.batch.rows.count
    while assessments.count < count { assessments.append(Assessment()) }
    input.batch.bytes.withUnsafeBufferPointer { bytes in
      input.batch.rows.withUnsafeBufferPointer { messages in
        for index in 0..<count { workspace.assess(bytes.field(messages[index].text), into: assessments[index]) }
      }
    }
    rows.groupByShard(count)
  }
}

/// What a lane keeps for each of its rows, in arrays side by side that only ever grow.
struct LaneRows {
  private(set) var capacity = 0
  /// Identities, for the duplicate filter; 0 for rows that have none of their own.
  private(set) var keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  /// Hashes of the conversation ids.
  private(set) var hashes = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  /// What the duplicate filter says.
  private(set) var isNew = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
  /// Row numbers grouped by shard, inside a shard in input order.
  private(set) var order = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  private(set) var conclusions = UnsafeMutablePointer<Conclusion>.allocate(capacity: 1)
  /// Where each shard begins in ``order``; one more at the end.
  let starts = UnsafeMutablePointer<Int32>.allocate(capacity: ShardConcluder.count + 1)

  init() { starts.initialize(repeating: 0, count: ShardConcluder.count + 1) }

  /// The memory is given back by hand: lanes own it.
  func deallocate() {
    keys.deallocate()
    hashes.deallocate()
    isNew.deallocate()
    order.deallocate()
    conclusions.deallocate()
    starts.deallocate()
  }

  /// Room for so many rows; what was kept is forgotten when it grows.
  mutating func makeRoom(_ count: Int) {
    guard count > capacity else { return }
    capacity = max(count, capacity * 2)
    keys.deallocate()
    hashes.deallocate()
    isNew.deallocate()
    order.deallocate()
    conclusions.deallocate()
    keys = .allocate(capacity: capacity)
    hashes = .allocate(capacity: capacity)
    isNew = .allocate(capacity: capacity)
    order = .allocate(capacity: capacity)
    conclusions = .allocate(capacity: capacity)
  }

  /// The positions in ``order`` of a shard's rows.
  func positions(of shard: Int) -> Range<Int> { Int(starts[shard])..<Int(starts[shard + 1]) }

  /// A counting sort: stable, so that input order stays.
  func groupByShard(_ count: Int) {
    starts.update(repeating: 0, count: ShardConcluder.count + 1)
    for index in 0..<count { starts[ShardConcluder.number(of: hashes[index]) &+ 1] &+= 1 }
    for shard in 1...ShardConcluder.count { starts[shard] &+= starts[shard &- 1] }
    // Each start moves to its shard's end, which is where the next one begins.
    for index in 0..<count {
      let shard = ShardConcluder.number(of: hashes[index])
      order[Int(starts[shard])] = Int32(truncatingIfNeeded: index)
      starts[shard] &+= 1
    }
    var shard = ShardConcluder.count
    while shard > 0 {
      starts[shard] = starts[shard &- 1]
      shard &-= 1
    }
    starts[0] = 0
  }
}
