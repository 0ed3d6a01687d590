internal import CSIMDJSON
public import JagaCore

/// Why the body of a request is refused: what is wrong, and where (RFC 6901).
public struct MessageRequestFault: Error, Hashable, Sendable {
  /// What is wrong.
  public var cause: Cause
  /// The part of the body at fault; empty for the whole of it.
  public var pointer: String

  /// A fault.
  public init(cause: Cause, pointer: String) {
    self.cause = cause
    self.pointer = pointer
  }

  /// What can be wrong. Names of fields and numbers, never text of a message.
  public enum Cause: Hashable, Sendable {
    case notUTF8
    case loneSurrogate
    case invalidJSON
    case nestedTooDeep(limit: Int)
    case outOfMemory
    /// JSON, but neither a message nor an object with `messages`.
    case wrongShape
    case missingText
    case wrongType(field: String, expected: String)
    /// An id's key is spelt another way, as `conversationId`, and would be lost.
    case otherSpelling(of: String)
    case invalidTimestamp
    case tooManyMessages(limit: Int)
    case tooLong(field: String, limit: Int)
    case textAndMessages
  }

  /// The cause and its remedy in one sentence.
  public var sentence: String {
    switch cause {
    case .notUTF8: "the body is not UTF-8; encode it as UTF-8"
    case .loneSurrogate: "half of a surrogate pair stands in an escape; write characters as UTF-8, or both halves"
    case .invalidJSON: "the body is not well-formed JSON; send one JSON document"
    case .nestedTooDeep(let limit): "nested more than \(limit) levels deep; flatten it"
    case .outOfMemory: "there is not enough memory for this body; send less at a time"
    case .wrongShape:
      "send one message as an object with \"text\", or an object with \"messages\", a list of such objects"
    case .missingText: "no \"text\"; every message needs it"
    case .otherSpelling(let field): "a key that is \"\(field)\" but for its spelling; name it \"\(field)\""
    case .wrongType(let field, let expected): "\"\(field)\" has a value of the wrong type; it is \(expected)"
    case .invalidTimestamp:
      "\"timestamp\" is not a time; write RFC 3339, or seconds or milliseconds since 1970"
    case .tooManyMessages(let limit): "more than \(limit) messages; send them in several requests, or as a stream"
    case .tooLong(let field, let limit): "\"\(field)\" is longer than \(limit) bytes; shorten it"
    case .textAndMessages: "the body has both \"text\" and \"messages\"; send one message or a list"
    }
  }
}

/// Decodes the body of a request: one message, or `{"messages": […]}`. A fault refuses the whole body, so nothing of it is scored.
///
///     let decoder = try MessageRequestDecoder()
///     let shape = try decoder.decode(&body, into: &batch)  // .one
///
/// The same fields with the same meaning as canonical JSONL; missing ids become the message's number in the request. Not thread-safe; reuse it.
/// Cost: one pass of simdjson and one copy of the strings.
public final class MessageRequestDecoder {
  /// What the body was.
  public enum Shape: Sendable { case one, many }

  /// What a request may hold.
  public struct Limits: Sendable {
    /// Messages.
    public var messages = 10_000
    /// Bytes of one text.
    public var text = 64 << 10
    /// Bytes of one id.
    public var id = 256

    /// The defaults.
    public init() {}
  }

  private let document: JSONDocument
  private let limits: Limits
  private let transform: (any IDTransform)?
  private static let idParts:
    [(key: StaticString, part: WritableKeyPath<MessageBatch.Row, MessageBatch.Field> & Sendable)] =
      [
        ("conversation_id", \.conversationID), ("id", \.messageID), ("message_id", \.messageID),
        ("author_id", \.authorID),
      ]

  /// A decoder. `transform` replaces ids and mentions at the door. Throws when there is no memory.
  public init(limits: Limits = Limits(), transform: (any IDTransform)? = nil) throws(TranscriptError) {
    document = try JSONDocument()
    self.limits = limits
    self.transform = transform
  }

