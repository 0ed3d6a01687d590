/// A range of UTF-8 bytes in the original text of a message, as decoded from its container.
public struct SourceRange: Hashable, Sendable {
  /// First byte.
  public var begin: Int32
  /// One past the last byte.
  public var end: Int32

  /// Creates a range; `begin <= end` is the caller's duty.
  @inlinable
  public init(begin: Int32, end: Int32) {
    self.begin = begin
    self.end = end
  }

  /// The length in bytes.
  @inlinable
  public var count: Int { Int(end - begin) }
}
