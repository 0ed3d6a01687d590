internal import JagaCore
internal import JagaTranscripts

/// A run of messages on its way from the reader to a lane: lines still to be decoded, or messages already read.
struct InputPart {
  /// Lines to be decoded by a worker, when ``holdsLines``.
  var chunk = Chunk()
  /// False when ``batch`` is filled already.
  var holdsLines = false
  /// The messages, once decoded.
  var batch = MessageBatch()
  /// What the decoding of ``chunk`` noticed and counted.
  var report = DecodeReport()
  /// What the reader noticed since the part before.
  var noticed: [Diagnostic] = []
  /// What the reader itself has counted so far; lines that others decode are not in it.
  var readerCounters = ReadCounters()
  /// Bytes taken from the inputs so far.
  var bytesRead = 0
  /// Where the reader was after it.
  var position = ReaderPosition()
  /// Why an input ended early, if it did; it comes after the part's messages.
  var failure: TranscriptError?

  /// Forgets everything and keeps the memory.
  mutating func reset() {
    holdsLines = false
    batch.removeAll()
    report = DecodeReport()
    noticed.removeAll(keepingCapacity: true)
    failure = nil
  }
}
