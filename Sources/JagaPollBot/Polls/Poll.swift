/// A poll as its author wrote it: questions, choices, branches, languages. Read by ``PollReader``, gone through by ``PollMachine``.
///
/// A value without state: who answered what is in a ``PollSession``.
public struct Poll: Hashable, Sendable {
  /// Its name for programs: small letters, digits, hyphens.
  public var id: String
  /// Counted up by the author whenever a question changes its meaning.
  public var version: Int
  /// Its name for people.
  public var title: LocalText
  /// Of `id` and `en`; the first is the default.
  public var languages: [String]
  /// Asked before anything else; nil for a poll that begins at once.
  public var optIn: OptIn?
  /// Words that start it.
  public var startWords: [String]
  /// The language of the start words that are listed for one.
  public var startLanguages: [String: String] = [:]
  /// Words that end it, beside those that always do (``BotCommand``).
  public var stopWords: [String]
  /// How long a question stays open, in milliseconds.
  public var timeout: Int64
  /// After how long an open question is asked once more, in milliseconds; nil for never.
  public var reminder: Int64?
  /// Asked before the first question whose text may leave: may it, without names and numbers?
  public var consent: LocalText?
  /// Who asks and what it costs, for whoever wants to know that first; nil leaves it to the bot.
  public var about: LocalText? = nil
  /// In order: a step without ``PollStep/next`` goes on to the one after it.
  public var steps: [PollStep]

  /// A poll.
  public init(
    id: String, version: Int, title: LocalText, languages: [String], optIn: OptIn?, startWords: [String],
    stopWords: [String], timeout: Int64, reminder: Int64?, consent: LocalText?, steps: [PollStep]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.languages = languages
    self.optIn = optIn
    self.startWords = startWords
    self.stopWords = stopWords
    self.timeout = timeout
    self.reminder = reminder
    self.consent = consent
    self.steps = steps
  }

  /// The question whether somebody takes part.
  public struct OptIn: Hashable, Sendable {
    /// What is asked.
    public var text: LocalText
    /// Words for yes, beside those that always mean it.
    public var agree: [String]
    /// Words for no, likewise.
    public var decline: [String]

    /// A question of consent.
    public init(text: LocalText, agree: [String] = [], decline: [String] = []) {
      self.text = text
      self.agree = agree
      self.decline = decline
    }
  }

  /// The language to speak: the wanted one where the poll has it, else its default.
  public func language(wanted: String?) -> String {
    if let wanted, languages.contains(wanted) { return wanted }
    return languages.first ?? "id"
  }

  /// A text in a language, or else in the default one.
  public func text(_ text: LocalText, in language: String) -> String { text.text(language, languages.first ?? "id") }

  /// The place of a step. Cost: a search over the steps, of which there are at most ``PollLimits/steps``.
  public func index(of step: String) -> Int? { steps.firstIndex { $0.id == step } }

  /// The questions, in order.
  public var questions: [(id: String, question: PollQuestion)] {
    steps.compactMap { step in
      guard case .ask(let question) = step.kind else { return nil }
      return (step.id, question)
    }
  }
}

/// What a poll may hold.
public enum PollLimits {
  /// The largest file, in bytes.
  public static let bytes = 256 << 10
  /// Steps of a poll.
  public static let steps = 100
  /// Choices of a question.
  public static let choices = 20
  /// Characters of a text.
  public static let text = 640
  /// Characters of a choice's label.
  public static let label = 60
  /// Characters of an id.
  public static let id = 40
  /// Words of a list, and characters of a word.
  public static let words = 60
  /// Hours that a session may wait.
  public static let hours = 1...720
}
