internal import CSIMDJSON
internal import JagaCore

/// What one line of a document format came to.
enum LineOutcome {
  case messages
  case malformed(Diagnostic.Cause)
}

extension ChunkDecoder {
  /// Chat-ML and ConvoKit: one document a line.
  func decodeDocuments(_ chunk: Chunk, into batch: inout MessageBatch, report: inout DecodeReport) {
    let document = JSONDocument(sharing: parser)
    var record = chunk.firstRecord - 1
    chunk.bytes.withUnsafeBufferPointer { room in
      let bytes = room.part(0..<chunk.count)
      var scanner = LineScanner()
      while let range = scanner.next(in: bytes), let base = bytes.baseAddress {
        if isBlank(bytes, range) { continue }
        record += 1
        let line = chunk.firstLine + scanner.line
        let (root, status) = document.parse(base + range.lowerBound, count: range.count)
        let before = RecordRow(in: batch)
        var outcome = LineOutcome.malformed(cause(status == JAGA_JSON_OK ? Int32(JAGA_JSON_INVALID) : status))
        if let root {
          let place = RecordPlace(file: chunk.file, line: line, record: record)
          if root.kind != .object {
            outcome = .malformed(.notAnObject)
          } else if chunk.format == .chatml {
            outcome = decodeChatML(root, place, into: &batch, report: &report)
          } else {
            outcome = decodeConvoKit(root, place, into: &batch, report: &report)
          }
        }
        switch outcome {
        case .messages:
          if document.invalidUTF8 { report.add(.invalidUTF8, file: chunk.file, line: line) }
          if document.loneSurrogates { report.add(.loneSurrogate, file: chunk.file, line: line) }
        case .malformed(let cause):
          before.discard(from: &batch)
          report.add(cause, file: chunk.file, line: line)
          if options.strict {
            report.counters.records = record - chunk.firstRecord + 1
            return
          }
        }
      }
    }
  }

  private func decodeConvoKit(
    _ root: JSONNode, _ place: RecordPlace, into batch: inout MessageBatch, report: inout DecodeReport
  ) -> LineOutcome {
    guard let text = root["text"] else { return .malformed(.missingField("text")) }
    guard let bytes = text.string else { return .malformed(.wrongType("text")) }
    var made = RecordRow(in: batch)
    made.set(\.text, bytes, in: &batch)
    if let id = (root["conversation_id"] ?? root["root"])?.identifier() { made.set(\.conversationID, id, in: &batch) }
    if let id = root["id"]?.identifier() { made.set(\.messageID, id, in: &batch) }
    let speaker = root["speaker"] ?? root["user"]
    if let id = speaker?.identifier() ?? speaker?["id"]?.identifier() { made.set(\.authorID, id, in: &batch) }
    made.number(place.record, in: &batch)
    if let time = root["timestamp"] {
      if let value = timestamp(time) {
        made.row.timestamp = value
      } else {
        report.add(.invalidTimestamp, file: place.file, line: place.line)
      }
    }
    batch.rows.append(made.row)
    return .messages
  }

  private func decodeChatML(
    _ root: JSONNode, _ place: RecordPlace, into batch: inout MessageBatch, report: inout DecodeReport
  ) -> LineOutcome {
    guard let list = root["messages"] ?? root["conversations"] else { return .malformed(.missingField("messages")) }
    guard list.kind == .array else { return .malformed(.wrongType("messages")) }
    var skipped = ReadCounters.Skipped()
    var made: [RecordRow] = []
    var conversation: MessageBatch.Field?
    var isNumbered = false
    for (index, item) in list.elements.enumerated() {
      guard item.kind == .object else { return .malformed(.wrongType("messages")) }
      guard let role = (item["role"] ?? item["from"])?.string else { return .malformed(.missingField("role")) }
      if role.equals("system") || role.equals("developer") || role.equals("tool") || role.equals("function") {
        skipped.bot += 1
        continue
      }
      guard let text = chatMLText(item["content"] ?? item["value"]) else { return .malformed(.wrongType("content")) }
      if text.isEmpty {
        skipped.noText += 1
        continue
      }
      var message = RecordRow(in: batch)
      message.set(\.text, text, in: &batch)
      message.set(\.authorRole, role, in: &batch)
      if let name = item["name"]?.identifier() {
        message.set(\.authorID, name, in: &batch)
      } else {
        message.row.authorID = message.row.authorRole
      }
      message.row.messageID = batch.append(decimal: index)
      if conversation == nil {
        if let id = (root["conversation_id"] ?? root["id"])?.identifier() {
          message.set(\.conversationID, id, in: &batch)
        } else {
          message.row.conversationID = batch.append(decimal: place.record)
          isNumbered = true
        }
        conversation = message.row.conversationID
      }
      message.row.conversationID = conversation ?? MessageBatch.Field()
      message.row.isNumbered = isNumbered
      made.append(message)
    }
    for message in made { batch.rows.append(message.row) }
    report.counters.skipped.bot += skipped.bot
    report.counters.skipped.noText += skipped.noText
    report.counters.transcripts += 1
    return .messages
  }

  /// A string, or the text parts of an array; nil for anything else. No content at all is an empty text.
  private func chatMLText(_ content: JSONNode?) -> [UInt8]? {
    guard let content else { return [] }
    if let string = content.string { return Array(string) }
    guard content.kind == .array else { return nil }
    var text: [UInt8] = []
    for part in content.elements {
      guard let string = part.string ?? part["text"]?.string else { continue }
      if !text.isEmpty { text.append(0x0A) }
      text.append(contentsOf: string)
    }
    return text
  }

  private func timestamp(_ node: JSONNode) -> Int64? {
    if let number = node.number { return Timestamp.fromNumber(number) }
    guard let text = node.string else { return nil }
    return Timestamp.parse(text, offsetMinutes: options.utcOffsetMinutes)
  }
}

/// Where a record stands.
struct RecordPlace {
  let file: String
  let line: Int
  let record: Int
}
