public import JagaCore
public import JagaLexicon
public import JagaText

/// The entries that one place of a rule asks for, by id. Globs and labels are already resolved.
public struct EntrySet: Hashable, Sendable {
  /// The ids, sorted and unique.
  public let ids: [String]

  /// Creates a set.
  public init(_ ids: some Sequence<String>) {
    self.ids = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// What surrounds a hit in its clause.
public struct HitAttributes: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// Creates a set from its bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// A negator stands within the three tokens before it, in the same clause.
  public static let negated = HitAttributes(rawValue: 1)
  /// A marker of reported speech stands before it in the same clause.
  public static let reported = HitAttributes(rawValue: 2)
  /// It opens its clause, or only particles and punctuation stand before it there.
  public static let imperative = HitAttributes(rawValue: 4)
  /// Its clause holds a question mark or a question word.
  public static let asked = HitAttributes(rawValue: 8)
}

/// A set of languages.
public struct LanguageSet: OptionSet, Hashable, Sendable {
  /// One bit for every ``Language``, by raw value.
  public let rawValue: UInt8
  /// Creates a set from its bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The set of one language.
  public init(_ language: Language) { rawValue = 1 << language.rawValue }
}

/// What a rule asks of a message, before it is compiled.
public indirect enum RuleCondition: Hashable, Sendable {
  /// Every condition holds.
  case all([RuleCondition])
  /// At least one condition holds.
  case any([RuleCondition])
  /// No condition holds.
  case none([RuleCondition])
  /// One hit of a set has all the required attributes and none of the forbidden.
  case hit(EntrySet, required: HitAttributes, forbidden: HitAttributes)
  /// Hits in this order, with at most `within` tokens from the end of one to the begin of the next.
  case sequence([EntrySet], within: Int)
  /// Two different hits, in any order, at most `within` tokens apart; overlapping hits are 0 apart.
  case near(EntrySet, EntrySet, within: Int)
  /// An amount of money in rupiah.
  case amount(min: Int64?, max: Int64?)
  /// A token of a kind.
  case kind(TokenKind)
  /// The message asks: a question mark, or a hit of a question word.
  case question
  /// The language guess is one of these.
  case language(LanguageSet)
  /// The number of tokens other than punctuation.
  case tokens(min: Int?, max: Int?)
}

/// Who wrote an earlier message, seen from the current one.
public enum HistoryAuthor: UInt8, CaseIterable, Sendable {
  /// The author of the current message.
  case same
  /// Somebody else.
  case other
  /// Anybody.
  case any

  /// The name used in sources.
  public var name: String {
    switch self {
    case .same: "same"
    case .other: "other"
    case .any: "any"
    }
  }

  /// Finds a relation by its exact name.
  public init?(name: some StringProtocol) {
    guard let match = HistoryAuthor.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// What a rule asks of the messages before: one of them has a hit of a set, or one of some rules held there.
public struct HistoryCondition: Hashable, Sendable {
  /// Entries, of which one must have been hit.
  public var entries: EntrySet
  /// Ids of rules, of which one must have held; such rules have no conditions on history themselves.
  public var rules: [String]
  /// Who must have written that message.
  public var author: HistoryAuthor
  /// How many messages back, 1…12.
  public var within: Int

  /// Creates a condition.
  public init(entries: EntrySet, rules: [String] = [], author: HistoryAuthor = .any, within: Int = 8) {
    self.entries = entries
    self.rules = Set(rules).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.author = author
    self.within = within
  }
}

/// A rule as it goes into a rule set.
public struct RuleDefinition: Sendable {
  /// The unique id.
  public var id: String
  /// What the message itself must be like.
  public var condition: RuleCondition
  /// What must have come before; every item must hold.
  public var earlier: [HistoryCondition]
  /// What must not have come before; no item may hold.
  public var unlessEarlier: [HistoryCondition]
  /// What it votes for and against.
  public var votes: VoteRow
  /// The language of its source.
  public var language: SourceLanguage
  /// Where it comes from; may be empty.
  public var source: String
  /// Why it is there; may be empty.
  public var note: String

  /// Creates a rule.
  public init(
    id: String, condition: RuleCondition, earlier: [HistoryCondition] = [], unlessEarlier: [HistoryCondition] = [],
    votes: VoteRow, language: SourceLanguage = .any, source: String = "", note: String = ""
  ) {
    self.id = id
    self.condition = condition
    self.earlier = earlier
    self.unlessEarlier = unlessEarlier
    self.votes = votes
    self.language = language
    self.source = source
    self.note = note
  }
}
