internal import JagaBatch
internal import JagaCore
internal import JagaScoring

/// One message with its result and every term.
struct ExplainedMessage {
  /// The message's bytes, which all ranges count in.
  let text: [UInt8]
  let score: MessageScore
  let conversation: ConversationScore
  let modelID: String

  /// Scores `text` after the messages `earlier` of the same author.
  init(_ text: String, after earlier: [String], scorer: Scorer) {
    let bytes = Array(text.utf8)
    let workspace = ScoringWorkspace(scorer)
    let assessment = Assessment()
    var state = ConversationState()
    for message in earlier {
      Array(message.utf8).withUnsafeBufferPointer { workspace.assess($0, into: assessment) }
      _ = scorer.conclude(assessment, author: 0, in: &state)
    }
    let (score, conversation) = bytes.withUnsafeBufferPointer { utf8 in
      workspace.assess(utf8, into: assessment)
      let conclusion = scorer.conclude(assessment, author: 0, in: &state)
      var score = scorer.messageScore(conclusion)
      workspace.explain(utf8, conclusion: conclusion, contributions: true, into: &score)
      return (score, conclusion.conversation)
    }
    self.text = bytes
    self.score = score
    self.conversation = conversation
    modelID = scorer.modelID
  }

  /// The same record that `jaga score --explain --with-text` writes, with empty ids.
  func writeJSON(to buffer: ByteBuffer) {
    var record = ScoreRecord(modelID: modelID)
    record.score = score
    record.conversation = conversation
    record.isExplained = true
    text.withUnsafeBufferPointer { bytes in
      record.text = bytes
      record.writeJSON(to: buffer)
    }
  }

  /// What a head's terms add up to: its logit.
  func total(of head: String) -> Double {
    score.contributions.reduce(0) { $1.head == head ? $0 + $1.logit : $0 }
  }

  /// The heads that are explained: `move`, `disclosure`, then the labels, most likely first.
  var heads: [String] {
    var heads: [String] = []
    for contribution in score.contributions where !heads.contains(contribution.head) { heads.append(contribution.head) }
    func rank(_ head: String) -> Double {
      if head == "move" { return 3 }
      if head == "disclosure" { return 2 }
      guard let label = Label(name: head), Int(label.rawValue) < score.labels.count else { return 0 }
      return score.labels[Int(label.rawValue)]
    }
    return heads.sorted { rank($0) > rank($1) }
  }

  /// Lends the words of a range; an empty run for a range outside the text.
  func withWords(_ range: SourceRange, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.withUnsafeBufferPointer { bytes in
      guard range.begin >= 0, range.begin <= range.end, Int(range.end) <= bytes.count else { return }
      body(UnsafeBufferPointer(rebasing: bytes[Int(range.begin)..<Int(range.end)]))
    }
  }
}
