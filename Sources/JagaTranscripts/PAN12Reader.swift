internal import CExpat
internal import JagaCore

/// Reads PAN12 XML conversation by conversation, so that a broken one costs itself alone.
final class PAN12Reader: FormatReader {
  private let buffer: StreamBuffer
  private let parser: OpaquePointer
  private var line = 1
  private var begun = false
  /// The next conversation has not arrived, and there are messages to hand over.
  private var isPaused = false

  init(stream: ByteStream, options: ReaderOptions) throws(TranscriptError) {
    guard let made = jaga_pan12_parser_create() else { throw .outOfMemory }
    parser = made
    buffer = StreamBuffer(stream: stream, blockSize: options.chunkSize)
  }

  deinit { jaga_pan12_parser_destroy(parser) }

  func read(into batch: inout MessageBatch, limit: Int, context: ReadContext) throws(TranscriptError) -> Bool {
    if !begun {
      begun = true
      try buffer.skipByteOrderMark()
    }
    let quota = Quota(batch, limit: limit)
    isPaused = false
    while !isPaused, !quota.isMet(batch) {
      guard try readConversation(into: &batch, quota: quota, context: context) else { return false }
    }
    return true
  }

  private func readConversation(
    into batch: inout MessageBatch, quota: Quota, context: ReadContext
  ) throws(TranscriptError) -> Bool {
    guard try skipToConversation(context, mayPause: quota.hasSome(batch)) else { return isPaused }
    let limit = context.options.recordLimit
    while true {
      switch buffer.withBytes({ PAN12Tags.extent(of: $0, atEnd: buffer.ended) }) {
      case .whole(let count):
        if count > limit { return try refuse(count, .recordTooLong(limit: limit), context: context) }
        try parse(count, into: &batch, context: context)
        return true
      case .broken(let count): return try refuse(count, .invalidXML, context: context)
      case .incomplete:
        if buffer.count > limit { return try refuse(buffer.count, .recordTooLong(limit: limit), context: context) }
        isPaused = quota.hasSome(batch) && buffer.wouldWait
        if isPaused { return true }
        _ = try buffer.grow()
      }
    }
  }

  /// Drops a conversation and counts it as malformed.
  private func refuse(
    _ count: Int, _ cause: Diagnostic.Cause, context: ReadContext
  ) throws(TranscriptError) -> Bool {
    _ = context.nextRecord()
    let begin = line
    consume(count)
    // What is left of a conversation that was too long ends with its closing tag.
    if case .recordTooLong = cause { try skipRest() }
    try context.note(cause, line: begin)
    return true
  }

  private func skipRest() throws(TranscriptError) {
    while true {
      let (drop, done) = buffer.withBytes { PAN12Tags.rest($0) }
      consume(drop)
      if done { return }
      if try !buffer.grow() {
        consume(buffer.count)
        return
      }
    }
  }

  /// Steps over everything before the next conversation. Messages there have lost theirs: they are counted as one fault.
  /// Returns false at the end of the input, and when it paused.
  private func skipToConversation(
    _ context: ReadContext, mayPause: Bool
  ) throws(TranscriptError) -> Bool {
    var stray: Int?
    while true {
      let ended = buffer.ended
      let (begin, keep) = buffer.withBytes { PAN12Tags.start($0) }
      let drop = begin ?? (ended ? buffer.count : max(0, buffer.count - keep))
      let lost = buffer.withBytes { PAN12Tags.find("<message", in: $0, from: 0) }
      if let lost, lost < drop, stray == nil {
        stray = line + buffer.withBytes { bytes in bytes.part(0..<lost).count { $0 == 0x0A } }
      }
      consume(drop)
      if begin != nil || ended {
        if let stray {
          _ = context.nextRecord()
          try context.note(.outsideConversation, line: stray)
        }
        return begin != nil
      }
      isPaused = mayPause && stray == nil && buffer.wouldWait
      if isPaused { return false }
      _ = try buffer.grow()
    }
  }

  private func consume(_ count: Int) {
    line += buffer.withBytes { bytes in bytes.part(0..<count).count { $0 == 0x0A } }
    buffer.consume(count)
  }

  private func parse(
    _ count: Int, into batch: inout MessageBatch, context: ReadContext
  ) throws(TranscriptError) {
    let begin = line
    var brokenLine: UInt32 = 0
    let (status, repaired) = buffer.withBytes { bytes in
      let fragment = bytes.part(0..<count)
      if isValidUTF8(fragment) { return (jaga_pan12_parse(parser, fragment.baseAddress, count, &brokenLine), false) }
      let fixed = repairedUTF8(fragment)
      return (jaga_pan12_parse(parser, fixed, fixed.count, &brokenLine), true)
    }
    consume(count)
    guard status == 0 else {
      _ = context.nextRecord()
      try context.note(.invalidXML, line: begin + Int(brokenLine))
      return
    }
    if repaired { try context.note(.invalidUTF8, line: begin) }
    append(jaga_pan12_get(parser), to: &batch, context: context)
  }

  private func append(_ found: jaga_pan12_conversation, to batch: inout MessageBatch, context: ReadContext) {
    func bytes(_ field: jaga_xml_field) -> UnsafeBufferPointer<UInt8> {
      guard let base = found.bytes else { return UnsafeBufferPointer(start: nil, count: 0) }
      return UnsafeBufferPointer(start: base + Int(field.offset), count: Int(field.count))
    }
    let stated = bytes(found.id).trimmed
    let isNumbered = stated.isEmpty
    var conversation = isNumbered ? MessageBatch.Field() : batch.append(stated)
    for (index, message) in UnsafeBufferPointer(start: found.messages, count: found.message_count).enumerated() {
      let record = context.nextRecord()
      if conversation.count == 0 { conversation = batch.append(decimal: record) }
      var row = MessageBatch.Row()
      row.conversationID = conversation
      let number = bytes(message.line).trimmed
      row.isNumbered = isNumbered
      row.messageID = number.isEmpty ? batch.append(decimal: index + 1) : batch.append(number)
      row.authorID = PAN12Tags.appendUnescaped(bytes(message.author).trimmed, to: &batch)
      row.text = PAN12Tags.appendUnescaped(bytes(message.text), to: &batch)
      batch.rows.append(row)
      context.counters.messages += 1
    }
  }
}
