import JagaBatch
import JagaCore
import JagaScoring
import JagaTranscripts

// Reading, the two steps of scoring, and writing.

extension Stage {
  /// JSON lines to messages.
  static func reading(_ input: StageInput) -> Stage {
    var batch = MessageBatch()
    return Stage("reading JSON lines", counting: "bytes of text") {
      var bytes = 0
      let reader = TranscriptReader(inputs: [.bytes(input.lines, name: "messages.jsonl")], format: .jsonl)
      while try reader.read(into: &batch, limit: 1024) {
        for row in batch.rows { bytes += row.text.count }
        batch.removeAll()
      }
      return bytes
    }
  }

  /// Step one: bytes to everything that the text alone tells.
  static func assess(_ input: StageInput) -> Stage {
    let workspace = ScoringWorkspace(input.scorer)
    let assessment = Assessment()
    return Stage("assess", counting: "messages by language, weighted") {
      var count = 0
      for text in input.texts {
        text.withUnsafeBufferPointer { workspace.assess($0, into: assessment) }
        count += 1 + Int(assessment.language.rawValue)
      }
      return count
    }
  }

  /// Step two: earlier messages' part, bands, the conversation.
  static func conclude(_ input: StageInput) -> Stage {
    let assessments = assessed(input)
    return Stage("conclude", counting: "thousandths of all logits") {
      var total = 0
      forEachConclusion(input, assessments) { _, conclusion in
        total += Int((1000 * conclusion.moveLogit).rounded()) + Int(conclusion.band.rawValue)
      }
      return total
    }
  }

  /// Conclusions to records without evidence.
  static func records(_ input: StageInput) -> Stage {
    var conclusions: [Conclusion] = []
    forEachConclusion(input, assessed(input)) { _, conclusion in conclusions.append(conclusion) }
    var record = ScoreRecord(modelID: "00000000")
    let buffer = ByteBuffer()
    return Stage("records", counting: "bytes") {
      var bytes = 0
      for (text, conclusion) in zip(input.texts, conclusions) {
        input.scorer.fill(&record.score, from: conclusion)
        record.conversation = conclusion.conversation
        // Ids of the length that ids have.
        text.withUnsafeBufferPointer { text in
          record.conversationID = UnsafeBufferPointer(rebasing: text.prefix(5))
          record.messageID = UnsafeBufferPointer(rebasing: text.prefix(7))
          record.authorID = UnsafeBufferPointer(rebasing: text.prefix(6))
          record.writeJSON(to: buffer)
        }
        bytes += buffer.count
        buffer.removeAll()
      }
      return bytes
    }
  }

  private static func assessed(_ input: StageInput) -> [Assessment] {
    let workspace = ScoringWorkspace(input.scorer)
    return input.texts.map { text in
      let assessment = Assessment()
      text.withUnsafeBufferPointer { workspace.assess($0, into: assessment) }
      return assessment
    }
  }

  private static func forEachConclusion(
    _ input: StageInput, _ assessments: [Assessment], _ body: (Int, Conclusion) -> Void
  ) {
    var state = ConversationState()
    for (index, assessment) in assessments.enumerated() {
      if index % StageInput.conversation == 0 { state = ConversationState() }
      body(index, input.scorer.conclude(assessment, author: UInt64(1 + index % 2), in: &state))
    }
  }
}
