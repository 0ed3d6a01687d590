/// A read-only map from 64-bit token hashes to 32-bit values, used in place from a model file.
///
/// Open addressing with linear probing at a load of at most one half. A miss costs about one cache line.
public struct HashIndex: Sendable {
  @usableFromInline let keys: Table<UInt64>
  @usableFromInline let values: Table<UInt32>
  @usableFromInline let mask: UInt64
  /// The number of keys stored.
  public let count: Int

  /// Reads an index that ``HashIndexBuilder/write(to:)`` wrote. Throws when its tables disagree or no slot is free.
  public init(reading reader: inout SectionReader) throws(SectionError) {
    count = Int(try reader.number())
    keys = try reader.table(of: UInt64.self)
    values = try reader.table(of: UInt32.self)
    let slots = keys.count
    guard slots > 0, slots & (slots - 1) == 0, values.count == slots, count >= 0, count < slots else {
      throw .invalid(what: "hash index")
    }
    var used = 0
    for slot in 0..<slots where keys[slot] != 0 { used += 1 }
    guard used == count else { throw .invalid(what: "hash index count") }
    mask = UInt64(slots - 1)
  }

  /// The value of a key, or nil. Key 0 is never stored.
  @inlinable
  public subscript(key: UInt64) -> UInt32? {
    guard key != 0 else { return nil }
    var slot = key & mask
    while true {
      let found = keys[Int(truncatingIfNeeded: slot)]
      if found == key { return values[Int(truncatingIfNeeded: slot)] }
      if found == 0 { return nil }
      slot = (slot &+ 1) & mask
    }
  }

  /// All keys and values, in slot order; for listings and checks.
  public func forEach(_ body: (UInt64, UInt32) -> Void) {
    for slot in 0..<keys.count where keys[slot] != 0 { body(keys[slot], values[slot]) }
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

  /// Appends the index to a section.
  public func write(to writer: inout SectionWriter) {
    var slots = 8
    while slots < pairs.count * 2 { slots *= 2 }
    var keys = [UInt64](repeating: 0, count: slots)
    var values = [UInt32](repeating: 0, count: slots)
    for key in pairs.keys.sorted() {
      var slot = Int(truncatingIfNeeded: key & UInt64(slots - 1))
      while keys[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      keys[slot] = key
      values[slot] = pairs[key] ?? 0
    }
    writer.append(number: Int64(pairs.count))
    writer.append(table: keys)
    writer.append(table: values)
  }
}
