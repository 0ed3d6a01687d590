public import JagaCore

/// One message of a conversation.
public struct MessageView: Sendable, Equatable {
  /// What is at hand of a message's text.
  public enum Content: Sendable, Equatable {
    /// The text, as it was scored.
    case text(String)
    /// A text was supplied, but another one was scored: marks would lie on the wrong words.
    case differs(String)
    /// Nothing: only places and labels are known.
    case missing
  }

  /// The message's id.
  public var id: String
  /// Its index in the conversation, from 0.
  public var index: Int
  /// The author's id.
  public var author: String
  /// When it was written, in milliseconds since 1970.
  public var timestamp: Int64?
  /// Its text.
  public var content: Content
  /// What the poll bot had asked just before; nil for any other message.
  public var asked: String?
  /// Why it is here; nil for a message that is shown for context.
  public var flag: FlagView?

  /// Creates a message.
  public init(
    id: String, index: Int, author: String, timestamp: Int64? = nil, content: Content, asked: String? = nil,
    flag: FlagView? = nil
  ) {
    self.id = id
    self.index = index
    self.author = author
    self.timestamp = timestamp
    self.content = content
    self.asked = asked
    self.flag = flag
  }
}

/// What was found in a message.
public struct FlagView: Sendable, Equatable {
  /// What it is about.
  public var kind: ItemKind
  /// How soon a person should look.
  public var band: Band
  /// Probability that the message is a move in any track.
  public var score: Double
  /// Probability that it tells or asks for help.
  public var disclosure: Double
  /// The main label.
  public var label: Label
  /// All reported labels with their probabilities, in the order of the record.
  public var labels: [LabelScore]
  /// The language, as the score names it (`id`, `en`, `mix`, `other`).
  public var language: String
  /// What speaks for it; byte ranges of the text.
  public var evidence: [Evidence]
  /// The model that said so.
  public var model: String

  /// Creates a finding.
  public init(
    kind: ItemKind, band: Band, score: Double, disclosure: Double, label: Label, labels: [LabelScore] = [],
    language: String, evidence: [Evidence], model: String
  ) {
    self.kind = kind
    self.band = band
    self.score = score
    self.disclosure = disclosure
    self.label = label
    self.labels = labels
    self.language = language
    self.evidence = evidence
    self.model = model
  }
}

/// A label with its probability.
public struct LabelScore: Sendable, Equatable {
  /// The label.
  public var label: Label
  /// Its probability.
  public var score: Double

  /// Creates a pair.
  public init(_ label: Label, _ score: Double) {
    self.label = label
    self.score = score
  }
}
