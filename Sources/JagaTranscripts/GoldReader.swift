internal import CSIMDJSON
internal import JagaCore

/// Reads gold data whole, for training and evaluation: the shapes that ``TranscriptReader`` flattens.
///
///     let gold = try GoldReader.read([.file("corpora/id/topup.jsonl")])
///     gold.messages.count
///
/// Stricter than the reader: a malformed line, an unknown label, or a `first_risk` outside the transcript throws with file
/// and line. Memory: all of it.
public enum GoldReader {
  /// Everything in some files.
  public struct Gold: Hashable, Sendable {
    /// The single messages, in order.
    public var messages: [GoldMessage] = []
    /// The transcripts, in order.
    public var transcripts: [GoldTranscript] = []

    /// Nothing.
    public init() {}
  }

  /// Reads files of JSON lines. Ids that are not stated are the record's number across all inputs.
  public static func read(_ inputs: [TranscriptInput]) throws(TranscriptError) -> Gold {
    var gold = Gold()
    do {
      try forEachRecord(inputs) { root, place in
        try add(root, place, to: &gold)
        return true
      }
    } catch let error as TranscriptError {
      throw error
    } catch {
      // Nothing else is thrown above.
      throw .outOfMemory
    }
    return gold
  }

  /// Hands out every record that is not blank, in order, until the body returns false. A node is valid inside the body only.
  static func forEachRecord(_ inputs: [TranscriptInput], _ body: (JSONNode, RecordPlace) throws -> Bool) throws {
    let document = try JSONDocument()
    var record = 0
    for input in inputs {
      let source = ChunkSource(stream: try ByteStream(input), chunkSize: 1 << 20, recordLimit: 64 << 20)
      var chunk = Chunk()
      while try source.next(into: &chunk) {
        let base = chunk.firstLine
        if let limit = chunk.tooLong {
          throw TranscriptError.malformed(Diagnostic(file: input.name, line: base, cause: .recordTooLong(limit: limit)))
        }
        var scanner = LineScanner()
        while let range = chunk.bytes.withUnsafeBufferPointer({ scanner.next(in: $0.part(0..<chunk.count)) }) {
          if chunk.bytes.withUnsafeBufferPointer({ isBlank($0, range) }) { continue }
          record += 1
          let place = RecordPlace(file: input.name, line: base + scanner.line, record: record)
          let root = chunk.bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { document.parse($0 + range.lowerBound, count: range.count).root }
          }
          guard let root else {
            throw TranscriptError.malformed(Diagnostic(file: input.name, line: place.line, cause: .invalidJSON))
          }
          guard try body(root, place) else { return }
        }
      }
    }
  }

  private static func add(
    _ root: JSONNode, _ place: RecordPlace, to gold: inout Gold
  ) throws(TranscriptError) {
    guard root.kind == .object else {
      throw .malformed(Diagnostic(file: place.file, line: place.line, cause: .notAnObject))
    }
    if root["text"] == nil, let messages = root["messages"] {
      gold.transcripts.append(try transcript(root, messages, place))
      return
    }
    gold.messages.append(try goldMessage(root, place))
  }

  static func goldMessage(_ root: JSONNode, _ place: RecordPlace) throws(TranscriptError) -> GoldMessage {
    var message = try self.message(root, place)
    let own = String(place.record)
    let stated = text(root["conversation_id"])
    message.conversationID = stated ?? own
    message.messageID = text(root["message_id"]) ?? text(root["id"]) ?? own
    return GoldMessage(
      message: message, question: text(root["question"]), style: text(root["style"]), voice: text(root["voice"]),
      source: text(root["source"]), isAlone: stated == nil, file: place.file, line: place.line)
  }

  private static func transcript(
    _ root: JSONNode, _ messages: JSONNode, _ place: RecordPlace
  ) throws(TranscriptError) -> GoldTranscript {
    guard messages.kind == .array else {
      throw .malformed(Diagnostic(file: place.file, line: place.line, cause: .wrongType("messages")))
    }
    let id = text(root["conversation_id"]) ?? text(root["id"]) ?? String(place.record)
    let language = text(root["lang"])
    var read: [Message] = []
    for (index, node) in messages.elements.enumerated() {
      var message = try self.message(node, place)
      message.conversationID = id
      message.messageID = String(index)
      if message.language == nil { message.language = language }
      read.append(message)
    }
    var label: TranscriptLabel?
    if let name = text(root["label"]) {
      guard let known = TranscriptLabel(name: name) else {
        throw .unknownLabel(file: place.file, line: place.line, label: printable(name))
      }
      label = known
    }
    var firstRisk: Int?
    if let stated = root["first_risk"] {
      guard let index = stated.integer, read.indices.contains(index) else {
        throw .invalidGold(file: place.file, line: place.line, field: "first_risk")
      }
      firstRisk = index
    }
    return GoldTranscript(
      id: id, language: language, label: label, firstRisk: firstRisk, messages: read, voice: text(root["voice"]),
      style: text(root["style"]), source: text(root["source"]), file: place.file, line: place.line)
  }

  private static func message(_ node: JSONNode, _ place: RecordPlace) throws(TranscriptError) -> Message {
    guard let bytes = node["text"]?.string else {
      throw .malformed(Diagnostic(file: place.file, line: place.line, cause: .missingField("text")))
    }
    var labels: [Label] = []
    if let stated = node["labels"] {
      guard stated.kind == .array else { throw .invalidGold(file: place.file, line: place.line, field: "labels") }
      for item in stated.elements {
        guard let name = item.string else {
          throw .invalidGold(file: place.file, line: place.line, field: "labels")
        }
        guard let known = label(named: name) else {
          throw .unknownLabel(file: place.file, line: place.line, label: printableLabel(name))
        }
        if !labels.contains(known) { labels.append(known) }
      }
    }
    var time: Int64?
    if let stated = node["timestamp"] {
      time =
        stated.number.flatMap { Timestamp.fromNumber($0) }
        ?? stated.string.flatMap {
          Timestamp.parse($0, offsetMinutes: 0)
        }
      if time == nil { throw .invalidGold(file: place.file, line: place.line, field: "timestamp") }
    }
    return Message(
      authorID: text(node["author_id"]) ?? text(node["author"]) ?? "", authorRole: text(node["author_role"]),
      timestamp: time, text: String(decoding: bytes, as: UTF8.self), language: text(node["lang"]), labels: labels)
  }

  private static func text(_ node: JSONNode?) -> String? {
    node?.identifier().map { String(decoding: $0, as: UTF8.self) }
  }

  private static func printable(_ name: String) -> String {
    var copy = name
    return copy.withUTF8 { printableLabel($0) }
  }
}
