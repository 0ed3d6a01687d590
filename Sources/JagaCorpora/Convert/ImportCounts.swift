/// What one written file holds.
public struct ImportCounts: Sendable {
  /// Conversations.
  public var conversations = 0
  /// Messages.
  public var messages = 0
  /// Author ids that write.
  public var authors: Int { authorIDs.count }
  /// Those of them that the truth names.
  public var soughtAuthors: Int { soughtIDs.count }
  /// Conversations in which one of them writes.
  public var soughtConversations = 0
  /// Messages that the truth of problem 2 names.
  public var soughtLines = 0

  private var authorIDs: Set<String> = []
  private var soughtIDs: Set<String> = []
  private var last: (id: String, isSought: Bool)?

  /// Adds a message; those of a conversation come together.
  mutating func add(conversation: String, author: String, isSought: Bool, isSoughtLine: Bool) {
    messages += 1
    if isSoughtLine { soughtLines += 1 }
    if !author.isEmpty { authorIDs.insert(author) }
    if last?.id != conversation {
      conversations += 1
      last = (conversation, false)
    }
    guard isSought else { return }
    soughtIDs.insert(author)
    if last?.isSought == false {
      soughtConversations += 1
      last?.isSought = true
    }
  }

  /// A count by its name.
  public func count(_ quantity: KnownCount.Quantity) -> Int {
    switch quantity {
    case .conversations: conversations
    case .messages: messages
    case .authors: authors
    case .soughtAuthors: soughtAuthors
    case .soughtConversations: soughtConversations
    case .soughtLines: soughtLines
    }
  }
}
