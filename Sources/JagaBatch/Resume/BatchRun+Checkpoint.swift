internal import JagaCore
internal import JagaTranscripts

// What a run saves, and how it begins from that. Taken between two parts, when everything that was admitted is written: then the
// state is that after a whole number of messages, and says nothing about threads or the sizes of parts.
extension BatchRun {
  /// True when it is time to save.
  var isCheckpointDue: Bool { checkpoints?.isDue ?? false }

  /// Saves where the run is. Sequential, while no part is between admission and writing.
  func saveCheckpoint() throws {
    guard let plan = checkpoints?.plan else { return }
    let start = CheckpointTimer.now()
    // The output first: a checkpoint must never tell of bytes that are lost.
    let output = try plan.sink.secure()
    let writer = try CheckpointWriter(path: plan.path)
    try writer.put(plan.identity.count)
    for fact in plan.identity {
      try writer.put(Array(fact.name.utf8))
      try writer.put(Array(fact.value.utf8))
    }
    try writer.put(output.length)
    try writer.put(output.digest)
    try writer.put(position)
    try writer.put(reading)
    try writer.put(readerCounters)
    try writer.put(counts)
    for number in [failures, nextOrdinal, progress.messages, progress.bytes] { try writer.put(number) }
    try writer.put(duplicates)
    for shard in shards { try shard.save(to: writer) }
    try writer.finish()
    checkpoints?.note(start: start)
  }

  /// Takes over a checkpoint's state. Throws when its bytes make no sense.
  func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    var reader = checkpoint.reader
    do throws(CheckpointReader.Damaged) {
      position = try reader.position()
      reading = try reader.readCounters()
      readerCounters = try reader.readCounters()
      counts = try reader.scoreCounts()
      failures = try reader.count()
      nextOrdinal = try reader.count()
      progress.messages = try reader.count()
      progress.bytes = try reader.count()
      try reader.restore(&duplicates)
      for shard in shards { try shard.restore(from: &reader) }
      guard reader.isAtEnd else { throw CheckpointReader.Damaged() }
    } catch {
      throw .damaged(file: checkpoint.file)
    }
  }
}

extension ReadCounters {
  /// All counts, in a fixed order.
  fileprivate static let parts: [WritableKeyPath<ReadCounters, Int> & Sendable] = [
    \.records, \.messages, \.malformed, \.duplicates, \.skipped.system, \.skipped.noText, \.skipped.bot,
    \.warnings.loneSurrogates, \.warnings.invalidUTF8, \.warnings.invalidTimestamps, \.warnings.unknownLabels,
    \.warnings.conflictingDates, \.transcripts,
  ]
}

extension CheckpointWriter {
  fileprivate func put(_ counters: ReadCounters) throws(CheckpointError) {
    for part in ReadCounters.parts { try put(counters[keyPath: part]) }
  }

  fileprivate func put(_ counts: ScoreCounts) throws(CheckpointError) {
    for number in [counts.messages, counts.disclosures, counts.written, counts.belowBand] { try put(number) }
    for number in counts.bands + counts.labels + counts.languages { try put(number) }
  }

  fileprivate func put(_ position: ReaderPosition) throws(CheckpointError) {
    for number in [
      position.input, position.isInside ? 1 : 0, position.offset, position.line, position.calls, position.limit,
      position.lastRecord, position.bytesOfEarlier, position.firstRecord,
    ] { try put(number) }
    try put(position.counters)
    try put(position.firstCounters)
  }

  /// The keys of both sets; their order says nothing.
  func put(_ filter: DuplicateFilter) throws(CheckpointError) {
    for isOlder in [true, false] {
      let keys = filter.keys(older: isOlder)
      try put(keys.count)
      for key in keys.slots where key != 0 { try put(key) }
    }
  }
}

extension CheckpointReader {
  // Counters of what was removed again may stand below zero until their sum is made.
  fileprivate mutating func readCounters() throws(Damaged) -> ReadCounters {
    var counters = ReadCounters()
    for part in ReadCounters.parts {
      let number = try integer()
      guard (-(1 << 60)...1 << 60).contains(number) else { throw Damaged() }
      counters[keyPath: part] = Int(number)
    }
    return counters
  }

  fileprivate mutating func scoreCounts() throws(Damaged) -> ScoreCounts {
    var counts = ScoreCounts()
    counts.messages = try count()
    counts.disclosures = try count()
    counts.written = try count()
    counts.belowBand = try count()
    for index in counts.bands.indices { counts.bands[index] = try count() }
    for index in counts.labels.indices { counts.labels[index] = try count() }
    for index in counts.languages.indices { counts.languages[index] = try count() }
    return counts
  }

  fileprivate mutating func position() throws(Damaged) -> ReaderPosition {
    var position = ReaderPosition()
    position.input = try count()
    position.isInside = try flag()
    position.offset = try count()
    position.line = try count()
    position.calls = try count()
    position.limit = try count()
    position.lastRecord = try count()
    position.bytesOfEarlier = try count()
    position.firstRecord = try count()
    position.counters = try readCounters()
    position.firstCounters = try readCounters()
    return position
  }

  /// Fills an empty filter.
  mutating func restore(_ filter: inout DuplicateFilter) throws(Damaged) {
    for isOlder in [true, false] {
      let count = try count(ofSize: 8)
      guard count <= max(filter.window, 0) else { throw Damaged() }
      for _ in 0..<count { filter.restore(try number(), older: isOlder) }
    }
  }
}
