/// What happened to every record: nothing is dropped without a count here.
public struct ReadCounters: Hashable, Sendable {
  /// Records met, good or bad: what numbers them.
  public var records = 0
  /// Messages handed out.
  public var messages = 0
  /// Malformed records, skipped.
  public var malformed = 0
  /// Messages that repeat an earlier one, skipped.
  public var duplicates = 0
  /// Records that are not utterances, skipped by design.
  public var skipped = Skipped()
  /// Things repaired or left out in messages that were read.
  public var warnings = Warnings()
  /// Conversations (gold transcripts, chat-ML) whose one record holds several messages.
  public var transcripts = 0

  /// Nothing yet.
  public init() {}

  /// Skipped by design.
  public struct Skipped: Hashable, Sendable {
    /// System and service lines: joined, renamed, encrypted, a call.
    public var system = 0
    /// Messages that are only a picture, a sticker, a recording, or deleted.
    public var noText = 0
    /// Written by a bot or a model's instruction.
    public var bot = 0

    /// All of them.
    public var total: Int { system + noText + bot }
  }

  /// Warnings by kind.
  public struct Warnings: Hashable, Sendable {
    /// Escapes of half a surrogate pair.
    public var loneSurrogates = 0
    /// Records with bytes that are not UTF-8.
    public var invalidUTF8 = 0
    /// Times that could not be read.
    public var invalidTimestamps = 0
    /// Labels that are not in the taxonomy.
    public var unknownLabels = 0
    /// Files whose dates contradict each other.
    public var conflictingDates = 0

    /// All of them.
    public var total: Int { loneSurrogates + invalidUTF8 + invalidTimestamps + unknownLabels + conflictingDates }
  }

  /// The exit code of a run that ended normally: 0 when all was read, 2 when records were malformed.
  public var exitCode: Int32 { malformed == 0 ? 0 : 2 }

  /// Counts a diagnostic.
  mutating func count(_ cause: Diagnostic.Cause) {
    switch cause {
    case .loneSurrogate: warnings.loneSurrogates += 1
    case .invalidUTF8: warnings.invalidUTF8 += 1
    case .invalidTimestamp: warnings.invalidTimestamps += 1
    case .unknownLabel: warnings.unknownLabels += 1
    case .conflictingDates: warnings.conflictingDates += 1
    case .ambiguousDate: break
    default: malformed += 1
    }
  }
}

extension ReadCounters {
  /// Adds the counts of another part of the same run.
  public mutating func add(_ other: ReadCounters) {
    records += other.records
    messages += other.messages
    malformed += other.malformed
    duplicates += other.duplicates
    transcripts += other.transcripts
    skipped.system += other.skipped.system
    skipped.noText += other.skipped.noText
    skipped.bot += other.skipped.bot
    warnings.loneSurrogates += other.warnings.loneSurrogates
    warnings.invalidUTF8 += other.warnings.invalidUTF8
    warnings.invalidTimestamps += other.warnings.invalidTimestamps
    warnings.unknownLabels += other.warnings.unknownLabels
    warnings.conflictingDates += other.warnings.conflictingDates
  }
}
