internal import Glibc

/// A few bytes kept in place when they are at most 23, as ids are, and in an array of their own otherwise.
///
/// Cost: 32 bytes; no allocation for short ones.
struct ShortBytes: Sendable {
  private static let inPlace = 23
  private var short = InlineArray<23, UInt8>(repeating: 0)
  private var shortCount: UInt8 = 0
  private var long: [UInt8]?

  /// No bytes.
  init() {}

  /// Copies bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > ShortBytes.inPlace else {
      shortCount = UInt8(truncatingIfNeeded: bytes.count)
      for index in 0..<bytes.count { short[index] = bytes[index] }
      return
    }
    long = Array(bytes)
  }

  /// Lends the bytes.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let long { return long.withUnsafeBufferPointer(body) }
    return withUnsafeBytes(of: short) { whole in
      body(UnsafeBufferPointer(rebasing: whole.bindMemory(to: UInt8.self)[..<Int(shortCount)]))
    }
  }

  /// True when these are the bytes.
  func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    withBytes { own in
      guard own.count == bytes.count, let left = own.baseAddress, let right = bytes.baseAddress else {
        return own.count == bytes.count
      }
      return memcmp(left, right, own.count) == 0
    }
  }

  /// The bytes (a copy).
  var array: [UInt8] { withBytes { Array($0) } }
}
