/// A run of plain values whose memory is kept from message to message. Reused working memory; one per thread.
public struct RowBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline
  struct Memory {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int

    @usableFromInline
    init(capacity: Int) {
      self.capacity = capacity
      base = .allocate(capacity: capacity)
    }
  }

  @usableFromInline let memory: UnsafeMutablePointer<Memory>

  /// Room for 1,024 elements.
  public init() {
    memory = .allocate(capacity: 1)
    memory.initialize(to: Memory(capacity: 1024))
  }

  deinit {
    memory.pointee.base.deallocate()
    memory.deallocate()
  }

  /// The elements; their number is the user's to keep. Valid until room is made.
  @inlinable
  public var base: UnsafeMutablePointer<Element> { memory.pointee.base }

  /// Makes room for elements, which are all to be written before they are read; what was there is lost. Gives memory back after an
  /// unusually long message.
  @inlinable
  public func removeAll(room count: Int) {
    let capacity = memory.pointee.capacity
    if count > capacity || capacity > 1 << 18 && count < 1 << 12 { replace(capacity: max(1024, count &* 2)) }
  }

  /// Makes room for elements behind the first `kept`, which stay.
  @inlinable
  public func reserve(_ count: Int, keeping kept: Int) {
    if count > memory.pointee.capacity { grow(to: count, keeping: kept) }
  }

  @usableFromInline
  func replace(capacity: Int) {
    memory.pointee.base.deallocate()
    memory.pointee = Memory(capacity: capacity)
  }

  @usableFromInline
  func grow(to count: Int, keeping kept: Int) {
    let larger = Memory(capacity: count &* 2)
    larger.base.update(from: memory.pointee.base, count: kept)
    memory.pointee.base.deallocate()
    memory.pointee = larger
  }
}
