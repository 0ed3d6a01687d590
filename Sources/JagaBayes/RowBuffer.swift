import JagaCore

/// A run of plain values whose memory is kept from message to message.
struct RowBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The elements; their number is the user's to keep.
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity = 1024

  init() { base = .allocate(capacity: capacity) }

  deinit { base.deallocate() }

  /// Makes room for elements, which are all to be written before they are read. Gives memory back after an unusually long message.
  @inline(__always)
  mutating func removeAll(room count: Int) {
    if count > capacity || capacity > 1 << 18 && count < 1 << 12 { resize(to: count) }
  }

  @inline(never)
  private mutating func resize(to count: Int) {
    base.deallocate()
    capacity = max(1024, count &* 2)
    base = .allocate(capacity: capacity)
  }
}

/// Whole rows summed in steps of ``WeightTable/wideStep``, in 16 bits: half the work of 32.
final class StepSums {
  /// Rows that fit before a sum could leave 16 bits: a stored step is at most 127 in size.
  private static let limit = 250

  /// ``Head/stride`` values.
  private let values = UnsafeMutablePointer<Int16>.allocate(capacity: Head.stride)
  private var count = 0

  init() { values.initialize(repeating: 0, count: Head.stride) }

  deinit { values.deallocate() }

  /// Starts at zero.
  @inline(__always)
  func begin() {
    for column in 0..<Head.stride { values[column] = 0 }
    count = 0
  }

  /// Adds a row of steps; `sums` takes over what would not fit.
  @inline(__always)
  func add(_ row: UnsafePointer<Int8>, to sums: UnsafeMutablePointer<Int32>) {
    for column in 0..<Head.stride { values[column] &+= Int16(row[column]) }
    count &+= 1
    if count == StepSums.limit {
      flush(into: sums)
      begin()
    }
  }

  /// Adds what was summed to sums in units.
  @inline(__always)
  func flush(into sums: UnsafeMutablePointer<Int32>) {
    for column in 0..<Head.stride { sums[column] &+= Int32(values[column]) &* Int32(WeightTable.wideStep) }
  }
}
