/// What is to be done about a reply, the weakest first.
public enum ReplyAction: String, Sendable, CaseIterable, Comparable {
  /// Nothing.
  case none
  /// Keep an eye on the next replies.
  case watch
  /// A person should read it.
  case review
  /// A person should read it soon.
  case escalate
  /// Somebody tells of harm or asks for help: answer kindly, and bring in a person.
  case support

  /// By weight.
  public static func < (left: ReplyAction, right: ReplyAction) -> Bool { left.weight < right.weight }

  /// Whether a case is opened.
  public var opensCase: Bool { self >= .review }

  private var weight: Int {
    switch self {
    case .none: 0
    case .watch: 1
    case .review: 2
    case .escalate: 3
    case .support: 4
    }
  }
}

/// How soon a person is needed, the least urgent first.
public enum CaseUrgency: String, Sendable, CaseIterable, Comparable {
  /// It is over.
  case past
  /// It goes on.
  case ongoing
  /// Now: words of self-harm, or a threat that runs out soon.
  case immediate

  /// By weight.
  public static func < (left: CaseUrgency, right: CaseUrgency) -> Bool { left.queueUrgency < right.queueUrgency }

  /// The urgency of the review queue: 3 is now.
  public var queueUrgency: Int {
    switch self {
    case .past: 1
    case .ongoing: 2
    case .immediate: 3
    }
  }
}

/// What the bot makes of one reply.
public struct ReplyReading: Hashable, Sendable {
  /// What is to be done.
  public var action: ReplyAction
  /// How soon; nil where no case is opened.
  public var urgency: CaseUrgency?
  /// Words of self-harm.
  public var isSelfHarm: Bool
  /// What it is about; ``ReplyConcern/general`` where nobody tells of harm.
  public var concern: ReplyConcern
  /// It scolds the bot, and nothing else.
  public var isAbuse: Bool

  /// A reading.
  public init(
    action: ReplyAction, urgency: CaseUrgency? = nil, isSelfHarm: Bool = false, concern: ReplyConcern = .general,
    isAbuse: Bool = false
  ) {
    self.action = action
    self.urgency = urgency
    self.isSelfHarm = isSelfHarm
    self.concern = concern
    self.isAbuse = isAbuse
  }

  /// What is said to a reply that a person must read, first; nil for every other one.
  public var response: Occasion? {
    switch action {
    case .none, .watch: nil
    case .review, .escalate: .risky
    case .support: isSelfHarm ? .selfHarm : supportive
    }
  }

  private var supportive: Occasion {
    let isNow = urgency == .immediate
    return switch concern {
    case .general: isNow ? .urgent : .disclosure
    case .pressure: isNow ? .pressureUrgent : .pressure
    case .violence: isNow ? .danger : .violence
    case .friend: .friend
    case .friendSelfHarm: .friendSelfHarm
    }
  }
}
