internal import JagaCore
internal import JagaScoring

/// The conversations of one shard that are in memory: at most `capacity`, the one longest without a message gives way to a new one.
///
/// "Longest" is by input order, so the table depends on the input alone, never on a clock or on the number of threads.
/// Cost: one probe of an open-addressed index and one comparison of ids for each message. Memory: about 2 KB a conversation,
/// taken as conversations come, up to the capacity.
struct ConversationTable {
  /// What is remembered of one conversation.
  struct Slot {
    var hash: UInt64 = 0
    var id: [UInt8] = []
    var state = ConversationState()
    /// Number of the first message, counted over all inputs.
    var firstOrdinal = 0
    /// The latest message time, in milliseconds; the smallest number while none is known.
    var lastTime = Int64.min
    /// Neighbours in the order of the last message; -1 at the ends.
    var older: Int32 = -1
    var newer: Int32 = -1
    var firstAlertMessageID: [UInt8] = []
    var authors = AuthorNames()
    /// True when an earlier part of the conversation was given up.
    var isContinued = false

    /// Makes it the slot of a conversation without messages; its memory is kept.
    mutating func restart(id: UnsafeBufferPointer<UInt8>, hash: UInt64, ordinal: Int) {
      self.hash = hash
      self.id.removeAll(keepingCapacity: true)
      self.id.append(contentsOf: id)
      state = ConversationState()
      firstOrdinal = ordinal
      lastTime = .min
      firstAlertMessageID.removeAll(keepingCapacity: true)
      authors.removeAll()
      isContinued = false
    }
  }

  let capacity: Int
  /// The slots in use are `0..<slots.count`.
  private(set) var slots: [Slot] = []
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
  var count: Int { slots.count - free.count }

  /// The slot of a conversation, made when it is not in memory; it becomes the newest. `evict` gets a slot before it is used again.
  mutating func slot(
    for id: UnsafeBufferPointer<UInt8>, hash: UInt64, ordinal: Int, evict: (inout Slot) -> Void
  ) -> (place: Int, isNew: Bool) {
    if let found = find(id, hash: hash) {
      unlink(found)
      linkNewest(found)
      return (found, false)
    }
    if count >= capacity { release(Int(oldest), evict: evict) }
    let place = takeFreeSlot()
    slots[place].restart(id: id, hash: hash, ordinal: ordinal)
    insertIntoIndex(place)
    linkNewest(place)
    return (place, true)
  }

  /// Lends a slot for changes in place.
  mutating func withSlot<Result>(_ place: Int, _ body: (inout Slot) -> Result) -> Result { body(&slots[place]) }

  /// Gives up the conversations whose last message is older than `time`, oldest first, up to the first that is not.
  mutating func release(before time: Int64, evict: (inout Slot) -> Void) {
    while oldest >= 0, slots[Int(oldest)].lastTime != .min, slots[Int(oldest)].lastTime < time {
      release(Int(oldest), evict: evict)
    }
  }

  /// Gives up everything, in the order of the last message.
  mutating func releaseAll(evict: (inout Slot) -> Void) {
    while oldest >= 0 { release(Int(oldest), evict: evict) }
  }

  private mutating func release(_ place: Int, evict: (inout Slot) -> Void) {
    evict(&slots[place])
    unlink(place)
    removeFromIndex(place)
    free.append(Int32(place))
  }

  private mutating func takeFreeSlot() -> Int {
    if let place = free.popLast() { return Int(place) }
    slots.append(Slot())
    return slots.count - 1
  }
}

// The order of the last message: a doubly linked list through the slots.
extension ConversationTable {
  private mutating func unlink(_ place: Int) {
    let older = slots[place].older
    let newer = slots[place].newer
    if older >= 0 { slots[Int(older)].newer = newer } else { oldest = newer }
    if newer >= 0 { slots[Int(newer)].older = older } else { newest = older }
  }

  private mutating func linkNewest(_ place: Int) {
    slots[place].older = newest
    slots[place].newer = -1
    if newest >= 0 { slots[Int(newest)].newer = Int32(place) } else { oldest = Int32(place) }
    newest = Int32(place)
  }
}

// The index by id: open addressing with linear probing, at most half full, removal by shifting back.
extension ConversationTable {
  private func find(_ id: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
    var probe = Int(truncatingIfNeeded: hash) & mask
    while index[probe] >= 0 {
      let place = Int(index[probe])
      if slots[place].hash == hash, slots[place].id.elementsEqual(id) { return place }
      probe = (probe + 1) & mask
    }
    return nil
  }

  private mutating func insertIntoIndex(_ place: Int) {
    if slots.count * 2 > mask {
      mask = mask * 2 + 1
      index = [Int32](repeating: -1, count: mask + 1)
      let released = Set(free)
      for other in slots.indices where other != place && !released.contains(Int32(other)) { put(other) }
    }
    put(place)
  }

  private mutating func put(_ place: Int) {
    var probe = Int(truncatingIfNeeded: slots[place].hash) & mask
    while index[probe] >= 0 { probe = (probe + 1) & mask }
    index[probe] = Int32(place)
  }

  private mutating func removeFromIndex(_ place: Int) {
    var hole = Int(truncatingIfNeeded: slots[place].hash) & mask
    while index[hole] != Int32(place) { hole = (hole + 1) & mask }
    var probe = hole
    while true {
      probe = (probe + 1) & mask
      guard index[probe] >= 0 else { break }
      let home = Int(truncatingIfNeeded: slots[Int(index[probe])].hash) & mask
      // An entry may move back into the hole only when its home does not lie between the hole and itself.
      if (probe - home) & mask >= (probe - hole) & mask {
        index[hole] = index[probe]
        hole = probe
      }
    }
    index[hole] = -1
  }
}
