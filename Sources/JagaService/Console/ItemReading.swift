internal import JagaConsole
internal import JagaCore
internal import JagaStore

/// Puts together what a reviewer may see of an item.
struct ItemReading {
  let parts: ServiceParts
  let visit: ConsoleVisit
  let reviewer: String

  /// The most flagged messages on one page; of more, the first and the last.
  static let flagLimit = 200

  func view(of item: ReviewItem) throws -> ItemView {
    let store = parts.store
    let flags = try store.flags(conversation: item.conversationID)
    let kept = try store.conversation(item.conversationID)
    let last = flags.max { $0.messageIndex < $1.messageIndex }
    let texts = ConversationTexts(parts: parts, conversation: item.conversationID, now: visit.now)
    let others = try store.items(conversation: item.conversationID).filter { $0.number != item.number }
    let obstacle = try store.obstacle(item: item.number, reviewer: reviewer, isAdmin: visit.isAdmin)
    let (task, maySee) = task(obstacle, item)
    let known = try store.reviewCase(item: item.number)
    let messages = try texts.messages(Self.shown(flags), isCase: known != nil)
    return ItemView(
      row: QueueRow(item, known), version: item.version, task: task, band: last?.conversationBand ?? item.band,
      score: last?.conversationScore ?? item.score, supportNeeded: flags.contains(where: \.supportNeeded),
      messageCount: kept?.messages ?? 0,
      firstAlert: flags.first { $0.messageID == kept?.firstAlertMessageID }?.messageIndex,
      messages: messages,
      decisions: try store.decisions(item: item.number).filter { maySee || $0.reviewer == reviewer }
        .compactMap(DecisionView.init),
      appeals: try store.appeals(item: item.number).compactMap(AppealView.init),
      case: try known.map {
        try CaseView($0, parts: parts, texts: state(of: messages, conversation: item.conversationID))
      },
      follows: item.follows, others: others.reversed().map { QueueRow($0) }, canAppeal: item.status == .closed,
      now: visit.now)
  }

  /// What the reviewer can do, and whether they may see what others have decided: not before they have decided themselves, but in the final round.
  private func task(_ obstacle: ReviewError?, _ item: ReviewItem) -> (ItemView.Task, maySee: Bool) {
    if item.status == .closed { return (.closed, true) }
    switch obstacle {
    case nil:
      let isBlind = item.status == .second || item.status == .appeal
      return (.decide(blind: isBlind), item.status == .final)
    case .needsAdministrator: return (.waitForAdmin, false)
    case .ownAppeal: return (.ownAppeal, false)
    default: return (.waitForOther, item.status == .final && visit.isAdmin)
    }
  }

  /// Whether words of a case are on its page, and why not.
  private func state(of messages: [MessageView], conversation: String) throws -> CaseView.Texts {
    if messages.contains(where: { $0.content != .missing }) { return .kept }
    if parts.keys.sealing == nil { return .noKey }
    return try parts.store.texts(conversation: conversation, now: visit.now).isEmpty ? .gone : .locked
  }

  private static func shown(_ flags: [KeptFlag]) -> [KeptFlag] {
    let sorted = flags.sorted { $0.messageIndex < $1.messageIndex }
    guard sorted.count > flagLimit else { return sorted }
    return Array(sorted.prefix(20) + sorted.suffix(flagLimit - 20))
  }
}

extension DecisionView {
  fileprivate init?(_ decision: KeptDecision) {
    guard let round = ItemRound(rawValue: decision.round.rawValue),
      let verdict = ItemVerdict(rawValue: decision.verdict.rawValue)
    else { return nil }
    self.init(
      round: round, reviewer: decision.reviewer, verdict: verdict, label: decision.label, at: decision.at)
  }
}

extension AppealView {
  fileprivate init?(_ appeal: KeptAppeal) {
    guard let reason = AppealReasonCode(rawValue: appeal.reason.rawValue) else { return nil }
    self.init(by: appeal.by, reason: reason, at: appeal.at)
  }
}
