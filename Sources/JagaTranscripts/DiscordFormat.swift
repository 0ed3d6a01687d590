internal import JagaCore

/// DiscordChatExporter's JSON: one channel a file.
struct DiscordFormat: WholeFileFormat {
  func conversations(_ root: JSONNode) -> [WholeFileConversation]? {
    guard let messages = root["messages"], messages.kind == .array else { return nil }
    let id = root["channel"]?["id"]?.identifier() ?? []
    return [WholeFileConversation(id: id, messages: messages.elements)]
  }

  func message(_ node: JSONNode, into batch: inout MessageBatch, options: ReaderOptions) -> WholeFileItem {
    guard node.kind == .object else { return .malformed(.wrongType("messages")) }
    if let type = node["type"]?.string, !type.equals("Default"), !type.equals("Reply") { return .system }
    let author = node["author"]
    if author?["isBot"]?.isTrue == true { return .bot }
    guard let content = node["content"] else { return .malformed(.missingField("content")) }
    guard let text = content.string else { return .malformed(.wrongType("content")) }
    if text.allSatisfy({ $0 <= 0x20 }) { return .noText }
    var made = RecordRow(in: batch)
    made.set(\.text, text, in: &batch)
    if let id = node["id"]?.identifier() { made.set(\.messageID, id, in: &batch) }
    if let id = author?["id"]?.identifier() ?? author?["name"]?.identifier() {
      made.set(\.authorID, id, in: &batch)
    }
    var badTime = false
    if let stated = node["timestamp"] {
      let time = stated.string.flatMap { Timestamp.parse($0, offsetMinutes: options.utcOffsetMinutes) }
      made.row.timestamp = time ?? MessageBatch.Row.noTimestamp
      badTime = time == nil
    }
    return .message(made, badTime: badTime)
  }

  func names(_ node: JSONNode) -> [(name: [UInt8], id: [UInt8])] {
    var people: [JSONNode] = []
    if let author = node["author"] { people.append(author) }
    if let mentions = node["mentions"] { people.append(contentsOf: mentions.elements) }
    var found: [(name: [UInt8], id: [UInt8])] = []
    for person in people {
      guard let id = person["id"]?.identifier() ?? person["name"]?.identifier() else { continue }
      if let name = person["name"]?.string { found.append((Array(name), id)) }
      if let nickname = person["nickname"]?.string { found.append((Array(nickname), id)) }
    }
    return found
  }
}
