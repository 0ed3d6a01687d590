/// A growing run of plain values whose memory is kept from message to message.
///
/// Elements must be trivial: none is ever destroyed. Unlike an array it needs no uniqueness check per append, and its elements can be rewound cheaply.
/// Behind the capacity lie 64 more bytes, so that loads and stores of several elements at once may reach beyond the last one.
struct ScratchBuffer<Element>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  /// The number of elements in use. Setting it lower forgets the last ones.
  var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    base = ScratchBuffer.memory(capacity: self.capacity)
  }

  private static func memory(capacity: Int) -> UnsafeMutablePointer<Element> {
    .allocate(capacity: capacity + (63 + MemoryLayout<Element>.stride) / MemoryLayout<Element>.stride)
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get { base[index] }
    @inline(__always) set { base[index] = newValue }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count &+= 1
  }

  /// Makes room for `extra` more elements, which the caller writes and counts.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if count + extra > capacity { grow(to: count + extra) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let memory = ScratchBuffer.memory(capacity: larger)
    memory.update(from: base, count: count)
    base.deallocate()
    base = memory
    capacity = larger
  }

  /// Gives memory back after an unusually large message.
  mutating func shrink(to limit: Int) {
    count = 0
    guard capacity > limit else { return }
    base.deallocate()
    base = ScratchBuffer.memory(capacity: limit)
    capacity = limit
  }
}
