internal import Crypto
internal import Glibc

/// What identifies a file's content, read once from end to end. Memory: one block, whatever the file's size.
public struct FileDigest: Hashable, Sendable {
  /// The size in bytes.
  public let bytes: Int
  /// SHA-256 of the bytes as they are, in hexadecimal.
  public let sha256: String
  /// SHA-256 after what `dos2unix` does: no byte order mark, a line feed alone where a carriage return stood before it.
  public let unixSHA256: String
  /// Lines that hold more than blanks.
  public let lines: Int
  /// The last bytes that are not blanks, at most 32 of them.
  let tail: [UInt8]

  /// Reads a file. Throws ``ImportError/cannotRead(file:reason:)``. Cost: one pass, two hashes where the line ends differ.
  public init(path: String) throws(ImportError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(file: path, reason: systemReason()) }
    defer { close(descriptor) }
    var builder = DigestBuilder()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(file: path, reason: systemReason())
      }
      block.withUnsafeBytes { builder.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    self = builder.finish()
  }

  /// The digest of bytes at hand.
  init(_ content: some Sequence<UInt8>, blockSize: Int = 1 << 20) {
    var builder = DigestBuilder()
    var block: [UInt8] = []
    for byte in content {
      block.append(byte)
      if block.count == blockSize {
        block.withUnsafeBytes { builder.add($0) }
        block = []
      }
    }
    block.withUnsafeBytes { builder.add($0) }
    self = builder.finish()
  }

  fileprivate init(bytes: Int, sha256: String, unixSHA256: String, lines: Int, tail: [UInt8]) {
    self.bytes = bytes
    self.sha256 = sha256
    self.unixSHA256 = unixSHA256
    self.lines = lines
    self.tail = tail
  }
}

/// Adds up blocks.
private struct DigestBuilder {
  private var raw = SHA256()
  /// The other hash, from the first byte on that it leaves out; before that, both are one.
  private var unix: SHA256?
  private var pendingReturn = false
  private var bytes = 0
  private var lines = 0
  private var lineHasText = false
  private var tail: [UInt8] = []
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  mutating func add(_ block: UnsafeRawBufferPointer) {
    guard !block.isEmpty else { return }
    countLines(block)
    keepTail(block)
    let isFirst = bytes == 0
    bytes += block.count
    var from = 0
    if isFirst, block.starts(with: DigestBuilder.mark) {
      unix = SHA256()
      from = 3
    }
    // Nothing was left out before this block.
    if unix == nil, block.contains(0x0D) { unix = raw }
    if unix != nil { addUnix(UnsafeRawBufferPointer(rebasing: block[from...])) }
    raw.update(bufferPointer: block)
  }

  private mutating func addUnix(_ block: UnsafeRawBufferPointer) {
    guard var hash = unix else { return }
    if pendingReturn, let first = block.first {
      if first != 0x0A { withUnsafeBytes(of: UInt8(0x0D)) { hash.update(bufferPointer: $0) } }
      pendingReturn = false
    }
    var run = 0
    for index in block.indices where block[index] == 0x0D {
      let next = index + 1
      guard next == block.count || block[next] == 0x0A else { continue }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[run..<index]))
      run = next
      if next == block.count { pendingReturn = true }
    }
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[run...]))
    unix = hash
  }

  private mutating func countLines(_ block: UnsafeRawBufferPointer) {
    for byte in block {
      if byte == 0x0A {
        if lineHasText { lines += 1 }
        lineHasText = false
      } else if byte > 0x20 {
        lineHasText = true
      }
    }
  }

  private mutating func keepTail(_ block: UnsafeRawBufferPointer) {
    tail.append(contentsOf: block.suffix(4096))
    if tail.count > 4096 { tail.removeFirst(tail.count - 4096) }
  }

  mutating func finish() -> FileDigest {
    if pendingReturn { withUnsafeBytes(of: UInt8(0x0D)) { unix?.update(bufferPointer: $0) } }
    while let last = tail.last, last <= 0x20 { tail.removeLast() }
    let own = hexadecimal(raw.finalize())
    return FileDigest(
      bytes: bytes, sha256: own, unixSHA256: unix.map { hexadecimal($0.finalize()) } ?? own,
      lines: lines + (lineHasText ? 1 : 0), tail: Array(tail.suffix(32)))
  }
}

/// Lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

/// The system's words for what went wrong last.
func systemReason() -> String { String(cString: strerror(errno)) }
