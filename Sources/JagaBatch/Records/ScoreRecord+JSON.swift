internal import JagaCore

extension ScoreRecord {
  /// Appends the record as one JSON object and, unless it stands inside of something, a line break; keys always in the same order.
  public func writeJSON(to buffer: ByteBuffer, endsLine: Bool = true) {
    RecordFragments.shared.write(self, to: buffer)
    writeEvidence(to: buffer)
    if isExplained {
      buffer.append("],\"contributions\":[")
      writeContributions(to: buffer)
    }
    if let text {
      buffer.append("],\"text\":")
      buffer.append(json: text)
      buffer.append(",\"model\":")
    } else {
      buffer.append("],\"model\":")
    }
    modelJSON.withUnsafeBufferPointer { end in
      buffer.append(endsLine ? end : UnsafeBufferPointer(rebasing: end.dropLast()))
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
