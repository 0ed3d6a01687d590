/// One property of all tokens of a text: an array that is read in place.
///
///     let hashes = text.canonicalHashes
///     for token in 0..<text.count { use(hashes[token]) }
///
/// Keeps the memory of its text alive, and a text that is analysed anew while a column of it is about leaves that memory
/// alone. The properties of one token lie side by side, so a loop over several columns costs no more memory than one over a
/// single one. Cost of a subscript: one load; the index is checked in debug builds only.
public struct TokenColumn<Element>: RandomAccessCollection {
  @usableFromInline let owner: TextStorage
  /// The first element. Valid while the text or the column lives.
  public let base: UnsafeRawPointer
  /// The number of elements.
  public let count: Int

  @inlinable
  init(owner: TextStorage, base: UnsafeRawPointer, count: Int) {
    self.owner = owner
    self.base = base
    self.count = count
  }

  /// Bytes from one element to the next.
  @inlinable public static var stride: Int { ColumnPlace.stride }
  /// Always 0.
  @inlinable public var startIndex: Int { 0 }
  /// Equals ``count``.
  @inlinable public var endIndex: Int { count }

  /// The element of a token.
  @inlinable public subscript(index: Int) -> Element {
    assert(index >= 0 && index < count, "an element of the column")
    return (base + index &* ColumnPlace.stride).assumingMemoryBound(to: Element.self).pointee
  }
}

extension TokenColumn: Equatable where Element: Equatable {
  /// True when all elements are equal.
  public static func == (left: TokenColumn, right: TokenColumn) -> Bool { left.elementsEqual(right) }

  /// Compares with an array; for tests.
  public static func == (left: TokenColumn, right: [Element]) -> Bool { left.elementsEqual(right) }
}

// The memory behind a column changes only while a single text refers to it, and a column counts as a reference.
extension TokenColumn: @unchecked Sendable where Element: Sendable {}

/// The bytes of all forms of a text, read in place. Lives as a ``TokenColumn`` does.
public struct FormBytes: RandomAccessCollection, Equatable, @unchecked Sendable {
  @usableFromInline let owner: TextStorage
  /// The first byte. Valid while the text or this value lives.
  public let base: UnsafePointer<UInt8>
  /// The number of bytes.
  public let count: Int

  @inlinable
  init(owner: TextStorage, base: UnsafePointer<UInt8>, count: Int) {
    self.owner = owner
    self.base = base
    self.count = count
  }

  /// Always 0.
  @inlinable public var startIndex: Int { 0 }
  /// Equals ``count``.
  @inlinable public var endIndex: Int { count }

  /// A byte.
  @inlinable public subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count, "a byte of the forms")
    return base[index]
  }

  /// Hands out the bytes as a buffer that is valid during the call.
  @inlinable
  public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result
  {
    try withExtendedLifetime(owner) { try body(UnsafeBufferPointer(start: base, count: count)) }
  }

  /// True when all bytes are equal.
  public static func == (left: FormBytes, right: FormBytes) -> Bool { left.elementsEqual(right) }
}
