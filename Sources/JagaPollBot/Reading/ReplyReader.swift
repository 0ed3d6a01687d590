public import JagaCore
public struct ReplyReader: Sendable {
  public init() {}
  public func reading(of text: String, score: MessageScore, question: String?) -> ReplyReading {
    score.disclosure >= 0.5 ? ReplyReading(action: .support, urgency: .ongoing) : ReplyReading(action: score.band == .high ? .escalate : score.band == .review ? .review : score.band == .watch ? .watch : .none, urgency: score.band >= .review ? .ongoing : nil)
  }
}
