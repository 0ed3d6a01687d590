/// The page for the token.
public struct SignInView: Sendable, Equatable {
  /// Where to go afterwards: a path of the console.
  public var next: String
  /// True where the service runs on loopback without tokens: a name will do.
  public var isOpen: Bool

  /// Creates a view.
  public init(next: String = "/", isOpen: Bool = false) {
    self.next = next
    self.isOpen = isOpen
  }
}

/// Items of one conversation, found by its id.
public struct FindView: Sendable, Equatable {
  /// What was looked for; empty before anything was.
  public var conversation: String
  /// The items of that conversation, newest first.
  public var rows: [QueueRow]
  /// Now, in milliseconds since 1970.
  public var now: Int64

  /// Creates a view.
  public init(conversation: String = "", rows: [QueueRow] = [], now: Int64) {
    self.conversation = conversation
    self.rows = rows
    self.now = now
  }
}

/// A page of the audit.
public struct AuditView: Sendable, Equatable {
  /// Whether the rows still follow from one another.
  public enum Chain: Sendable, Equatable {
    /// It was not looked at for this page.
    case unchecked
    /// All rows follow from one another; `head` is the hash of the last.
    case whole(rows: Int, head: String)
    /// The first row that does not.
    case broken(sequence: Int, Fault)
  }

  /// What is wrong with the first bad row. The raw values are words of the console; the store has the same cases.
  public enum Fault: String, CaseIterable, Sendable {
    case missing, link, content, malformed, head
    /// The triggers that refuse changes are gone from the file.
    case unguarded
  }

  /// Rows, newest first.
  public var rows: [AuditEntry]
  /// Whether the chain holds.
  public var chain: Chain
  /// The sequence number from which an older page goes down; nil on the last page.
  public var older: Int?
  /// True on every page but the newest.
  public var isContinued: Bool

  /// Creates a view.
  public init(rows: [AuditEntry], chain: Chain = .unchecked, older: Int? = nil, isContinued: Bool = false) {
    self.rows = rows
    self.chain = chain
    self.older = older
    self.isContinued = isContinued
  }
}

/// One row of the audit.
public struct AuditEntry: Sendable, Equatable {
  /// Its number, from 1 without gaps.
  public var sequence: Int
  /// When, in milliseconds since 1970.
  public var at: Int64
  /// Who.
  public var actor: String
  /// What, as the store names it.
  public var action: String
  /// The keyed hash of the conversation's id, in hexadecimal; empty for rows about none.
  public var subject: String
  /// Particulars, as name and value.
  public var details: [Detail]
  /// The row's hash, in hexadecimal.
  public var hash: String

  /// A name and a value.
  public struct Detail: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Creates a pair.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a row.
  public init(
    sequence: Int, at: Int64, actor: String, action: String, subject: String = "", details: [Detail] = [], hash: String
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.action = action
    self.subject = subject
    self.details = details
    self.hash = hash
  }
}

/// A reviewer's own work.
public struct WorkView: Sendable, Equatable {
  /// The session.
  public var session: WorkSummary

  /// Creates a view.
  public init(session: WorkSummary) { self.session = session }
}

/// A page that says why there is no other.
public struct ProblemView: Sendable, Equatable {
  /// The reasons there are.
  public enum Kind: String, CaseIterable, Sendable {
    case notFound = "not-found"
    case forbidden
    case badForm = "bad-form"
    case unavailable
    case tooMany = "too-many"
  }

  /// Which one.
  public var kind: Kind
  /// The HTTP status, shown small.
  public var status: Int

  /// Creates a view.
  public init(_ kind: Kind, status: Int) {
    self.kind = kind
    self.status = status
  }
}
