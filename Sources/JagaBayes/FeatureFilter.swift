import JagaCore

/// Tells of most features without weights that they have none, by one load from a table that stays in a core's cache.
///
/// A blocked Bloom filter (Putze, Sanders and Singler 2007) of one 64-bit word and two bits a feature, with at least eight bits of
/// space for each: a feature without weights passes in about one of twenty cases. It is a part of the weights' section, so nothing is built at the start.
public struct FeatureFilter: Sendable {
  private let words: Table<UInt64>

  /// Reads a filter that ``encode(_:)`` wrote; its size must be a power of two.
  init(reading reader: inout SectionReader) throws(SectionError) {
    words = try reader.table(of: UInt64.self)
    guard words.count > 0, words.count & (words.count - 1) == 0 else { throw .invalid(what: "feature filter") }
  }

  /// A copy of the table's address and size, for loops.
  @inline(__always)
  var view: View { View(words: words.buffer) }

  /// The filter without the reference that keeps it alive.
  public struct View {
    @usableFromInline let base: UnsafePointer<UInt64>?
    @usableFromInline let mask: Int

    fileprivate init(words: UnsafeBufferPointer<UInt64>) {
      base = words.baseAddress
      mask = words.count &- 1
    }

    /// False when no weights are stored for a feature.
    @inlinable
    public func mayHold(_ hash: UInt64) -> Bool {
      guard let base else { return false }
      let bits = FeatureFilter.bits(of: hash)
      return base[FeatureFilter.place(of: hash, mask: mask)] & bits == bits
    }
  }

  @inlinable
  static func place(of hash: UInt64, mask: Int) -> Int { Int(truncatingIfNeeded: hash >> 12) & mask }

  @inlinable
  static func bits(of hash: UInt64) -> UInt64 { 1 &<< (hash & 63) | 1 &<< (hash >> 6 & 63) }

  /// The table for a set of features.
  static func encode(_ hashes: some Sequence<UInt64>, count: Int) -> [UInt64] {
    var size = 1
    while size * 8 < count { size *= 2 }
    var words = [UInt64](repeating: 0, count: size)
    for hash in hashes { words[place(of: hash, mask: size - 1)] |= bits(of: hash) }
    return words
  }
}
