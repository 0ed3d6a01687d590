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
    hash = (hash ^ lastWord(raw, from: index)) &* 0x9FB2_1C65_1E98_DF25
    hash ^= hash >> 32
  }
  return finalised(hash)
}

/// The one to seven bytes from `start` to the end, the first of them lowest. Reads nothing outside of `bytes`.
@inlinable @inline(__always)
func lastWord(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64 {
  let left = bytes.count &- start
  if start > 0 {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
    return word &>> UInt64(truncatingIfNeeded: 64 &- left &* 8)
  }
  if left >= 4 {
    let low = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: left &- 4, as: UInt32.self))
    return UInt64(low) | UInt64(high) &<< UInt64(truncatingIfNeeded: (left &- 4) &* 8)
  }
  let middle = left &>> 1
  return UInt64(bytes[0]) | UInt64(bytes[middle]) &<< UInt64(truncatingIfNeeded: middle &* 8)
    | UInt64(bytes[left &- 1]) &<< UInt64(truncatingIfNeeded: (left &- 1) &* 8)
}

/// ``tokenHash(_:)`` of one to eight bytes, given as one word: the first byte is the lowest, the bytes beyond `count` are zero.
@inlinable @inline(__always)
public func shortTokenHash(_ word: UInt64, count: UInt64) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ (count &* 0xFF51_AFD7_ED55_8CCD)
  hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
  return finalised(hash ^ (hash >> 32))
}

/// ``tokenHash(_:)`` of bytes that at least seven readable bytes follow, whatever they hold.
@inlinable
public func paddedTokenHash(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ (UInt64(truncatingIfNeeded: count) &* 0xFF51_AFD7_ED55_8CCD)
  var index = 0
  while index < count {
    var word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let left = count &- index
    if left < 8 { word &= (1 &<< UInt64(truncatingIfNeeded: left &* 8)) &- 1 }
    hash = (hash ^ word) &* 0x9FB2_1C65_1E98_DF25
    hash ^= hash >> 32
    index &+= 8
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
