internal import CCompression

/// Decompresses a source piece by piece.
final class Inflater {
  private let handle: OpaquePointer
  private let file: String
  private var input = [UInt8](repeating: 0, count: 64 << 10)
  private var filled = 0
  private var used = 0
  private var consumed = 0

  init(kind: Int32, file: String) throws(TranscriptError) {
    guard let made = jaga_decompressor_create(kind) else { throw .outOfMemory }
    handle = made
    self.file = file
  }

  deinit { jaga_decompressor_destroy(handle) }

  /// True when there is compressed data that was read and not yet looked at.
  var hasInput: Bool { used < filled }

  /// Reads what is there; 0 only at the proper end. Throws where the data is wrong or ends early, with the byte's place.
  func read(
    from source: RawSource, into buffer: UnsafeMutableBufferPointer<UInt8>
  ) throws(TranscriptError) -> Int {
    var sourceEnded = false
    while true {
      if used == filled, !sourceEnded {
        let (count, failure) = input.withUnsafeMutableBufferPointer { block in
          outcome { () throws(TranscriptError) in try source.read(into: block) }
        }
        if let failure { throw failure }
        (filled, used) = (count, 0)
        sourceEnded = count == 0
      }
      var taken = 0
      var made = 0
      let status = input.withUnsafeBufferPointer { block in
        jaga_decompressor_step(
          handle, block.baseAddress.map { $0 + used }, filled - used, &taken, buffer.baseAddress, buffer.count, &made)
      }
      used += taken
      consumed += taken
      if status == JAGA_DECOMPRESS_MEMORY { throw .outOfMemory }
      if status != JAGA_DECOMPRESS_OK { throw .corrupt(file: file, offset: consumed) }
      if made > 0 { return made }
      if sourceEnded {
        if jaga_decompressor_at_boundary(handle) == 0 { throw .truncated(file: file, offset: consumed) }
        return 0
      }
    }
  }
}

/// The compression that a file ending names: 0 for none.
func compressionKind(ending: String) -> Int32 {
  switch ending {
  case "gz", "gzip": Int32(JAGA_GZIP)
  case "zst", "zstd": Int32(JAGA_ZSTD)
  default: 0
  }
}

/// The compression that the first bytes name: 0 for none.
func compressionKind(magic: [UInt8]) -> Int32 {
  if magic.starts(with: [0x1F, 0x8B]) { return Int32(JAGA_GZIP) }
  if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return Int32(JAGA_ZSTD) }
  return 0
}
