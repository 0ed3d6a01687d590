internal import JagaCore

/// What the readers of one run share: options, counts, the running record number, and where diagnostics go.
final class ReadContext {
  let options: ReaderOptions
  /// True while what was told before is read again.
  var isSilent = false
  private let tell: (Diagnostic) -> Void
  var counters = ReadCounters()
  /// The name of the input being read.
  var file = ""
  /// Its place in the list, from 0.
  var inputIndex = 0

  init(options: ReaderOptions, report: @escaping (Diagnostic) -> Void) {
    self.options = options
    tell = report
  }

  /// Tells a diagnostic.
  func report(_ diagnostic: Diagnostic) { if !isSilent { tell(diagnostic) } }

  /// The number of the last record handed out; ahead of the count while chunks are being decoded elsewhere.
  var lastRecord = 0

  /// Counts one more record and returns its number.
  func nextRecord() -> Int {
    counters.records += 1
    lastRecord += 1
    return lastRecord
  }

  /// Counts a fault or a warning and tells it. Throws on a fault when `strict`.
  func note(_ cause: Diagnostic.Cause, line: Int) throws(TranscriptError) {
    counters.count(cause)
    let diagnostic = Diagnostic(file: file, line: line, cause: cause)
    if options.strict, cause.severity == .malformed { throw .malformed(diagnostic) }
    report(diagnostic)
  }

  /// Adds a finished record to the batch.
  func finish(_ record: RecordRow, line: Int, into batch: inout MessageBatch) throws(TranscriptError) {
    batch.rows.append(record.row)
    counters.messages += 1
    if record.repaired { try note(.invalidUTF8, line: line) }
  }
}

/// How much one call of a reader hands over.
struct Quota {
  private let firstRow: Int
  private let firstByte: Int
  private let limit: Int
  /// A call ends at the record that takes it over this, so that long messages do not add up.
  static let bytes = 16 << 20

  init(_ batch: MessageBatch, limit: Int) {
    firstRow = batch.rows.count
    firstByte = batch.bytes.count
    self.limit = max(1, limit)
  }

  /// True when there are messages to hand over: better now than after a wait.
  func hasSome(_ batch: MessageBatch) -> Bool { batch.rows.count > firstRow }

  /// True when it is enough.
  func isMet(_ batch: MessageBatch) -> Bool {
    batch.rows.count - firstRow >= limit || (hasSome(batch) && batch.bytes.count - firstByte >= Quota.bytes)
  }
}

/// Reads one input of one format.
protocol FormatReader: AnyObject {
  /// Appends messages until the quota of `limit` is met, or it would have to wait and has some. Returns false at the end of
  /// the input.
  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool

  /// The display names seen so far, for masking; nil when the format has none.
  var names: NameTable? { get }
}

extension FormatReader {
  var names: NameTable? { nil }
}
