internal import JagaCore

/// Takes the parts of a checkpoint from bytes whose checksum was right. They may still be anything.
struct CheckpointReader {
  struct Damaged: Error {}

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// Checks the mark and the checksum.
  init(_ bytes: [UInt8], file: String) throws(CheckpointError) {
    guard bytes.count >= 16 else { throw .damaged(file: file) }
    self.bytes = bytes
    position = 8
    end = bytes.count - 8
    let version: UInt64 = 0xFF << 56
    let mark = CheckpointReader.number(bytes, at: 0)
    guard mark == CheckpointWriter.mark else {
      if mark & ~version == CheckpointWriter.mark & ~version { throw .otherVersion(file: file) }
      throw .damaged(file: file)
    }
    var sum: UInt64 = 0
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      repeat {
        let next = min(start + CheckpointWriter.pieceSize, end)
        // The last piece may be empty.
        sum = combinedHash(sum, tokenHash(UnsafeBufferPointer(rebasing: bytes[start..<next])))
        if next == end, next - start < CheckpointWriter.pieceSize { break }
        start = next
      } while true
    }
    guard sum == CheckpointReader.number(bytes, at: end) else { throw .damaged(file: file) }
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> UInt64 {
    bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self)) }
  }

  var isAtEnd: Bool { position == end }

  mutating func number() throws(Damaged) -> UInt64 {
    guard end - position >= 8 else { throw Damaged() }
    defer { position += 8 }
    return CheckpointReader.number(bytes, at: position)
  }

  /// A number that is not negative and far from the largest, so that counting goes on.
  mutating func count() throws(Damaged) -> Int {
    let number = try number()
    guard number <= 1 << 60 else { throw Damaged() }
    return Int(number)
  }

  /// Any number.
  mutating func integer() throws(Damaged) -> Int64 { Int64(bitPattern: try number()) }

  mutating func flag() throws(Damaged) -> Bool { try number() != 0 }

  /// How many things follow, each of at least `size` bytes.
  mutating func count(ofSize size: Int) throws(Damaged) -> Int {
    let count = try count()
    guard count <= (end - position) / size else { throw Damaged() }
    return count
  }

  mutating func text() throws(Damaged) -> [UInt8] {
    let count = try count(ofSize: 1)
    defer { position += count }
    return Array(bytes[position..<position + count])
  }
}
