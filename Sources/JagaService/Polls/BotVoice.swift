internal import JagaCore
public import JagaPollBot
internal import JagaStore

/// What the bot reads replies with and what it says, whoever brings the replies: its own polls or the flows of another system.
public final class BotVoice: Sendable {
  /// What is said.
  public let responses: ResponseBook
  /// What a reply is taken for.
  public let reader: ReplyReader
  /// What was said around a reply that may open a case.
  let recent = RecentExchanges()

  /// A voice.
  public init(responses: ResponseBook, reader: ReplyReader) {
    self.responses = responses
    self.reader = reader
  }

  /// Which queue a reply belongs to, and how urgently; nil for none. A disclosure is never a suspicion.
  func kind(of reading: ReplyReading) -> (kind: ReviewKind, urgency: Int)? {
    guard reading.action.opensCase else { return nil }
    return (reading.action == .support ? .disclosure : .risk, (reading.urgency ?? .ongoing).queueUrgency)
  }

  /// Keeps the texts of a case, with those of before; notes the reply for a later one otherwise. Without the operator's key, no text is kept anywhere.
  func keepTexts(
    of exchange: RecentExchanges.Exchange, conversationID: String, isCase: Bool,
    parts: ServiceParts, in decision: inout ReplyTurn.Decision
  ) {
    guard let key = parts.keys.sealing else { return }
    guard isCase else { return recent.note(exchange, of: conversationID) }
    let until = exchange.at + Int64(parts.settings.caseTextHours) * 3_600_000
    for each in recent.take(conversationID, now: exchange.at) + [exchange] {
      func keep(_ text: String, id: String, author: String, isContext: Bool) {
        decision.texts.append(
          TextSealing.seal(
            Array(text.utf8), with: key,
            as: SealedText(
              conversationID: conversationID, messageID: id, authorID: author, messageIndex: each.index,
              timestamp: each.at, sealed: [], expiresAt: until, isContext: isContext)))
      }
      if !each.question.isEmpty {
        keep(each.question, id: ReplyScene.asked(before: each.messageID), author: ReplyScene.asker, isContext: true)
      }
      keep(each.text, id: each.messageID, author: ReplyScene.author, isContext: each != exchange)
    }
    decision.keptUntil = until
  }
}

extension CaseUrgency {
  /// As the store keeps it.
  var kept: KeptUrgency {
    switch self {
    case .past: .past
    case .ongoing: .ongoing
    case .immediate: .immediate
    }
  }
}
