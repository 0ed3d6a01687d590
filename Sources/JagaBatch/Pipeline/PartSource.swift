internal import JagaTranscripts

/// Cuts the inputs into parts. Used by one thread: the reading one, or the only one.
final class PartSource: @unchecked Sendable {
  /// Messages of one part for formats that are not cut at lines: fewer when the next one has not arrived, or when they are long.
  static let messagesPerPart = 512

  private final class Notes {
    var diagnostics: [Diagnostic] = []
  }

  private let reader: TranscriptReader
  private let notes: Notes
  private var handedOver = ReadCounters()

  init(inputs: [TranscriptInput], format: TranscriptFormat?, options: ReaderOptions) {
    let notes = Notes()
    self.notes = notes
    reader = TranscriptReader(inputs: inputs, format: format, options: options) { notes.diagnostics.append($0) }
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
    // What was counted after the last message, such as notices at the end of a chat, goes out in a part without messages.
    defer { handedOver = part.readerCounters }
    return hasMore || !part.noticed.isEmpty || part.readerCounters != handedOver
  }
}

/// Reads ahead on a thread of its own.
final class Feed {
  private let queue: PartQueue

  /// Starts to read. The thread ends with the input, or after ``close()``; it may be stuck in a read until the process ends.
  init?(source: PartSource, capacity: Int) {
    let queue = PartQueue(capacity: capacity)
    self.queue = queue
    let isStarted = startDetachedThread {
      var part = InputPart()
      while source.fill(&part) {
        guard queue.push(&part) else { return }
      }
      queue.finish()
    }
    guard isStarted else { return nil }
  }

  /// True when ``take(into:)`` would not wait.
  var isReady: Bool { queue.isReady }

  /// Fills lanes with the parts that are there; waits for the first. Returns how many; 0 at the end.
  func take(into lanes: [Lane]) -> Int { queue.take(into: lanes) }

  /// No more is wanted.
  func close() { queue.close() }
}
