public import JagaCore

/// Rows that are made when they are asked for, so that a million of them never lie beside each other.
public struct KeptRows<Row> {
  /// How many there are.
  public let count: Int
  let row: (Int) -> Row

  /// Rows `0..<count`.
  public init(count: Int, _ row: @escaping (Int) -> Row) {
    self.count = count
    self.row = row
  }
}

/// Gold as it is kept: ids, labels and places, never text.
public struct KeptGold {
  /// Where a conversation comes from.
  public enum Kind: String, CaseIterable, Sendable {
    /// A message of its own, or a conversation of canonical JSONL.
    case message
    /// A gold transcript.
    case turn
    /// A conversation of PAN12.
    case line
  }

  /// One conversation.
  public struct Conversation: Hashable, Sendable {
    /// Where it comes from.
    public var kind: Kind
    /// Its id, or the keyed hash of it.
    public var id: String
    /// True for a message without a conversation.
    public var isAlone = false
    /// Its label: a track, `disclosure` or `benign`.
    public var label: String?
    /// Whether an alarm is right; nil when nobody says.
    public var isRisky: Bool?
    /// Index, from 0, of the first message at which somebody should be told.
    public var firstRisk: Int?
    /// The language stated.
    public var language: String?
    /// The voice stated.
    public var voice: String?

    /// Creates a conversation.
    public init(kind: Kind, id: String) {
      self.kind = kind
      self.id = id
    }
  }

  /// One message.
  public struct Item: Hashable, Sendable {
    /// Its conversation's place.
    public var conversation: Int
    /// Its id in its conversation, or the keyed hash of it.
    public var messageID: String
    /// Its author's place among the authors; nil for all but PAN12.
    public var author: Int?
    /// Gold labels as a bit set over `Label.rawValue`.
    public var labels: UInt32 = 0
    /// The main one.
    public var main: Label?
    /// Whether it is a suspicious line; nil for all but PAN12 with the truth of problem 2.
    public var isSuspicious: Bool?
    /// The language stated.
    public var language: String?
    /// The voice stated.
    public var voice: String?
    /// The name of its length class.
    public var length = ""
    /// The place of its file among the run's files.
    public var file = 0
    /// Its line, from 1; nil when not known.
    public var line: Int?

    /// Creates an item.
    public init(conversation: Int, messageID: String) {
      self.conversation = conversation
      self.messageID = messageID
    }
  }

  /// An author of PAN12.
  public struct Author: Hashable, Sendable {
    /// The id, or the keyed hash of it.
    public var id: String
    /// Whether the truth of problem 1 names it.
    public var isPredator: Bool

    /// Creates an author.
    public init(id: String, isPredator: Bool) {
      self.id = id
      self.isPredator = isPredator
    }
  }

  /// What was left out, and which truth there is.
  public struct Summary: Hashable, Sendable {
    /// Messages without labels.
    public var unlabelled = 0
    /// Records that came twice.
    public var repeated = 0
    /// Records that could not be read.
    public var malformed = 0
    /// Truth of problem 1 that names no author of the files.
    public var absentAuthors = 0
    /// Truth of problem 2 that names no line of the files.
    public var absentLines = 0
    /// Whether there is truth of problem 1.
    public var hasAuthors = false
    /// Whether there is truth of problem 2.
    public var hasLines = false
    /// Tells keys of hashed ids apart without telling the key; nil for plain ids.
    public var idKey: String?

    /// Nothing left out.
    public init() {}
  }

  /// All conversations.
  public var conversations: KeptRows<Conversation>
  /// All messages.
  public var items: KeptRows<Item>
  /// Authors of PAN12.
  public var authors: KeptRows<Author>
  /// What was left out.
  public var summary: Summary

  /// Creates gold.
  public init(
    conversations: KeptRows<Conversation>, items: KeptRows<Item>, authors: KeptRows<Author>, summary: Summary
  ) {
    self.conversations = conversations
    self.items = items
    self.authors = authors
    self.summary = summary
  }

  /// SHA-256 over the hashes of the gold's files and all that is kept of it. Texts count by their files' hashes. Cost: one pass over the items.
  func digest(_ files: [KeptRun.File]) -> String {
    var digest = Digest()
    for file in files where [.gold, .authors, .lines].contains(file.role) {
      digest.add(file.role.rawValue)
      digest.add(file.sha256)
    }
    digest.add(summary.idKey ?? "")
    for number in [
      summary.unlabelled, summary.repeated, summary.malformed, summary.absentAuthors, summary.absentLines,
      summary.hasAuthors ? 1 : 0, summary.hasLines ? 1 : 0, conversations.count, items.count, authors.count,
    ] { digest.add(number) }
    for place in 0..<conversations.count {
      let one = conversations.row(place)
      digest.add(one.kind.rawValue)
      digest.add(one.id)
      digest.add(one.isAlone ? 1 : 0)
      digest.add(one.label ?? "")
      digest.add(one.isRisky.map { $0 ? 1 : 0 } ?? -1)
      digest.add(one.firstRisk ?? -1)
      digest.add(one.language ?? "")
      digest.add(one.voice ?? "")
    }
    for place in 0..<items.count {
      let item = items.row(place)
      digest.add(item.conversation)
      digest.add(item.messageID)
      digest.add(item.author ?? -1)
      digest.add(Int(item.labels))
      digest.add(item.main.map { Int($0.rawValue) } ?? -1)
      digest.add(item.isSuspicious.map { $0 ? 1 : 0 } ?? -1)
      digest.add(item.language ?? "")
      digest.add(item.voice ?? "")
      digest.add(item.length)
      digest.add(item.file)
      digest.add(item.line ?? -1)
    }
    for place in 0..<authors.count {
      digest.add(authors.row(place).id)
      digest.add(authors.row(place).isPredator ? 1 : 0)
    }
    return digest.finish()
  }
}
