internal import JagaCore
internal import JagaTranscripts

/// A run of messages on its way from the reader to a lane: lines still to be decoded, or messages already read.
struct InputPart {
  /// Lines to be decoded by a worker; nil when ``batch`` is filled already.
  var chunk: Chunk?
  /// The messages, once read.
  var batch = MessageBatch()
  /// What was noticed on the way, with counts.
  var report = DecodeReport()
  /// Why an input ended early, if it did; it comes after the part's messages.
  var failure: TranscriptError?
}
