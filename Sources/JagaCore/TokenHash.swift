/// Hashes a token's bytes. One hash per token serves the slang map, the lexicon and the weights, so its value is part of
/// the model format and must never change without a new format version.
///
/// A multiply-xor hash over 8-byte words with the 64-bit finaliser of MurmurHash3 (Appleby, public domain).
/// Cost: about one multiplication per 8 bytes; no allocation.
@inlinable
public func tokenHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ (UInt64(truncatingIfNeeded: bytes.count) &* 0xFF51_AFD7_ED55_8CCD)
  var index = 0
  let raw = UnsafeRawBufferPointer(bytes)
  while index &+ 8 <= bytes.count {
    let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
    hash ^= hash >> 32
    index &+= 8
  }
  if index < bytes.count {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      word |= UInt64(raw[index]) << shift
      shift &+= 8
      index &+= 1
    }
    hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
    hash ^= hash >> 32
  }
  return finalised(hash)
}

/// Hashes a string's UTF-8 bytes, for tables that are built rather than read.
public func tokenHash(_ text: String) -> UInt64 {
  var copy = text
  return copy.withUTF8 { tokenHash($0) }
}

/// Mixes two hashes into one; order matters. Used for word pairs and namespaced features.
@inlinable
public func combinedHash(_ first: UInt64, _ second: UInt64) -> UInt64 {
  finalised(combinedHashProduct(first) ^ (second &+ combinedHashRest(first)))
}

/// The part of ``combinedHash(_:_:)`` that its first hash alone decides: what is mixed with the second and ``combinedHashRest(_:)``.
@inlinable
public func combinedHashProduct(_ first: UInt64) -> UInt64 { first &* 0x9E37_79B9_7F4A_7C15 }

/// The part of ``combinedHash(_:_:)`` that is added to its second hash.
@inlinable
public func combinedHashRest(_ first: UInt64) -> UInt64 { 0x7F4A_7C15_9E37_79B9 &+ (first >> 17) }

/// The finaliser of MurmurHash3: every input bit reaches every output bit.
@inlinable
public func finalised(_ hash: UInt64) -> UInt64 {
  var value = hash
  value ^= value >> 33
  value = value &* 0xFF51_AFD7_ED55_8CCD
  value ^= value >> 33
  value = value &* 0xC4CE_B9FE_1A85_EC53
  value ^= value >> 33
  return value
}
