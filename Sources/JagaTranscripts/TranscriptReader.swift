public import JagaCore

/// Reads messages from a list of inputs, numbered through, in any format of ``TranscriptFormat``.
///
///     let reader = TranscriptReader(inputs: [.file("chat.txt"), .standardInput], report: { print($0.rendered) })
///     var batch = MessageBatch()
///     while try reader.read(into: &batch, limit: 1024) {
///       // use the batch
///       batch.removeAll()
///     }
///
/// Memory is bounded by the chunk size, the record limit and the duplicate window, except for formats that are read whole.
/// Not thread-safe. To decode on several threads, call ``next(chunk:batch:limit:)`` instead of ``read(into:limit:)``.
public final class TranscriptReader {
  /// What ``next(chunk:batch:limit:)`` put where.
  public enum Step: Sendable {
    /// The chunk has raw lines for a ``ChunkDecoder``.
    case chunk
    /// The batch has more messages.
    case messages
    /// All inputs are read.
    case end
  }

  private enum Current {
    case none
    case lines(ChunkSource, TranscriptFormat)
    case records(any FormatReader)
  }

  private let inputs: [TranscriptInput]
  private let format: TranscriptFormat?
  private let context: ReadContext
  private var place = 0
  private var current = Current.none
  private var stream: ByteStream?
  private var bytesOfEarlier = 0
  /// The state at the beginning of the current input.
  private var first = ReaderPosition()
  /// What the current input's reader was called with so far.
  private var calls = 0
  private var callLimit = 0
  /// Where to begin, until that input is opened.
  private var start: ReaderPosition?
  private var duplicates: DuplicateFilter
  private var decoder: ChunkDecoder?
  private var chunk = Chunk()

  /// Makes a reader; nothing is opened yet. `format` nil recognises each input by itself. It begins where another reader of
  /// the same inputs was; duplicates are then left to the caller.
  ///
  /// `report` gets every diagnostic in the order of the records.
  public init(
    inputs: [TranscriptInput], format: TranscriptFormat? = nil, options: ReaderOptions = ReaderOptions(),
    from position: ReaderPosition = ReaderPosition(), report: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    self.inputs = inputs
    self.format = format
    context = ReadContext(options: options, report: report)
    place = position.input
    context.counters = position.counters
    context.lastRecord = position.lastRecord
    bytesOfEarlier = position.bytesOfEarlier
    start = position.isInside ? position : nil
    duplicates = DuplicateFilter(window: options.duplicateWindow)
  }

  /// Bytes taken from the inputs so far, compressed ones as they lie on the disk; for telling how far a run is.
  public var bytesTaken: Int { bytesOfEarlier + (stream?.bytesTaken ?? 0) }

  /// Where it is: after everything that was handed out.
  public var position: ReaderPosition {
    // Nothing of that input was handed out yet.
    if let start { return start }
    var position = ReaderPosition()
    position.counters = context.counters
    position.lastRecord = context.lastRecord
    position.bytesOfEarlier = bytesTaken
    position.input = place
    switch current {
    case .none: return position
    case .lines(let source, _):
      position.offset = source.offset
      position.line = source.line
    case .records:
      position.calls = calls
      position.limit = callLimit
    }
    position.input = place - 1
    position.isInside = true
    position.bytesOfEarlier = bytesOfEarlier
    position.firstRecord = first.lastRecord
    position.firstCounters = first.counters
    return position
  }

  /// What happened so far.
  public var counters: ReadCounters { context.counters }

  /// Appends messages to the batch: at least `limit` where there are as many, and at most those of one chunk (or one
  /// conversation) more. Returns false when nothing was added because all inputs are read.
  /// It waits for slow input until there are as many; with a limit of 1 it hands out what has arrived.
  ///
  /// Throws when an input cannot be read on, or, when strict, at the first malformed record; what was read before it is in
  /// the batch. A later call goes on with the next input (when strict: after the malformed record's chunk).
  public func read(into batch: inout MessageBatch, limit: Int = 1024) throws(TranscriptError) -> Bool {
    let begin = batch.rows.count
    while batch.rows.count - begin < max(1, limit) {
      let first = batch.rows.count
      let step: Step
      do throws(TranscriptError) {
        step = try next(chunk: &chunk, batch: &batch, limit: limit - (first - begin))
      } catch {
        removeDuplicates(in: &batch, from: first)
        throw error
      }
      switch step {
      case .end: return batch.rows.count > begin
      case .messages: removeDuplicates(in: &batch, from: first)
      case .chunk:
        let report = try ownDecoder().decode(chunk, into: &batch)
        removeDuplicates(in: &batch, from: first)
        try merge(report)
      }
    }
    return true
  }

  private func ownDecoder() throws(TranscriptError) -> ChunkDecoder {
    if let decoder { return decoder }
    let made = try ChunkDecoder(options: context.options)
    decoder = made
    return made
  }

