/// Where a ``TranscriptReader`` is in its inputs, so that another one can go on from there. It holds numbers only.
///
///     let position = reader.position
///     let other = TranscriptReader(inputs: inputs, options: options, from: position)
///
/// Lines are gone on with at their offset; a file that is not compressed is not read again up to there. Other formats are
/// read again from the beginning of their input, and what was handed out is left out.
/// Only right for files that stay as they are, with the same options and the same limits of the calls.
public struct ReaderPosition: Hashable, Sendable {
  /// The place in the list of the input being read, or of the next one.
  public var input = 0
  /// True when something of that input was read.
  public var isInside = false
  /// Bytes of that input, decompressed, whose lines were handed out; 0 for formats that are not cut at lines.
  public var offset = 0
  /// The number of the next line, from 1.
  public var line = 1
  /// Calls that read from that input, for formats that are not cut at lines.
  public var calls = 0
  /// The limit of those calls.
  public var limit = 0
  /// The number of the last record, over all inputs.
  public var lastRecord = 0
  /// Bytes of the inputs before, as they lie on the disk.
  public var bytesOfEarlier = 0
  /// What was counted by the reader itself.
  public var counters = ReadCounters()
  /// ``lastRecord`` at the beginning of that input.
  public var firstRecord = 0
  /// ``counters`` at the beginning of that input.
  public var firstCounters = ReadCounters()

  /// The beginning.
  public init() {}
}
