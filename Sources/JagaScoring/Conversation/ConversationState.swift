import JagaCore
import JagaRules

/// What a conversation remembers: stage evidence by author, marks of the last messages, its peak. A value of about
/// 800 bytes, and 650 more from the third author on.
public struct ConversationState: Sendable {
  /// At most this many authors are told apart; the one with the least evidence makes room for a new one.
  public static let authorLimit = 8

  /// What is remembered of one author. It describes what was written, never the person.
  struct Author: Sendable {
    var id: UInt64 = 0
    /// Evidence by stage in logits, faded message by message of his.
    var stages = InlineArray<20, Float>(repeating: 0)
    /// Messages of his so far.
    var messages: Int32 = 0
    /// The highest accumulated evidence so far.
    var peak: Float = 0
    /// The strongest move at that peak.
    var top: UInt8 = 0
    /// The band that his messages have reached and not yet left.
    var band = Band.none

    /// Counts a message of his; the count stays at its largest value, which stored bytes may hold.
    mutating func countMessage() {
      if messages < .max { messages += 1 }
    }
  }

  /// What one earlier message left for rules.
  struct Mark: Sendable {
    var author: UInt64 = 0
    var model = HistoryMarks()
    var overlay = HistoryMarks()
  }

  /// What an author asked last, and in which message.
  struct Asked: Sendable {
    var author: UInt64 = 0
    var question = Question()
    /// The number of messages up to it.
    var message: Int32 = 0
  }

  /// A question is answered by one of so many messages after it.
  static let answerReach: Int32 = 3

  var authors = ConversationAuthors()
  var authorCount = 0
  /// A ring of the last messages' marks; `messageCount` tells where it starts.
  var marks = ConversationMarks()
  /// What the author of the last message asked.
  var last = Asked()
  /// What the author before that one asked.
  var lastOfOther = Asked()
  var messageCount: Int32 = 0
  var firstAlert: Int32 = -1
  var peak: Float = 0
  var peakBand = Band.none
  var peakTop: UInt8 = 0
  var support = false

  /// A conversation without messages.
  public init() {}

  /// Makes it a conversation without messages; the memory is kept.
  public mutating func removeAll() {
    authors.removeAll()
    authorCount = 0
    marks.removeAll()
    last = Asked()
    lastOfOther = Asked()
    messageCount = 0
    firstAlert = -1
    peak = 0
    peakBand = .none
    peakTop = 0
    support = false
  }

  /// Messages so far.
  public var messages: Int { Int(messageCount) }

  /// Index (from 0) of the first message at which the conversation reached ``Band/review``; nil before.
  public var firstAlertIndex: Int? { firstAlert >= 0 ? Int(firstAlert) : nil }

  /// What a new message of an author answers: the last message of anybody else.
  func question(to author: UInt64) -> Question {
    let asked = last.author == author ? lastOfOther : last
    let since = messageCount - asked.message
    return asked.message > 0 && (0..<ConversationState.answerReach).contains(since) ? asked.question : Question()
  }

  /// Keeps a message's marks for the rules of later ones, and what it asks, and counts the message.
  ///
  /// At its largest value the count steps back by one ring less one, so that the ring goes on.
  mutating func remember(_ mark: Mark, question: Question) {
    var asked = Asked(author: mark.author, question: question, message: messageCount < .max ? messageCount + 1 : .max)
    if last.message > 0, last.author == mark.author {
      asked.question = last.question.followed(by: question)
    } else {
      lastOfOther = last
    }
    last = asked
    marks[Int(messageCount) % RuleSet.historyDepth] = mark
    messageCount += messageCount < .max ? 1 : 1 - Int32(RuleSet.historyDepth)
  }

  /// The slot of an author, made when new. Cost: at most ``authorLimit`` comparisons.
  mutating func slot(of author: UInt64) -> Int {
    for index in 0..<authorCount where authors[index].id == author { return index }
    if authorCount < ConversationState.authorLimit {
      authors[authorCount].id = author
      authorCount += 1
      return authorCount - 1
    }
    var weakest = 0
    for index in 1..<authorCount where authors[index].peak < authors[weakest].peak { weakest = index }
    var fresh = Author()
    fresh.id = author
    authors[weakest] = fresh
    return weakest
  }
}

/// The history of one conversation as rules see it, for one pack: of the state, only its marks are copied.
struct StateHistory: RuleHistory {
  private let messageCount: Int
  private let marks: ConversationMarks
  private let author: UInt64
  private let isOverlay: Bool

  init(state: borrowing ConversationState, author: UInt64, isOverlay: Bool) {
    messageCount = Int(state.messageCount)
    marks = state.marks
    self.author = author
    self.isOverlay = isOverlay
  }

  var count: Int { min(messageCount, RuleSet.historyDepth) }

  private func place(_ age: Int) -> Int { (messageCount - age) % RuleSet.historyDepth }

  func marks(age: Int) -> HistoryMarks { marks.marks(at: place(age), isOverlay: isOverlay) }

  func isSameAuthor(age: Int) -> Bool { marks.author(at: place(age)) == author }
}