  /// One step for callers that decode chunks themselves: fills the chunk, or appends to the batch, or ends.
  ///
  /// A step hands out what has arrived rather than wait for `limit` messages, and ends early at 16 MiB of them.
  /// Give each chunk's report to ``merge(_:)`` and each batch to ``removeDuplicates(in:from:)``, in the order of the steps.
  public func next(
    chunk: inout Chunk, batch: inout MessageBatch, limit: Int
  ) throws(TranscriptError) -> Step {
    while true {
      switch current {
      case .none:
        guard place < inputs.count else { return .end }
        place += 1
        try open(inputs[place - 1], index: place - 1)
      case .lines(let source, let format):
        do throws(TranscriptError) {
          guard try source.next(into: &chunk) else {
            current = .none
            continue
          }
        } catch {
          current = .none
          throw error
        }
        chunk.format = format
        chunk.file = context.file
        chunk.inputIndex = context.inputIndex
        chunk.firstRecord = context.lastRecord + 1
        context.lastRecord += chunk.recordCount
        if chunk.recordCount > 0 { return .chunk }
      case .records(let reader):
        let first = batch.rows.count
        calls += 1
        callLimit = limit
        do throws(TranscriptError) {
          if try !reader.read(into: &batch, limit: limit, context: context) { current = .none }
        } catch {
          if case .malformed = error {} else { current = .none }
          mask(&batch, from: first, names: reader.names)
          throw error
        }
        mask(&batch, from: first, names: reader.names)
        if batch.rows.count > first { return .messages }
      }
    }
  }

  /// Takes a chunk's counts and hands out its diagnostics. Throws at its malformed record when strict.
  public func merge(_ report: DecodeReport) throws(TranscriptError) {
    context.counters.add(report.counters)
    for diagnostic in report.diagnostics {
      if context.options.strict, diagnostic.severity == .malformed { throw .malformed(diagnostic) }
      context.report(diagnostic)
    }
  }

  /// Takes out messages that came before, and counts them.
  public func removeDuplicates(in batch: inout MessageBatch, from first: Int) {
    let removed = duplicates.removeDuplicates(in: &batch, from: first)
    context.counters.duplicates += removed
    context.counters.messages -= removed
  }

  private func mask(_ batch: inout MessageBatch, from first: Int, names: NameTable?) {
    guard let transform = context.options.transform else { return }
    batch.transform(from: first, with: transform, names: names)
  }

  private func open(_ input: TranscriptInput, index: Int) throws(TranscriptError) {
    context.file = input.name
    context.inputIndex = index
    let options = context.options
    let start = self.start
    self.start = nil
    bytesOfEarlier = bytesTaken
    calls = 0
    first.lastRecord = start?.firstRecord ?? context.lastRecord
    first.counters = start?.firstCounters ?? context.counters
    if let start {
      // What comes before the place to begin at is read once more, and neither told nor counted again.
      context.isSilent = true
      context.counters = start.firstCounters
      context.lastRecord = start.firstRecord
    }
    defer {
      if let start {
        context.isSilent = false
        context.counters = start.counters
        context.lastRecord = start.lastRecord
      }
    }
    self.stream = nil
    let stream = try ByteStream(input)
    self.stream = stream
    let found: TranscriptFormat
    if let format { found = format } else { found = try TranscriptReader.recognise(stream, input: input) }
    if options.order == .timestamp, found.isStreaming {
      throw .orderNeedsWholeFile(file: input.name, format: found)
    }
    switch found {
    case .jsonl, .chatml, .convokit:
      let source = ChunkSource(stream: stream, chunkSize: options.chunkSize, recordLimit: options.recordLimit)
      if let start { try source.skip(to: start.offset, line: start.line) }
      current = .lines(source, found)
    case .csv: try begin(CSVReader(stream: stream, options: options), at: start)
    case .whatsapp: try begin(WhatsAppReader(input: input, stream: stream, context: context), at: start)
    case .telegram: try begin(WholeFileReader(TelegramFormat(), stream: stream, options: options), at: start)
    case .discord: try begin(WholeFileReader(DiscordFormat(), stream: stream, options: options), at: start)
    case .pan12: try begin(PAN12Reader(stream: stream, options: options), at: start)
    }
  }

  /// Makes a reader the current one, after the calls that were made to another one of the same input.
  private func begin(_ reader: any FormatReader, at start: ReaderPosition?) throws(TranscriptError) {
    current = .records(reader)
    guard let start else { return }
    var handedOut = MessageBatch()
    while calls < start.calls, case .records = current {
      calls += 1
      handedOut.removeAll()
      do throws(TranscriptError) {
        if try !reader.read(into: &handedOut, limit: start.limit, context: context) { current = .none }
      } catch {
        guard case .malformed = error else {
          current = .none
          throw error
        }
      }
    }
    callLimit = start.limit
  }

  /// Looks at the first bytes until they are enough.
  static func recognise(
    _ stream: ByteStream, input: TranscriptInput
  ) throws(TranscriptError) -> TranscriptFormat {
    var seen = 0
    while true {
      let (head, atEnd) = try stream.peek(moreThan: seen)
      seen = head.count
      switch FormatDetector.judge(head, ending: input.ending, atEnd: atEnd) {
      case .format(let format): return format
      case .notUTF8: throw .notUTF8(file: input.name)
      case .unknown:
        if atEnd || seen >= FormatDetector.most { throw .unknownFormat(file: input.name) }
      }
    }
  }
}

extension TranscriptFormat {
  /// Recognises the format of an input by its first bytes and its ending. Consumes what it read of a pipe.
  public static func recognise(_ input: TranscriptInput) throws(TranscriptError) -> TranscriptFormat {
    try TranscriptReader.recognise(ByteStream(input), input: input)
  }
}
