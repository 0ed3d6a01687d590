internal import JagaCore

extension ScoreRecord {
  /// Appends the record as one JSON object and a line break, keys always in the same order.
  public func writeJSON(to buffer: ByteBuffer) {
    buffer.append("{\"conversation_id\":")
    buffer.append(json: conversationID)
    buffer.append(",\"message_id\":")
    buffer.append(json: messageID)
    buffer.append(",\"author_id\":")
    buffer.append(json: authorID)
    buffer.append(",\"score\":")
    buffer.append(probability: score.score)
    buffer.append(",\"band\":\"")
    buffer.append(score.band.staticName)
    writeMove(score.top, to: buffer)
    buffer.append("\",\"labels\":{")
    writeLabels(to: buffer)
    buffer.append("},\"disclosure\":")
    buffer.append(probability: score.disclosure)
    buffer.append(",\"lang\":\"")
    buffer.append(score.language.staticName)
    buffer.append("\",\"conversation\":{\"score\":")
    buffer.append(probability: conversation.score)
    buffer.append(",\"band\":\"")
    buffer.append(conversation.band.staticName)
    writeMove(conversation.top, to: buffer)
    buffer.append(conversation.supportNeeded ? "\",\"support_needed\":true}" : "\",\"support_needed\":false}")
    buffer.append(",\"evidence\":[")
    writeEvidence(to: buffer)
    buffer.append(UInt8(ascii: "]"))
    if isExplained {
      buffer.append(",\"contributions\":[")
      writeContributions(to: buffer)
      buffer.append(UInt8(ascii: "]"))
    }
    if let text {
      buffer.append(",\"text\":")
      buffer.append(json: text)
    }
    buffer.append(",\"model\":")
    buffer.append(json: modelID)
    buffer.append("}\n")
  }

  /// Closes the string before it, and leaves the stage's string open.
  private func writeMove(_ label: Label, to buffer: ByteBuffer) {
    buffer.append("\",\"track\":\"")
    buffer.append(label.trackName)
    buffer.append("\",\"stage\":\"")
    buffer.append(label.stageBytes)
  }

  private func writeLabels(to buffer: ByteBuffer) {
    let ranked = RankedLabels(score.labels)
    for rank in 0..<ranked.count {
      if rank > 0 { buffer.append(UInt8(ascii: ",")) }
      buffer.append(UInt8(ascii: "\""))
      buffer.append(Label(move: ranked[rank]).staticName)
      buffer.append("\":")
      buffer.append(probability: score.labels[ranked[rank]])
    }
  }

  private func writeEvidence(to buffer: ByteBuffer) {
    var isFirst = true
    for evidence in score.evidence {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      buffer.append(UInt8(ascii: "{"))
      if let range = evidence.range {
        buffer.append("\"begin\":")
        buffer.append(integer: Int(range.begin))
        buffer.append(",\"end\":")
        buffer.append(integer: Int(range.end))
        buffer.append(UInt8(ascii: ","))
      }
      buffer.append("\"label\":\"")
      buffer.append(evidence.label.staticName)
      buffer.append("\",\"logit\":")
      buffer.append(logit: evidence.logit)
      buffer.append(",\"source\":")
      buffer.append(json: evidence.source)
      buffer.append(UInt8(ascii: "}"))
    }
  }

  private func writeContributions(to buffer: ByteBuffer) {
    var isFirst = true
    for contribution in score.contributions {
      if !isFirst { buffer.append(UInt8(ascii: ",")) }
      isFirst = false
      buffer.append("{\"head\":")
      buffer.append(json: contribution.head)
      if let range = contribution.range {
        buffer.append(",\"begin\":")
        buffer.append(integer: Int(range.begin))
        buffer.append(",\"end\":")
        buffer.append(integer: Int(range.end))
      }
      buffer.append(",\"logit\":")
      buffer.append(logit: contribution.logit)
      buffer.append(",\"source\":")
      buffer.append(json: contribution.source)
      buffer.append(UInt8(ascii: "}"))
    }
  }
}
