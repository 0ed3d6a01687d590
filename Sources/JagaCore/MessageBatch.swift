/// Many messages in one block of memory: what readers fill and workers score, reused from chunk to chunk.
///
/// Field bytes are valid UTF-8: readers replace what is not by U+FFFD and count a warning.
public struct MessageBatch: Sendable {
  /// A run of bytes inside ``bytes``.
  public struct Field: Hashable, Sendable {
    /// First byte.
    public var offset: Int
    /// Length in bytes.
    public var count: Int

    /// Creates a field.
    @inlinable
    public init(offset: Int = 0, count: Int = 0) {
      self.offset = offset
      self.count = count
    }
  }

  /// Where the fields of one message lie.
  public struct Row: Sendable {
    /// The conversation's id.
    public var conversationID = Field()
    /// The message's id.
    public var messageID = Field()
    /// The author's id; empty when unknown.
    public var authorID = Field()
    /// The author's role; empty when unknown.
    public var authorRole = Field()
    /// The text.
    public var text = Field()
    /// The stated language; empty when unknown.
    public var language = Field()
    /// Milliseconds since 1970, or `noTimestamp`.
    public var timestamp = Row.noTimestamp
    /// Gold labels as a bit set over ``Label/rawValue``.
    public var labels: UInt32 = 0
    /// Raw value of the main gold label, or 255.
    public var mainLabel: UInt8 = 255
    /// True when the source names no conversation: the message is one of its own, and nothing can follow in it.
    public var isAlone = false
    /// True when the conversation's or the message's id is not stated but the number of a record: nothing can repeat it, and a
    /// stated id that happens to be the same number is another.
    public var isNumbered = false

    /// Marks an unknown time.
    public static let noTimestamp = Int64.min

    /// An empty row.
    public init() {}
  }

  /// The memory that all fields point into.
  public var bytes: [UInt8] = []
  /// The messages, in input order.
  public var rows: [Row] = []

  /// An empty batch.
  public init() {}

  /// Forgets all messages and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Copies bytes into the batch. Cost: one copy.
  @inlinable
  public mutating func append(_ field: UnsafeBufferPointer<UInt8>) -> Field {
    let offset = bytes.count
    bytes.append(contentsOf: field)
    return Field(offset: offset, count: field.count)
  }

  /// Copies a string's bytes into the batch.
  public mutating func append(_ text: String) -> Field {
    let offset = bytes.count
    bytes.append(contentsOf: text.utf8)
    return Field(offset: offset, count: bytes.count - offset)
  }

  /// Appends a message, fields copied.
  public mutating func append(_ message: Message) {
    var row = Row()
    row.conversationID = append(message.conversationID)
    row.messageID = append(message.messageID)
    row.authorID = append(message.authorID)
    if let role = message.authorRole { row.authorRole = append(role) }
    row.text = append(message.text)
    if let language = message.language { row.language = append(language) }
    row.timestamp = message.timestamp ?? Row.noTimestamp
    row.mainLabel = message.labels.first?.rawValue ?? 255
    for label in message.labels { row.labels |= 1 << UInt32(label.rawValue) }
    rows.append(row)
  }

  /// A field as a string (a copy).
  public func string(_ field: Field) -> String {
    String(decoding: bytes[field.offset..<field.offset + field.count], as: UTF8.self)
  }

  /// A message of its own memory (a copy). Labels keep their main one first, then the order of raw values.
  public func message(at index: Int) -> Message {
    let row = rows[index]
    var labels: [Label] = []
    if let main = Label(rawValue: row.mainLabel) { labels.append(main) }
    for label in Label.allCases
    where row.labels & (1 << UInt32(label.rawValue)) != 0 && label.rawValue != row.mainLabel { labels.append(label) }
    return Message(
      conversationID: string(row.conversationID), messageID: string(row.messageID), authorID: string(row.authorID),
      authorRole: row.authorRole.count > 0 ? string(row.authorRole) : nil,
      timestamp: row.timestamp == Row.noTimestamp ? nil : row.timestamp, text: string(row.text),
      language: row.language.count > 0 ? string(row.language) : nil, labels: labels)
  }
}
