#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bytes on their way out: an append-only buffer that keeps its memory from block to block.
///
///     let buffer = ByteBuffer()
///     buffer.append("\"score\":")
///     buffer.append(probability: 0.93)
///     buffer.withBytes { $0.count }
///
/// Cost: one capacity check and one copy per append; memory grows by doubling and is never given back before the end.
/// Not thread-safe: one writer at a time.
public final class ByteBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The number of bytes written.
  public private(set) var count = 0

  /// An empty buffer with room for `capacity` bytes.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Forgets the bytes and keeps the memory.
  public func removeAll() { count = 0 }

  /// Lends the bytes.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: base, count: count))
  }

  /// The bytes as a string (a copy).
  public var string: String { String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

  /// Makes room for `extra` more bytes and returns the place where they go.
  @inline(__always)
  func room(for extra: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity &- count < extra { grow(by: extra) }
    return base + count
  }

  /// Takes over `written` bytes that the caller put into ``room(for:)``.
  @inline(__always)
  func advance(by written: Int) { count &+= written }

  /// Takes over what a pen wrote from ``room(for:)`` on.
  @inline(__always)
  func advance(to pen: BytePen) { count = pen.position - base }

  @inline(never)
  private func grow(by extra: Int) {
    let wanted = max(capacity * 2, count + extra)
    let bigger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    bigger.update(from: base, count: count)
    base.deallocate()
    base = bigger
    capacity = wanted
  }

  /// Appends one byte.
  @inline(__always)
  public func append(_ byte: UInt8) {
    room(for: 1).pointee = byte
    count &+= 1
  }

  /// Appends a constant of the program.
  @inline(__always)
  public func append(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    room(for: length).update(from: text.utf8Start, count: length)
    count &+= length
  }

  /// Appends bytes as they are.
  public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    room(for: bytes.count).update(from: start, count: bytes.count)
    count &+= bytes.count
  }

  /// Appends a string's UTF-8 bytes as they are.
  public func append(text: String) {
    var copy = text
    copy.withUTF8 { append($0) }
  }

  /// Appends the same byte several times; nothing when `times` is not positive.
  public func append(_ byte: UInt8, times: Int) {
    guard times > 0 else { return }
    room(for: times).update(repeating: byte, count: times)
    count &+= times
  }
}
