/// One utterance of a conversation.
public struct Message: Hashable, Sendable {
  /// The conversation it belongs to.
  public var conversationID: String
  /// Unique within its conversation.
  public var messageID: String
  /// Who wrote it; empty when unknown.
  public var authorID: String
  /// A role such as `user`, `bot`, `moderator`; nil when unknown.
  public var authorRole: String?
  /// Milliseconds since 1970-01-01T00:00:00Z; nil when unknown.
  public var timestamp: Int64?
  /// The text; always valid Unicode, since readers repair what is not and count a warning.
  public var text: String
  /// The language that the source states, if any.
  public var language: String?
  /// Gold labels, main one first; empty when the source has none.
  public var labels: [Label]

  /// Creates a message; only the text is required.
  public init(
    conversationID: String = "", messageID: String = "", authorID: String = "", authorRole: String? = nil,
    timestamp: Int64? = nil, text: String, language: String? = nil, labels: [Label] = []
  ) {
    self.conversationID = conversationID
    self.messageID = messageID
    self.authorID = authorID
    self.authorRole = authorRole
    self.timestamp = timestamp
    self.text = text
    self.language = language
    self.labels = labels
  }
}
