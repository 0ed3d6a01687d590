internal import JagaCore
internal import JagaScoring

/// The conversations of one shard that are in memory: at most `capacity`, the one longest without a message gives way to a new one.
///
/// "Longest" is by input order, so the table depends on the input alone, never on a clock or on the number of threads.
/// Cost: one probe of an open-addressed index and one comparison of ids for each message. Memory: about 1 KB a conversation,
/// taken as conversations come, up to the capacity.
struct ConversationTable {
  /// What is looked at without going to the slot: its hash, and its neighbours in the order of the last message, -1 at the ends.
  private struct Entry {
    var hash: UInt64 = 0
    var older: Int32 = -1
    var newer: Int32 = -1
  }

  let capacity: Int
  private let slots = SlotBlocks()
  /// One for each slot.
  private var entries: [Entry] = []
  private var index: [Int32]
  private var mask: Int
  private var oldest: Int32 = -1
  private var newest: Int32 = -1
  /// A slot that was given up and not yet taken again.
  private var free: [Int32] = []

  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    index = [Int32](repeating: -1, count: 16)
    mask = 15
  }

  /// The number of conversations in memory.
  var count: Int { entries.count - free.count }

  /// A conversation's slot in memory, good until the table is gone.
  subscript(place: Int) -> UnsafeMutablePointer<ConversationSlot> { slots[place] }

  /// The hash of the id of a conversation in memory.
  func hash(at place: Int) -> UInt64 { entries[place].hash }

  /// The slot of a conversation, made when it is not in memory; it becomes the newest. `evict` gets a place before it is used again.
  mutating func slot(
    for id: UnsafeBufferPointer<UInt8>, hash: UInt64, ordinal: Int,
    evict: (_ hash: UInt64, _ slot: ConversationSlot) -> Void
  ) -> (place: Int, isNew: Bool) {
    if let found = find(id, hash: hash) {
      if newest != Int32(truncatingIfNeeded: found) {
        unlink(found)
        linkNewest(found)
      }
      return (found, false)
    }
    if count >= capacity { release(Int(oldest), evict: evict) }
    let place = takeFreeSlot()
    slots[place].pointee.restart(id: id, ordinal: ordinal)
    entries[place].hash = hash
    insertIntoIndex(place)
    linkNewest(place)
    return (place, true)
  }

  /// The place of a conversation, if it is in memory; nothing changes.
  func place(of id: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? { find(id, hash: hash) }

  /// Forgets a conversation, if it is in memory.
  mutating func forget(_ id: UnsafeBufferPointer<UInt8>, hash: UInt64) {
    if let place = find(id, hash: hash) { release(place) { _, _ in } }
  }

  /// Gives up the conversations whose last message is older than `time`, oldest first, up to the first that is not.
  mutating func release(before time: Int64, evict: (_ hash: UInt64, _ slot: ConversationSlot) -> Void) {
    while oldest >= 0 {
      let lastTime = slots[Int(oldest)].pointee.lastTime
      guard lastTime != .min, lastTime < time else { return }
      release(Int(oldest), evict: evict)
    }
  }

  /// Gives up everything, in the order of the last message.
  mutating func releaseAll(evict: (_ hash: UInt64, _ slot: ConversationSlot) -> Void) {
    while oldest >= 0 { release(Int(oldest), evict: evict) }
  }

  /// Calls `body` for every conversation in memory, in the order of the last message.
  func forEach<Failure: Error>(
    _ body: (_ hash: UInt64, _ slot: ConversationSlot) throws(Failure) -> Void
  ) throws(Failure) {
    var place = oldest
    while place >= 0 {
      try body(entries[Int(place)].hash, slots[Int(place)].pointee)
      place = entries[Int(place)].newer
    }
  }

  private mutating func release(_ place: Int, evict: (_ hash: UInt64, _ slot: ConversationSlot) -> Void) {
    evict(entries[place].hash, slots[place].pointee)
    unlink(place)
    removeFromIndex(place)
    free.append(Int32(place))
  }

  private mutating func takeFreeSlot() -> Int {
    if let place = free.popLast() { return Int(place) }
    slots.append()
    entries.append(Entry())
    return entries.count - 1
  }
}

// The order of the last message: a doubly linked list through the entries.
extension ConversationTable {
  private mutating func unlink(_ place: Int) {
    entries.withUnsafeMutableBufferPointer { entries in
      let older = entries[place].older
      let newer = entries[place].newer
      if older >= 0 { entries[Int(older)].newer = newer } else { oldest = newer }
      if newer >= 0 { entries[Int(newer)].older = older } else { newest = older }
    }
  }

  private mutating func linkNewest(_ place: Int) {
    entries.withUnsafeMutableBufferPointer { entries in
      entries[place].older = newest
      entries[place].newer = -1
      if newest >= 0 { entries[Int(newest)].newer = Int32(place) } else { oldest = Int32(place) }
    }
    newest = Int32(place)
  }
}

// The index by id: open addressing with linear probing, at most half full, removal by shifting back.
extension ConversationTable {
  private func find(_ id: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
    index.withUnsafeBufferPointer { index in
      entries.withUnsafeBufferPointer { entries in
        var probe = Int(truncatingIfNeeded: hash) & mask
        while index[probe] >= 0 {
          let place = Int(index[probe])
          if entries[place].hash == hash, slots[place].pointee.id.equals(id) { return place }
          probe = (probe &+ 1) & mask
        }
        return nil
      }
    }
  }

  private mutating func insertIntoIndex(_ place: Int) {
    if entries.count * 2 > mask {
      mask = mask * 2 + 1
      index = [Int32](repeating: -1, count: mask + 1)
      let released = Set(free)
      for other in entries.indices where other != place && !released.contains(Int32(other)) { put(other) }
    }
    put(place)
  }

  private mutating func put(_ place: Int) {
    var probe = Int(truncatingIfNeeded: entries[place].hash) & mask
    while index[probe] >= 0 { probe = (probe + 1) & mask }
    index[probe] = Int32(place)
  }

  private mutating func removeFromIndex(_ place: Int) {
    var hole = Int(truncatingIfNeeded: entries[place].hash) & mask
    while index[hole] != Int32(place) { hole = (hole + 1) & mask }
    var probe = hole
    while true {
      probe = (probe + 1) & mask
      guard index[probe] >= 0 else { break }
      let home = Int(truncatingIfNeeded: entries[Int(index[probe])].hash) & mask
      // An entry may move back into the hole only when its home does not lie between the hole and itself.
      if (probe - home) & mask >= (probe - hole) & mask {
        index[hole] = index[probe]
        hole = probe
      }
    }
    index[hole] = -1
  }
}
