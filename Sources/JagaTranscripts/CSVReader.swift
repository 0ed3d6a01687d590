internal import JagaCore

/// Reads tables with a header row.
final class CSVReader: FormatReader {
  private let buffer: StreamBuffer
  private var parser = CSVParser(separator: 0x2C)
  private var columns: CSVColumns?
  private var line = 1
  private var scratch: [UInt8] = []
  /// The next record has not arrived, and there are messages to hand over.
  private var isPaused = false

  init(stream: ByteStream, options: ReaderOptions) throws(TranscriptError) {
    buffer = StreamBuffer(stream: stream, blockSize: options.chunkSize)
    try buffer.skipByteOrderMark()
  }

  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool {
    if columns == nil, try !readHeader(context) { return false }
    let quota = Quota(batch, limit: limit)
    isPaused = false
    while !isPaused, !quota.isMet(batch) {
      guard try readRecord(into: &batch, quota: quota, context: context) else { return false }
    }
    return true
  }

  private func readHeader(_ context: ReadContext) throws(TranscriptError) -> Bool {
    while true {
      let end = try lineEnd(limit: context.options.recordLimit)
      if buffer.count == 0 { return false }
      // A spreadsheet may state its separator in a line of its own: sep=;
      let stated = buffer.withBytes { $0.count > 4 && $0.part(0..<4).equals("sep=") ? $0[4] : nil }
      if let stated {
        parser = CSVParser(separator: stated)
      } else if buffer.withBytes({ isBlank($0, 0..<end) }) == false {
        guard let found = buffer.withBytes({ CSVColumns.sniff($0.part(0..<end)) }) else {
          throw .missingColumn(file: context.file, column: "text")
        }
        parser = CSVParser(separator: found.separator)
        columns = found.columns
      }
      skipLine(end)
      if columns != nil { return true }
    }
  }

  /// The length of the first line, without its line feed; reads on until there is one.
  private func lineEnd(limit: Int) throws(TranscriptError) -> Int {
    while true {
      if let end = buffer.withBytes({ indexOfNewline(in: $0, from: 0) }) { return end }
      if buffer.count > limit { return buffer.count }
      if try !buffer.grow() { return buffer.count }
    }
  }

  private func skipLine(_ end: Int) {
    buffer.consume(min(end + 1, buffer.count))
    line += 1
  }

  private func readRecord(
    into batch: inout MessageBatch, quota: Quota, context: ReadContext
  ) throws(TranscriptError) -> Bool {
    let limit = context.options.recordLimit
    while true {
      if buffer.count == 0 {
        if pauses(quota, batch) { return true }
        if try !buffer.grow() { return false }
      }
      let (outcome, over) = buffer.withBytes { bytes in
        // The window may hold more than a record may: look no further than one byte past the limit.
        let seen = bytes.part(0..<min(bytes.count, limit + 1))
        return (parser.parse(seen, atEnd: buffer.ended && seen.count == bytes.count), bytes.count > limit)
      }
      switch outcome {
      case .record(let next):
        try take(next, into: &batch, context: context)
        return true
      case .strayQuote:
        try refuse(.strayQuote, context: context)
        return true
      case .incomplete(let insideQuotes):
        if over || buffer.ended {
          try refuse(insideQuotes ? .unterminatedQuote : .recordTooLong(limit: limit), context: context)
          return true
        }
        if pauses(quota, batch) { return true }
        _ = try buffer.grow()
      }
    }
  }

  private func pauses(_ quota: Quota, _ batch: MessageBatch) -> Bool {
    isPaused = quota.hasSome(batch) && buffer.wouldWait
    return isPaused
  }

  /// Counts the record as malformed and goes on at the next line.
  private func refuse(_ cause: Diagnostic.Cause, context: ReadContext) throws(TranscriptError) {
    _ = context.nextRecord()
    let begin = line
    while true {
      if let end = buffer.withBytes({ indexOfNewline(in: $0, from: 0) }) {
        skipLine(end)
        break
      }
      buffer.consume(buffer.count)
      if try !buffer.grow() { break }
    }
    try context.note(cause, line: begin)
  }

  private func take(
    _ next: Int, into batch: inout MessageBatch, context: ReadContext
  ) throws(TranscriptError) {
    guard let columns else { return }
    let begin = line
    let fields = parser.fields
    var blank = false
    var made = RecordRow(in: batch)
    var badTime = false
    var unknown = 0
    buffer.withBytes { bytes in
      for byte in bytes.part(0..<next) where byte == 0x0A { line += 1 }
      blank = fields.count == 1 && fields[0].range.isEmpty && (next == 0 || bytes[0] != 0x22)
      guard !blank, fields.count == columns.count else { return }
      func put(_ column: CSVColumns.Column, _ part: WritableKeyPath<MessageBatch.Row, MessageBatch.Field>) {
        guard let place = columns[column] else { return }
        parser.value(fields[place], in: bytes, scratch: &scratch)
        made.set(part, scratch, in: &batch)
      }
      put(.text, \.text)
      put(.conversation, \.conversationID)
      put(.message, \.messageID)
      put(.author, \.authorID)
      put(.role, \.authorRole)
      put(.language, \.language)
      if let place = columns[.timestamp] {
        let text = bytes.part(fields[place].range).trimmed
        if !text.isEmpty {
          let time = Timestamp.parse(text, offsetMinutes: context.options.utcOffsetMinutes)
          made.row.timestamp = time ?? MessageBatch.Row.noTimestamp
          badTime = time == nil
        }
      }
      if let place = columns[.labels] {
        unknown = addLabels(bytes.part(fields[place].range), to: &made.row)
      }
    }
    buffer.consume(next)
    if blank { return }
    let record = context.nextRecord()
    guard fields.count == columns.count else {
      made.discard(from: &batch)
      try context.note(.fieldCount(expected: columns.count, found: fields.count), line: begin)
      return
    }
    made.number(record, in: &batch)
    try context.finish(made, line: begin, into: &batch)
    if badTime { try context.note(.invalidTimestamp, line: begin) }
    for _ in 0..<unknown { try context.note(.unknownLabel, line: begin) }
  }

  /// Labels separated by `|`, `;`, `,` or blanks. Returns how many do not exist.
  private func addLabels(_ text: UnsafeBufferPointer<UInt8>, to row: inout MessageBatch.Row) -> Int {
    var unknown = 0
    let isSeparator = { (byte: UInt8) in byte == 0x7C || byte == 0x3B || byte == 0x2C || byte <= 0x20 }
    for part in text.split(whereSeparator: isSeparator) {
      if let known = label(named: UnsafeBufferPointer(rebasing: part)) { row.addLabel(known) } else { unknown += 1 }
    }
    return unknown
  }
}