  /// Appends the body's messages to the batch. `body` gets padding that the parser may read, nothing else changes in it.
  public func decode(
    _ body: inout [UInt8], into batch: inout MessageBatch
  ) throws(MessageRequestFault) -> Shape {
    let count = body.count
    body.append(contentsOf: repeatElement(0, count: Chunk.padding))
    defer { body.removeLast(Chunk.padding) }
    let (root, status) = body.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { document.parse($0, count: count) } ?? (nil, Int32(JAGA_JSON_INVALID))
    }
    guard !document.invalidUTF8 else { throw MessageRequestFault(cause: .notUTF8, pointer: "") }
    guard !document.loneSurrogates else { throw MessageRequestFault(cause: .loneSurrogate, pointer: "") }
    guard let root else { throw fault(status) }
    guard root.kind == .object else { throw MessageRequestFault(cause: .wrongShape, pointer: "") }
    let first = batch.rows.count
    let list = root["messages"]
    guard list != nil else {
      try append(root, number: 1, pointer: "", to: &batch)
      finish(&batch, from: first)
      return .one
    }
    guard root["text"] == nil else { throw MessageRequestFault(cause: .textAndMessages, pointer: "") }
    guard let list, list.kind == .array else {
      throw MessageRequestFault(
        cause: .wrongType(field: "messages", expected: "a list of messages"), pointer: "/messages")
    }
    var number = 0
    for element in list.elements {
      guard number < limits.messages else {
        throw MessageRequestFault(cause: .tooManyMessages(limit: limits.messages), pointer: "/messages")
      }
      try append(element, number: number + 1, pointer: "/messages/\(number)", to: &batch)
      number += 1
    }
    finish(&batch, from: first)
    return .many
  }

  private func finish(_ batch: inout MessageBatch, from first: Int) {
    if let transform { batch.transform(from: first, with: transform, names: nil) }
  }

  private func fault(_ status: Int32) -> MessageRequestFault {
    switch Int(status) {
    case JAGA_JSON_TOO_DEEP: MessageRequestFault(cause: .nestedTooDeep(limit: Int(JAGA_JSON_MAX_DEPTH)), pointer: "")
    case JAGA_JSON_MEMORY, JAGA_JSON_TOO_BIG: MessageRequestFault(cause: .outOfMemory, pointer: "")
    case JAGA_JSON_UTF8: MessageRequestFault(cause: .notUTF8, pointer: "")
    default: MessageRequestFault(cause: .invalidJSON, pointer: "")
    }
  }

  private func append(
    _ node: JSONNode, number: Int, pointer: String, to batch: inout MessageBatch
  ) throws(MessageRequestFault) {
    guard node.kind == .object else {
      throw MessageRequestFault(cause: .wrongType(field: "messages", expected: "a list of objects"), pointer: pointer)
    }
    var row = RecordRow(in: batch)
    guard let text = node["text"] else { throw MessageRequestFault(cause: .missingText, pointer: pointer) }
    guard let bytes = text.string else {
      throw MessageRequestFault(cause: .wrongType(field: "text", expected: "a string"), pointer: pointer + "/text")
    }
    guard bytes.count <= limits.text else {
      throw MessageRequestFault(cause: .tooLong(field: "text", limit: limits.text), pointer: pointer + "/text")
    }
    row.set(\.text, bytes, in: &batch)
    for (key, part) in MessageRequestDecoder.idParts {
      guard let value = node[key] else { continue }
      guard value.kind == .string || value.kind == .number else {
        throw MessageRequestFault(
          cause: .wrongType(field: "\(key)", expected: "a string or a number"), pointer: "\(pointer)/\(key)")
      }
      guard let id = value.identifier() else { continue }
      guard id.count <= limits.id else {
        throw MessageRequestFault(cause: .tooLong(field: "\(key)", limit: limits.id), pointer: "\(pointer)/\(key)")
      }
      row.set(part, id, in: &batch)
    }
    try refuseOtherSpellings(in: node, of: row.row, pointer)
    if let role = try string("author_role", of: node, pointer) { row.set(\.authorRole, role, in: &batch) }
    if let language = try string("lang", of: node, pointer) { row.set(\.language, language, in: &batch) }
    if let time = node["timestamp"] {
      guard let value = timestamp(time) else {
        throw MessageRequestFault(cause: .invalidTimestamp, pointer: pointer + "/timestamp")
      }
      row.row.timestamp = value
    }
    row.number(number, in: &batch)
    batch.rows.append(row.row)
  }

  /// An id under a key that is misspelt would be lost, and with it a conversation.
  private func refuseOtherSpellings(
    in node: JSONNode, of row: MessageBatch.Row, _ pointer: String
  ) throws(MessageRequestFault) {
    var found: String?
    node.forEachMember { key, value in
      guard value.kind != .null, value.string?.isEmpty != true,
        let meant = jaga_json_meant_key(key.baseAddress, key.count).map({ String(cString: $0) })
      else { return }
      if MessageRequestDecoder.idParts.contains(where: { "\($0.key)" == meant && row[keyPath: $0.part].count == 0 }) {
        found = meant
      }
    }
    if let found { throw MessageRequestFault(cause: .otherSpelling(of: found), pointer: pointer) }
  }

  private func string(
    _ key: StaticString, of node: JSONNode, _ pointer: String
  ) throws(MessageRequestFault) -> UnsafeBufferPointer<UInt8>? {
    guard let value = node[key] else { return nil }
    guard let bytes = value.string else {
      throw MessageRequestFault(
        cause: .wrongType(field: "\(key)", expected: "a string"), pointer: "\(pointer)/\(key)")
    }
    guard bytes.count <= limits.id else {
      throw MessageRequestFault(cause: .tooLong(field: "\(key)", limit: limits.id), pointer: "\(pointer)/\(key)")
    }
    return bytes
  }

  private func timestamp(_ node: JSONNode) -> Int64? {
    if let number = node.number { return Timestamp.fromNumber(number) }
    return node.string.flatMap { Timestamp.parse($0, offsetMinutes: 0) }
  }
}
