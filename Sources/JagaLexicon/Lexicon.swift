public import JagaCore

/// Where an entry of a lexicon was found in a message.
public struct LexiconHit: Hashable, Sendable {
  /// Index of the entry.
  public var entry: UInt32
  /// First token.
  public var begin: Int32
  /// One past the last token.
  public var end: Int32

  /// Creates a hit.
  @inlinable
  public init(entry: UInt32, begin: Int32, end: Int32) {
    self.entry = entry
    self.begin = begin
    self.end = end
  }
}

/// Compiled word lists: one automaton over tokens. One section of a model or overlay.
///
/// Entries are numbered in the order of their ids (by UTF-8 bytes). Every index inside the section is checked once, when it is
/// opened; later reads need no checks. Immutable and safe to share between threads.
public struct Lexicon: Sendable {
  static let formatMark: Int64 = 0x0002_5843_494E_4F47  // version 2
  static let noLabel: UInt8 = 255

  let words: HashIndex
  let startOffsets: Table<UInt32>
  let startTargets: Table<UInt32>
  let moveOffsets: Table<UInt32>
  let moveSymbols: Table<UInt16>
  let moveTargets: Table<UInt32>
  let acceptOffsets: Table<UInt16>
  let accepts: Table<UInt32>
  let stateCount: Int
  private let labels: Table<UInt8>
  private let sensitivities: Table<UInt8>
  private let languages: Table<UInt8>
  private let weights: Table<Int16>
  private let phraseCounts: Table<UInt32>
  private let voteRows: Table<Int16>
  private let strings: StringPool

  /// Reads and checks a section that ``LexiconBuilder`` wrote.
  public init(section: Section) throws(SectionError) {
    var reader = SectionReader(section)
    guard try reader.number() == Lexicon.formatMark else { throw .invalid(what: "lexicon format") }
    let entries = try Lexicon.count(try reader.number(), what: "lexicon entries")
    let wordCount = try Lexicon.count(try reader.number(), what: "lexicon words")
    let states = try Lexicon.count(try reader.number(), what: "lexicon states")
    guard states > 0 else { throw .invalid(what: "lexicon states") }
    words = try HashIndex(reading: &reader)
    startOffsets = try reader.table(of: UInt32.self)
    startTargets = try reader.table(of: UInt32.self)
    moveOffsets = try reader.table(of: UInt32.self)
    moveSymbols = try reader.table(of: UInt16.self)
    moveTargets = try reader.table(of: UInt32.self)
    acceptOffsets = try reader.table(of: UInt16.self)
    accepts = try reader.table(of: UInt32.self)
    labels = try reader.table(of: UInt8.self)
    sensitivities = try reader.table(of: UInt8.self)
    languages = try reader.table(of: UInt8.self)
    weights = try reader.table(of: Int16.self)
    phraseCounts = try reader.table(of: UInt32.self)
    voteRows = try reader.table(of: Int16.self)
    strings = try StringPool(reading: &reader)
    stateCount = states
    try checkAutomaton(wordCount: wordCount, entries: entries)
    try checkEntries(count: entries)
  }

  private static func count(_ number: Int64, what: String) throws(SectionError) -> Int {
    guard number >= 0, number < Int64(Int32.max) else { throw .invalid(what: what) }
    return Int(number)
  }

  private func checkAutomaton(wordCount: Int, entries: Int) throws(SectionError) {
    let symbols = Int(Symbol.firstWord) + 2 * wordCount
    var fits = true
    words.forEachValue { number in if Int(number) >= wordCount { fits = false } }
    guard fits else { throw .invalid(what: "lexicon word") }
    try checkOffsets(startOffsets, rows: symbols, limit: startTargets.count, what: "lexicon start")
    try checkValues(startTargets, below: stateCount, what: "lexicon start")
    try checkOffsets(moveOffsets, rows: stateCount, limit: moveSymbols.count, what: "lexicon states")
    guard moveTargets.count == moveSymbols.count else { throw .invalid(what: "lexicon transitions") }
    try checkValues(moveSymbols, below: symbols, what: "lexicon symbols")
    try checkValues(moveTargets, below: stateCount, what: "lexicon targets")
    try checkOffsets(acceptOffsets, rows: stateCount, limit: accepts.count, what: "lexicon ends")
    try checkValues(accepts, below: entries, what: "lexicon ends")
  }

