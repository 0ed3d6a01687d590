internal import JagaCore
internal import JagaScoring
internal import JagaTranscripts

extension ShardConcluder {
  /// Everything that later messages depend on, conversations in the order of their last message.
  func save(to writer: CheckpointWriter) throws(CheckpointError) {
    try writer.put(Int(latestTime))
    try writer.put(evictions)
    try writer.put(conversations)
    try writer.put(givenUp == nil ? 0 : 1)
    if let givenUp { try writer.put(givenUp) }
    try writer.put(table.count)
    var bytes: [UInt8] = []
    try table.forEach { (_, slot) throws(CheckpointError) in
      try writer.put(slot.id.array)
      try writer.put(slot.firstOrdinal)
      try writer.put(Int(slot.lastTime))
      try writer.put(slot.isContinued ? 1 : 0)
      try writer.put(slot.firstAlertMessageID)
      try writer.put(slot.authors.names.count)
      for name in slot.authors.names {
        try writer.put(name.hash)
        try writer.put(name.id)
      }
      bytes.removeAll(keepingCapacity: true)
      slot.state.pack(into: &bytes)
      try writer.put(bytes)
    }
  }

  /// Takes over what ``save(to:)`` wrote; nothing must be in memory yet.
  func restore(from reader: inout CheckpointReader) throws(CheckpointReader.Damaged) {
    latestTime = try reader.integer()
    evictions = try reader.count()
    conversations = try reader.count()
    if try reader.flag() {
      var filter = DuplicateFilter(window: ShardConcluder.givenUpWindow)
      try reader.restore(&filter)
      givenUp = filter
    }
    let count = try reader.count(ofSize: 8)
    guard count <= table.capacity else { throw CheckpointReader.Damaged() }
    for _ in 0..<count {
      let id = try reader.text()
      let ordinal = try reader.count()
      let (place, isNew) = id.withUnsafeBufferPointer { id in
        table.slot(for: id, hash: tokenHash(id), ordinal: ordinal) { _, _ in }
      }
      guard isNew else { throw CheckpointReader.Damaged() }
      let slot = table[place]
      slot.pointee.lastTime = try reader.integer()
      slot.pointee.isContinued = try reader.flag()
      slot.pointee.firstAlertMessageID = try reader.text()
      for _ in 0..<(try reader.count(ofSize: 16)) {
        let hash = try reader.number()
        let name = try reader.text()
        name.withUnsafeBufferPointer { slot.pointee.authors.note(hash, id: $0) { _ in true } }
      }
      let state = try reader.text()
      guard let unpacked = state.withUnsafeBytes({ ConversationState(unpacking: $0) }) else {
        throw CheckpointReader.Damaged()
      }
      slot.pointee.state = unpacked
    }
  }
}
