public import JagaCore
import JagaRules

/// What the text of one message tells; filled by ``ScoringWorkspace/assess(_:into:)`` and reused.
///
/// It holds no text. Not thread-safe; one thread at a time may fill or conclude it.
public final class Assessment {
  /// The language guess.
  public internal(set) var language = Language.other
  var sums = HeadSums()
  /// The window of tokens that the result rests on.
  var windowBegin: Int32 = 0
  var windowEnd: Int32 = 0
  var pending: [RuleFinding] = []
  var overlayPending: [RuleFinding] = []
  var marks = HistoryMarks()
  var overlayMarks = HistoryMarks()
  /// What it asks whoever writes next.
  var question = Question()
  /// What the message is as an answer.
  var answer = AnswerEvidence()
  /// The length scale of the first window, which the answer's weights share.
  var answerScale: Int32 = 0
  var settled: [RuleFinding] = []

  /// Nothing assessed yet.
  public init() {}
}

/// The decided result of one message, in plain numbers. A value of fixed size without references.
public struct Conclusion: Sendable {
  /// At most this many rules over earlier messages are named in an explanation.
  static let settledLimit = 8

  /// The language guess.
  public internal(set) var language = Language.other
  /// The message's band.
  public internal(set) var band = Band.none
  /// The conversation after this message.
  public internal(set) var conversation = ConversationScore(
    score: 0, band: .none, top: .groomingContact, supportNeeded: false)
  /// The most likely move.
  public internal(set) var top = Label.groomingContact
  /// The move head's logit before any base-rate shift, the conversation's part included.
  public internal(set) var moveLogit = 0.0
  /// The disclosure head's logit.
  public internal(set) var disclosureLogit = 0.0

  var sums = HeadSums()
  /// What earlier messages of the author add to the move head, in logits.
  var carry = 0.0
  let windowBegin: Int32
  let windowEnd: Int32
  /// What the message answers.
  var question = Question()
  var settled = InlineArray<8, UInt32>(repeating: 0)
  var settledCount = 0

  init(windowBegin: Int32, windowEnd: Int32) {
    self.windowBegin = windowBegin
    self.windowEnd = windowEnd
  }

  /// Notes a rule over earlier messages for the explanation; bit 31 marks the overlay's.
  mutating func note(settled rule: UInt32, isOverlay: Bool) {
    guard settledCount < Conclusion.settledLimit else { return }
    settled[settledCount] = rule | (isOverlay ? 1 << 31 : 0)
    settledCount += 1
  }
}
