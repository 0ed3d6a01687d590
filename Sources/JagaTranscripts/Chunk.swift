/// Whole lines of one input, as raw bytes, with the numbers that make decoding independent of all other chunks.
///
/// Reuse one chunk for many calls of ``TranscriptReader/next(chunk:batch:limit:)``: its memory is kept.
public struct Chunk: Sendable {
  /// The bytes; only the first ``count`` are the chunk's, the rest is room.
  public internal(set) var bytes: [UInt8] = []
  /// How many bytes are in use.
  public internal(set) var count = 0
  /// The format of the lines.
  public internal(set) var format = TranscriptFormat.jsonl
  /// The name of the input.
  public internal(set) var file = ""
  /// The place of the input in the list of inputs, from 0.
  public internal(set) var inputIndex = 0
  /// The number of the first line, from 1.
  public internal(set) var firstLine = 1
  /// The number of the first record, from 1, counted across all inputs.
  public internal(set) var firstRecord = 1
  /// How many lines are not blank.
  public internal(set) var recordCount = 0
  /// How many lines end here.
  public internal(set) var lineCount = 0
  /// The limit that the only line of this chunk is over; its bytes are not here then.
  var tooLong: Int?

  /// An empty chunk.
  public init() {}

  /// Room after the last byte that parsers may read.
  static let padding = 64

  mutating func makeRoom(_ wanted: Int) {
    let need = wanted + Chunk.padding
    guard bytes.count < need else { return }
    bytes.append(contentsOf: repeatElement(0, count: max(need, bytes.count + bytes.count / 2) - bytes.count))
  }

  /// Begins the chunk with these bytes; there is room for them.
  mutating func put(_ first: [UInt8]) {
    bytes.withUnsafeMutableBytes { room in first.withUnsafeBytes { room.copyMemory(from: $0) } }
    count = first.count
  }

  /// Ends the chunk: zeroes what follows, so that no byte of an older chunk can be taken for part of this one.
  mutating func seal() {
    makeRoom(count)
    bytes.withUnsafeMutableBufferPointer { room in
      for index in count..<count + Chunk.padding { room[index] = 0 }
    }
  }
}

/// The bytes of lines without their line feed.
struct LineScanner {
  private(set) var position = 0
  private(set) var line = -1

  /// The next line, without its line feed; nil at the end.
  mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let begin = position
    let end = indexOfNewline(in: bytes, from: begin) ?? bytes.count
    position = end + 1
    line += 1
    return begin..<end
  }
}

/// True when a line has nothing but blanks.
func isBlank(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
  for index in range where bytes[index] != 0x20 && bytes[index] != 0x09 && bytes[index] != 0x0D { return false }
  return true
}
