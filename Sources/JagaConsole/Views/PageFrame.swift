/// The two languages of the console.
public enum ConsoleLanguage: String, CaseIterable, Sendable {
  /// Indonesian.
  case id
  /// English.
  case en

  /// The other one, for what is shown in both.
  public var other: ConsoleLanguage { self == .id ? .en : .id }
}

/// The colours of the console.
public enum ConsoleTheme: String, CaseIterable, Sendable {
  /// What the reader's system asks for.
  case system
  case light, dark
}

/// Everything around a page that does not depend on what it shows: who reads it, in which language, with which habits.
public struct PageFrame: Sendable, Equatable {
  /// The language of the page.
  public var language: ConsoleLanguage
  /// The colours of the page.
  public var theme: ConsoleTheme
  /// The token every form carries; written as it is given.
  public var csrf: String
  /// Path and query of this page, to which the forms for habits lead back.
  public var path: String
  /// The name of the signed-in reviewer; nil shows neither navigation nor a way out.
  public var reviewer: String?
  /// True shows the way to the audit.
  public var canAudit: Bool
  /// True veils message text until it is asked for.
  public var veil: Bool
  /// True turns keys without a modifier into shortcuts.
  public var shortcuts: Bool
  /// What happened just before this page.
  public var notice: PageNotice?
  /// The reviewer's work in this session.
  public var work: WorkSummary?
  /// The open items the reviewer may see, for the navigation; nil when unknown.
  public var waiting: Int?

  /// Creates a frame; without arguments that of somebody who has not signed in.
  public init(
    language: ConsoleLanguage = .id, theme: ConsoleTheme = .system, csrf: String = "", path: String = "/",
    reviewer: String? = nil, canAudit: Bool = false, veil: Bool = true, shortcuts: Bool = true,
    notice: PageNotice? = nil, work: WorkSummary? = nil, waiting: Int? = nil
  ) {
    self.language = language
    self.theme = theme
    self.csrf = csrf
    self.path = path
    self.reviewer = reviewer
    self.canAudit = canAudit
    self.veil = veil
    self.shortcuts = shortcuts
    self.notice = notice
    self.work = work
    self.waiting = waiting
  }
}

/// A sentence at the top of a page about what happened just before.
public struct PageNotice: Sendable, Equatable {
  /// The sentences there are. The raw values are part of addresses.
  public enum Kind: String, CaseIterable, Sendable {
    case decided, appealed, answered
    case queueDone = "queue-done"
    case changed
    case closed
    case incomplete
    case contradictory
    case refused
    case signedOut = "signed-out"
    case expired
    case wrongToken = "wrong-token"

    /// True for what went wrong, which is announced at once.
    var isProblem: Bool {
      switch self {
      case .decided, .appealed, .answered, .queueDone, .signedOut: false
      case .changed, .closed, .incomplete, .contradictory, .refused, .expired, .wrongToken: true
      }
    }
  }

  /// Which sentence.
  public var kind: Kind
  /// The item it is about.
  public var item: Int?

  /// Creates a notice.
  public init(_ kind: Kind, item: Int? = nil) {
    self.kind = kind
    self.item = item
  }
}

/// A reviewer's work in one session.
public struct WorkSummary: Sendable, Equatable {
  /// Decisions in this session.
  public var decisions: Int
  /// Minutes since it began.
  public var minutes: Int

  /// Creates a summary.
  public init(decisions: Int, minutes: Int) {
    self.decisions = decisions
    self.minutes = minutes
  }

  /// True once a break would do good: after 50 minutes or 40 decisions, and then for ten minutes or ten decisions in every such stretch.
  public var wantsBreak: Bool {
    (minutes >= 50 && minutes % 50 < 10) || (decisions >= 40 && decisions % 40 < 10)
  }
}
