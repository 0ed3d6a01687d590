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
      let departures = shard.departures
      let conversation = try shard.conversation(id) { made throws(StoreError) in
        if let foreseen = bench.foreseen[id], foreseen.departures == departures {
          self.restore(made, from: foreseen.kept)
        } else {
          try self.load(made)
        }
      }
      guard conversation.failingSince == nil else {
        throw StoreError.cannotWrite(
          file: self.store.path, reason: "what came before of this conversation cannot be written")
      }
      let before = self.scorer.summary(of: conversation.state)
      let key = combinedHash(tokenHash(bytes.part(row.conversationID)), messageHash)
      let known = row.isNumbered ? nil : conversation.index(ofSeen: messageHash)
      let isRepeated = known != nil
      var mayFlag = true
      let conclusion: Conclusion
      if let known {
        self.counts.repeated()
        if let answer = shard.answer(key), answer.text == textHash {
          conclusion = answer.conclusion
        } else {
          // The conversation already holds the message: only what it says by itself may raise a flag, an edited message for example.
          (conclusion, mayFlag) = self.scorer.concludeAgain(
            assessment, author: author, index: known, in: &conversation.state, matters: self.flagging.flags)
        }
      } else {
        if bench.turn != nil {
          self.scorer.ask(bench.asked, author: ConversationEngine.asker, in: &conversation.state)
        }
        conclusion = self.scorer.conclude(assessment, author: author, in: &conversation.state)
        conversation.authors.note(author, id: authorID, in: conversation.state, scorer: self.scorer)
        if !row.isNumbered {
          conversation.remember(messageHash)
          shard.remember(ConversationShard.Answer(conclusion: conclusion, text: textHash), key: key)
        }
        conversation.messages += 1
      }
      if conversation.firstAlertMessageID.isEmpty, before.band < .review, conclusion.conversation.band >= .review {
        conversation.firstAlertMessageID = Array(bytes.part(row.messageID))
      }
      self.fill(bench, row: row, bytes: bytes, conclusion: conclusion, explains: explains)
      let received = self.now()
      conversation.updatedAt = received
      let event = MessageEvent(
        row: row, bytes: bytes, index: known ?? max(conversation.messages - 1, 0), receivedAt: received, before: before,
        isRepeated: isRepeated)
      if row.isNumbered { bench.record.messageID = bench.placeID(event.messageID) }
      let mustSettle = self.note(event, mayFlag: mayFlag, in: conversation, bench: bench)
      if !isRepeated || !conversation.pending.isEmpty, !conversation.isQueued {
        conversation.isQueued = true
        self.keeper.add(conversation)
      }
      // What is sent again may have been answered with an error: then it is not in the store yet.
      return mustSettle || (isRepeated && (conversation.isQueued || conversation.isBeingWritten))
    }
  }

  /// Reads a conversation from the store, where there is one.
  func load(_ made: LiveConversation) throws(StoreError) { restore(made, from: try store.conversation(made.id)) }

  private func restore(_ made: LiveConversation, from kept: KeptConversation?) {
    if let kept, !made.restore(kept, modelID: scorer.modelID) { counts.restarted() }
  }

  /// Reads those conversations of a slice together that are not in memory: one look at the store instead of one each, and no lock held meanwhile.
  func foresee(
    _ slice: some RandomAccessCollection<Int>, of batch: MessageBatch, bytes: UnsafeBufferPointer<UInt8>,
    bench: ScoringBench
  ) throws(StoreError) {
    bench.foreseen.removeAll(keepingCapacity: true)
    guard slice.count >= ConversationEngine.foreseenFrom else { return }
    for index in slice where !batch.rows[index].isAlone {
      let id = String(decoding: bytes.part(batch.rows[index].conversationID), as: UTF8.self)
      shards.withShard(of: id) { shard in
        if shard.known(id) == nil { bench.foreseen[id] = ScoringBench.Foreseen(departures: shard.departures) }
      }
    }
    guard !bench.foreseen.isEmpty else { return }
    for kept in try store.conversations(bench.foreseen.keys) { bench.foreseen[kept.id]?.kept = kept }
  }

  /// Notes flag, alerts and text of a message. True when the store has to have them before anybody is answered.
  private func note(_ event: MessageEvent, mayFlag: Bool, in conversation: LiveConversation, bench: ScoringBench)
    -> Bool
  {
    if let turn = bench.turn { return note(event, of: turn, in: conversation, bench: bench) }
    let kind = mayFlag ? flagging.kind(of: bench.record, before: event.before) : nil
    if settings.keepsText, !event.isRepeated, let sealing = keys.sealing {
      let isFlagged = kind != nil || flagging.isFlagged(bench.record.conversation)
      conversation.pending.texts.append(
        event.sealed(with: sealing, conversation: conversation.id, isFlagged: isFlagged, settings: settings))
    }
    let alerts = mayFlag ? flagging.alerts(for: event, record: bench.record, kind: kind, keys: keys) : []
    conversation.pending.alerts += alerts
    guard let kind else { return !alerts.isEmpty }
    raise(
      flagging.flag(kind, of: event, record: &bench.record, buffer: bench.buffer, keys: keys), in: conversation, event)
    if settings.keepsText {
      conversation.pending.keptUntil = event.receivedAt + Int64(settings.textHours.flagged) * 3_600_000
    }
    return true
  }

  private func raise(_ flag: KeptFlag, in conversation: LiveConversation, _ event: MessageEvent) {
    if !conversation.pending.flags.contains(where: { $0.messageID == flag.messageID }) {
      conversation.pending.flags.append(flag)
    }
    if !event.isRepeated { counts.flagged(flag.kind, flag.band) }
  }

  /// Notes what was decided about a reply. It always goes to the store before anybody is answered.
  private func note(
    _ event: MessageEvent, of turn: ReplyTurn, in conversation: LiveConversation, bench: ScoringBench
  ) -> Bool {
    var decision = turn.decide(bench.record, event)
    if let kind = decision.kind {
      var flag = flagging.flag(kind, of: event, record: &bench.record, buffer: bench.buffer, keys: keys)
      flag.urgency = decision.urgency
      raise(flag, in: conversation, event)
      if !event.isRepeated {
        conversation.pending.alerts += flagging.alerts(
          for: event, record: bench.record, kind: kind, urgency: decision.urgency, keys: keys)
      }
    }
    if let kind = decision.further {
      var flag = flagging.flag(kind, of: event, record: &bench.record, buffer: bench.buffer, keys: keys)
      flag.urgency = decision.urgency
      for place in decision.polls.indices { decision.polls[place].case?.further = flag }
    }
    conversation.pending.texts += decision.texts
    conversation.pending.polls += decision.polls
    if let until = decision.keptUntil { conversation.pending.keptUntil = until }
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
