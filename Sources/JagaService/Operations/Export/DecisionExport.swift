public import JagaBatch
internal import JagaCore
public import JagaStore
public import JagaTranscripts

/// Writes decisions as gold lines for `jaga evaluate`, in one of three ways, by where the texts are.
///
/// - ``writeOwn(_:transform:to:drain:)``: the operator's messages; whole conversations with the labels put in, so that the model can score them again.
/// - ``writeKept(_:keys:now:to:drain:)``: texts that the store keeps, sealed; as many of a conversation as are left.
/// - ``writeIDs(to:)``: no texts. Such lines can be judged with `--predictions` alone, by the records of ``writeRecords(_:to:drain:)``.
public struct DecisionExport {
  private let decided: DecidedMessages

  /// An export of decisions.
  public init(_ decided: DecidedMessages) { self.decided = decided }

  /// Ids and labels, without texts.
  public func writeIDs(to buffer: JagaBatch.ByteBuffer) {
    for message in decided.messages {
      guard let label = message.label else { continue }
      write(
        conversation: message.conversationID, message: message.messageID, author: message.authorID,
        time: message.timestamp, text: "", label: label, to: buffer)
    }
  }

  /// The records of decided messages, as they were answered; predictions for `jaga evaluate`. They are read from the store again, and `drain` is called after each
  /// conversation to empty the buffer. Throws `StoreError`, and what `drain` throws.
  public func writeRecords(
    _ store: Store, to buffer: JagaBatch.ByteBuffer, drain: (JagaBatch.ByteBuffer) throws -> Void
  ) throws {
    for conversation in decided.conversationIDs {
      for flag in try store.flags(conversation: conversation)
      where decided.label(conversation: conversation, message: flag.messageID) != nil {
        flag.record.withUnsafeBufferPointer { buffer.append($0) }
        buffer.append("\n")
      }
      try drain(buffer)
    }
  }

  /// Texts that the store keeps, in the order of their conversations; `drain` is called after each to empty the buffer. How many lines have a label. Throws
  /// `StoreError`, and what `drain` throws.
  public func writeKept(
    _ store: Store, keys: ServiceKeys, now: Int64, to buffer: JagaBatch.ByteBuffer,
    drain: (JagaBatch.ByteBuffer) throws -> Void
  ) throws -> Int {
    guard let key = keys.sealing else { return 0 }
    var labelled = 0
    for conversation in decided.conversationIDs {
      let texts = try store.texts(conversation: conversation, now: now).sorted { $0.messageIndex < $1.messageIndex }
      for text in texts {
        guard let opened = TextSealing.open(text, with: key) else { continue }
        let label = decided.label(conversation: conversation, message: text.messageID)
        if label != nil { labelled += 1 }
        write(
          conversation: conversation, message: text.messageID, author: text.authorID, time: text.timestamp,
          text: opened,
          label: label, to: buffer)
      }
      try drain(buffer)
    }
    return labelled
  }

  /// The operator's messages of decided conversations; `drain` is called now and then to empty the buffer. How many lines have a label.
  /// Throws `TranscriptError` where a file cannot be read.
  public func writeOwn(
    _ files: [TranscriptInput], transform: (any IDTransform)?, to buffer: JagaBatch.ByteBuffer,
    drain: (JagaBatch.ByteBuffer) throws -> Void
  ) throws -> Int {
    var options = ReaderOptions()
    options.transform = transform
    let reader = TranscriptReader(inputs: files, options: options)
    var labelled = 0
    var counts: [String: Int] = [:]
    var batch = MessageBatch()
    while try reader.read(into: &batch) {
      for place in batch.rows.indices {
        let conversation = batch.string(batch.rows[place].conversationID)
        guard !batch.rows[place].isAlone, decided.contains(conversation: conversation) else { continue }
        let index = counts[conversation, default: 0]
        counts[conversation] = index + 1
        let message = batch.message(at: place)
        // A message without an id of its own is known by its place.
        let id = batch.rows[place].isNumbered ? "#\(index)" : message.messageID
        let label = decided.label(conversation: conversation, message: id)
        if label != nil { labelled += 1 }
        write(
          conversation: conversation, message: id, author: message.authorID, time: message.timestamp,
          text: message.text, label: label, to: buffer)
      }
      batch.removeAll()
      try drain(buffer)
    }
    return labelled
  }

  private func write(
    conversation: String, message: String, author: String, time: Int64?, text: String, label: Label?,
    to buffer: JagaBatch.ByteBuffer
  ) {
    buffer.append("{\"conversation_id\":")
    buffer.append(json: conversation)
    buffer.append(",\"message_id\":")
    buffer.append(json: message)
    buffer.append(",\"author_id\":")
    buffer.append(json: author)
    if let time {
      buffer.append(",\"timestamp\":")
      buffer.append(integer: Int(time))
    }
    buffer.append(",\"text\":")
    buffer.append(json: text)
    if let label {
      buffer.append(",\"labels\":[")
      buffer.append(json: label.name)
      buffer.append("],\"source\":\"review\"")
    }
    buffer.append("}\n")
  }
}

extension ConversationExport {
  /// Everything that is kept of a conversation as one JSON object, texts opened where their key is at hand.
  public func json(conversation id: String, keys: ServiceKeys) -> [UInt8] {
    let buffer = JagaBatch.ByteBuffer()
    ReviewJSON.write(self, conversation: id, keys: keys, to: buffer)
    return buffer.withBytes { Array($0) }
  }
}
