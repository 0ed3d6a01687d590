/// Hashes and ids of a conversation as bytes: numbers little-endian, an id after its length.
enum PackedIDs {
  static func pack(_ hashes: ArraySlice<UInt64>, into bytes: inout [UInt8]) {
    for hash in hashes { withUnsafeBytes(of: hash.littleEndian) { bytes.append(contentsOf: $0) } }
  }

  static func pack(_ authors: [KeptAuthor], into bytes: inout [UInt8]) {
    for author in authors {
      withUnsafeBytes(of: author.hash.littleEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: UInt32(clamping: author.id.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: author.id.utf8)
    }
  }

  /// Nil for bytes that are no list of hashes.
  static func hashes(_ bytes: UnsafeRawBufferPointer) -> [UInt64]? {
    guard bytes.count % 8 == 0 else { return nil }
    let count = bytes.count / 8
    return [UInt64](unsafeUninitializedCapacity: count) { hashes, initialized in
      for place in 0..<count {
        hashes.initializeElement(
          at: place, to: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self)))
      }
      initialized = count
    }
  }

  /// Nil for bytes that are no list of authors.
  static func authors(_ bytes: UnsafeRawBufferPointer) -> [KeptAuthor]? {
    var authors: [KeptAuthor] = []
    var next = 0
    while next < bytes.count {
      guard bytes.count - next >= 12 else { return nil }
      let hash = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
      let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: next + 8, as: UInt32.self)))
      next += 12
      guard bytes.count - next >= length else { return nil }
      let id = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[next..<next + length]), as: UTF8.self)
      authors.append(KeptAuthor(hash: hash, id: id))
      next += length
    }
    return authors
  }
}
