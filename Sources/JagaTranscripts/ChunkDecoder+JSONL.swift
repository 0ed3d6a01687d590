internal import CSIMDJSON
internal import JagaCore

extension ChunkDecoder {
  /// The whole chunk at once; line by line where that finds a fault, so that only bad lines are lost.
  func decodeJSONL(_ chunk: Chunk, into batch: inout MessageBatch, report: inout DecodeReport) {
    chunk.bytes.withUnsafeBufferPointer { room in
      guard let base = room.baseAddress else { return }
      jaga_json_clear(parser)
      if jaga_json_decode_lines(parser, base, chunk.count) != JAGA_JSON_OK {
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
    let bytes = UnsafeBufferPointer(start: decoded.bytes, count: decoded.byte_count)
    batch.bytes.append(contentsOf: bytes)
    batch.rows.reserveCapacity(batch.rows.count + decoded.row_count)
    func field(_ field: jaga_json_field) -> MessageBatch.Field {
      MessageBatch.Field(offset: Int(field.offset) + shift, count: Int(field.count))
    }
    var transcript = UInt32.max
    for found in UnsafeBufferPointer(start: decoded.rows, count: decoded.row_count) {
      var row = MessageBatch.Row()
      row.text = field(found.text)
      row.authorID = field(found.author)
      row.authorRole = field(found.role)
      row.language = field(found.language)
      number(&row, found, field: field, chunk: chunk, batch: &batch)
      let line = chunk.firstLine + Int(found.line)
      if found.timestamp.count > 0 {
        let text = bytes.part(Int(found.timestamp.offset)..<Int(found.timestamp.offset + found.timestamp.count))
        let numeric = found.flags & UInt32(JAGA_JSON_FLAG_NUMERIC_TIME) != 0
        let time = numeric ? Timestamp.number(text) : Timestamp.parse(text, offsetMinutes: options.utcOffsetMinutes)
        if let time { row.timestamp = time } else { report.add(.invalidTimestamp, file: chunk.file, line: line) }
      }
      if found.label_count > 0, let labels = decoded.labels {
        let names = UnsafeBufferPointer(start: labels + Int(found.first_label), count: Int(found.label_count))
        for name in names {
          let text = bytes.part(Int(name.offset)..<Int(name.offset + name.count))
          if let known = label(named: text) {
            row.addLabel(known)
          } else {
            report.add(.unknownLabel, file: chunk.file, line: line)
          }
        }
      }
      if found.flags & UInt32(JAGA_JSON_FLAG_SURROGATE) != 0 {
        report.add(.loneSurrogate, file: chunk.file, line: line)
      }
      if found.flags & UInt32(JAGA_JSON_FLAG_INDEXED) != 0, found.record != transcript {
        transcript = found.record
        report.counters.transcripts += 1
      }
      batch.rows.append(row)
    }
  }

  /// Ids as stated, or the record's number across all inputs.
  private func number(
    _ row: inout MessageBatch.Row, _ found: jaga_json_row, field: (jaga_json_field) -> MessageBatch.Field, chunk: Chunk,
    batch: inout MessageBatch
  ) {
    var own: MessageBatch.Field?
    func recordNumber() -> MessageBatch.Field {
      row.isNumbered = true
      if let own { return own }
      let made = batch.append(decimal: chunk.firstRecord + Int(found.record))
      own = made
      return made
    }
    row.conversationID = found.conversation.count > 0 ? field(found.conversation) : recordNumber()
    row.isAlone = found.conversation.count == 0 && found.flags & UInt32(JAGA_JSON_FLAG_INDEXED) == 0
    if found.flags & UInt32(JAGA_JSON_FLAG_INDEXED) != 0 {
      row.messageID = batch.append(decimal: Int(found.index))
    } else {
      row.messageID = found.message.count > 0 ? field(found.message) : recordNumber()
    }
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
