internal import JagaCore

/// Reads a WhatsApp export. The file is read twice: first for the order of day and month (and the names, when they are to
/// be masked), then for the messages.
final class WhatsAppReader: FormatReader {
  private struct Pending {
    var header: WhatsAppHeader
    var line: Int
    var record: Int
    var author: [UInt8]
    var text: [UInt8]
    var marked: Bool
    var tooLong = false
  }

  private let source: ChunkSource
  private var dates: WhatsAppDates
  private let monthFirst: Bool
  private var remark: Diagnostic.Cause?
  private var pending: Pending?
  private var chunk = Chunk()
  private var scanner = LineScanner()
  private var open = false
  private var cleaner = WhatsAppLine()
  private let conversation: [UInt8]
  private(set) var names: NameTable?

  init(input: TranscriptInput, stream: ByteStream, context: ReadContext) throws(TranscriptError) {
    let options = context.options
    var stream = stream
    var again = input
    if !input.isRepeatable {
      let bytes = try stream.readAll(limit: options.wholeFileLimit)
      again = .bytes(bytes, name: "standard input")
      stream = try ByteStream(again)
    }
    conversation = Array("chat-\(context.inputIndex + 1)".utf8)
    var names = options.transform == nil ? nil : NameTable()
    dates = WhatsAppReader.survey(stream, options: options, names: &names)
    self.names = names
    (monthFirst, remark) = dates.verdict
    source = ChunkSource(
      stream: try ByteStream(again), chunkSize: options.chunkSize, recordLimit: options.recordLimit)
  }

  /// The first pass. A stream that breaks off ends it: the second pass will say so.
  private static func survey(
    _ stream: ByteStream, options: ReaderOptions, names: inout NameTable?
  ) -> WhatsAppDates {
    var dates = WhatsAppDates()
    let source = ChunkSource(stream: stream, chunkSize: options.chunkSize, recordLimit: options.recordLimit)
    var chunk = Chunk()
    var cleaner = WhatsAppLine()
    while (try? source.next(into: &chunk)) == true {
      chunk.bytes.withUnsafeBufferPointer { room in
        let bytes = room.part(0..<chunk.count)
        var scanner = LineScanner()
        while let range = scanner.next(in: bytes) {
          cleaner.set(bytes.part(range))
          cleaner.bytes.withUnsafeBufferPointer { line in
            guard let header = WhatsAppHeader(line), dates.accepts(header) else { return }
            dates.add(header)
            if names != nil, let split = WhatsAppLine.split(line, from: header.bodyStart) {
              let author = line.part(split.author)
              names?.add(name: author, id: author)
            }
          }
        }
      }
    }
    return dates
  }

  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool {
    if let remark {
      self.remark = nil
      try context.note(remark, line: 0)
    }
    let quota = Quota(batch, limit: limit)
    while !quota.isMet(batch) {
      if !open {
        guard try source.next(into: &chunk) else {
          try flush(into: &batch, context: context)
          return false
        }
        if let limit = chunk.tooLong {
          try flush(into: &batch, context: context)
          _ = context.nextRecord()
          try context.note(.recordTooLong(limit: limit), line: chunk.firstLine)
          continue
        }
        scanner = LineScanner()
        open = true
      }
      let range = chunk.bytes.withUnsafeBufferPointer { scanner.next(in: $0.part(0..<chunk.count)) }
      guard let range else {
        open = false
        continue
      }
      chunk.bytes.withUnsafeBufferPointer { cleaner.set($0.part(range)) }
      try take(line: chunk.firstLine + scanner.line, into: &batch, context: context)
    }
    return true
  }

  /// Takes the line in `cleaner`: it begins a message, or it goes on with the one before.
  private func take(line: Int, into batch: inout MessageBatch, context: ReadContext) throws(TranscriptError) {
    let header = cleaner.bytes.withUnsafeBufferPointer { WhatsAppHeader($0) }
    guard let header, dates.accepts(header) else {
      if pending != nil {
        pending?.text.append(0x0A)
        pending?.text.append(contentsOf: cleaner.bytes)
        if pending?.text.count ?? 0 > context.options.recordLimit {
          pending?.tooLong = true
          pending?.text.removeAll(keepingCapacity: true)
        }
      } else if cleaner.bytes.contains(where: { $0 > 0x20 }) {
        _ = context.nextRecord()
        try context.note(.noHeader, line: line)
      }
      return
    }
    try flush(into: &batch, context: context)
    let record = context.nextRecord()
    let split = cleaner.bytes.withUnsafeBufferPointer { WhatsAppLine.split($0, from: header.bodyStart) }
    guard let split else {
      context.counters.skipped.system += 1
      // What follows without a header belongs to the notice.
      pending = Pending(header: header, line: line, record: record, author: [], text: [], marked: false)
      return
    }
    pending = Pending(
      header: header, line: line, record: record, author: Array(cleaner.bytes[split.author]),
      text: Array(cleaner.bytes[split.text...]), marked: cleaner.isMarked(at: split.text))
  }

  private func flush(into batch: inout MessageBatch, context: ReadContext) throws(TranscriptError) {
    guard var message = pending else { return }
    pending = nil
    if message.author.isEmpty { return }
    if message.tooLong {
      try context.note(.recordTooLong(limit: context.options.recordLimit), line: message.line)
      return
    }
    message.text.trimEnd()
    let unedited = WhatsAppPhrases.unedited(message.text)
    if unedited < message.text.count {
      message.text.removeLast(message.text.count - unedited)
      message.text.trimEnd()
    }
    switch WhatsAppPhrases.judge(message.text, marked: message.marked) {
    case .notice:
      context.counters.skipped.system += 1
      return
    case .noText:
      context.counters.skipped.noText += 1
      return
    case .caption(let begin): message.text.removeFirst(begin)
    case .text:
      if message.text.isEmpty {
        context.counters.skipped.noText += 1
        return
      }
    }
    var made = RecordRow(in: batch)
    made.set(\.text, message.text, in: &batch)
    made.set(\.authorID, message.author, in: &batch)
    made.set(\.conversationID, conversation, in: &batch)
    made.number(message.record, in: &batch)
    let time = message.header.time(monthFirst: monthFirst, offsetMinutes: context.options.utcOffsetMinutes)
    made.row.timestamp = time ?? MessageBatch.Row.noTimestamp
    try context.finish(made, line: message.line, into: &batch)
    if time == nil { try context.note(.invalidTimestamp, line: message.line) }
  }
}

extension [UInt8] {
  /// Removes ASCII white space at the end.
  mutating func trimEnd() {
    while let last, last <= 0x20, last != 0 { removeLast() }
  }
}
