public import JagaCore

/// Which part of the queue is asked for.
public struct QueueQuery: Hashable, Sendable {
  /// Who asks: only items that this reviewer may decide are given. Nil gives all.
  public var reviewer: String?
  /// True when the reviewer may decide the final round.
  public var isAdmin: Bool
  /// One kind only.
  public var kind: ReviewKind?
  /// One status only; nil gives everything that waits. ``ItemStatus/closed`` gives decided items, the last one first, to everybody.
  public var status: ItemStatus?
  /// One language only.
  public var language: String?
  /// One track only.
  public var track: Track?
  /// At most so many items: 1…500.
  public var limit: Int
  /// Goes on after the last item of a page.
  public var after: QueueCursor?

  /// Creates a query for everything that waits.
  public init(
    reviewer: String? = nil, isAdmin: Bool = false, kind: ReviewKind? = nil, status: ItemStatus? = nil,
    language: String? = nil, track: Track? = nil, limit: Int = 50, after: QueueCursor? = nil
  ) {
    self.reviewer = reviewer
    self.isAdmin = isAdmin
    self.kind = kind
    self.status = status
    self.language = language
    self.track = track
    self.limit = limit
    self.after = after
  }
}

/// A place in the queue. Items that come, go or are raised meanwhile do not shift it.
public struct QueueCursor: Hashable, Sendable, CustomStringConvertible {
  /// Disclosures before risks, then by urgency; see ``Store/queue(_:)``.
  var rank: Int
  var time: Int64
  var number: Int

  init(rank: Int, time: Int64, number: Int) {
    self.rank = rank
    self.time = time
    self.number = number
  }

  /// Reads what ``description`` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let rank = Int(parts[0]), let time = Int64(parts[1]), let number = Int(parts[2]) else {
      return nil
    }
    self.init(rank: rank, time: time, number: number)
  }

  /// The cursor as a word for a link; it holds no id of a conversation.
  public var description: String { "\(rank).\(time).\(number)" }
}

/// One page of the queue.
public struct QueuePage: Hashable, Sendable {
  /// How many items of a kind have a status.
  public struct Count: Hashable, Sendable {
    /// The kind.
    public var kind: ReviewKind
    /// The status.
    public var status: ItemStatus
    /// How many.
    public var items: Int

    /// Creates a count.
    public init(kind: ReviewKind, status: ItemStatus, items: Int) {
      self.kind = kind
      self.status = status
      self.items = items
    }
  }

  /// The items, the most pressing first.
  public var items: [ReviewItem]
  /// Where the next page begins; nil after the last item.
  public var next: QueueCursor?
  /// Counts over the whole store, whatever was asked for; those that are 0 are left out.
  public var counts: [Count]

  /// Creates a page.
  public init(items: [ReviewItem], next: QueueCursor?, counts: [Count]) {
    self.items = items
    self.next = next
    self.counts = counts
  }
}
