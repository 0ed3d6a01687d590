internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaStore

/// Decides which messages people shall see, how urgently, and who is told at once.
struct FlagPolicy: Sendable {
  private let flagFrom: Band
  private let alertFrom: Band
  private let targets: [String]
  private let modelID: String

  /// Moves after which harm is near: somebody is being threatened, or a meeting is being arranged.
  private static let late: Set<Label> = [
    .sextortionThreat, .sextortionDemand, .sextortionPressure, .groomingApproach, .topupLeverage,
  ]

  init(settings: ServiceSettings, modelID: String) {
    flagFrom = Band(name: settings.flagFrom) ?? .review
    alertFrom = Band(name: settings.alertFrom) ?? .high
    targets = settings.alertTargets
    self.modelID = modelID
  }

  /// Whether a message is flagged, and as what. A disclosure is one whatever its band: it goes to people who can help.
  func kind(of record: ScoreRecord, before: ConversationScore) -> ReviewKind? {
    if record.asksForHelp || (record.conversation.supportNeeded && !before.supportNeeded) { return .disclosure }
    return record.score.band >= flagFrom ? .risk : nil
  }

  /// Whether a message would be flagged for what it says by itself.
  func flags(_ alone: Conclusion) -> Bool { alone.band >= flagFrom || alone.disclosureLogit >= 0 }

  /// The highest urgency.
  static let now = 3

  /// From 0 to 3; 3 is now.
  func urgency(_ kind: ReviewKind, _ record: ScoreRecord) -> Int {
    let isHigh = max(record.score.band, record.conversation.band) == .high
    switch kind {
    case .disclosure: return isHigh ? 3 : 2
    case .risk: return isHigh ? (FlagPolicy.late.contains(record.score.top) ? 3 : 2) : 1
    }
  }

  /// The flag as the store keeps it: the record that the answer carries, without what was only added to explain it.
  func flag(
    _ kind: ReviewKind, of event: MessageEvent, record: inout ScoreRecord, buffer: JSONBuffer, keys: ServiceKeys
  ) -> KeptFlag {
    let messageID = event.messageID
    buffer.removeAll()
    let (isExplained, ownID) = (record.isExplained, record.messageID)
    var id = messageID
    id.withUTF8 { bytes in
      record.isExplained = false
      record.messageID = bytes
      record.writeJSON(to: buffer)
      record.isExplained = isExplained
      record.messageID = ownID
    }
    return KeptFlag(
      conversationID: String(decoding: record.conversationID, as: UTF8.self), messageID: messageID,
      authorID: event.authorID, messageIndex: event.index, kind: kind, band: record.score.band,
      score: record.score.score, disclosure: record.score.disclosure, label: record.score.top,
      conversationBand: record.conversation.band, conversationScore: record.conversation.score,
      conversationLabel: record.conversation.top, supportNeeded: record.conversation.supportNeeded,
      language: record.score.language.name, timestamp: event.timestamp, receivedAt: event.receivedAt,
      record: buffer.withBytes { Array($0.dropLast()) }, textHMAC: keys.mark(of: event.bytes.part(event.row.text)),
      modelID: modelID, urgency: urgency(kind, record),
      subject: keys.subject(of: String(decoding: record.conversationID, as: UTF8.self)))
  }

  /// Whether a conversation has had something that people shall see.
  func isFlagged(_ conversation: ConversationScore) -> Bool {
    conversation.band >= flagFrom || conversation.supportNeeded
  }

  /// What is told at once: a conversation reached the band for the first time, or somebody in it asked for help for the first time. It need not be flagged.
  /// `urgency` is that of whoever knows better than the record, as the poll bot does of a reply: where it is the highest, that is told every time.
  func alerts(
    for event: MessageEvent, record: ScoreRecord, kind: ReviewKind?, urgency given: Int? = nil, keys: ServiceKeys
  ) -> [AlertDraft] {
    guard !targets.isEmpty else { return [] }
    let crossed = event.before.band < alertFrom && record.conversation.band >= alertFrom
    let asked = !event.before.supportNeeded && record.conversation.supportNeeded
    guard crossed || asked || given == FlagPolicy.now else { return [] }
    let kind = kind ?? (asked ? .disclosure : .risk)
    let conversationID = String(decoding: record.conversationID, as: UTF8.self)
    let payload = payload(
      of: event, record: record, kind: kind, urgency: given ?? urgency(kind, record),
      isHelp: asked || given == FlagPolicy.now && kind == .disclosure)
    return targets.map {
      AlertDraft(
        target: $0, conversationID: conversationID, payload: payload, createdAt: event.receivedAt,
        subject: keys.subject(of: conversationID))
    }
  }

  /// An alert's body: ids and figures, no text.
  private func payload(
    of event: MessageEvent, record: ScoreRecord, kind: ReviewKind, urgency: Int, isHelp: Bool
  ) -> [UInt8] {
    let conversation = record.conversation
    let buffer = JSONBuffer(capacity: 512)
    buffer.append("{\"event\":")
    buffer.append(json: isHelp ? "support_needed" : "band_crossed")
    buffer.append(",\"conversation_id\":")
    buffer.append(json: record.conversationID)
    buffer.append(",\"message_id\":")
    buffer.append(json: event.messageID)
    buffer.append(",\"band\":")
    buffer.append(json: conversation.band.name)
    buffer.append(",\"score\":")
    buffer.append(probability: conversation.score)
    buffer.append(",\"label\":")
    buffer.append(json: kind == .disclosure ? Label.disclosure.name : conversation.top.name)
    buffer.append(conversation.supportNeeded ? ",\"support_needed\":true" : ",\"support_needed\":false")
    buffer.append(",\"urgency\":")
    buffer.append(integer: urgency)
    buffer.append(",\"at\":")
    buffer.append(integer: Int(event.receivedAt))
    buffer.append(",\"model\":")
    buffer.append(json: modelID)
    buffer.append("}")
    return buffer.withBytes { Array($0) }
  }
}
