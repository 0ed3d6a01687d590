public import JagaCore
public import JagaScoring

/// The result for one conversation, written at its end or when it leaves memory.
///
/// Key order: `conversation_id, score, band, track, stage, first_alert_index, first_alert_message_id, messages, support_needed,
/// partial, authors[], model`.
public struct ConversationRecord: Sendable, Equatable {
  /// The part of one author.
  public struct Author: Sendable, Equatable {
    /// The author's id; empty when unknown.
    public var authorID: [UInt8]
    /// Probability that this author's messages hold an escalating pattern.
    public var score: Double
    /// The author's most likely move.
    public var top: Label

    /// Creates an author's part.
    public init(authorID: [UInt8], score: Double, top: Label) {
      self.authorID = authorID
      self.score = score
      self.top = top
    }
  }

  /// The conversation's id.
  public var conversationID: [UInt8] = []
  /// The conversation's result.
  public var summary = ConversationScore(score: 0, band: .none, top: .benign, supportNeeded: false)
  /// Index (from 0) of the first message at which it reached ``Band/review``; nil when it never did.
  public var firstAlertIndex: Int?
  /// The id of that message; empty when there is none.
  public var firstAlertMessageID: [UInt8] = []
  /// The number of messages seen.
  public var messages = 0
  /// True when it left memory before the end of input, or goes on after it did. Of the conversations given up, each shard
  /// remembers the last 16,384 at least: one that comes back after more than a million others may count as whole.
  public var isPartial = false
  /// Authors with evidence, highest score first.
  public var authors: [Author] = []

  /// A record of nothing yet.
  public init() {}

  /// What a state says now; ids and what only its keeper knows are left to the caller.
  public init(of state: ConversationState, authors names: AuthorNames, scorer: Scorer) {
    summary = scorer.summary(of: state)
    firstAlertIndex = state.firstAlertIndex
    messages = state.messages
    var found: [Author] = []
    scorer.forEachAuthor(of: state) { hash, score, top in
      found.append(Author(authorID: names.id(of: hash), score: score, top: top))
    }
    // Equal scores keep the order in which the authors came.
    let ranked = found.enumerated().sorted { left, right in
      left.element.score != right.element.score
        ? left.element.score > right.element.score : left.offset < right.offset
    }
    authors = ranked.map(\.element)
  }
}

extension ConversationRecord {
  /// Appends the record as one JSON object and, unless it stands inside of something, a line break.
  public func writeJSON(modelID: String, to buffer: ByteBuffer, endsLine: Bool = true) {
    buffer.append("{\"conversation_id\":")
    writeString(conversationID, to: buffer)
    buffer.append(",\"score\":")
    buffer.append(probability: summary.score)
    buffer.append(",\"band\":\"")
    buffer.append(summary.band.staticName)
    writeMove(summary.top, to: buffer)
    if let firstAlertIndex {
      buffer.append(",\"first_alert_index\":")
      buffer.append(integer: firstAlertIndex)
      buffer.append(",\"first_alert_message_id\":")
      writeString(firstAlertMessageID, to: buffer)
    } else {
      buffer.append(",\"first_alert_index\":null,\"first_alert_message_id\":null")
    }
    buffer.append(",\"messages\":")
    buffer.append(integer: messages)
    buffer.append(summary.supportNeeded ? ",\"support_needed\":true" : ",\"support_needed\":false")
    buffer.append(isPartial ? ",\"partial\":true,\"authors\":[" : ",\"partial\":false,\"authors\":[")
    var isFirst = true
    for author in authors {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      buffer.append("{\"author_id\":")
      writeString(author.authorID, to: buffer)
      buffer.append(",\"score\":")
      buffer.append(probability: author.score)
      writeMove(author.top, isAfterString: false, to: buffer)
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append("],\"model\":")
    buffer.append(json: modelID)
    buffer.append(endsLine ? "}\n" : "}")
  }

  /// Appends the names of the columns that ``writeCSV(modelID:to:)`` fills.
  public static func writeCSVHeader(to buffer: ByteBuffer) {
    buffer.append("conversation_id,score,band,track,stage,first_alert_index,first_alert_message_id,messages,")
    buffer.append("support_needed,partial,authors,model\r\n")
  }

  /// Appends the record as one CSV row; authors are `label=score`, joined by blanks, without their ids.
  public func writeCSV(modelID: String, to buffer: ByteBuffer) {
    conversationID.withUnsafeBufferPointer { buffer.append(csv: $0) }
    buffer.append(UInt8(ascii: ","))
    buffer.append(probability: summary.score)
    buffer.append(UInt8(ascii: ","))
    buffer.append(summary.band.staticName)
    buffer.append(UInt8(ascii: ","))
    buffer.append(summary.top.trackName)
    buffer.append(UInt8(ascii: ","))
    buffer.append(summary.top.stageBytes)
    buffer.append(UInt8(ascii: ","))
    if let firstAlertIndex { buffer.append(integer: firstAlertIndex) }
    buffer.append(UInt8(ascii: ","))
    firstAlertMessageID.withUnsafeBufferPointer { buffer.append(csv: $0) }
    buffer.append(UInt8(ascii: ","))
    buffer.append(integer: messages)
    buffer.append(summary.supportNeeded ? ",true," : ",false,")
    buffer.append(isPartial ? "true," : "false,")
    for (index, author) in authors.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: " ")) }
      buffer.append(author.top.staticName)
      buffer.append(UInt8(ascii: "="))
      buffer.append(probability: author.score)
    }
    buffer.append(UInt8(ascii: ","))
    buffer.append(text: modelID)
    buffer.append("\r\n")
  }

  private func writeString(_ bytes: [UInt8], to buffer: ByteBuffer) {
    bytes.withUnsafeBufferPointer { buffer.append(json: $0) }
  }

  private func writeMove(_ label: Label, isAfterString: Bool = true, to buffer: ByteBuffer) {
    if isAfterString { buffer.append(UInt8(ascii: "\"")) }
    buffer.append(",\"track\":\"")
    buffer.append(label.trackName)
    buffer.append("\",\"stage\":\"")
    buffer.append(label.stageBytes)
    buffer.append(UInt8(ascii: "\""))
  }
}
