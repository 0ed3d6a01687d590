internal import JagaPollBot
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
    let messages = try await waiting(channel: channel, address: address)
    let (store, now) = (parts.store, parts.now())
    try await StoreWork.run {
      for message in messages { try store.settleOutgoing(message.id, .sent, now: now) }
    }
    return messages
  }

  /// The messages that wait for a contact, in order; they wait on until ``confirm(_:channel:address:)``. Throws ``StoreError``.
  public func waiting(channel: String, address: String) async throws -> [BotMessage] {
    let (store, keys, now) = (parts.store, parts.keys.contacts, parts.now())
    let contact = keys.contact(channel: channel, address: address)
    return try await StoreWork.run {
      var messages: [BotMessage] = []
      for message in try store.waitingOutgoing(channel: channel, contact: contact) {
        guard let text = keys.open(message.sealed, for: ContactKeys.outgoing(message.id)) else {
          try store.settleOutgoing(message.id, .dead(reason: "the text cannot be opened"), now: now)
          continue
        }
        messages.append(BotMessage(id: message.id, text: text))
      }
      return messages
    }
  }

  /// A contact was shown the messages up to this one: they are delivered. An id that waits for somebody else, or not at all, changes nothing. Throws ``StoreError``.
  public func confirm(_ id: String, channel: String, address: String) async throws {
    let (store, keys, now) = (parts.store, parts.keys.contacts, parts.now())
    let contact = keys.contact(channel: channel, address: address)
    try await StoreWork.run {
      let waiting = try store.waitingOutgoing(channel: channel, contact: contact)
      guard let last = waiting.firstIndex(where: { $0.id == id }) else { return }
      for message in waiting[...last] { _ = try store.outgoingStatus(message.id, .delivered, now: now) }
    }
  }

  /// The question that is open for a contact, as it was asked; nil when none is. For pages that were loaded anew. Throws ``StoreError``.
  public func openQuestion(channel: String, address: String) async throws -> String? {
    let (store, polls) = (parts.store, polls)
    let contact = parts.keys.contacts.contact(channel: channel, address: address)
    return try await StoreWork.run {
      guard let kept = try store.pollSession(channel: channel, contact: contact),
        let machine = polls.machine(kept.pollID, version: kept.pollVersion)
      else { return nil }
      return (try? PollSession(decoding: kept.state)).flatMap { machine.question(of: $0) }
    }
  }
}
