/// A run of plain values whose memory is kept from message to message.
public struct RowBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The elements; their number is the user's to keep.
  public private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity = 1024

  /// Room for 1,024 elements.
  public init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  /// Makes room for elements, which are all to be written before they are read; what was there is lost. Gives memory back after an
  /// unusually long message.
  @inlinable
  public mutating func removeAll(room count: Int) {
    if count > capacity || capacity > 1 << 18 && count < 1 << 12 { replace(capacity: max(1024, count &* 2)) }
  }

  /// Makes room for elements behind the first `kept`, which stay.
  @inlinable
  public mutating func reserve(_ count: Int, keeping kept: Int) {
    if count > capacity { grow(to: count, keeping: kept) }
  }

  @usableFromInline
  mutating func replace(capacity: Int) {
    base.deallocate()
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  @usableFromInline
  mutating func grow(to count: Int, keeping kept: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: count &* 2)
    larger.update(from: base, count: kept)
    base.deallocate()
    base = larger
    capacity = count &* 2
  }
}
