internal import Crypto
internal import JagaCore
internal import JagaStore

extension MessageEvent {
  /// The text, sealed.
  func sealed(
    with key: SymmetricKey, conversation: String, isFlagged: Bool, settings: ServiceSettings
  ) -> SealedText {
    TextSealing.seal(
      Array(bytes.part(row.text)), with: key,
      as: SealedText(
        conversationID: conversation, messageID: messageID, authorID: authorID, messageIndex: index,
        timestamp: timestamp, sealed: [],
        expiresAt: receivedAt + Int64(isFlagged ? settings.textHours.flagged : settings.textHours.other) * 3_600_000,
        isContext: !isFlagged))
  }
}

/// Seals and opens texts: AES-256-GCM under the operator's key, bound to conversation and message.
enum TextSealing {
  /// `place` with the sealed text.
  static func seal(_ text: [UInt8], with key: SymmetricKey, as place: SealedText) -> SealedText {
    // Sealing fails for keys of a wrong size alone, and the key was checked when it was read.
    let box = try? AES.GCM.seal(
      text, using: key, authenticating: binding(conversation: place.conversationID, message: place.messageID))
    var sealed = place
    sealed.sealed = box?.combined.map { Array($0) } ?? []
    return sealed
  }

  static func binding(conversation: String, message: String) -> [UInt8] {
    Array(conversation.utf8) + [0] + Array(message.utf8)
  }

  /// The text; nil when the key is another one or the bytes were changed.
  static func open(_ text: SealedText, with key: SymmetricKey) -> String? {
    guard let box = try? AES.GCM.SealedBox(combined: text.sealed),
      let opened = try? AES.GCM.open(
        box, using: key, authenticating: binding(conversation: text.conversationID, message: text.messageID))
    else { return nil }
    return String(decoding: opened, as: UTF8.self)
  }
}
