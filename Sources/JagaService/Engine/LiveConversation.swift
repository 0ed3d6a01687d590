internal import JagaBatch
internal import JagaScoring
internal import JagaStore

/// One conversation in memory, between messages. Guarded by the lock of its shard, which is what makes it safe to share.
final class LiveConversation: @unchecked Sendable {
  let id: String
  var state = ConversationState()
  var authors = AuthorNames()
  /// Hashes of the last message ids, oldest first.
  var seen: [UInt64] = []
  /// Messages so far, also of before a change of model.
  var messages = 0
  var firstAlertMessageID: [UInt8] = []
  var updatedAt: Int64 = 0
  /// True when its state began anew under another model.
  var isPartial = false
  /// What the store does not have yet, besides the state itself.
  var pending = PendingChanges()
  /// True while the keeper has it in its list.
  var isQueued = false
  /// True while a transaction is writing it: until it is through, the store has an older state.
  var isBeingWritten = false
  /// Since when what it has for the store cannot be written, though that of others can; nil while nothing is wrong with it. No message is taken on meanwhile.
  var failingSince: ContinuousClock.Instant?
  /// True once it was deleted: whoever still holds it writes nothing.
  var isDeleted = false
  /// Its neighbours in the order of the last use.
  unowned(unsafe) var older: LiveConversation?
  unowned(unsafe) var newer: LiveConversation?

  /// How many message ids are remembered.
  static let seenLimit = KeptConversation.seenLimit

  init(id: String) { self.id = id }

  /// The place in the conversation, from 0, of a message whose id is one of the last; nil for a new one. Exact where all messages since have ids.
  func index(ofSeen hash: UInt64) -> Int? {
    seen.lastIndex(of: hash).map { max(0, messages - (seen.count - $0)) }
  }

  func remember(_ hash: UInt64) {
    if seen.count >= LiveConversation.seenLimit { seen.removeFirst(seen.count - LiveConversation.seenLimit + 1) }
    seen.append(hash)
  }

  /// What the store shall have, and nothing pending afterwards.
  func takeChanges(modelID: String, into changes: inout ServiceChanges) -> PendingChanges {
    var bytes: [UInt8] = []
    state.pack(into: &bytes)
    changes.conversations.append(
      KeptConversation(
        id: id, state: bytes, modelID: modelID, seen: seen,
        authors: authors.names.map { KeptAuthor(hash: $0.hash, id: String(decoding: $0.id, as: UTF8.self)) },
        firstAlertMessageID: firstAlertMessageID.isEmpty
          ? nil : String(decoding: firstAlertMessageID, as: UTF8.self), messages: messages, updatedAt: updatedAt))
    let taken = pending
    changes.flags += taken.flags
    changes.texts += taken.texts
    changes.alerts += taken.alerts
    changes.polls += taken.polls
    if let until = taken.keptUntil { changes.longerTexts.append(.init(conversationID: id, until: until)) }
    pending = PendingChanges()
    return taken
  }

  /// Goes on where the store left it. False when its state belongs to another model, or cannot be read: then it begins anew.
  func restore(_ kept: KeptConversation, modelID: String) -> Bool {
    seen = kept.seen
    messages = kept.messages
    updatedAt = kept.updatedAt
    guard kept.modelID == modelID,
      let unpacked = kept.state.withUnsafeBytes({ ConversationState(unpacking: $0) })
    else {
      isPartial = true
      return false
    }
    state = unpacked
    authors = AuthorNames(kept.authors.map { ($0.hash, Array($0.id.utf8)) })
    firstAlertMessageID = kept.firstAlertMessageID.map { Array($0.utf8) } ?? []
    isPartial = kept.messages > unpacked.messages
    return true
  }
}

/// What a conversation's messages left for the store.
struct PendingChanges {
  var flags: [KeptFlag] = []
  var texts: [SealedText] = []
  var alerts: [AlertDraft] = []
  var polls: [PollChange] = []
  /// Since the conversation is flagged, all its texts are kept until then.
  var keptUntil: Int64?

  var isEmpty: Bool { flags.isEmpty && texts.isEmpty && alerts.isEmpty && polls.isEmpty && keptUntil == nil }

  /// Puts back what could not be written, before what came since.
  mutating func putBack(_ earlier: PendingChanges) {
    flags = earlier.flags + flags
    texts = earlier.texts + texts
    alerts = earlier.alerts + alerts
    polls = earlier.polls + polls
    keptUntil = keptUntil ?? earlier.keptUntil
  }
}
