/// Where somebody is in a poll. Small, and without anything that was written: texts are in the answers or the case, or nowhere.
public struct PollSession: Hashable, Sendable {
  /// The poll.
  public internal(set) var pollID: String
  /// Its version when the session began.
  public internal(set) var pollVersion: Int
  /// Of `id` and `en`.
  public internal(set) var language: String
  /// When it began, in milliseconds since 1970.
  public internal(set) var startedAt: Int64
  /// When something was last said or heard.
  public internal(set) var updatedAt: Int64
  /// How it ended; nil while it lives.
  public internal(set) var ending: PollEnding?
  /// What was chosen in the poll's group questions.
  public internal(set) var groups: [GroupValue] = []
  /// Whether free text may leave; nil before that was asked.
  public internal(set) var consent: Bool?

  var place: Place
  var rest: Rest?
  var misses = 0
  var isReminded = false
  /// When they asked for the menu, where nothing else has been said since.
  var helpedAt: Int64?
  /// When a message to the case of somebody who told was last answered.
  var heardAt: Int64?

  /// Whether the poll waits because somebody told of harm.
  public var isResting: Bool { rest != nil }
  /// Whether somebody has told of harm in it, so that what else a person must read belongs to that case.
  var hasTold: Bool { heardAt != nil }
  /// Whether it is over.
  public var isEnded: Bool { ending != nil }
  /// The step whose question is open, or at which a resting poll goes on; nil before and after the questions.
  public var stepID: String? {
    switch place {
    case .step(let id), .consent(before: let id): id
    case .optIn, .end: nil
    }
  }

  /// What is open, or is gone on with after a rest.
  enum Place: Hashable, Sendable {
    case optIn
    case consent(before: String)
    case step(String)
    case end
  }

  /// Why the poll waits.
  enum Rest: UInt8, Sendable {
    /// Somebody told, and was asked whether they want to be contacted.
    case offered = 1
    /// They have answered that.
    case told = 2
  }
}

/// How a session ended.
public enum PollEnding: String, Sendable, CaseIterable {
  /// All was asked.
  case finished
  /// They wanted no more messages.
  case stopped
  /// They did not want to take part.
  case declined
  /// They did not answer in time, or the poll has changed meanwhile.
  case expired
}

/// What somebody chose in a group question.
public struct GroupValue: Hashable, Sendable {
  /// The group question.
  public var questionID: String
  /// The choice.
  public var choiceID: String

  /// A value.
  public init(questionID: String, choiceID: String) {
    self.questionID = questionID
    self.choiceID = choiceID
  }
}
