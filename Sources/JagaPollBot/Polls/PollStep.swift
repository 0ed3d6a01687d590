/// One step of a poll.
public struct PollStep: Hashable, Sendable {
  /// Its name in the poll; `end` is taken.
  public var id: String
  /// What happens.
  public var kind: Kind
  /// The step that follows, or ``end``; nil for the next one in order.
  public var next: String?
  /// Its line in the file; 0 where there is none.
  public var line: Int

  /// A step.
  public init(id: String, kind: Kind, next: String? = nil, line: Int = 0) {
    self.id = id
    self.kind = kind
    self.next = next
    self.line = line
  }

  /// The place to go to for ending the poll.
  public static let end = "end"

  /// What a step does.
  public enum Kind: Hashable, Sendable {
    /// Asks, and waits for an answer.
    case ask(PollQuestion)
    /// Says something and goes on.
    case say(LocalText)
    /// Ends the poll, with words of its own or the bot's.
    case end(LocalText?)
  }
}

/// A question.
public struct PollQuestion: Hashable, Sendable {
  /// What is asked, without the choices.
  public var text: LocalText
  /// What can be chosen; none for free text alone.
  public var choices: [PollChoice]
  /// Whether the choices are listed with numbers under the question; false where the text names them itself.
  public var listsChoices: Bool
  /// Whether any text is an answer.
  public var takesText: Bool
  /// Whether that text may be kept for the results, with consent. Else nobody but the case sees it.
  public var keepsText: Bool
  /// Whether results are counted by its choices.
  public var isGroup: Bool

  /// A question.
  public init(
    text: LocalText, choices: [PollChoice] = [], listsChoices: Bool = true, takesText: Bool = false,
    keepsText: Bool = false, isGroup: Bool = false
  ) {
    self.text = text
    self.choices = choices
    self.listsChoices = listsChoices
    self.takesText = takesText
    self.keepsText = keepsText
    self.isGroup = isGroup
  }
}

/// One of the answers to choose from.
public struct PollChoice: Hashable, Sendable {
  /// Its name in results.
  public var id: String
  /// What is shown.
  public var label: LocalText
  /// Further words by which it is heard.
  public var words: [String]
  /// The step that follows, or ``PollStep/end``; nil for that of the question.
  public var next: String?
  /// Who chooses it tells of harm, this urgent.
  public var tells: CaseUrgency?
  /// Who chooses it and writes nothing else tells of nothing, whatever the scorer makes of it: the author knows what the question means.
  public var isPlain: Bool
  /// Its line in the file; 0 where there is none.
  public var line: Int

  /// A choice.
  public init(
    id: String, label: LocalText, words: [String] = [], next: String? = nil, tells: CaseUrgency? = nil,
    isPlain: Bool = false, line: Int = 0
  ) {
    self.id = id
    self.label = label
    self.words = words
    self.next = next
    self.tells = tells
    self.isPlain = isPlain
    self.line = line
  }
}
