internal import JagaCore

/// What the readers of one run share: options, counts, the running record number, and where diagnostics go.
final class ReadContext {
  let options: ReaderOptions
  let report: (Diagnostic) -> Void
  var counters = ReadCounters()
  /// The name of the input being read.
  var file = ""
  /// Its place in the list, from 0.
  var inputIndex = 0

  init(options: ReaderOptions, report: @escaping (Diagnostic) -> Void) {
    self.options = options
    self.report = report
  }

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

/// Reads one input of one format.
protocol FormatReader: AnyObject {
  /// Appends messages until there are at least `limit` of them. Returns false at the end of the input.
  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool

  /// The display names seen so far, for masking; nil when the format has none.
  var names: NameTable? { get }
}

extension FormatReader {
  var names: NameTable? { nil }
}
