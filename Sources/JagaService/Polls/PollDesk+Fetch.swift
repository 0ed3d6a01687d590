internal import JagaStore

/// A message of the bot, on its way to a contact.
public struct BotMessage: Sendable, Equatable {
  /// Its id.
  public var id: String
  /// What it says.
  public var text: String
}

extension PollDesk {
  /// The messages that wait for a contact, in order, for channels that fetch them; they count as sent from now on. Throws ``StoreError``.
  public func fetch(channel: String, address: String) async throws -> [BotMessage] {
    let (store, keys, now) = (parts.store, parts.keys.contacts, parts.now())
    let contact = keys.contact(channel: channel, address: address)
    return try await StoreWork.run {
      var messages: [BotMessage] = []
      for message in try store.waitingOutgoing(channel: channel, contact: contact) {
        guard let text = keys.open(message.sealed, for: ContactKeys.outgoing(message.id)) else {
          try store.settleOutgoing(message.id, .dead(reason: "the text cannot be opened"), now: now)
          continue
        }
        try store.settleOutgoing(message.id, .sent, now: now)
        messages.append(BotMessage(id: message.id, text: text))
      }
      return messages
    }
  }
}
