public import JagaCore
public import JagaStore

/// What reviewers decided, message by message: gold for `jaga evaluate`.
///
/// A closed item gives its leading message the label that was decided: the item's or another one for `confirm`, and for `wrong` the other one or `benign`. An item that
/// is plainly wrong makes all its flagged messages benign, since it says that none is a move; one that is confirmed says nothing certain about the others,
/// so they stay without a label. Flags that came after the decision were not looked at, and an outcome of `unsure` decides nothing.
///
/// Memory: ids and labels of the flagged messages of decided items, some 300 bytes each; records and texts stay in the store until they are written.
public struct DecidedMessages: Sendable {
  /// A message and what was decided about it.
  public struct Decided: Sendable, Equatable {
    /// The conversation's id.
    public var conversationID: String
    /// The message's id.
    public var messageID: String
    /// Its author's id.
    public var authorID: String
    /// When it was sent, in milliseconds since 1970; nil when unknown.
    public var timestamp: Int64?
    /// The label; nil for a flagged message about which nothing certain was said.
    public var label: Label?
  }

  /// Flagged messages of decided items, in the order of items and messages.
  public private(set) var messages: [Decided] = []
  private var places: [Key: Int] = [:]
  private var conversations: Set<String> = []

  private struct Key: Hashable {
    var conversation: String
    var message: String
  }

  /// Reads the decisions since a time, in milliseconds since 1970. Throws `StoreError`.
  public init(_ store: Store, since: Int64 = 0) throws {
    try store.forEachDecided(since: since) { item, flags, _ in add(item, flags) }
  }

  /// What some items and their flags say.
  init(_ items: [(item: ReviewItem, flags: [KeptFlag])]) {
    for (item, flags) in items { add(item, flags) }
  }

  private mutating func add(_ item: ReviewItem, _ flags: [KeptFlag]) {
    guard item.status == .closed, let outcome = item.outcome, outcome != .unsure else { return }
    let label = item.outcomeLabel ?? (outcome == .confirm ? item.label : .benign)
    conversations.insert(item.conversationID)
    for flag in flags where flag.receivedAt <= item.closedAt ?? .max {
      var decided: Label?
      if flag.messageID == item.messageID {
        decided = label
      } else if label == .benign {
        decided = .benign
      }
      let key = Key(conversation: flag.conversationID, message: flag.messageID)
      if let place = places[key] {
        // A later item on the same message knows more.
        if decided != nil { messages[place].label = decided }
        continue
      }
      places[key] = messages.count
      messages.append(
        Decided(
          conversationID: flag.conversationID, messageID: flag.messageID, authorID: flag.authorID,
          timestamp: flag.timestamp, label: decided))
    }
  }

  /// How many messages have a label.
  public var labelled: Int { messages.count { $0.label != nil } }

  /// True for a conversation of which something was decided.
  public func contains(conversation: String) -> Bool { conversations.contains(conversation) }

  /// The label of a message; nil without one.
  public func label(conversation: String, message: String) -> Label? {
    places[Key(conversation: conversation, message: message)].flatMap { messages[$0].label }
  }

  /// Conversations of which something was decided, sorted.
  public var conversationIDs: [String] { conversations.sorted() }
}
