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
  /// The most texts of a case that are shown for its sake alone: the last ones.
  static let caseLimit = 200

  /// A text with its place.
  struct Placed: Equatable {
    var id: String
    var index: Int
    var author: String
    var timestamp: Int64?
    var text: String
  }

  /// The flagged messages with their texts, and what was written around them, in order. Of a case all that is kept is shown, each reply after its question:
  /// it was kept for a person to read.
  func messages(_ flags: [KeptFlag], isCase: Bool) throws -> [MessageView] {
    var sealed = try parts.store.texts(conversation: conversation, now: now)
    var asked: [Int: Placed] = [:]
    if isCase {
      asked = opened(sealed.filter(Self.isQuestion))
      sealed.removeAll(where: Self.isQuestion)
    }
    var places = Dictionary(flags.map { ($0.messageID, $0.messageIndex) }, uniquingKeysWith: { first, _ in first })
    for text in sealed { places[text.messageID] = text.messageIndex }
    var texts = opened(sealed)
    let supplied = parts.supplied.messages(of: conversation, now: now) ?? []
    for placed in Self.placed(supplied, known: places) { texts[placed.index] = placed }
    var shown: [Int: MessageView] = [:]
    for flag in flags {
      shown[flag.messageIndex] = MessageView(
        id: flag.messageID, index: flag.messageIndex, author: flag.authorID, timestamp: flag.timestamp,
        content: content(texts[flag.messageIndex], flag), asked: asked[flag.messageIndex]?.text, flag: FlagView(flag))
    }
    func show(_ text: Placed) {
      shown[text.index] = MessageView(
        id: text.id, index: text.index, author: text.author, timestamp: text.timestamp, content: .text(text.text),
        asked: asked[text.index]?.text)
    }
    for index in flags.map(\.messageIndex) {
      for near in max(0, index - Self.context)...(index + Self.context) where shown[near] == nil {
        if let text = texts[near] { show(text) }
      }
    }
    if isCase {
      for text in texts.values.sorted(by: { $0.index < $1.index }).suffix(Self.caseLimit) where shown[text.index] == nil
      {
        show(text)
      }
    }
    return shown.values.sorted { $0.index < $1.index }
  }

  /// True for the question before a reply, which has the reply's place.
  private static func isQuestion(_ text: SealedText) -> Bool {
    text.authorID == ReplyScene.asker && text.messageID.hasSuffix(ReplyScene.askedEnding)
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
