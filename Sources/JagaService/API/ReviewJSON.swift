internal import Crypto
internal import JagaBatch
internal import JagaCore
internal import JagaStore

/// Items, decisions and counts as JSON.
enum ReviewJSON {
  static func write(_ item: ReviewItem, to buffer: JSONBuffer) {
    buffer.append("{\"item\":")
    buffer.append(integer: item.number)
    field("conversation_id", item.conversationID, to: buffer)
    field("kind", item.kind.rawValue, to: buffer)
    field("status", item.status.rawValue, to: buffer)
    field("band", item.band.name, to: buffer)
    number("urgency", item.urgency, to: buffer)
    field("label", item.label.name, to: buffer)
    field("message_id", item.messageID, to: buffer)
    field("lang", item.language, to: buffer)
    number("flags", item.flags, to: buffer)
    if let follows = item.follows { number("follows", follows, to: buffer) }
    number("opened_at", Int(item.openedAt), to: buffer)
    number("updated_at", Int(item.updatedAt), to: buffer)
    if let closedAt = item.closedAt { number("closed_at", Int(closedAt), to: buffer) }
    if item.status == .closed, let outcome = item.outcome { field("outcome", outcome.rawValue, to: buffer) }
    if item.status == .closed, let label = item.outcomeLabel { field("outcome_label", label.name, to: buffer) }
    field("model", item.modelID, to: buffer)
    buffer.append("}")
  }

  static func write(_ decision: KeptDecision, to buffer: JSONBuffer) {
    buffer.append("{\"item\":")
    buffer.append(integer: decision.item)
    field("round", decision.round.rawValue, to: buffer)
    field("reviewer", decision.reviewer, to: buffer)
    field("verdict", decision.verdict.rawValue, to: buffer)
    if let label = decision.label { field("label", label.name, to: buffer) }
    number("at", Int(decision.at), to: buffer)
    buffer.append("}")
  }

  /// What was deleted; `supplied` counts texts that were in memory alone.
  static func write(_ counts: DeletedCounts, supplied: Int, to buffer: JSONBuffer) {
    buffer.append("{\"deleted\":{\"conversations\":")
    buffer.append(integer: counts.conversations)
    number("flags", counts.flags, to: buffer)
    number("items", counts.items, to: buffer)
    number("decisions", counts.decisions, to: buffer)
    number("appeals", counts.appeals, to: buffer)
    number("texts", counts.texts, to: buffer)
    number("alerts", counts.alerts, to: buffer)
    number("supplied", supplied, to: buffer)
    buffer.append("}}")
  }

  /// An export: flags as their records, texts opened where the key is at hand.
  static func write(_ export: ConversationExport, conversation id: String, keys: ServiceKeys, to buffer: JSONBuffer) {
    buffer.append("{\"conversation_id\":")
    buffer.append(json: id)
    if let kept = export.conversation {
      number("messages", kept.messages, to: buffer)
      number("updated_at", Int(kept.updatedAt), to: buffer)
      list("authors", kept.authors, to: buffer) { author, buffer in buffer.append(json: author.id) }
    }
    list("flags", export.flags, to: buffer) { flag, buffer in
      flag.record.withUnsafeBufferPointer { buffer.append($0) }
    }
    list("items", export.items, to: buffer, write)
    list("decisions", export.decisions, to: buffer, write)
    list("appeals", export.appeals, to: buffer) { appeal, buffer in
      buffer.append("{\"item\":")
      buffer.append(integer: appeal.item)
      field("by", appeal.by, to: buffer)
      field("reason", appeal.reason.rawValue, to: buffer)
      number("at", Int(appeal.at), to: buffer)
      buffer.append("}")
    }
    list("texts", export.texts, to: buffer) { text, buffer in
      buffer.append("{\"message_id\":")
      buffer.append(json: text.messageID)
      field("author_id", text.authorID, to: buffer)
      if let opened = keys.sealing.flatMap({ TextSealing.open(text, with: $0) }) {
        field("text", opened, to: buffer)
      } else {
        buffer.append(",\"text\":null")
      }
      buffer.append("}")
    }
    list("alerts", export.alerts, to: buffer, write)
    buffer.append("}")
  }

  private static func write(_ alert: KeptAlert, to buffer: JSONBuffer) {
    buffer.append("{\"number\":")
    buffer.append(integer: alert.number)
    field("target", alert.target, to: buffer)
    field("status", alert.status.rawValue, to: buffer)
    number("attempts", alert.attempts, to: buffer)
    number("created_at", Int(alert.createdAt), to: buffer)
    if let reason = alert.reason { field("reason", reason, to: buffer) }
    buffer.append(",\"payload\":")
    alert.payload.withUnsafeBufferPointer { buffer.append($0) }
    buffer.append("}")
  }

  static func list<Element>(
    _ name: StaticString, _ elements: [Element], to buffer: JSONBuffer, _ write: (Element, JSONBuffer) -> Void
  ) {
    buffer.append(",\"")
    buffer.append(name)
    buffer.append("\":[")
    for (place, element) in elements.enumerated() {
      if place > 0 { buffer.append(",") }
      write(element, buffer)
    }
    buffer.append("]")
  }

  static func field(_ name: StaticString, _ value: String, to buffer: JSONBuffer) {
    buffer.append(",\"")
    buffer.append(name)
    buffer.append("\":")
    buffer.append(json: value)
  }

  static func number(_ name: StaticString, _ value: Int, to buffer: JSONBuffer) {
    buffer.append(",\"")
    buffer.append(name)
    buffer.append("\":")
    buffer.append(integer: value)
  }
}
