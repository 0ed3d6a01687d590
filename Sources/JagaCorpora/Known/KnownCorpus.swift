/// What is publicly known of a corpus that a researcher can ask for: names, hashes and counts; never its text.
public struct KnownCorpus: Sendable {
  /// One part that can be imported alone, such as a training and a test corpus.
  public struct Part: Sendable {
    /// The name, also of the file that is written.
    public let name: String
    /// The files, in the order in which they are checked.
    public let files: [KnownFile]
    /// What the part holds as it is distributed.
    public let counts: [KnownCount]
  }

  /// The name on the command line.
  public let name: String
  /// What it is called in papers.
  public let title: String
  /// What to cite.
  public let reference: String
  /// Where it is asked for.
  public let access: String
  /// What its terms say, as far as they are public. No legal advice.
  public let licence: String
  /// What one should know before printing a figure.
  public let remarks: [String]
  /// The language of its text, written into every record.
  public let language: String
  /// Its parts.
  public let parts: [Part]

  /// All corpora that can be imported.
  public static let all: [KnownCorpus] = [.pan12, .vtpan]

  /// Finds a corpus by its exact name.
  public static func named(_ name: String) -> KnownCorpus? { all.first { $0.name == name } }
}

/// One file of a corpus.
public struct KnownFile: Sendable {
  /// What a file is for.
  public enum Role: String, Sendable {
    /// The conversations.
    case conversations
    /// Truth: the ids of the authors that are sought.
    case authors
    /// Truth: conversation and line of the messages that are sought.
    case lines
    /// The ids of the conversations that belong to a derived corpus.
    case selection
    /// Distributed with the rest and not read: it holds no labels.
    case unread
  }

  /// Its name as distributed.
  public let name: String
  /// What it is for.
  public let role: Role
  /// SHA-256 of its bytes with line feeds alone at the ends of lines and without a byte order mark; nil when nobody has published it.
  public let sha256: String?
  /// Its lines that are not blank, where that is known and there is no hash.
  public let lines: Int?
  /// Names that it has had in other releases.
  public let earlierNames: [String]

  init(_ name: String, _ role: Role, sha256: String? = nil, lines: Int? = nil, earlierNames: [String] = []) {
    self.name = name
    self.role = role
    self.sha256 = sha256
    self.lines = lines
    self.earlierNames = earlierNames
  }

  /// True when an import cannot do without it.
  public var isNeeded: Bool { role != .unread }
}

/// A published count.
public struct KnownCount: Sendable {
  /// What is counted.
  public enum Quantity: String, CaseIterable, Sendable {
    case conversations
    case messages
    case authors
    /// Authors that the truth names and that write something.
    case soughtAuthors = "sought_authors"
    /// Conversations in which one of them writes.
    case soughtConversations = "sought_conversations"
    /// Messages that the truth names and that are there.
    case soughtLines = "sought_lines"

    /// In words.
    public var title: String { rawValue.split(separator: "_").joined(separator: " ") }
  }

  /// What is counted.
  public let quantity: Quantity
  /// How many there are.
  public let count: Int
}
