public import JagaCore

/// Writes messages as records that ``TranscriptReader`` reads back unchanged.
///
///     var output: [UInt8] = []
///     MessageWriter.appendJSONL(batch, to: &output)
///
/// Times are written as RFC 3339 in UTC. Empty fields are left out (JSONL) or left empty (CSV).
public enum MessageWriter {
  /// Appends one line of canonical JSONL for each message.
  public static func appendJSONL(_ batch: MessageBatch, to output: inout [UInt8]) {
    batch.bytes.withUnsafeBufferPointer { bytes in
      for row in batch.rows { appendJSON(row, bytes, truth: GoldTruth(), to: &output) }
    }
  }

  /// Appends one line for the message of a row, with what a corpus's truth files say of it (see ``TruthReader``).
  public static func appendJSONL(_ batch: MessageBatch, row: Int, truth: GoldTruth, to output: inout [UInt8]) {
    batch.bytes.withUnsafeBufferPointer { appendJSON(batch.rows[row], $0, truth: truth, to: &output) }
  }

  private static func appendJSON(
    _ row: MessageBatch.Row, _ bytes: UnsafeBufferPointer<UInt8>, truth: GoldTruth, to output: inout [UInt8]
  ) {
    var separator = UInt8(ascii: "{")
    func key(_ name: StaticString) {
      output.append(separator)
      separator = UInt8(ascii: ",")
      output.append(0x22)
      output.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
      output.append(0x22)
      output.append(0x3A)
    }
    func string(_ name: StaticString, _ field: MessageBatch.Field, always: Bool = false) {
      guard always || field.count > 0 else { return }
      key(name)
      JSONWriter.append(bytes.part(field.offset..<field.offset + field.count), to: &output)
    }
    string("conversation_id", row.conversationID)
    string("message_id", row.messageID)
    string("author_id", row.authorID)
    string("author_role", row.authorRole)
    if row.timestamp != MessageBatch.Row.noTimestamp {
      key("timestamp")
      output.append(0x22)
      Timestamp.append(row.timestamp, to: &output)
      output.append(0x22)
    }
    string("text", row.text, always: true)
    string("lang", row.language)
    if row.labels != 0 {
      key("labels")
      var opening = UInt8(ascii: "[")
      forEachLabel(of: row) { name in
        output.append(opening)
        opening = UInt8(ascii: ",")
        JSONWriter.append(name, to: &output)
      }
      output.append(0x5D)
    }
    if !truth.isSilent {
      key("truth")
      truth.append(to: &output)
    }
    output.append(0x7D)
    output.append(0x0A)
  }

  /// The columns of the CSV, in order.
  public static let columns = [
    "conversation_id", "message_id", "author_id", "author_role", "timestamp", "text", "lang", "labels",
  ]

  /// Appends the header row.
  public static func appendCSVHeader(to output: inout [UInt8]) {
    output.append(contentsOf: columns.joined(separator: ",").utf8)
    output.append(0x0A)
  }

  /// Appends one row for each message: RFC 4180 with a line feed at the end of a row. Labels are joined with `|`.
  public static func appendCSV(_ batch: MessageBatch, to output: inout [UInt8]) {
    batch.bytes.withUnsafeBufferPointer { bytes in
      for row in batch.rows { appendCSV(row, bytes, to: &output) }
    }
  }

  private static func appendCSV(
    _ row: MessageBatch.Row, _ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    func cell(_ field: MessageBatch.Field) {
      appendCSVField(bytes.part(field.offset..<field.offset + field.count), to: &output)
      output.append(0x2C)
    }
    cell(row.conversationID)
    cell(row.messageID)
    cell(row.authorID)
    cell(row.authorRole)
    if row.timestamp != MessageBatch.Row.noTimestamp { Timestamp.append(row.timestamp, to: &output) }
    output.append(0x2C)
    cell(row.text)
    cell(row.language)
    var first = true
    forEachLabel(of: row) { name in
      if !first { output.append(0x7C) }
      first = false
      output.append(contentsOf: name.utf8)
    }
    output.append(0x0A)
  }

  /// Appends one field, quoted where it has to be.
  public static func appendCSVField(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    let needsQuotes =
      text.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D || $0 == 0x3B || $0 == 0x09 }
      || text.first == 0x20 || text.last == 0x20
    guard needsQuotes else {
      output.append(contentsOf: text)
      return
    }
    output.append(0x22)
    for byte in text {
      if byte == 0x22 { output.append(0x22) }
      output.append(byte)
    }
    output.append(0x22)
  }

  private static func forEachLabel(of row: MessageBatch.Row, _ body: (String) -> Void) {
    if let main = Label(rawValue: row.mainLabel) { body(main.name) }
    for label in Label.allCases
    where row.labels & (1 << UInt32(label.rawValue)) != 0 && label.rawValue != row.mainLabel { body(label.name) }
  }
}
