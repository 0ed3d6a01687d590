public import JagaCore

/// What a run over files produces and how; resolved, so nothing in it is optional for lack of a decision.
public struct BatchSettings: Sendable {
  /// One record a message, or one a conversation.
  public enum Level: String, CaseIterable, Sendable {
    case message, conversation
  }

  /// The form of the output.
  public enum Form: Sendable {
    /// One JSON object a line.
    case jsonl
    /// RFC 4180 with a header row.
    case csv
    /// For people.
    case table(TableStyle)
    /// Nothing; for counts alone.
    case none
  }

  /// Threads that score; at least 1. The output is the same for any number.
  public var threads = 1
  /// One record a message, or one a conversation.
  public var level = Level.message
  /// The form of the output.
  public var form = Form.jsonl
  /// Records below this band are left out (and counted).
  public var minimumBand = Band.none
  /// Add every term of the sum.
  public var explains = false
  /// Add the text: off by default, since output then carries what people wrote.
  public var includesText = false
  /// Conversations kept in memory; beyond that the one longest without a message is given up and marked partial,
  /// and so is what comes of it later.
  /// Rounded up to a multiple of 64, the number of shards.
  public var conversationCapacity = 1 << 16
  /// Give up conversations whose last message is this many milliseconds of message time older than the newest of their shard;
  /// nil never does. Only right for input that is in the order of time.
  public var forgetAfter: Int64?
  /// Parts (of about 64 KB of input) that are worked on together, for each thread.
  public var partsPerThread = 4

  /// Message level, JSON lines, one thread.
  public init() {}
}
