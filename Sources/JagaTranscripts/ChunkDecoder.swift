internal import CSIMDJSON
public import JagaCore

/// What a chunk held besides messages.
public struct DecodeReport: Sendable {
  /// Faults and warnings, in line order.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// The chunk's share of the counts; duplicates are not yet known here.
  public internal(set) var counters = ReadCounters()

  /// Nothing yet.
  public init() {}

  mutating func add(_ cause: Diagnostic.Cause, file: String, line: Int) {
    counters.count(cause)
    diagnostics.append(Diagnostic(file: file, line: line, cause: cause))
  }
}

/// Decodes chunks of a line format. Make one for each thread; the result depends on the chunk alone.
///
///     let decoder = try ChunkDecoder(options: options)
///     let report = decoder.decode(chunk, into: &batch)
///
/// Cost for JSONL: one pass of simdjson over the chunk and one copy of its strings; no allocation in the steady state.
public final class ChunkDecoder {
  let parser: OpaquePointer
  let options: ReaderOptions
  var scratch: [UInt8] = []

  /// Makes a decoder. Throws when there is no memory.
  public init(options: ReaderOptions = ReaderOptions()) throws(TranscriptError) {
    guard let made = jaga_json_parser_create() else { throw .outOfMemory }
    parser = made
    self.options = options
  }

  deinit { jaga_json_parser_destroy(parser) }

  /// Appends the chunk's messages to the batch. With ``ReaderOptions/strict`` it ends before the first malformed record.
  public func decode(_ chunk: Chunk, into batch: inout MessageBatch) -> DecodeReport {
    var report = DecodeReport()
    let first = batch.rows.count
    report.counters.records = chunk.recordCount
    if let limit = chunk.tooLong {
      report.add(.recordTooLong(limit: limit), file: chunk.file, line: chunk.firstLine)
      return report
    }
    switch chunk.format {
    case .jsonl: decodeJSONL(chunk, into: &batch, report: &report)
    case .chatml, .convokit: decodeDocuments(chunk, into: &batch, report: &report)
    default: break
    }
    report.counters.messages = batch.rows.count - first
    if let transform = options.transform { batch.transform(from: first, with: transform, names: nil) }
    return report
  }

  /// Why a line was refused.
  func cause(_ status: Int32) -> Diagnostic.Cause {
    switch Int(status) {
    case JAGA_JSON_NOT_OBJECT: .notAnObject
    case JAGA_JSON_NO_TEXT: .missingField("text")
    case JAGA_JSON_WRONG_TYPE: .wrongType(String(cString: jaga_json_fault_key(parser)))
    case JAGA_JSON_OTHER_SPELLING: .otherSpelling(of: String(cString: jaga_json_fault_key(parser)))
    case JAGA_JSON_TOO_DEEP: .nestedTooDeep(limit: Int(JAGA_JSON_MAX_DEPTH))
    case JAGA_JSON_MEMORY, JAGA_JSON_TOO_BIG: .outOfMemory
    default: .invalidJSON
    }
  }
}
