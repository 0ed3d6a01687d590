/// How near the harm is that a contact of the poll bot tells of. The raw values are those of the store.
public enum CaseDanger: String, CaseIterable, Sendable {
  /// Now.
  case immediate
  /// It goes on.
  case ongoing
  /// It is over.
  case past
}

/// What a list says of an item that is a case of the poll bot.
public struct CaseMark: Sendable, Equatable {
  /// How near the harm is.
  public var danger: CaseDanger
  /// True when the contact would like to be contacted, and nobody has answered yet.
  public var isWaiting: Bool

  /// Creates a mark.
  public init(danger: CaseDanger, isWaiting: Bool) {
    self.danger = danger
    self.isWaiting = isWaiting
  }
}

/// What a reviewer sees of a case: how near the harm is, what the contact was sent, and whether an answer can go back.
public struct CaseView: Sendable, Equatable {
  /// Why no words of the case are on the page.
  public enum Texts: String, CaseIterable, Sendable {
    /// They are.
    case kept
    /// The operator has given no key for texts.
    case noKey = "no-key"
    /// Their time is over.
    case gone
    /// The operator's key is not the one they were sealed with.
    case locked
  }

  /// Why an answer cannot be sent, or was not.
  public enum Fault: String, CaseIterable, Sendable {
    case empty
    case tooLong = "too-long"
    case stopped, left, unreachable
    case noBot = "no-bot"
    case misdirected, nameless
  }

  /// What is to be said of the way by which an answer goes.
  public enum Way: String, CaseIterable, Sendable {
    /// By the chat page, which nothing calls the contact back to.
    case page
    /// The contact asked for an answer and for no more messages.
    case stopped
  }

  /// Something that was said to the contact.
  public struct Saying: Sendable, Equatable {
    /// How far it has come.
    public enum Delivery: String, CaseIterable, Sendable {
      case pending, sent, delivered, failed, dead, withdrawn
      /// It was given back to the system that asked.
      case handed
      /// It is not kept any more how far it came.
      case forgotten
    }

    /// Who said it.
    public enum Speaker: Sendable, Equatable {
      /// The bot, at one of ``CaseView/occasions``; another name is shown as it is.
      case bot(occasion: String)
      /// A person, by the name in the audit.
      case person(String)
    }

    /// Who said it.
    public var speaker: Speaker
    /// How far it has come.
    public var delivery: Delivery
    /// When, in milliseconds since 1970.
    public var at: Int64

    /// Creates one.
    public init(_ speaker: Speaker, _ delivery: Delivery, at: Int64) {
      self.speaker = speaker
      self.delivery = delivery
      self.at = at
    }
  }

  /// The occasions at which the bot speaks that a page has words for: those of its responses.
  public static let occasions = [
    "disclosure", "urgent", "pressure", "pressure-urgent", "violence", "danger", "friend", "friend-self-harm",
    "self-harm",
    "risky", "offer", "contact-yes", "contact-no", "heard", "go-on", "stop", "restart", "help", "about", "abuse",
    "flood", "too-long", "unreadable", "again", "skipped", "expired", "done",
  ]

  /// How near the harm is.
  public var danger: CaseDanger
  /// The language of the contact (`id`, `en`).
  public var language: String
  /// Whether the contact would like to be contacted; nil when nothing was said about it.
  public var wantsContact: Bool?
  /// What the contact was sent, oldest first.
  public var sayings: [Saying]
  /// When it was opened, in milliseconds since 1970.
  public var openedAt: Int64
  /// Changes with the case; an answer names the one it was written to.
  public var version: String
  /// Whether its words are on the page.
  public var texts: Texts
  /// What is to be said of the way by which an answer goes.
  public var ways: [Way]
  /// True when the contact waits for an answer that they asked for.
  public var awaitsAnswer: Bool
  /// Why no answer can be sent; nil shows the form.
  public var obstacle: Fault?
  /// The form for an answer.
  public var form: Form

  /// What the form for an answer needs.
  public struct Form: Sendable, Equatable {
    /// The longest answer, in UTF-16 units as browsers count.
    public var limit: Int
    /// The characters that take one place of an SMS; the script counts by them.
    public var onePlace: String
    /// Those that take two.
    public var twoPlaces: String
    /// What was written; not empty after a refusal.
    public var text: String
    /// Why it was not sent; nil before anything was.
    public var fault: Fault?

    /// Creates a form.
    public init(limit: Int, onePlace: String, twoPlaces: String, text: String = "", fault: Fault? = nil) {
      self.limit = limit
      self.onePlace = onePlace
      self.twoPlaces = twoPlaces
      self.text = text
      self.fault = fault
    }
  }

  /// Creates a view.
  public init(
    danger: CaseDanger, language: String, wantsContact: Bool? = nil, sayings: [Saying] = [], openedAt: Int64,
    version: String, texts: Texts = .kept, ways: [Way] = [], awaitsAnswer: Bool = false, obstacle: Fault? = nil,
    form: Form
  ) {
    self.danger = danger
    self.language = language
    self.wantsContact = wantsContact
    self.sayings = sayings
    self.openedAt = openedAt
    self.version = version
    self.texts = texts
    self.ways = ways
    self.awaitsAnswer = awaitsAnswer
    self.obstacle = obstacle
    self.form = form
  }

  /// What a list says of it.
  public var mark: CaseMark { CaseMark(danger: danger, isWaiting: awaitsAnswer) }
}
