import JagaCore

/// The layout of a model file.
///
///     0   magic "JAGAMODL"        8 bytes
///     8   format version          UInt32
///     12  byte order mark         UInt32, 0x01020304
///     16  file size               UInt64
///     24  number of sections      UInt32
///     28  kind                    UInt32, 1 = model, 2 = overlay
///     32  checksum                UInt64, over the whole file with this field zero
///     40  zero                    24 bytes
///     64  directory               40 bytes a section: name (16 bytes, zero-padded), flags, offset, length (UInt64 each)
///         sections                each aligned to 64 bytes, zero bytes between
///
/// All numbers are little-endian. A section whose flags have bit 0 set is optional: readers that do not know it skip it;
/// a section that is neither known nor optional makes a reader refuse the file.
enum BundleFormat {
  static let magic: [UInt8] = Array("JAGAMODL".utf8)
  static let version: UInt32 = 2
  /// The oldest version that can be read; no release wrote an older one.
  static let oldestVersion: UInt32 = 2
  static let byteOrder: UInt32 = 0x0102_0304
  static let headerSize = 64
  static let entrySize = 40
  static let alignment = 64
  static let maximumSections = 64

  /// The sections that this version reads.
  static let known: Set<String> = [
    "text", "lexicon", "rules", "weights", "votes", "concepts", "pairs", "parameters", "card",
  ]

  /// What a file is for.
  enum Kind: UInt32 {
    case model = 1
    case overlay = 2
  }

  /// A 64-bit checksum in four independent lanes of 8-byte words; detects damage, not forgery. Cost: one pass, several GB/s.
  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let prime: UInt64 = 0x9FB2_1C65_1E98_DF25
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var offset = 0
    while offset &+ 32 <= bytes.count {
      let a = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let b = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
      let c = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt64.self))
      let d = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset &+ 24, as: UInt64.self))
      // The checksum field itself (bytes 32…39) counts as zero.
      lanes.0 = (lanes.0 ^ (offset == 32 ? 0 : a)) &* prime
      lanes.1 = (lanes.1 ^ b) &* prime
      lanes.2 = (lanes.2 ^ c) &* prime
      lanes.3 = (lanes.3 ^ d) &* prime
      lanes.0 ^= lanes.0 >> 29
      lanes.1 ^= lanes.1 >> 31
      lanes.2 ^= lanes.2 >> 33
      lanes.3 ^= lanes.3 >> 35
      offset &+= 32
    }
    var rest = UInt64(bytes.count)
    while offset < bytes.count {
      rest = (rest ^ UInt64(bytes[offset])) &* prime
      rest ^= rest >> 32
      offset &+= 1
    }
    return combinedHash(combinedHash(lanes.0, lanes.1), combinedHash(combinedHash(lanes.2, lanes.3), rest))
  }
}
