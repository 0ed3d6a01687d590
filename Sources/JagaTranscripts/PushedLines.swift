internal import CSIMDJSON

/// Cuts bytes that arrive from somewhere into chunks of whole lines, for a ``ChunkDecoder``. The counterpart of ``TranscriptReader`` where nobody can be asked for more.
///
///     var lines = PushedLines(name: "request")
///     lines.push(part)
///     while lines.next(into: &chunk) { let report = decoder.decode(chunk, into: &batch) }
///     lines.end()   // and once more: the last line may lack its line feed
///
/// Memory: what was pushed and not yet taken, at most one line over the limit.
public struct PushedLines {
  private let name: String
  private let format: TranscriptFormat
  private let lineLimit: Int
  private let chunkSize: Int
  private var pending: [UInt8] = []
  /// Bytes at the beginning of `pending` that were taken.
  private var taken = 0
  /// Up to here there is no line feed behind ``taken``.
  private var searched = 0
  private var line = 1
  private var record = 1
  private var isEnded = false
  /// Inside a line over the limit, of which nothing is kept.
  private var isSkipping = false
  private var isAtStart = true

  /// Nothing yet. `name` stands for the file in diagnostics; chunks hold some `chunkSize` bytes of whole lines.
  public init(
    name: String, format: TranscriptFormat = .jsonl, lineLimit: Int = 1 << 20, chunkSize: Int = 64 << 10
  ) {
    self.name = name
    self.format = format
    self.lineLimit = max(lineLimit, 1)
    self.chunkSize = min(max(chunkSize, 1), self.lineLimit)
  }

  /// Adds bytes.
  public mutating func push(_ bytes: some Sequence<UInt8>) {
    if taken > 0 {
      pending.removeFirst(taken)
      searched = max(0, searched - taken)
      taken = 0
    }
    pending.append(contentsOf: bytes)
  }

  /// No more bytes will come.
  public mutating func end() { isEnded = true }

  /// Fills the chunk with the next whole lines; false when there are none yet.
  public mutating func next(into chunk: inout Chunk) -> Bool {
    while true {
      if isAtStart, pending.count - taken >= 3 || isEnded {
        isAtStart = false
        if pending[taken...].starts(with: [0xEF, 0xBB, 0xBF]) { taken += 3 }
      }
      guard !isAtStart, taken < pending.count else { return false }
      if isSkipping {
        guard skipLine() else { return false }
        continue
      }
      guard let end = endOfLines() else {
        guard pending.count - taken > lineLimit else { return false }
        begin(&chunk, tooLong: lineLimit)
        isSkipping = true
        return true
      }
      begin(&chunk, tooLong: nil)
      chunk.put(Array(pending[taken..<end]))
      chunk.seal()
      taken = end
      let counts = chunk.bytes.withUnsafeBufferPointer { jaga_count_lines($0.baseAddress, chunk.count) }
      chunk.lineCount = counts.lines
      chunk.recordCount = counts.records
      line += counts.lines
      record += counts.records
      if counts.records > 0 { return true }
    }
  }

  private mutating func begin(_ chunk: inout Chunk, tooLong: Int?) {
    chunk.format = format
    chunk.file = name
    chunk.firstLine = line
    chunk.firstRecord = record
    chunk.tooLong = tooLong
    chunk.count = 0
    chunk.makeRoom(min(chunkSize, pending.count - taken))
    guard tooLong != nil else { return }
    chunk.recordCount = 1
    chunk.lineCount = 1
    record += 1
  }

  /// Drops the rest of a line; false when its end has not come.
  private mutating func skipLine() -> Bool {
    let found = pending.withUnsafeBufferPointer { indexOfNewline(in: $0, from: taken) }
    guard let found else {
      taken = pending.count
      return false
    }
    taken = found + 1
    line += 1
    isSkipping = false
    return true
  }

  /// One past the last whole line within the chunk size, or past the first one where that is longer. Bytes are looked at once, however they come.
  private mutating func endOfLines() -> Int? {
    let (taken, from, chunkSize) = (taken, max(taken, searched), chunkSize)
    let found: Int? = pending.withUnsafeBufferPointer { bytes in
      guard let first = indexOfNewline(in: bytes, from: from) else { return nil }
      var place = min(bytes.count, taken + chunkSize)
      while place > first + 1, bytes[place - 1] != 0x0A { place -= 1 }
      return max(place, first + 1)
    }
    if let found { return found - taken > max(lineLimit, chunkSize) ? nil : found }
    searched = pending.count
    return isEnded && pending.count - taken <= lineLimit ? pending.count : nil
  }
}
