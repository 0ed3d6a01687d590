public import JagaTranscripts

/// What a run did.
public struct BatchSummary: Sendable {
  /// Why it ended.
  public enum Ending: Sendable {
    /// All input was read.
    case finished
    /// A signal asked it to stop; what was written are whole records.
    case interrupted
    /// `strict`: the first malformed record.
    case stopped(Diagnostic)
  }

  /// Why it ended.
  public internal(set) var ending = Ending.finished
  /// Counts of results.
  public internal(set) var counts = ScoreCounts()
  /// Counts of records read, skipped, repaired.
  public internal(set) var reading = ReadCounters()
  /// Conversations seen; one that comes back after it was given up counts again.
  public internal(set) var conversations = 0
  /// Conversations given up to keep memory bounded.
  public internal(set) var evictions = 0
  /// Inputs that could not be read, or not to their end.
  public internal(set) var failures = 0

  /// Nothing yet.
  public init() {}
}

/// How far a run is.
public struct BatchProgress: Sendable {
  /// Messages scored so far.
  public var messages = 0
  /// Bytes taken from the inputs, compressed ones counted as they lie on disk.
  public var bytes = 0
}

/// Where records go. Called from one thread at a time, in order, with whole records.
public protocol RecordSink: AnyObject {
  /// Takes over bytes; an error ends the run.
  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// What a run tells while it goes on, in input order. Called from one thread at a time.
public protocol BatchObserver: AnyObject {
  /// A record was skipped, repaired or is worth a note.
  func noticed(_ diagnostic: Diagnostic)
  /// An input could not be read, or not to its end; the next one follows.
  func failed(_ error: TranscriptError)
  /// Some more messages are done. Called after each part, and once before the first, when a run goes on with messages of another.
  func progressed(_ progress: BatchProgress)
}
