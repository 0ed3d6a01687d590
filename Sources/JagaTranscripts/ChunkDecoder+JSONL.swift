internal import CSIMDJSON
internal import JagaCore

extension ChunkDecoder {
  /// The whole chunk at once; line by line where that finds a fault, so that only bad lines are lost.
  func decodeJSONL(_ chunk: Chunk, into batch: inout MessageBatch, report: inout DecodeReport) {
    chunk.bytes.withUnsafeBufferPointer { room in
      guard let base = room.baseAddress else { return }
      jaga_json_clear(parser)
      let counts = jaga_line_counts(lines: chunk.lineCount, records: chunk.recordCount)
      if jaga_json_decode_lines(parser, base, chunk.count, counts) != JAGA_JSON_OK {
        jaga_json_clear(parser)
        decodeLines(room.part(0..<chunk.count), chunk: chunk, report: &report)
      }
    }
    appendRows(of: chunk, into: &batch, report: &report)
    // Faults were found before warnings; put both into line order.
    if report.diagnostics.count > 1 { report.diagnostics.sortByLine() }
  }

  private func decodeLines(_ bytes: UnsafeBufferPointer<UInt8>, chunk: Chunk, report: inout DecodeReport) {
    var scanner = LineScanner()
    var record: UInt32 = 0
    while let range = scanner.next(in: bytes) {
      if isBlank(bytes, range) { continue }
      let line = UInt32(truncatingIfNeeded: scanner.line)
      let start = bytes.baseAddress.map { $0 + range.lowerBound }
      var status = jaga_json_decode_line(parser, start, range.count, line, record)
      if status == Int32(JAGA_JSON_UTF8) {
        status = decodeRepaired(bytes.part(range), line: line, record: record)
        if status == JAGA_JSON_OK {
          report.add(.invalidUTF8, file: chunk.file, line: chunk.firstLine + scanner.line)
        }
      }
      record += 1
      if status != JAGA_JSON_OK {
        report.add(cause(status), file: chunk.file, line: chunk.firstLine + scanner.line)
        if options.strict {
          report.counters.records = Int(record)
          return
        }
      }
    }
  }

  private func decodeRepaired(_ bytes: UnsafeBufferPointer<UInt8>, line: UInt32, record: UInt32) -> Int32 {
    scratch = repairedUTF8(bytes)
    let count = scratch.count
    scratch.append(contentsOf: repeatElement(0, count: Chunk.padding))
    return scratch.withUnsafeBufferPointer { jaga_json_decode_line(parser, $0.baseAddress, count, line, record) }
  }

  private func appendRows(of chunk: Chunk, into batch: inout MessageBatch, report: inout DecodeReport) {
    let decoded = jaga_json_get_rows(parser)
    let shift = batch.bytes.count
    batch.bytes.append(contentsOf: UnsafeBufferPointer(start: decoded.bytes, count: decoded.byte_count))
    batch.rows.reserveCapacity(batch.rows.count + decoded.row_count)
    var transcript = UInt32.max
    for found in UnsafeBufferPointer(start: decoded.rows, count: decoded.row_count) {
      if found.isLonger(than: options) {
        report.add(
          .fieldTooLong(text: options.textLimit, id: options.idLimit), file: chunk.file,
          line: chunk.firstLine + Int(found.line))
        continue
      }
      var row = MessageBatch.Row()
      row.conversationID = found.conversation.moved(by: shift)
      row.messageID = found.message.moved(by: shift)
      row.authorID = found.author.moved(by: shift)
      row.authorRole = found.role.moved(by: shift)
      row.text = found.text.moved(by: shift)
      row.language = found.language.moved(by: shift)
      let isIndexed = found.flags & UInt32(JAGA_JSON_FLAG_INDEXED) != 0
      if isIndexed || found.conversation.count == 0 || found.message.count == 0 {
        number(&row, found, record: chunk.firstRecord + Int(found.record), batch: &batch)
      }
      if isIndexed, found.record != transcript {
        transcript = found.record
        report.counters.transcripts += 1
      }
      if found.timestamp.count > 0 || found.label_count > 0 || found.flags & UInt32(JAGA_JSON_FLAG_SURROGATE) != 0 {
        annotate(&row, found, of: decoded, file: chunk.file, line: chunk.firstLine + Int(found.line), report: &report)
      }
      batch.rows.append(row)
    }
  }

  /// The time, the gold labels, and what was repaired: what few records have.
  private func annotate(
    _ row: inout MessageBatch.Row, _ found: jaga_json_row, of decoded: jaga_json_rows, file: String, line: Int,
    report: inout DecodeReport
  ) {
    let bytes = UnsafeBufferPointer(start: decoded.bytes, count: decoded.byte_count)
    if found.timestamp.count > 0 {
      let text = bytes.part(Int(found.timestamp.offset)..<Int(found.timestamp.offset + found.timestamp.count))
      let numeric = found.flags & UInt32(JAGA_JSON_FLAG_NUMERIC_TIME) != 0
      let time = numeric ? Timestamp.number(text) : Timestamp.parse(text, offsetMinutes: options.utcOffsetMinutes)
      if let time { row.timestamp = time } else { report.add(.invalidTimestamp, file: file, line: line) }
    }
    if found.label_count > 0, let labels = decoded.labels {
      let names = UnsafeBufferPointer(start: labels + Int(found.first_label), count: Int(found.label_count))
      for name in names {
        let text = bytes.part(Int(name.offset)..<Int(name.offset + name.count))
        if let known = label(named: text) {
          row.addLabel(known)
        } else {
          report.add(.unknownLabel, file: file, line: line)
        }
      }
    }
    if found.flags & UInt32(JAGA_JSON_FLAG_SURROGATE) != 0 { report.add(.loneSurrogate, file: file, line: line) }
  }

  /// The record's number across all inputs where an id is not stated; in a transcript, the message's place.
  private func number(
    _ row: inout MessageBatch.Row, _ found: jaga_json_row, record: Int, batch: inout MessageBatch
  ) {
    let isIndexed = found.flags & UInt32(JAGA_JSON_FLAG_INDEXED) != 0
    let lacksConversation = found.conversation.count == 0
    row.isNumbered = lacksConversation || (!isIndexed && found.message.count == 0)
    row.isAlone = lacksConversation && !isIndexed
    if row.isNumbered {
      let own = batch.append(decimal: record)
      if lacksConversation { row.conversationID = own }
      if !isIndexed, found.message.count == 0 { row.messageID = own }
    }
    if isIndexed { row.messageID = batch.append(decimal: Int(found.index)) }
  }
}

extension jaga_json_row {
  /// True when the text or an id is over its limit.
  fileprivate func isLonger(than options: ReaderOptions) -> Bool {
    Int(text.count) > options.textLimit || Int(conversation.count) > options.idLimit
      || Int(message.count) > options.idLimit || Int(author.count) > options.idLimit
  }
}

extension jaga_json_field {
  /// The same bytes once they are copied behind `shift` others.
  fileprivate func moved(by shift: Int) -> MessageBatch.Field {
    MessageBatch.Field(offset: Int(offset) &+ shift, count: Int(count))
  }
}

extension MessageBatch.Row {
  /// Adds a gold label; the first one is the main one.
  mutating func addLabel(_ label: Label) {
    if mainLabel == 255 { mainLabel = label.rawValue }
    labels |= 1 << UInt32(label.rawValue)
  }
}

extension [Diagnostic] {
  /// Into line order, keeping the order inside a line.
  mutating func sortByLine() {
    self = enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }
}
