internal import CVector

/// A set of hashes other than 0, with open addressing at a load of at most one half.
struct HashSlots: Sendable {
  private(set) var slots: [UInt64] = Array(repeating: 0, count: 1024)
  private(set) var count = 0

  func contains(_ key: UInt64) -> Bool { slots.withUnsafeBufferPointer { HashSlots.place(of: key, in: $0).isThere } }

  /// Adds a key that is not in the set.
  mutating func insert(_ key: UInt64) {
    if (count + 1) * 2 > slots.count { grow() }
    slots.withUnsafeMutableBufferPointer { slots in
      slots[HashSlots.place(of: key, in: UnsafeBufferPointer(slots)).slot] = key
    }
    count += 1
  }

  mutating func removeAll() {
    count = 0
    slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  /// Where a key is, or the empty slot where it would go. The number of slots is a power of two, and half of them are empty.
  private static func place(
    of key: UInt64, in slots: UnsafeBufferPointer<UInt64>
  ) -> (slot: Int, isThere: Bool) {
    guard let base = slots.baseAddress else { return (0, false) }
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while true {
      let found = base[slot]
      if found == key { return (slot, true) }
      if found == 0 { return (slot, false) }
      slot = (slot &+ 1) & mask
    }
  }

  /// Asks for the memory where a key's search begins, so that it is there when the search comes.
  @inline(__always)
  func prefetch(_ key: UInt64) {
    slots.withUnsafeBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      jaga_prefetch(base + (Int(truncatingIfNeeded: key) & (slots.count &- 1)))
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    slots.withUnsafeMutableBufferPointer { slots in
      for key in old where key != 0 {
        slots[HashSlots.place(of: key, in: UnsafeBufferPointer(slots)).slot] = key
      }
    }
  }
}
