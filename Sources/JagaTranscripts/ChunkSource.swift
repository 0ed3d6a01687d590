internal import CSIMDJSON
internal import Glibc

/// The place of the next line feed.
func indexOfNewline(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard start < bytes.count, let base = bytes.baseAddress,
    let found = memchr(base + start, 0x0A, bytes.count - start)
  else { return nil }
  return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
}

/// Cuts one input into chunks at line feeds.
///
/// A chunk holds as many whole lines as have arrived, so a slow pipe is not held back. Memory: one chunk and the piece of
/// a line after it; a line over the limit is skipped without being kept.
final class ChunkSource {
  private let stream: ByteStream
  private let chunkSize: Int
  private let recordLimit: Int
  private var carry: [UInt8] = []
  /// The number of the next line, from 1.
  private(set) var line = 1
  /// Bytes taken from the stream.
  private var taken = 0
  private var started = false
  private var ended = false

  init(stream: ByteStream, chunkSize: Int, recordLimit: Int) {
    self.stream = stream
    self.recordLimit = max(1, min(recordLimit, 1 << 30))
    self.chunkSize = max(1, min(chunkSize, self.recordLimit))
  }

  /// Where the next chunk begins, in bytes of the stream.
  var offset: Int { taken - carry.count }

  /// Begins where another source of the same stream was. Call it before the first chunk.
  func skip(to offset: Int, line: Int) throws(TranscriptError) {
    guard offset > 0 else { return }
    try stream.skip(to: offset)
    taken = offset
    self.line = line
    // The mark is behind it.
    started = true
  }

  /// Fills the chunk's bytes, lines and counts. Returns false at the end of the input.
  func next(into chunk: inout Chunk) throws(TranscriptError) -> Bool {
    chunk.tooLong = nil
    chunk.count = 0
    chunk.makeRoom(max(chunkSize, carry.count))
    chunk.put(carry)
    carry.removeAll(keepingCapacity: true)
    var searched = 0
    while true {
      if !started, chunk.count >= 3 || ended { skipByteOrderMark(&chunk) }
      if started || ended, let end = lastNewline(in: chunk, from: searched) {
        return finish(&chunk, end: end + 1)
      }
      if started { searched = chunk.count }
      if ended {
        guard chunk.count > 0 else { return false }
        if chunk.count > recordLimit { return tooLong(&chunk) }
        return finish(&chunk, end: chunk.count)
      }
      if chunk.count > recordLimit {
        try skipLine()
        return tooLong(&chunk)
      }
      try fill(&chunk)
    }
  }

  private func skipByteOrderMark(_ chunk: inout Chunk) {
    started = true
    guard chunk.count >= 3, chunk.bytes[0] == 0xEF, chunk.bytes[1] == 0xBB, chunk.bytes[2] == 0xBF else { return }
    chunk.bytes.removeSubrange(0..<3)
    chunk.count -= 3
  }

  private func fill(_ chunk: inout Chunk) throws(TranscriptError) {
    // Never more than one byte over the limit, so that no line in a chunk can be longer than it.
    let wanted = chunk.count < chunkSize ? chunkSize - chunk.count : max(chunkSize, chunk.count)
    let most = max(1, min(wanted, recordLimit + 1 - chunk.count))
    chunk.makeRoom(chunk.count + most)
    let from = chunk.count
    let stream = self.stream
    let (filled, failure) = chunk.bytes.withUnsafeMutableBufferPointer { buffer in
      outcome { () throws(TranscriptError) in
        try stream.read(into: UnsafeMutableBufferPointer(rebasing: buffer[from..<from + most]))
      }
    }
    if let failure {
      // What was whole before the fault has been handed out; the piece of a line is lost with the rest.
      ended = true
      throw failure
    }
    if filled == 0 { ended = true }
    taken += filled
    chunk.count += filled
  }

  private func lastNewline(in chunk: Chunk, from: Int) -> Int? {
    chunk.bytes.withUnsafeBufferPointer { bytes in
      var place = chunk.count
      while place > from {
        place -= 1
        if bytes[place] == 0x0A { return place }
      }
      return nil
    }
  }

  private func finish(_ chunk: inout Chunk, end: Int) -> Bool {
    if end < chunk.count { carry.append(contentsOf: chunk.bytes[end..<chunk.count]) }
    chunk.count = end
    chunk.firstLine = line
    let counts = chunk.bytes.withUnsafeBufferPointer { jaga_count_lines($0.baseAddress, end) }
    chunk.recordCount = counts.records
    chunk.lineCount = counts.lines
    line += counts.lines
    chunk.seal()
    return true
  }

  private func tooLong(_ chunk: inout Chunk) -> Bool {
    chunk.tooLong = recordLimit
    chunk.count = 0
    chunk.firstLine = line
    chunk.recordCount = 1
    chunk.lineCount = 1
    line += 1
    chunk.seal()
    return true
  }

  /// Drops bytes up to the next line feed and keeps what follows it.
  private func skipLine() throws(TranscriptError) {
    var block = [UInt8](repeating: 0, count: min(64 << 10, recordLimit))
    let stream = self.stream
    while true {
      let (filled, failure) = block.withUnsafeMutableBufferPointer { buffer in
        outcome { () throws(TranscriptError) in try stream.read(into: buffer) }
      }
      if let failure {
        ended = true
        throw failure
      }
      if filled == 0 {
        ended = true
        return
      }
      taken += filled
      if let newline = block[..<filled].firstIndex(of: 0x0A) {
        carry.append(contentsOf: block[(newline + 1)..<filled])
        return
      }
    }
  }
}
