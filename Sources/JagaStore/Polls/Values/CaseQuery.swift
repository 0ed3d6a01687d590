/// Which cases are asked for.
public struct CaseQuery: Hashable, Sendable {
  /// How far an item has come.
  public enum State: Hashable, Sendable {
    /// It waits for a person, in whatever round.
    case waiting
    /// It is in one round, or decided.
    case status(ItemStatus)

    /// The word in a query: `waiting`, `open`, `second`, `final`, `appeal`, `closed`.
    public var word: String {
      switch self {
      case .waiting: "waiting"
      case .status(let status): status.rawValue
      }
    }

    /// Reads ``word``; nil for anything else.
    public init?(word: String) {
      if word == "waiting" {
        self = .waiting
      } else if let status = ItemStatus(rawValue: word) {
        self = .status(status)
      } else {
        return nil
      }
    }
  }

  /// The most cases of a page.
  public static let most = 500

  /// One state only.
  public var state: State?
  /// One urgency only.
  public var urgency: KeptUrgency?
  /// Those that changed at this time or later, in milliseconds since 1970.
  public var since: Int64
  /// At most so many: 1…``most``.
  public var limit: Int
  /// Goes on after the last case of a page.
  public var after: CaseCursor?

  /// Creates a query; for all cases without arguments.
  public init(
    state: State? = nil, urgency: KeptUrgency? = nil, since: Int64 = 0, limit: Int = 50, after: CaseCursor? = nil
  ) {
    self.state = state
    self.urgency = urgency
    self.since = since
    self.limit = limit
    self.after = after
  }
}

/// A place in the list of cases.
public struct CaseCursor: Hashable, Sendable, CustomStringConvertible {
  var time: Int64
  var number: Int

  init(time: Int64, number: Int) {
    self.time = time
    self.number = number
  }

  /// Reads what ``description`` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let time = Int64(parts[0]), let number = Int(parts[1]) else { return nil }
    self.init(time: time, number: number)
  }

  /// The place as a word; it holds no id of a conversation.
  public var description: String { "\(time).\(number)" }
}

/// A page of cases.
public struct CasePage: Sendable {
  /// The cases with their items, the longest unchanged first.
  public var cases: [(ReviewCase, ReviewItem)]
  /// Where the next page begins; nil after the last case.
  public var next: CaseCursor?
}
