/// How to read. The defaults suit a pipeline.
public struct ReaderOptions: Sendable {
  /// Stop at the first malformed record instead of counting it and going on.
  public var strict = false
  /// The order inside conversations.
  public var order = MessageOrder.input
  /// The longest record, in bytes; a longer one is malformed and skipped. At most 1 GiB.
  public var recordLimit = 64 << 20 {
    didSet { recordLimit = min(max(recordLimit, 1), ReaderOptions.mostBytes) }
  }
  /// The longest text of a message, in bytes, of JSONL; a record with a longer one is malformed and skipped.
  public var textLimit = ReaderOptions.mostBytes
  /// The longest id, in bytes, of JSONL; likewise.
  public var idLimit = ReaderOptions.mostBytes
  /// The largest file, in bytes after decompression, of a format that is read whole (and of WhatsApp from a pipe).
  public var wholeFileLimit = 512 << 20
  /// How many bytes of a line format make one chunk; a chunk grows to hold one whole line. At most 1 GiB.
  public var chunkSize = 256 << 10 {
    didSet { chunkSize = min(max(chunkSize, 1), ReaderOptions.mostBytes) }
  }
  /// How many different messages may lie between a message and its repetition for it still to be recognised;
  /// 0 turns the filter off. See ``DuplicateFilter``.
  public var duplicateWindow = 1 << 20
  /// For times without a zone (WhatsApp, some Telegram and CSV): the zone's offset from UTC in minutes, east positive,
  /// from -1440 to 1440.
  public var utcOffsetMinutes = 0 {
    didSet { utcOffsetMinutes = min(max(utcOffsetMinutes, -1440), 1440) }
  }
  /// Replaces ids, mentions and export names at the door; nil keeps them.
  public var transform: (any IDTransform)?

  /// The most that ``recordLimit`` and ``chunkSize`` can be: 1 GiB.
  public static let mostBytes = 1 << 30

  /// The defaults.
  public init() {}
}
