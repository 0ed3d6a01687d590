/// The rows that a window has counted so far: open addressing, emptied by raising a number.
///
/// Small enough for the first level of cache. Not thread-safe; one per thread.
public struct RowSet: ~Copyable {
  /// Number of the filling in the high half, row in the low one.
  @usableFromInline var slots: UnsafeMutablePointer<UInt64>
  @usableFromInline var mask: Int
  @usableFromInline var filling: UInt64 = 0

  /// Room for 512 rows.
  public init() {
    mask = 1023
    slots = .allocate(capacity: 1024)
    slots.initialize(repeating: 0, count: 1024)
  }

  deinit { slots.deallocate() }

  /// Forgets all rows and makes room for `count` of them.
  public mutating func removeAll(room count: Int) {
    filling &+= 1 << 32
    guard count &* 2 > mask || filling == 0 else { return }
    slots.deallocate()
    while count &* 2 > mask { mask = mask &* 2 &+ 1 }
    slots = .allocate(capacity: mask &+ 1)
    slots.initialize(repeating: 0, count: mask &+ 1)
    filling = 1 << 32
  }

  /// Adds a row; false when it was there. No more rows than there is room for may be added.
  @inlinable
  public mutating func insert(_ row: UInt32) -> Bool {
    let mark = filling | UInt64(row)
    var place = Int(row) & mask
    while true {
      let found = slots[place]
      if found == mark { return false }
      if found < filling {
        slots[place] = mark
        return true
      }
      place = (place &+ 1) & mask
    }
  }
}
