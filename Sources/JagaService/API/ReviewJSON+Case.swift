internal import JagaBatch
internal import JagaStore

extension ReviewJSON {
  /// A case with its item: no text, no contact, no address.
  static func write(_ known: ReviewCase, of item: ReviewItem, to buffer: JSONBuffer) {
    buffer.append("{\"item\":")
    buffer.append(integer: known.item)
    field("conversation_id", item.conversationID, to: buffer)
    field("kind", item.kind.rawValue, to: buffer)
    field("status", item.status.rawValue, to: buffer)
    field("urgency", known.urgency.rawValue, to: buffer)
    field("lang", known.language, to: buffer)
    field("channel", known.channel, to: buffer)
    flag("wants_contact", known.wantsContact, to: buffer)
    flag("awaits_answer", known.awaitsAnswer, to: buffer)
    flag("stopped", known.isStopped, to: buffer)
    flag("left", known.hasLeft, to: buffer)
    flag("reachable", known.obstacle == nil, to: buffer)
    if let follows = item.follows { number("follows", follows, to: buffer) }
    number("opened_at", Int(known.openedAt), to: buffer)
    number("updated_at", Int(known.updatedAt), to: buffer)
    number("changed_at", Int(max(known.updatedAt, item.updatedAt)), to: buffer)
    list("responses", known.responses, to: buffer) { response, buffer in
      buffer.append("{\"at\":")
      buffer.append(integer: Int(response.at))
      if let id = response.responseID { field("response", id, to: buffer) }
      if let reviewer = response.reviewer { field("reviewer", reviewer, to: buffer) }
      if let status = response.status { field("delivery", status.rawValue, to: buffer) }
      buffer.append("}")
    }
    buffer.append("}")
  }

  /// Yes, no, or null where nothing was said.
  private static func flag(_ name: StaticString, _ value: Bool?, to buffer: JSONBuffer) {
    buffer.append(",\"")
    buffer.append(name)
    buffer.append("\":")
    switch value {
    case true?: buffer.append("true")
    case false?: buffer.append("false")
    case nil: buffer.append("null")
    }
  }
}