  private func checkEntries(count: Int) throws(SectionError) {
    guard labels.count == count, sensitivities.count == count, languages.count == count, weights.count == count,
      phraseCounts.count == count, voteRows.count == count * Head.stride, strings.count == 3 * count
    else { throw .invalid(what: "lexicon entries") }
    for index in 0..<count {
      guard labels[index] == Lexicon.noLabel || Label(rawValue: labels[index]) != nil,
        Sensitivity(rawValue: sensitivities[index]) != nil, SourceLanguage(rawValue: languages[index]) != nil
      else { throw .invalid(what: "lexicon entry") }
    }
  }

  /// The number of entries.
  public var count: Int { labels.count }

  /// The id of an entry, such as `id.topup.condition.asal` (a copy).
  public func id(of entry: UInt32) -> String { strings[3 * Int(entry)] }

  /// Where an entry comes from (a copy); empty when only a note was given.
  public func source(of entry: UInt32) -> String { strings[3 * Int(entry) + 1] }

  /// Why an entry is there (a copy); may be empty.
  public func note(of entry: UInt32) -> String { strings[3 * Int(entry) + 2] }

  /// The label that an entry speaks for; nil for context entries that only rules use.
  public func label(of entry: UInt32) -> Label? { Label(rawValue: labels[Int(entry)]) }

  /// How openly an entry may be shown.
  public func sensitivity(of entry: UInt32) -> Sensitivity {
    Sensitivity(rawValue: sensitivities[Int(entry)]) ?? .coded
  }

  /// The language that an entry was written for.
  public func language(of entry: UInt32) -> SourceLanguage { SourceLanguage(rawValue: languages[Int(entry)]) ?? .any }

  /// The weight of an entry in logits; 0 without a label.
  public func weight(of entry: UInt32) -> Double { Double(weights[Int(entry)]) / Double(Head.unitsPerLogit) }

  /// The number of phrases written for an entry.
  public func phraseCount(of entry: UInt32) -> Int { Int(phraseCounts[Int(entry)]) }

  /// True when an entry speaks for a label; context entries do not, and never vote.
  public func hasVotes(_ entry: UInt32) -> Bool { labels[Int(entry)] != Lexicon.noLabel }

  /// The hash of the concept that an entry without a label stands for: its id without the language, so that entries of the same
  /// name in two languages are one concept; 0 for an entry with a label and for a list (`id.context.l-…`), which serves rules alone.
  public func concept(of entry: UInt32) -> UInt64 {
    let name = id(of: entry).drop { $0 != "." }
    return hasVotes(entry) || name.contains(".l-") ? 0 : tokenHash(String(name))
  }

  /// The votes of an entry: a row of ``Head/stride`` fixed-point values. Valid as long as the lexicon lives.
  public func votes(of entry: UInt32) -> UnsafeBufferPointer<Int16> {
    let begin = Int(entry) * Head.stride
    return UnsafeBufferPointer(rebasing: voteRows.buffer[begin..<begin + Head.stride])
  }

  /// Finds an entry by its id. Cost: a binary search with string copies; for tools.
  public func entry(id: String) -> UInt32? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self.id(of: UInt32(middle)).utf8.lexicographicallyPrecedes(id.utf8) { low = middle + 1 } else { high = middle }
    }
    return low < count && self.id(of: UInt32(low)) == id ? UInt32(low) : nil
  }

  /// The number of transitions of the automaton; for statistics.
  public var transitionCount: Int { moveTargets.count + startTargets.count }
}
