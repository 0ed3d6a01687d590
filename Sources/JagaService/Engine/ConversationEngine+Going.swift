internal import JagaBatch
internal import JagaCore
internal import JagaScoring
internal import JagaStore

extension ConversationEngine {
  /// Concludes a message in its conversation and notes what the store shall have. True when the store has to have it before anybody is answered.
  func go(
    on row: MessageBatch.Row, bytes: UnsafeBufferPointer<UInt8>, assessment: Assessment, bench: ScoringBench,
    explains: Bool
  ) throws(StoreError) -> Bool {
    let id = String(decoding: bytes.part(row.conversationID), as: UTF8.self)
    let authorID = bytes.part(row.authorID)
    let author = authorID.isEmpty ? 0 : tokenHash(authorID)
    let text = bytes.part(row.text)
    let textHash = tokenHash(text)
    let messageHash = row.isNumbered ? 0 : tokenHash(bytes.part(row.messageID))
    return try shards.withShard(of: id) { shard throws(StoreError) in
      let conversation = try shard.conversation(id) { made throws(StoreError) in try self.load(made) }
      let before = self.scorer.summary(of: conversation.state)
      let key = combinedHash(tokenHash(bytes.part(row.conversationID)), messageHash)
      let isRepeated = !row.isNumbered && !conversation.isNew(messageHash)
      var mayFlag = true
      let conclusion: Conclusion
      if isRepeated {
        self.counts.repeated()
        if let answer = shard.answer(key), answer.text == textHash {
          conclusion = answer.conclusion
        } else {
          // Against the conversation as it stands, which already holds the message: only what it says by itself may raise a flag, an edited message for example.
          var (copy, fresh) = (conversation.state, ConversationState())
          conclusion = self.scorer.conclude(assessment, author: author, in: &copy)
          let alone = self.scorer.conclude(assessment, author: author, in: &fresh)
          mayFlag = self.flagging.flags(alone)
        }
      } else {
        conclusion = self.scorer.conclude(assessment, author: author, in: &conversation.state)
        conversation.authors.note(author, id: authorID, in: conversation.state, scorer: self.scorer)
        if !row.isNumbered {
          conversation.remember(messageHash)
          shard.remember(ConversationShard.Answer(conclusion: conclusion, text: textHash), key: key)
        }
        conversation.messages += 1
        if conversation.firstAlertMessageID.isEmpty, before.band < .review,
          conclusion.conversation.band >= .review
        {
          conversation.firstAlertMessageID = Array(bytes.part(row.messageID))
        }
      }
      self.fill(bench, row: row, bytes: bytes, conclusion: conclusion, explains: explains)
      let received = self.now()
      conversation.updatedAt = received
      let index = max(conversation.messages - 1, 0)
      let event = MessageEvent(
        row: row, bytes: bytes, index: index, receivedAt: received, before: before, isRepeated: isRepeated)
      let mustSettle = self.note(event, mayFlag: mayFlag, in: conversation, bench: bench)
      var isCrowded = false
      if !isRepeated || !conversation.pending.isEmpty {
        if !conversation.isQueued {
          conversation.isQueued = true
          isCrowded = self.keeper.add(conversation)
        }
      }
      return mustSettle || isCrowded || (isRepeated && conversation.isQueued)
    }
  }

  /// Reads a conversation from the store, where there is one.
  func load(_ made: LiveConversation) throws(StoreError) {
    guard let kept = try store.conversation(made.id) else { return }
    if !made.restore(kept, modelID: scorer.modelID) { counts.restarted() }
  }

  /// Notes flag, alert and text of a message. True when it raised a flag.
  private func note(_ event: MessageEvent, mayFlag: Bool, in conversation: LiveConversation, bench: ScoringBench)
    -> Bool
  {
    if settings.keepsText, !event.isRepeated, let sealing = keys.sealing {
      conversation.pending.texts.append(
        event.sealed(with: sealing, conversation: conversation.id, settings: settings))
    }
    guard mayFlag, let kind = flagging.kind(of: bench.record, before: event.before) else { return false }
    let flag = flagging.flag(kind, of: event, record: &bench.record, buffer: bench.buffer, keys: keys)
    conversation.pending.flags.append(flag)
    if !event.isRepeated {
      counts.flagged(kind, flag.band)
      conversation.pending.alerts += flagging.alerts(for: flag, before: event.before)
    }
    return true
  }
}

/// A message that was just concluded, and what was before it.
struct MessageEvent {
  let row: MessageBatch.Row
  let bytes: UnsafeBufferPointer<UInt8>
  /// Its place in the conversation, from 0.
  let index: Int
  let receivedAt: Int64
  /// The conversation before the message.
  let before: ConversationScore
  let isRepeated: Bool

  /// The id under which the store knows it: its own, or `#` and its place where it has none.
  var messageID: String {
    row.isNumbered ? "#\(index)" : String(decoding: bytes.part(row.messageID), as: UTF8.self)
  }

  var authorID: String { String(decoding: bytes.part(row.authorID), as: UTF8.self) }
  var timestamp: Int64? { row.timestamp == MessageBatch.Row.noTimestamp ? nil : row.timestamp }
}
