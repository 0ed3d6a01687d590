import JagaCore

/// Folds the messages of one conversation into stage evidence by author.
///
/// For every message of an author the evidence of each stage fades by `decay`; a move adds its own evidence,
/// `max(0, logit − floor) · P(stage | move)`. Of the faded and the new value the larger stays, and a small share of the smaller is added:
/// repetition counts little and is bounded. The author's evidence is his strongest stage plus a share of every further one: distinct stages count.
/// A long harmless chat stays below the floor, message by message, and adds nothing.
struct ConversationTracker {
  let parameters: Parameters

  /// The logits that an author's evidence so far adds to his next message.
  func carry(_ author: ConversationState.Author) -> Double {
    let settings = parameters.conversation
    let evidence = Double(evidence(author.stages).sum)
    return min(settings.carryLimit, max(0, evidence - settings.carryFrom) * settings.carry)
  }

  /// Adds a message's move to its author. `stages` are P(stage | move); `logit` is the move head without the conversation's part.
  func fold(logit: Double, stages: InlineArray<20, Double>, into author: inout ConversationState.Author) {
    let settings = parameters.conversation
    author.countMessage()
    let strength = logit - settings.floor
    for stage in 0..<Label.moveCount {
      let faded = Double(author.stages[stage]) * settings.decay
      guard strength > 0, stages[stage] >= ConversationTracker.leastShare else {
        author.stages[stage] = Float(faded)
        continue
      }
      let new = strength * stages[stage]
      let together = max(faded, new) + settings.repetition * min(faded, new)
      let held = max(faded, min(together, ConversationTracker.mostByRepetition * new))
      author.stages[stage] = Float(min(settings.cap, held))
    }
  }

  /// Repeating a move can raise its stage to this multiple of the move's own evidence, never beyond.
  static let mostByRepetition = 1.5

  /// A stage below this share of a move's evidence is noise and leaves nothing.
  static let leastShare = 0.12

  /// A stage's evidence from which it counts as one that was seen, in logits.
  static let leastStage: Float = 1.0

  /// The sum over stages, the strongest stage, and how many beyond the early ones were seen.
  func evidence(_ stages: InlineArray<20, Float>) -> (sum: Float, top: Label, late: Int) {
    var top = 0
    for stage in 1..<Label.moveCount where stages[stage] > stages[top] { top = stage }
    var sum = stages[top]
    var late = 0
    for (stage, label) in Label.moves.enumerated() {
      if stage != top { sum += Float(parameters.conversation.distinct) * min(stages[stage], 2) }
      guard stages[stage] >= ConversationTracker.leastStage else { continue }
      if !label.isEarly { late += 1 }
    }
    return (sum, Label(rawValue: UInt8(top)) ?? .groomingContact, late)
  }
}
