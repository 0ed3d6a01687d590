internal import JagaCore

/// Telegram Desktop's `result.json`: one chat, or all of them under `chats.list` (and `left_chats.list`).
struct TelegramFormat: WholeFileFormat {
  func conversations(_ root: JSONNode) -> [WholeFileConversation]? {
    if let messages = root["messages"], messages.kind == .array { return [chat(root, messages)] }
    guard root["chats"] != nil || root["left_chats"] != nil else { return nil }
    var found: [WholeFileConversation] = []
    for list in [root["chats"]?["list"], root["left_chats"]?["list"]] {
      for item in list?.elements ?? JSONNode.Elements(node: root, place: 0, end: 0) {
        if let messages = item["messages"] { found.append(chat(item, messages)) }
      }
    }
    return found
  }

  private func chat(_ node: JSONNode, _ messages: JSONNode) -> WholeFileConversation {
    WholeFileConversation(id: node["id"]?.identifier() ?? [], messages: messages.elements)
  }

  func message(_ node: JSONNode, into batch: inout MessageBatch, options: ReaderOptions) -> WholeFileItem {
    guard node.kind == .object else { return .malformed(.wrongType("messages")) }
    if let type = node["type"]?.string, !type.equals("message") { return .system }
    guard let text = text(node) else { return .malformed(.wrongType("text")) }
    if text.allSatisfy({ $0 <= 0x20 }) { return .noText }
    var made = RecordRow(in: batch)
    made.set(\.text, text, in: &batch)
    if let id = node["id"]?.identifier() { made.set(\.messageID, id, in: &batch) }
    if let author = node["from_id"]?.identifier() ?? node["from"]?.identifier() {
      made.set(\.authorID, author, in: &batch)
    }
    let (time, stated) = time(node, offsetMinutes: options.utcOffsetMinutes)
    made.row.timestamp = time ?? MessageBatch.Row.noTimestamp
    return .message(made, badTime: stated && time == nil)
  }

  /// `text_entities` where they hold something, else `text`; nil when neither has the right type.
  private func text(_ node: JSONNode) -> [UInt8]? {
    if let entities = node["text_entities"], entities.kind == .array, let joined = join(entities), !joined.isEmpty {
      return joined
    }
    guard let text = node["text"] else { return [] }
    if let string = text.string { return Array(string) }
    return text.kind == .array ? join(text) : nil
  }

  private func join(_ parts: JSONNode) -> [UInt8]? {
    var joined: [UInt8] = []
    for part in parts.elements {
      guard let string = part.string ?? part["text"]?.string else { return nil }
      joined.append(contentsOf: string)
    }
    return joined
  }

  /// `date_unixtime` before `date`, which has no zone.
  private func time(_ node: JSONNode, offsetMinutes: Int) -> (time: Int64?, stated: Bool) {
    guard let stated = node["date_unixtime"] ?? node["date"] else { return (nil, false) }
    if let number = stated.number { return (Timestamp.fromNumber(number), true) }
    return (stated.string.flatMap { Timestamp.parse($0, offsetMinutes: offsetMinutes) }, true)
  }

  func names(_ node: JSONNode) -> [(name: [UInt8], id: [UInt8])] {
    guard let name = node["from"]?.string, let id = node["from_id"]?.identifier() ?? node["from"]?.identifier() else {
      return []
    }
    return [(Array(name), id)]
  }
}
