/// What a service must know of a conversation between two of its messages. It holds ids and evidence, no text.
public struct KeptConversation: Hashable, Sendable {
  /// How many of the last messages are known again when they are repeated.
  public static let seenLimit = 512

  /// The id that the pipeline gave it, or its keyed hash.
  public var id: String
  /// The packed conversation state of the scorer, bound to ``modelID``.
  public var state: [UInt8]
  /// The model under which the state was made; another model starts afresh.
  public var modelID: String
  /// Hashes of the last message ids, oldest first; of more than ``seenLimit`` the oldest are not kept.
  public var seen: [UInt64]
  /// Authors in the state.
  public var authors: [KeptAuthor]
  /// The first message at which the conversation reached band `review`.
  public var firstAlertMessageID: String?
  /// How many messages were counted.
  public var messages: Int
  /// When it was last written to, in milliseconds since 1970.
  public var updatedAt: Int64

  /// Creates a conversation.
  public init(
    id: String, state: [UInt8], modelID: String, seen: [UInt64] = [], authors: [KeptAuthor] = [],
    firstAlertMessageID: String? = nil, messages: Int, updatedAt: Int64
  ) {
    self.id = id
    self.state = state
    self.modelID = modelID
    self.seen = seen
    self.authors = authors
    self.firstAlertMessageID = firstAlertMessageID
    self.messages = messages
    self.updatedAt = updatedAt
  }
}

/// The id that a hash in a conversation's state stands for.
public struct KeptAuthor: Hashable, Sendable {
  /// The hash in the state.
  public var hash: UInt64
  /// The id.
  public var id: String

  /// Creates an author.
  public init(hash: UInt64, id: String) {
    self.hash = hash
    self.id = id
  }
}
