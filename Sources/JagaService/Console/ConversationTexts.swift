internal import JagaConsole
internal import JagaCore
internal import JagaStore
internal import Logging

/// The texts at hand of one conversation: those that its pipeline has supplied, and those that are kept sealed.
struct ConversationTexts {
  let parts: ServiceParts
  let conversation: String
  let now: Int64

  /// Messages without a flag that are shown before and after one with a flag.
  static let context = 4

  /// A text with its place.
  struct Placed: Equatable {
    var id: String
    var index: Int
    var author: String
    var timestamp: Int64?
    var text: String
  }

  /// The flagged messages with their texts, and what was written around them, in order.
  func messages(_ flags: [KeptFlag]) throws -> [MessageView] {
    let sealed = try parts.store.texts(conversation: conversation, now: now)
    var places = Dictionary(flags.map { ($0.messageID, $0.messageIndex) }, uniquingKeysWith: { first, _ in first })
    for text in sealed { places[text.messageID] = text.messageIndex }
    var texts = opened(sealed)
    let supplied = parts.supplied.messages(of: conversation, now: now) ?? []
    for placed in Self.placed(supplied, known: places) { texts[placed.index] = placed }
    var shown: [Int: MessageView] = [:]
    for flag in flags {
      shown[flag.messageIndex] = MessageView(
        id: flag.messageID, index: flag.messageIndex, author: flag.authorID, timestamp: flag.timestamp,
        content: content(texts[flag.messageIndex], flag), flag: FlagView(flag))
    }
    for index in flags.map(\.messageIndex) {
      for near in max(0, index - Self.context)...(index + Self.context) where shown[near] == nil {
        guard let text = texts[near] else { continue }
        shown[near] = MessageView(
          id: text.id, index: near, author: text.author, timestamp: text.timestamp, content: .text(text.text))
      }
    }
    return shown.values.sorted { $0.index < $1.index }
  }

  private func opened(_ sealed: [SealedText]) -> [Int: Placed] {
    guard let key = parts.keys.sealing else { return [:] }
    var texts: [Int: Placed] = [:]
    var failures = 0
    for one in sealed {
      guard let text = TextSealing.open(one, with: key) else {
        failures += 1
        continue
      }
      texts[one.messageIndex] = Placed(
        id: one.messageID, index: one.messageIndex, author: one.authorID, timestamp: one.timestamp, text: text)
    }
    if failures > 0 { parts.logger.warning("sealed texts cannot be opened", metadata: ["texts": "\(failures)"]) }
    return texts
  }

  /// Whether a text is the one that was scored.
  private func content(_ placed: Placed?, _ flag: KeptFlag) -> MessageView.Content {
    guard let placed else { return .missing }
    guard !flag.textHMAC.isEmpty else { return .text(placed.text) }
    let mark = Array(placed.text.utf8).withUnsafeBufferPointer { parts.keys.mark(of: $0) }
    if TokenSecret.isSame(mark, flag.textHMAC) { return .text(placed.text) }
    return placed.id == flag.messageID ? .differs(placed.text) : .missing
  }

  /// Finds the places of supplied messages. Those whose ids are known fix the others, as long as they agree; where they do not, messages are left out
  /// somewhere between them, and only the known ones can be placed. Without a known id the first message is taken for the conversation's first.
  static func placed(_ messages: [Message], known: [String: Int]) -> [Placed] {
    var seen = Set<String>()
    let messages = messages.filter { $0.messageID.isEmpty || seen.insert($0.messageID).inserted }
    let shifts = Set(
      messages.enumerated().compactMap { position, message in
        known[message.messageID].map { $0 - position }
      })
    return messages.enumerated().compactMap { position, message in
      let index = shifts.count > 1 ? known[message.messageID] : position + (shifts.first ?? 0)
      guard let index, index >= 0 else { return nil }
      return Placed(
        id: message.messageID, index: index, author: message.authorID, timestamp: message.timestamp, text: message.text)
    }
  }
}
