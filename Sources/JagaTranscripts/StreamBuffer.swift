/// A window onto a stream that grows until a record is whole; for records that are not lines.
final class StreamBuffer {
  private let stream: ByteStream
  private var bytes: [UInt8] = []
  private var start = 0
  private var end = 0
  private let blockSize: Int
  private(set) var ended = false

  init(stream: ByteStream, blockSize: Int) {
    self.stream = stream
    self.blockSize = max(1, blockSize)
  }

  /// How many bytes are in the window.
  var count: Int { end - start }

  /// Looks at the window.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { body($0.part(start..<end)) }
  }

  /// True when ``grow()`` would wait for a slow input.
  var wouldWait: Bool { !ended && stream.wouldWait }

  /// Gives up the first bytes of the window.
  func consume(_ count: Int) { start += count }

  /// Reads more. Returns false when there is no more.
  func grow() throws(TranscriptError) -> Bool {
    if ended { return false }
    if start > 0, start >= end - start {
      bytes.replaceSubrange(0..<(end - start), with: Array(bytes[start..<end]))
      end -= start
      start = 0
    }
    let most = max(blockSize, end - start)
    if bytes.count < end + most { bytes.append(contentsOf: repeatElement(0, count: end + most - bytes.count)) }
    let from = end
    let (filled, failure) = bytes.withUnsafeMutableBufferPointer { buffer in
      outcome { () throws(TranscriptError) in
        try stream.read(into: UnsafeMutableBufferPointer(rebasing: buffer[from..<from + most]))
      }
    }
    if let failure {
      ended = true
      throw failure
    }
    end += filled
    if filled == 0 { ended = true }
    return filled > 0
  }

  /// Steps over a byte order mark; call once, at the beginning.
  func skipByteOrderMark() throws(TranscriptError) {
    while count < 3 { if try !grow() { break } }
    if withBytes({ $0.starts(with: [0xEF, 0xBB, 0xBF]) }) { consume(3) }
  }
}
