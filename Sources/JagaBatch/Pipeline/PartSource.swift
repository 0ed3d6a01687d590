internal import JagaTranscripts

/// Cuts the inputs into parts. Used by one thread at a time.
final class PartSource: @unchecked Sendable {
  /// Messages of one part for formats that are not cut at lines: fewer when the next one has not arrived, or when they are long.
  static let messagesPerPart = 512

  private final class Notes {
    var diagnostics: [Diagnostic] = []
  }

  private let reader: TranscriptReader
  private let notes: Notes
  private var handedOver = ReadCounters()

  /// Begins where another source of the same inputs was.
  init(
    inputs: [TranscriptInput], format: TranscriptFormat?, options: ReaderOptions,
    from position: ReaderPosition = ReaderPosition()
  ) {
    let notes = Notes()
    self.notes = notes
    handedOver = position.counters
    reader = TranscriptReader(inputs: inputs, format: format, options: options, from: position) {
      notes.diagnostics.append($0)
    }
  }

  /// Fills a part with what comes next; waits when the input is slow. Returns false at the end of all inputs.
  func fill(_ part: inout InputPart) -> Bool {
    part.reset()
    var hasMore = true
    do throws(TranscriptError) {
      switch try reader.next(chunk: &part.chunk, batch: &part.batch, limit: PartSource.messagesPerPart) {
      case .chunk:
        part.holdsLines = true
      case .messages: break
      case .end: hasMore = false
      }
    } catch {
      part.failure = error
    }
    swap(&part.noticed, &notes.diagnostics)
    part.readerCounters = reader.counters
    part.bytesRead = reader.bytesTaken
    part.position = reader.position
    // What was counted after the last message, such as notices at the end of a chat, goes out in a part without messages.
    defer { handedOver = part.readerCounters }
    return hasMore || !part.noticed.isEmpty || part.readerCounters != handedOver
  }
}
