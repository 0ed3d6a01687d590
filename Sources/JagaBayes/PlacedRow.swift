public import JagaCore

/// A row of weights that lies on some tokens of a message.
@frozen
public struct PlacedRow: BitwiseCopyable, Sendable {
  /// Row in the weight table.
  public var row: UInt32
  /// First token.
  public var begin: Int32
  /// One past the last token.
  public var end: Int32
  /// The place before this one, in its list, that has the same row; -1 for none.
  public var previous: Int32
  /// What the row says to the move head.
  public var move: Int16
  /// What the row says to the disclosure head.
  public var disclosure: Int16

  /// Stands for a feature without weights.
  public static let noRow = UInt32.max

  /// Creates a placed row.
  @inlinable
  public init(row: UInt32, begin: Int32, end: Int32, previous: Int32 = -1, outer: OuterWeights = OuterWeights()) {
    self.row = row
    self.begin = begin
    self.end = end
    self.previous = previous
    move = outer.move
    disclosure = outer.disclosure
  }

  /// True when it lies in a window and no place before it in the window has the same row: each feature counts once.
  @inlinable
  public func counts(from lower: Int32, to upper: Int32, in list: UnsafeMutablePointer<PlacedRow>) -> Bool {
    guard begin >= lower, end <= upper else { return false }
    var earlier = previous
    while earlier >= 0 {
      let other = list + Int(earlier)
      // Neither ends of token rows nor begins of concept rows ever fall along a list: nothing before lies in the window either.
      if other.pointee.end <= lower { return true }
      if other.pointee.begin >= lower, other.pointee.end <= upper { return false }
      earlier = other.pointee.previous
    }
    return true
  }
}

/// What a row says to the two outer heads.
@frozen
public struct OuterWeights: Sendable {
  /// To the move head, in 1/``Head/unitsPerLogit``.
  public var move: Int16 = 0
  /// To the disclosure head.
  public var disclosure: Int16 = 0

  /// Nothing.
  @inlinable
  public init() {}
}

/// Sums of the two outer heads, in the unit of weights.
@frozen
public struct OuterSums: Sendable {
  /// Of the move head.
  public var move: Int32 = 0
  /// Of the disclosure head.
  public var disclosure: Int32 = 0

  /// Zero.
  @inlinable
  public init() {}

  /// Adds a placed row.
  @inlinable
  public mutating func add(_ item: PlacedRow) {
    move &+= Int32(item.move)
    disclosure &+= Int32(item.disclosure)
  }
}

/// Whole rows summed in steps of ``WeightTable/wideStep``, in 16 bits: half the work of 32. Reused working memory; one per thread.
public struct StepSums: ~Copyable {
  /// Rows that fit before a sum could leave 16 bits: a stored step is at most 128 in size.
  @usableFromInline static let limit = 250

  /// ``Head/stride`` values.
  @usableFromInline let values: UnsafeMutablePointer<Int16>
  /// How many rows are in them.
  @usableFromInline let count: UnsafeMutablePointer<Int>

  /// Zero.
  public init() {
    values = .allocate(capacity: Head.stride)
    values.initialize(repeating: 0, count: Head.stride)
    count = .allocate(capacity: 1)
    count.initialize(to: 0)
  }

  deinit {
    values.deallocate()
    count.deallocate()
  }

  /// Adds a row of steps; `sums` takes over what would not fit.
  @inlinable
  func add(_ row: UnsafePointer<Int8>, to sums: UnsafeMutablePointer<Int32>) {
    // Eight columns a step: a plain loop would go one by one, since the two runs of memory might overlap.
    let source = UnsafeRawPointer(row)
    let target = UnsafeMutableRawPointer(values)
    var column = 0
    while column < Head.stride {
      let steps = SIMD8<Int16>(truncatingIfNeeded: source.loadUnaligned(fromByteOffset: column, as: SIMD8<Int8>.self))
      let sums = target.loadUnaligned(fromByteOffset: 2 &* column, as: SIMD8<Int16>.self)
      target.storeBytes(of: sums &+ steps, toByteOffset: 2 &* column, as: SIMD8<Int16>.self)
      column &+= 8
    }
    count.pointee &+= 1
    if count.pointee == StepSums.limit { flush(into: sums) }
  }

  /// Adds what was summed to sums in units, and starts at zero.
  @inlinable
  public func flush(into sums: UnsafeMutablePointer<Int32>) {
    for column in 0..<Head.stride {
      sums[column] &+= Int32(values[column]) &* Int32(WeightTable.wideStep)
      values[column] = 0
    }
    count.pointee = 0
  }
}
