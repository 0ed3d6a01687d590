public import JagaCore
public import JagaLexicon

/// A rule that holds in a message, and the tokens it rests on.
public struct RuleFinding: Hashable, Sendable {
  /// Index of the rule.
  public var rule: UInt32
  /// First token; equal to `end` when the rule rests on no tokens.
  public var begin: Int32
  /// One past the last token.
  public var end: Int32

  /// Creates a finding.
  @inlinable
  public init(rule: UInt32, begin: Int32, end: Int32) {
    self.rule = rule
    self.begin = begin
    self.end = end
  }
}

/// Which of up to 128 things that rules ask earlier messages for were seen in one message.
public struct HistoryMarks: Hashable, Sendable {
  /// Marks 0 to 63.
  public var low: UInt64 = 0
  /// Marks 64 to 127.
  public var high: UInt64 = 0
  /// No marks.
  @inlinable public init() {}

  /// Adds the marks of another part of the same message.
  public mutating func formUnion(_ other: HistoryMarks) {
    low |= other.low
    high |= other.high
  }
}

/// What a conversation remembers for rules: marks of the last messages, newest first, and whether the author is the same.
public protocol RuleHistory {
  /// The number of earlier messages remembered (at most ``RuleSet/historyDepth``).
  var count: Int { get }
  /// The marks of the message `age` steps back (1 = the one before).
  func marks(age: Int) -> HistoryMarks
  /// True when the message `age` steps back has the author of the current one.
  func isSameAuthor(age: Int) -> Bool
}

/// Compiled rules over one lexicon. One section of a model or overlay.
///
/// Evaluation has two steps, so that messages can be assessed in parallel and concluded in order:
/// ``evaluate(_:hits:into:pending:)`` needs the message alone; ``settle(_:history:into:)`` needs what came before.
/// Rules are numbered in the order of their ids. Conditions are flat programs: nothing loops or recurses over rules.
public struct RuleSet: Sendable {
  static let formatMark: Int64 = 0x0002_534C_5552_4A47  // version 2

  let programOffsets: Table<UInt32>
  let instructions: Table<RuleInstruction>
  let sequences: Table<UInt32>
  let bounds: Table<Int64>
  /// For each entry, its row of ``rows``.
  let entryRows: Table<UInt32>
  /// What hits of an entry mean to rules, ``RuleRowLayout/stride`` words each; entries that mean the same share a row, and row 0 means nothing.
  let rows: Table<UInt64>
  let roles: Table<UInt8>
  /// Rules to try in every message, as bits.
  let always: Table<UInt64>
  let layout: RuleRowLayout
  let historyOffsets: Table<UInt32>
  let history: Table<HistoryItem>
  let ruleMarks: Table<UInt64>
  let groupCount: Int
  /// The number of distinct things that rules ask earlier messages for.
  public let markCount: Int
  private let voteRows: Table<Int16>
  private let languages: Table<UInt8>
  private let strings: StringPool

  /// Reads and checks a section; every entry index must exist in `lexicon`.
  public init(section: Section, lexicon: Lexicon) throws(SectionError) {
    var reader = SectionReader(section)
    guard try reader.number() == RuleSet.formatMark else { throw .invalid(what: "rules format") }
    let rules = try reader.number()
    let groupNumber = try reader.number()
    guard rules >= 0, rules < Int64(Int32.max), groupNumber >= 0, groupNumber < Int64(Int32.max) else {
      throw .invalid(what: "number of rules")
    }
    guard try reader.number() == Int64(lexicon.count) else { throw .invalid(what: "lexicon of the rules") }
    groupCount = Int(groupNumber)
    programOffsets = try reader.table(of: UInt32.self)
    instructions = try reader.table(of: RuleInstruction.self)
    sequences = try reader.table(of: UInt32.self)
    bounds = try reader.table(of: Int64.self)
    layout = RuleRowLayout(groups: Int(groupNumber), rules: Int(rules))
    entryRows = try reader.table(of: UInt32.self)
    rows = try reader.table(of: UInt64.self)
    roles = try reader.table(of: UInt8.self)
    always = try reader.table(of: UInt64.self)
    let marks = try reader.number()
    guard marks >= 0, marks <= Int64(RuleSet.maximumMarks) else { throw .invalid(what: "marks") }
    markCount = Int(marks)
    historyOffsets = try reader.table(of: UInt32.self)
    history = try reader.table(of: HistoryItem.self)
    ruleMarks = try reader.table(of: UInt64.self)
    voteRows = try reader.table(of: Int16.self)
    languages = try reader.table(of: UInt8.self)
    strings = try StringPool(reading: &reader)
    try checkTables(rules: Int(rules), entries: lexicon.count)
    try checkPrograms()
    for code in languages.buffer where SourceLanguage(rawValue: code) == nil { throw .invalid(what: "rule language") }
    guard voteRows.count == Int(rules) * Head.stride, languages.count == Int(rules), strings.count == 3 * Int(rules)
    else {
      throw .invalid(what: "rule descriptions")
    }
  }

  /// The number of rules.
  public var count: Int { languages.count }

  /// The id of a rule (a copy).
  public func id(of rule: UInt32) -> String { strings[3 * Int(rule)] }

  /// Where a rule comes from (a copy); may be empty.
  public func source(of rule: UInt32) -> String { strings[3 * Int(rule) + 1] }

  /// Why a rule is there (a copy); may be empty.
  public func note(of rule: UInt32) -> String { strings[3 * Int(rule) + 2] }

  /// The language that a rule was written for.
  public func language(of rule: UInt32) -> SourceLanguage { SourceLanguage(rawValue: languages[Int(rule)]) ?? .any }

  /// True when a rule asks for earlier messages, and so is settled in step two.
  public func needsHistory(_ rule: UInt32) -> Bool { historyOffsets[Int(rule)] != historyOffsets[Int(rule) + 1] }

  /// True when a rule asks for an entry, by its id, a prefix or its label.
  package func asks(for entry: UInt32) -> Bool { layout.hasGroups(rows.buffer, row: entryRows[Int(entry)]) }

  /// The votes of a rule: a row of ``Head/stride`` fixed-point values. Valid as long as the rule set lives.
  public func votes(of rule: UInt32) -> UnsafeBufferPointer<Int16> {
    let begin = Int(rule) * Head.stride
    return UnsafeBufferPointer(rebasing: voteRows.buffer[begin..<begin + Head.stride])
  }
}

extension RuleSet {
  /// How many earlier messages a condition may reach back.
  public static let historyDepth = 12
  /// How many distinct things rules may ask earlier messages for.
  public static let maximumMarks = 128
  /// How deep `all`, `any` and `none` may nest.
  public static let maximumDepth = 4
  /// How many tokens before a hit a negator is looked for.
  public static let negationReach = 3
  /// The farthest `within` of `sequence` and `near`, in tokens.
  public static let maximumDistance = 100
  /// Truths that a running program may hold at once.
  static let stackLimit = 16
}
