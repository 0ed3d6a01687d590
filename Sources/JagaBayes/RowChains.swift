/// For each row of a message the last place where it was met, so that places of one row form a chain. Emptied by raising a number.
///
/// Open addressing, small enough for the first level of cache. Reused working memory; one per thread.
public struct RowChains: ~Copyable {
  @usableFromInline
  struct Memory {
    /// The number of the filling in the high half, the row in the low one.
    @usableFromInline var slots: UnsafeMutablePointer<UInt64>
    /// By slot, the last place.
    @usableFromInline var places: UnsafeMutablePointer<Int32>
    @usableFromInline var mask: Int
    @usableFromInline var filling: UInt64 = 0
    /// Rows met since it was emptied.
    @usableFromInline var count = 0

    @usableFromInline
    init(mask: Int) {
      self.mask = mask
      slots = .allocate(capacity: mask &+ 1)
      slots.initialize(repeating: 0, count: mask &+ 1)
      places = .allocate(capacity: mask &+ 1)
    }

    @usableFromInline
    func deallocate() {
      slots.deallocate()
      places.deallocate()
    }
  }

  @usableFromInline let memory: UnsafeMutablePointer<Memory>

  /// Room for 512 rows.
  public init() {
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory(mask: 1023))
    memory.pointee.filling = 1 << 32
  }

  deinit {
    memory.pointee.deallocate()
    memory.deallocate()
  }

  /// Forgets all rows. Gives memory back after an unusually long message.
  public func removeAll() {
    let isLarge = memory.pointee.mask > 1 << 18 && memory.pointee.count < 1 << 10
    memory.pointee.filling &+= 1 << 32
    memory.pointee.count = 0
    guard memory.pointee.filling == 0 || isLarge else { return }
    memory.pointee.deallocate()
    memory.pointee = Memory(mask: 1023)
    memory.pointee.filling = 1 << 32
  }

  @usableFromInline
  func grow() {
    var larger = Memory(mask: memory.pointee.mask &* 2 &+ 1)
    larger.filling = memory.pointee.filling
    larger.count = memory.pointee.count
    for old in 0...memory.pointee.mask where memory.pointee.slots[old] >= larger.filling {
      var slot = Int(UInt32(truncatingIfNeeded: memory.pointee.slots[old])) & larger.mask
      while larger.slots[slot] != 0 { slot = (slot &+ 1) & larger.mask }
      larger.slots[slot] = memory.pointee.slots[old]
      larger.places[slot] = memory.pointee.places[old]
    }
    memory.pointee.deallocate()
    memory.pointee = larger
  }

  /// Notes that a row is met at a place, and returns where it was met before; -1 for nowhere.
  @inlinable
  public func note(_ row: UInt32, at place: Int32) -> Int32 {
    let slots = memory.pointee.slots
    let mask = memory.pointee.mask
    let filling = memory.pointee.filling
    var slot = Int(row) & mask
    while true {
      let found = slots[slot]
      if found == filling | UInt64(row) {
        let previous = memory.pointee.places[slot]
        memory.pointee.places[slot] = place
        return previous
      }
      if found < filling {
        slots[slot] = filling | UInt64(row)
        memory.pointee.places[slot] = place
        memory.pointee.count &+= 1
        if memory.pointee.count &* 2 > mask { grow() }
        return -1
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Where a row was met last; -1 for nowhere.
  @inlinable
  public func last(of row: UInt32) -> Int32 {
    let slots = memory.pointee.slots
    let mask = memory.pointee.mask
    let filling = memory.pointee.filling
    var slot = Int(row) & mask
    while slots[slot] >= filling {
      if slots[slot] == filling | UInt64(row) { return memory.pointee.places[slot] }
      slot = (slot &+ 1) & mask
    }
    return -1
  }
}
