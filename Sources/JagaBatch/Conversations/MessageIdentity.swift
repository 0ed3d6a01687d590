internal import JagaCore

/// What a shard is told of a message besides its assessment. Ids are borrowed for the call.
struct MessageIdentity {
  let conversationID: UnsafeBufferPointer<UInt8>
  let messageID: UnsafeBufferPointer<UInt8>
  let authorID: UnsafeBufferPointer<UInt8>
  let timestamp: Int64
  let isAlone: Bool

  /// A message of a batch, whose memory is `bytes`.
  init(_ row: MessageBatch.Row, bytes: UnsafeBufferPointer<UInt8>) {
    conversationID = bytes.field(row.conversationID)
    messageID = bytes.field(row.messageID)
    authorID = bytes.field(row.authorID)
    timestamp = row.timestamp
    isAlone = row.isAlone
  }

  /// A message that stands by itself in memory; without a conversation it is alone.
  init(conversationID: UnsafeBufferPointer<UInt8>, authorID: UnsafeBufferPointer<UInt8>) {
    self.conversationID = conversationID
    messageID = UnsafeBufferPointer(start: nil, count: 0)
    self.authorID = authorID
    timestamp = MessageBatch.Row.noTimestamp
    isAlone = conversationID.isEmpty
  }
}
