public import JagaCore

/// What an item of the queue is about. The raw values are those of the store.
public enum ItemKind: String, CaseIterable, Sendable {
  /// Somebody asks for help: support, never suspicion.
  case disclosure
  /// Messages that look like moves of a track.
  case risk
}

/// Which look at an item is due. The raw values are those of the store.
public enum ItemRound: String, CaseIterable, Sendable {
  case first, second, final, appeal
}

/// What a reviewer can say of an item. The raw values are those of the store.
public enum ItemVerdict: String, CaseIterable, Sendable {
  case confirm, wrong, unsure
}

/// The queue as one reviewer sees it.
public struct QueueView: Sendable, Equatable {
  /// The items of this page, in the order in which they are to be worked on: disclosures first, then by urgency, then by age.
  public var rows: [QueueRow]
  /// Open items that are disclosures, without regard to the filter.
  public var disclosures: Int
  /// Open items of the other kind, without regard to the filter.
  public var risks: Int
  /// Decided items whose contact would like to be contacted and has no answer yet, the longest waiting first; only on the first page of an open list.
  public var wishes: [QueueRow]
  /// What the list is narrowed to.
  public var filter: QueueFilter
  /// Where the next page begins; nil on the last.
  public var next: String?
  /// True on every page but the first.
  public var isContinued: Bool
  /// Now, in milliseconds since 1970.
  public var now: Int64

  /// Creates a view.
  public init(
    rows: [QueueRow], disclosures: Int, risks: Int, wishes: [QueueRow] = [], filter: QueueFilter = QueueFilter(),
    next: String? = nil, isContinued: Bool = false, now: Int64
  ) {
    self.rows = rows
    self.disclosures = disclosures
    self.risks = risks
    self.wishes = wishes
    self.filter = filter
    self.next = next
    self.isContinued = isContinued
    self.now = now
  }
}

/// One item in a list.
public struct QueueRow: Sendable, Equatable {
  /// The item's number.
  public var item: Int
  /// What it is about.
  public var kind: ItemKind
  /// Which look is due; nil for a closed item.
  public var round: ItemRound?
  /// From 0, when there is time, to 3, now.
  public var urgency: Int
  /// The main label of the strongest message.
  public var label: Label
  /// The language of that message, as the score names it (`id`, `en`, `mix`, `other`).
  public var language: String
  /// Flagged messages.
  public var flags: Int
  /// The conversation's id.
  public var conversation: String
  /// When it was opened, in milliseconds since 1970.
  public var openedAt: Int64
  /// What is to be said of a case of the poll bot; nil for any other item.
  public var mark: CaseMark?

  /// Creates a row.
  public init(
    item: Int, kind: ItemKind, round: ItemRound?, urgency: Int, label: Label, language: String, flags: Int,
    conversation: String, openedAt: Int64, mark: CaseMark? = nil
  ) {
    self.item = item
    self.kind = kind
    self.round = round
    self.urgency = urgency
    self.label = label
    self.language = language
    self.flags = flags
    self.conversation = conversation
    self.openedAt = openedAt
    self.mark = mark
  }
}

/// What the queue is narrowed to; nil leaves a part open.
public struct QueueFilter: Sendable, Equatable {
  /// Only items of this kind.
  public var kind: ItemKind?
  /// Only items that wait for this look.
  public var round: ItemRound?
  /// Only items in this language.
  public var language: String?
  /// Only items of this track.
  public var track: Track?

  /// Creates a filter; without arguments one that lets everything through.
  public init(kind: ItemKind? = nil, round: ItemRound? = nil, language: String? = nil, track: Track? = nil) {
    self.kind = kind
    self.round = round
    self.language = language
    self.track = track
  }

  /// The query of an address that asks for the same, without `?`; empty for an open filter.
  public var query: String {
    var parts: [String] = []
    if let kind { parts.append("kind=" + kind.rawValue) }
    if let round { parts.append("round=" + round.rawValue) }
    if let language { parts.append("language=" + Address.encoded(language)) }
    if let track { parts.append("track=" + track.name) }
    return parts.joined(separator: "&")
  }
}
