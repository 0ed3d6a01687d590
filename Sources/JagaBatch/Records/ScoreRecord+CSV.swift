internal import JagaCore

extension ScoreRecord {
  /// Appends the names of the columns that ``writeCSV(to:)`` fills.
  public static func writeCSVHeader(withText: Bool, isExplained: Bool, to buffer: ByteBuffer) {
    buffer.append("conversation_id,message_id,author_id,score,band,track,stage,labels,disclosure,lang,")
    buffer.append("conversation_score,conversation_band,conversation_track,conversation_stage,support_needed,evidence")
    if isExplained { buffer.append(",contributions") }
    if withText { buffer.append(",text") }
    buffer.append(",model\r\n")
  }

  /// Appends the record as one CSV row. Lists are joined by blanks: `label=probability`, `begin:end:label:logit:source` and
  /// `begin:end:head:logit:source`; a term without a place has empty `begin` and `end`.
  public func writeCSV(to buffer: ByteBuffer) {
    writeField(conversationID, to: buffer)
    writeField(messageID, to: buffer)
    writeField(authorID, to: buffer)
    buffer.append(probability: score.score)
    buffer.append(UInt8(ascii: ","))
    buffer.append(score.band.staticName)
    writeMove(score.top, to: buffer)
    let ranked = RankedLabels(score.labels)
    for rank in 0..<ranked.count {
      if rank > 0 { buffer.append(UInt8(ascii: " ")) }
      buffer.append(Label(move: ranked[rank]).staticName)
      buffer.append(UInt8(ascii: "="))
      buffer.append(probability: score.labels[ranked[rank]])
    }
    buffer.append(UInt8(ascii: ","))
    buffer.append(probability: score.disclosure)
    buffer.append(UInt8(ascii: ","))
    buffer.append(score.language.staticName)
    buffer.append(UInt8(ascii: ","))
    buffer.append(probability: conversation.score)
    buffer.append(UInt8(ascii: ","))
    buffer.append(conversation.band.staticName)
    writeMove(conversation.top, to: buffer)
    buffer.append(conversation.supportNeeded ? "true," : "false,")
    writeTerms(to: buffer)
    buffer.append(UInt8(ascii: ","))
    if let text { writeField(text, to: buffer) }
    buffer.append(text: modelID)
    buffer.append("\r\n")
  }

  private func writeField(_ bytes: UnsafeBufferPointer<UInt8>, to buffer: ByteBuffer) {
    buffer.append(csv: bytes)
    buffer.append(UInt8(ascii: ","))
  }

  private func writeMove(_ label: Label, to buffer: ByteBuffer) {
    buffer.append(UInt8(ascii: ","))
    buffer.append(label.trackName)
    buffer.append(UInt8(ascii: ","))
    buffer.append(label.stageBytes)
    buffer.append(UInt8(ascii: ","))
  }

  private func writeTerms(to buffer: ByteBuffer) {
    var isFirst = true
    for evidence in score.evidence {
      if !isFirst { buffer.append(UInt8(ascii: " ")) }
      isFirst = false
      writeRange(evidence.range, to: buffer)
      buffer.append(evidence.label.staticName)
      writeTail(logit: evidence.logit, source: evidence.source, to: buffer)
    }
    guard isExplained else { return }
    buffer.append(UInt8(ascii: ","))
    isFirst = true
    for contribution in score.contributions {
      if !isFirst { buffer.append(UInt8(ascii: " ")) }
      isFirst = false
      writeRange(contribution.range, to: buffer)
      buffer.append(text: contribution.head)
      writeTail(logit: contribution.logit, source: contribution.source, to: buffer)
    }
  }

  private func writeRange(_ range: SourceRange?, to buffer: ByteBuffer) {
    if let range { buffer.append(integer: Int(range.begin)) }
    buffer.append(UInt8(ascii: ":"))
    if let range { buffer.append(integer: Int(range.end)) }
    buffer.append(UInt8(ascii: ":"))
  }

  private func writeTail(logit: Double, source: String, to buffer: ByteBuffer) {
    buffer.append(UInt8(ascii: ":"))
    buffer.append(logit: logit)
    buffer.append(UInt8(ascii: ":"))
    buffer.append(text: source)
  }
}
