import JagaCore
import JagaTranscripts

/// One transcript reader, or the recogniser and whatever it picks, plain or compressed.
///
/// Every input is read twice, in big chunks and in tiny ones: where a chunk ends must not change what is read.
struct ReaderTarget: FuzzTarget {
  let name: String
  /// Nil recognises the format.
  let format: TranscriptFormat?
  /// The ending that the input pretends to have.
  var ending = ""

  func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    let input = TranscriptInput.bytes(Array(bytes), name: "input" + ending)
    var options = ReaderOptions()
    // Small limits, so that they are reached by small inputs.
    options.recordLimit = 2048
    options.wholeFileLimit = 1 << 20
    options.duplicateWindow = 16
    let whole = read(input, options: options)
    options.chunkSize = 48
    let parts = read(input, options: options)
    expect(
      (whole.error == nil) == (parts.error == nil),
      "an error or none from chunks of any size: \(String(describing: whole.error)), \(String(describing: parts.error))"
    )
    if whole.error == nil {
      expect(whole.messages == parts.messages, "the same messages from chunks of any size")
      expect(whole.diagnostics == parts.diagnostics, "the same diagnostics from chunks of any size")
    } else {
      // How much is read before damaged compressed data is noticed depends on the chunk.
      let common = min(whole.messages.count, parts.messages.count)
      let isSame = whole.messages.prefix(common) == parts.messages.prefix(common)
      expect(isSame, "the same first messages from chunks of any size")
    }
  }

  private struct Outcome {
    var messages: [Message] = []
    var diagnostics: [Diagnostic] = []
    var error: TranscriptError?
  }

  private func read(_ input: TranscriptInput, options: ReaderOptions) -> Outcome {
    let log = Log()
    let reader = TranscriptReader(inputs: [input], format: format, options: options) { log.diagnostics.append($0) }
    var outcome = Outcome()
    var batch = MessageBatch()
    do {
      while try reader.read(into: &batch, limit: 3) {
        take(&batch, into: &outcome)
      }
    } catch {
      take(&batch, into: &outcome)
      outcome.error = error
    }
    outcome.diagnostics = log.diagnostics
    let counters = reader.counters
    expect(counters.messages == outcome.messages.count, "every message is counted")
    let malformed = outcome.diagnostics.filter { $0.severity == .malformed }
    expect(counters.malformed == malformed.count, "every malformed record is counted and reported")
    return outcome
  }

  private func take(_ batch: inout MessageBatch, into outcome: inout Outcome) {
    for (index, row) in batch.rows.enumerated() {
      for field in [row.conversationID, row.messageID, row.authorID, row.authorRole, row.text, row.language] {
        expect(field.offset >= 0 && field.count >= 0, "a field forwards")
        expect(field.offset + field.count <= batch.bytes.count, "a field inside the batch")
        let bytes = batch.bytes[field.offset..<field.offset + field.count]
        expect(String(validating: bytes, as: UTF8.self) != nil, "a field of valid UTF-8")
      }
      outcome.messages.append(batch.message(at: index))
    }
    batch.removeAll()
  }

  /// Where diagnostics go.
  private final class Log {
    var diagnostics: [Diagnostic] = []
  }
}

/// A target for every format, one for the recogniser, one for each compression.
let readerTargets: [any FuzzTarget] =
  TranscriptFormat.allCases.map { ReaderTarget(name: $0.name, format: $0) } + [
    ReaderTarget(name: "auto", format: nil), ReaderTarget(name: "gzip", format: .jsonl, ending: ".jsonl.gz"),
    ReaderTarget(name: "zstd", format: .jsonl, ending: ".jsonl.zst"),
  ]
