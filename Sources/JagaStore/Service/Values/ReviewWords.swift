/// What an item of the queue is about.
public enum ReviewKind: String, CaseIterable, Sendable {
  /// Somebody asks for help, or tells that this happens to them: support, never suspicion.
  case disclosure
  /// A move of a track.
  case risk
}

/// What a reviewer says about an item.
public enum Verdict: String, CaseIterable, Sendable {
  /// It is what the model said, or another stage of it.
  case confirm
  /// It is not.
  case wrong
  /// This reviewer cannot tell; somebody else shall.
  case unsure
}

/// Which look at an item a decision was.
public enum ReviewRound: String, CaseIterable, Sendable {
  /// The first.
  case first
  /// The second, blind to the first.
  case second
  /// Both are known; an administrator settles it.
  case final
  /// After an appeal.
  case appeal
}

/// Which round an item waits for.
public enum ItemStatus: String, CaseIterable, Sendable {
  /// The first round.
  case open
  /// The second, blind round.
  case second
  /// The final round, an administrator's.
  case final
  /// The round after an appeal.
  case appeal
  /// None: it is decided.
  case closed

  /// The round that it waits for; nil when it is closed.
  public var round: ReviewRound? {
    switch self {
    case .open: .first
    case .second: .second
    case .final: .final
    case .appeal: .appeal
    case .closed: nil
    }
  }
}

/// Why a decision is appealed against. A fixed list: free text could quote messages.
public enum AppealReason: String, CaseIterable, Sendable {
  /// The person concerned objects.
  case objection
  /// More of the conversation is known now.
  case context
  /// The label is another one.
  case label
  /// Harm, or a call for help, was overlooked.
  case missed
  /// Anything else.
  case other
}
