/// Something to be put on record.
public struct AuditDraft: Hashable, Sendable {
  /// When, in milliseconds since 1970.
  public var at: Int64
  /// Who did it: a reviewer, the name of a token, or `jaga` for the program itself.
  public var actor: String
  /// What was done; those of the store are in ``AuditAction``.
  public var action: String
  /// The keyed hash of the conversation's id; nil when it is about none.
  public var subject: [UInt8]?
  /// Flat JSON without text and without ids; see ``AuditDetail``.
  public var detail: String

  /// Creates a draft.
  public init(at: Int64, actor: String, action: String, subject: [UInt8]? = nil, detail: String = "{}") {
    self.at = at
    self.actor = actor
    self.action = action
    self.subject = subject
    self.detail = detail
  }
}

/// What the store itself puts on record, in the transaction that does it.
public enum AuditAction: String, CaseIterable, Sendable {
  /// An item was opened: model, keyed hash of the text, scores.
  case itemOpened = "item.opened"
  /// An open item's band or urgency went up: the same.
  case itemRaised = "item.raised"
  /// A decision: round, verdict, label, what became of the item.
  case itemDecided = "item.decided"
  /// An appeal: its reason.
  case itemAppealed = "item.appealed"
  /// A conversation was deleted: how many rows of each kind.
  case conversationDeleted = "conversation.deleted"
  /// Retention: how many rows of each kind, and the policy.
  case retentionPurged = "retention.purged"
  /// A token was added: name and scopes.
  case tokenAdded = "token.added"
  /// A token was revoked: name.
  case tokenRevoked = "token.revoked"
  /// A copy was made: its size, and the last row of the audit in it.
  case backupMade = "backup.made"
  /// An alert was given up: number, target, attempts.
  case alertDead = "alert.dead"
  /// Dead alerts were put back: how many.
  case alertsReplayed = "alert.replayed"
  /// The poll bot told the queue of a case: item, kind, urgency, language.
  case caseOpened = "case.opened"
  /// A contact was sent one of the bot's responses: item, response.
  case caseResponded = "case.responded"
  /// A contact said whether somebody should call or write: item, yes or no.
  case caseContactWanted = "case.contactWanted"
  /// A person answered a contact: item, parts; never what.
  case caseAnswered = "case.answered"
  /// A contact wants no more messages.
  case pollStopped = "poll.stopped"
  /// A contact left the channel for good, and cannot be written to any more.
  case pollLeft = "poll.left"
  /// A message to a contact was given up: attempts, response.
  case outgoingDead = "outgoing.dead"
}

/// A row of the record. It is never changed and never removed, and covers the row before it.
public struct AuditRow: Hashable, Sendable {
  /// Its number, from 1, without gaps.
  public var sequence: Int
  /// When, in milliseconds since 1970.
  public var at: Int64
  /// Who did it.
  public var actor: String
  /// What was done.
  public var action: String
  /// The keyed hash of the conversation's id; nil when it is about none.
  public var subject: [UInt8]?
  /// Flat JSON.
  public var detail: String
  /// The hash of the row before it; 32 zero bytes for the first.
  public var previous: [UInt8]
  /// SHA-256 over everything else here.
  public var hash: [UInt8]

  /// Creates a row.
  public init(
    sequence: Int, at: Int64, actor: String, action: String, subject: [UInt8]?, detail: String, previous: [UInt8],
    hash: [UInt8]
  ) {
    self.sequence = sequence
    self.at = at
    self.actor = actor
    self.action = action
    self.subject = subject
    self.detail = detail
    self.previous = previous
    self.hash = hash
  }
}

/// Whether the record is whole.
public struct AuditVerdict: Hashable, Sendable {
  /// What is wrong with the first bad row.
  public enum Fault: Hashable, Sendable {
    /// The row of this number is not there, though later ones are.
    case missing
    /// Its `previous` is not the hash of the row before it: a row was put in, taken out or moved.
    case link
    /// Its hash is not that of its content: the row was changed.
    case content
    /// It holds what no row can hold.
    case malformed
    /// The chain is whole, but the hash that was expected is nowhere in it: rows at the end are gone, or everything was written anew.
    case head
  }

  /// How many rows were read; up to the first bad one, when there is one.
  public var rows: Int
  /// The last good row, and what an auditor should note down: 0 and 32 zero bytes when there is none.
  public var sequence: Int
  /// The hash of that row.
  public var hash: [UInt8]
  /// The first bad row; nil when the record is whole.
  public var badSequence: Int?
  /// What is wrong with it.
  public var fault: Fault?
  /// False when the triggers that refuse changes are not in the file.
  public var isGuarded: Bool

  /// True when nothing is wrong.
  public var isWhole: Bool { fault == nil && isGuarded }

  /// Creates a verdict.
  public init(
    rows: Int, sequence: Int, hash: [UInt8], badSequence: Int? = nil, fault: Fault? = nil, isGuarded: Bool = true
  ) {
    self.rows = rows
    self.sequence = sequence
    self.hash = hash
    self.badSequence = badSequence
    self.fault = fault
    self.isGuarded = isGuarded
  }
}
