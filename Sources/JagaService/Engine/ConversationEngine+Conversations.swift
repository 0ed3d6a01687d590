public import JagaBatch
internal import JagaScoring
public import JagaStore

extension ConversationEngine {
  /// What a conversation has come to; nil when none of its messages is known.
  public func conversation(_ id: String) throws(StoreError) -> ConversationRecord? {
    try shards.withShard(of: id) { shard throws(StoreError) in
      let conversation: LiveConversation
      if let known = shard.known(id) {
        conversation = known
      } else {
        conversation = LiveConversation(id: id)
        try self.load(conversation)
      }
      guard conversation.messages > 0 else { return nil }
      var record = ConversationRecord(of: conversation.state, authors: conversation.authors, scorer: self.scorer)
      record.conversationID = Array(id.utf8)
      record.firstAlertMessageID = conversation.firstAlertMessageID
      record.isPartial = conversation.isPartial
      return record
    }
  }

  /// Removes a conversation from memory and store, with flags, texts, items and decisions; the audit keeps that it was done. Messages of it that come later begin anew.
  public func delete(_ id: String, actor: String) async throws -> DeletedCounts {
    let (shards, store, subject, now) = (shards, store, keys.subject(of: id), now())
    return try await keeper.whenIdle {
      try shards.withShard(of: id) { shard in
        let counts = try store.deleteConversation(id, actor: actor, subject: subject, now: now)
        shard.remove(id)
        return counts
      }
    }
  }

  /// Conversations in memory, and how many gave way to others so far.
  public var liveConversations: (count: Int, evictions: Int) { shards.totals }
}
