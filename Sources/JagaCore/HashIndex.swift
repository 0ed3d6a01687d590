/// A read-only map from 64-bit token hashes to 32-bit values, used in place from a model file.
///
/// Open addressing with linear probing at a load of at most four fifths; the number of slots is any, so the size grows with the content and not by
/// doublings. Keys are hashes whose bits are all mixed. Of a key its low half is stored: with the slot, which the high half decides, a key that was never stored is taken for another one in about
/// some hundred million look-ups. Where two stored keys would be taken for each other the builder takes more slots; two that agree in the low half and
/// nearly in the high one stay one key. A slot holds mark and value side by side, so a look-up costs about one cache line, found or not.
public struct HashIndex: Sendable {
  /// The mark of a key in the low half, its value in the high one; 0 is a free slot.
  @usableFromInline let slots: Table<UInt64>
  /// The number of keys stored.
  public let count: Int

  /// Reads an index that ``HashIndexBuilder/write(to:)`` wrote. Throws when its tables disagree or no slot is free.
  public init(reading reader: inout SectionReader) throws(SectionError) {
    count = Int(try reader.number())
    slots = try reader.table(of: UInt64.self)
    guard slots.count > 0, slots.count <= Int(UInt32.max), count >= 0, count < slots.count else {
      throw .invalid(what: "hash index")
    }
    var used = 0
    for slot in slots.buffer { used &+= UInt32(truncatingIfNeeded: slot) == 0 ? 0 : 1 }
    guard used == count else { throw .invalid(what: "hash index count") }
  }

  /// The value of a key, or nil. Key 0 is never stored.
  @inlinable
  public subscript(key: UInt64) -> UInt32? {
    guard key != 0 else { return nil }
    let mark = HashIndex.mark(of: key)
    var slot = HashIndex.slot(of: key, among: slots.count)
    while true {
      let found = slots[slot]
      if UInt32(truncatingIfNeeded: found) == mark { return UInt32(truncatingIfNeeded: found >> 32) }
      if UInt32(truncatingIfNeeded: found) == 0 { return nil }
      slot = slot &+ 1 == slots.count ? 0 : slot &+ 1
    }
  }

  /// What is stored of a key: its low half, never 0.
  @inlinable
  static func mark(of key: UInt64) -> UInt32 { max(UInt32(truncatingIfNeeded: key), 1) }

  /// Where a key belongs: its high half, as a fraction of the slots.
  @inlinable
  static func slot(of key: UInt64, among slots: Int) -> Int {
    Int(truncatingIfNeeded: ((key >> 32) &* UInt64(truncatingIfNeeded: slots)) >> 32)
  }

  /// All values, in slot order; for checks.
  public func forEachValue(_ body: (UInt32) -> Void) {
    for slot in slots.buffer where UInt32(truncatingIfNeeded: slot) != 0 {
      body(UInt32(truncatingIfNeeded: slot >> 32))
    }
  }
}

/// Collects keys for a ``HashIndex``. The bytes written depend only on the set of pairs, not on their order.
public struct HashIndexBuilder {
  private var pairs: [UInt64: UInt32] = [:]

  /// Starts empty.
  public init() {}

  /// The number of keys so far.
  public var count: Int { pairs.count }

  /// Adds or replaces a key. Returns the value it had. Key 0 cannot be stored and is ignored.
  @discardableResult
  public mutating func set(_ key: UInt64, to value: UInt32) -> UInt32? {
    guard key != 0 else { return nil }
    return pairs.updateValue(value, forKey: key)
  }

  /// Appends the index to a section. Where two keys would be taken for each other it takes more slots, so that they part.
  public func write(to writer: inout SectionWriter) {
    let keys = pairs.keys.sorted()
    var slots = max(8, keys.count + keys.count / 4 + 1)
    var placed = place(keys, slots: slots)
    // Keys with one low half and nearly one high half part only in a far larger table; the last of them then goes without a place.
    for _ in 0..<8 where placed.hasClash {
      slots += slots / 8 + 1
      placed = place(keys, slots: slots)
    }
    writer.append(number: Int64(placed.count))
    writer.append(table: placed.slots)
  }

  private func place(
    _ keys: [UInt64], slots: Int
  ) -> (slots: [UInt64], count: Int, hasClash: Bool) {
    var placed = [UInt64](repeating: 0, count: slots)
    var count = 0
    var hasClash = false
    next: for key in keys {
      let mark = HashIndex.mark(of: key)
      var slot = HashIndex.slot(of: key, among: slots)
      while placed[slot] != 0 {
        if UInt32(truncatingIfNeeded: placed[slot]) == mark {
          hasClash = true
          continue next
        }
        slot = slot + 1 == slots ? 0 : slot + 1
      }
      placed[slot] = UInt64(mark) | UInt64(pairs[key] ?? 0) << 32
      count += 1
    }
    return (placed, count, hasClash)
  }
}
