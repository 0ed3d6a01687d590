public import CJaga
internal import JagaCore
internal import JagaTranscripts

/// What a jaga_reader points to.
final class ReaderHandle {
  let reader: TranscriptReader
  /// Bytes that a column of texts may hold, whose offsets have 32 bits.
  private let room: Int
  private var batch = MessageBatch()
  /// Rows of the batch that the caller has.
  private var given = 0
  /// What stopped the reading after messages that the caller gets first.
  private var failure: Failure?

  init(path: String, format: TranscriptFormat?, room: Int = Int(Int32.max)) {
    reader = TranscriptReader(inputs: [.file(path)], format: format)
    self.room = room
  }

  /// The next messages as a record batch. An error comes after all messages before it; where there is no memory, the same messages
  /// come again.
  func next(limit: Int) throws(Failure) -> ArrowNode {
    if given == batch.rows.count { try read(limit: limit) }
    let rows = try rowsWithRoom()
    let root = ArrowNode("+s", name: "", length: rows.count)
    root.addNoValidity()
    root.children = [
      try texts("conversation_id", rows.map(\.conversationID), validity: rows.map { !$0.isAlone }),
      try texts("message_id", rows.map(\.messageID)), try texts("author_id", rows.map(\.authorID)),
      try texts("text", rows.map(\.text)),
    ]
    let times = ArrowNode("tsm:UTC", name: "timestamp", length: rows.count)
    try times.add(validity: rows.map { $0.timestamp != MessageBatch.Row.noTimestamp })
    try times.add(copying: rows.map { $0.timestamp == MessageBatch.Row.noTimestamp ? 0 : $0.timestamp })
    root.children.append(times)
    given = rows.endIndex
    return root
  }

  private func read(limit: Int) throws(Failure) {
    batch.removeAll()
    given = 0
    if let failure {
      self.failure = nil
      throw failure
    }
    do throws(TranscriptError) {
      _ = try reader.read(into: &batch, limit: limit)
    } catch {
      guard !batch.rows.isEmpty else { throw .reading(error) }
      failure = .reading(error)
    }
  }

  /// Those rows that the caller does not have yet, up to the first at which a column would have no room; that one waits for the next call.
  private func rowsWithRoom() throws(Failure) -> ArraySlice<MessageBatch.Row> {
    var conversations = 0
    var messages = 0
    var authors = 0
    var texts = 0
    for (row, fields) in batch.rows[given...].enumerated() {
      conversations += fields.conversationID.count
      messages += fields.messageID.count
      authors += fields.authorID.count
      texts += fields.text.count
      guard max(conversations, messages, authors, texts) > room else { continue }
      guard row > 0 else {
        given += 1
        throw .tooLong(what: "message", row: 0)
      }
      return batch.rows[given..<given + row]
    }
    return batch.rows[given...]
  }

  private func texts(_ name: String, _ fields: [MessageBatch.Field], validity: [Bool]? = nil) throws(Failure)
    -> ArrowNode
  {
    let node = ArrowNode("u", name: name, length: fields.count)
    try node.add(validity: validity)
    let total = fields.reduce(0) { $0 + $1.count }
    let offsets = try node.add(Int32.self, count: fields.count + 1)
    let bytes = try node.add(UInt8.self, count: total)
    var end = 0
    batch.bytes.withUnsafeBufferPointer { source in
      for (row, field) in fields.enumerated() {
        if let base = source.baseAddress { (bytes + end).update(from: base + field.offset, count: field.count) }
        end += field.count
        offsets[row + 1] = Int32(truncatingIfNeeded: end)
      }
    }
    return node
  }
}

/// See jaga.h.
@_cdecl("jaga_reader_open")
public func readerOpen(
  _ path: UnsafePointer<CChar>?, _ format: UnsafePointer<CChar>?, _ out: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  out?.pointee = nil
  return guarded { () throws(Failure) in
    guard let out else { throw .null("out") }
    guard let path else { throw .null("path") }
    var found: TranscriptFormat?
    if let format {
      let name = String(cString: format)
      guard let known = TranscriptFormat(name: name) else { throw .unknownFormat(name) }
      found = known
    }
    let name = String(cString: path)
    do throws(TranscriptError) {
      // A file that cannot be read is told here rather than at its first messages.
      _ = try TranscriptFormat.recognise(.file(name))
    } catch {
      if case .unknownFormat = error, found != nil {} else { throw .reading(error) }
    }
    out.pointee = handle(ReaderHandle(path: name, format: found))
  }
}

/// Messages of one batch when the caller names no number.
private let usualLimit = 1 << 16
/// No batch is asked to hold more.
private let mostMessages: Int64 = 1 << 24

/// See jaga.h.
@_cdecl("jaga_reader_next")
public func readerNext(
  _ reader: OpaquePointer?, _ limit: Int64, _ outSchema: UnsafeMutablePointer<ArrowSchema>?,
  _ out: UnsafeMutablePointer<ArrowArray>?
) -> Int32 {
  outSchema?.pointee.release = nil
  out?.pointee.release = nil
  return guarded { () throws(Failure) in
    let reader: ReaderHandle = try object(reader, "reader")
    guard let outSchema else { throw .null("out_schema") }
    guard let out else { throw .null("out") }
    guard limit >= 0 else { throw .range("limit", allowed: "0, or a number of messages") }
    try reader.next(limit: limit == 0 ? usualLimit : Int(min(limit, mostMessages))).export(outSchema, out)
  }
}

/// See jaga.h.
@_cdecl("jaga_reader_skipped")
public func readerSkipped(_ reader: OpaquePointer?) -> Int64 {
  guard let reader = try? object(reader, "reader") as ReaderHandle else { return 0 }
  return Int64(reader.reader.counters.malformed)
}

/// See jaga.h.
@_cdecl("jaga_reader_warnings")
public func readerWarnings(_ reader: OpaquePointer?) -> Int64 {
  guard let reader = try? object(reader, "reader") as ReaderHandle else { return 0 }
  return Int64(reader.reader.counters.warnings.total)
}

/// See jaga.h.
@_cdecl("jaga_reader_repeated")
public func readerRepeated(_ reader: OpaquePointer?) -> Int64 {
  guard let reader = try? object(reader, "reader") as ReaderHandle else { return 0 }
  return Int64(reader.reader.counters.duplicates)
}

/// See jaga.h.
@_cdecl("jaga_reader_close")
public func readerClose(_ reader: OpaquePointer?) { release(reader) }
