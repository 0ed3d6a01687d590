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
  private var duplicates: DuplicateFilter
  private var decoder: ChunkDecoder?
  private var chunk = Chunk()

  /// Makes a reader; nothing is opened yet. `format` nil recognises each input by itself.
  ///
  /// `report` gets every diagnostic in the order of the records.
  public init(
    inputs: [TranscriptInput], format: TranscriptFormat? = nil, options: ReaderOptions = ReaderOptions(),
    report: @escaping (Diagnostic) -> Void = { _ in }
  ) {
    self.inputs = inputs
    self.format = format
    context = ReadContext(options: options, report: report)
    duplicates = DuplicateFilter(window: options.duplicateWindow)
  }

  /// Bytes taken from the inputs so far, compressed ones as they lie on the disk; for telling how far a run is.
  public var bytesTaken: Int { bytesOfEarlier + (stream?.bytesTaken ?? 0) }

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
    bytesOfEarlier = bytesTaken
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
      current = .lines(source, found)
    case .csv: current = .records(try CSVReader(stream: stream, options: options))
    case .whatsapp: current = .records(try WhatsAppReader(input: input, stream: stream, context: context))
    case .telegram: current = .records(try WholeFileReader(TelegramFormat(), stream: stream, options: options))
    case .discord: current = .records(try WholeFileReader(DiscordFormat(), stream: stream, options: options))
    case .pan12: current = .records(try PAN12Reader(stream: stream, options: options))
    }
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
