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

/// Compiled word lists: phrases by the rarest symbol that each must hold. One section of a model or overlay.
///
/// Entries are numbered in the order of their ids (by UTF-8 bytes). Every index inside the section is checked once, when it is
/// opened; later reads need no checks. Immutable and safe to share between threads.
public struct Lexicon: Sendable {
  static let formatMark: Int64 = 0x0003_5843_494E_4F47  // version 3
  @usableFromInline static let noLabel: UInt8 = 255

  /// Tells lexicons apart that share working memory.
  let identity: UInt64
  let words: HashIndex
  let wordCount: Int
  let exactCount: Int
  /// For each symbol, and one more to end the last.
  let rows: Table<SymbolRow>
  let wholes: Table<UInt32>
  let anchorSignatures: Table<UInt64>
  let anchorPatterns: Table<UInt32>
  let patterns: Table<Pattern>
  let steps: Table<PatternStep>
  let sets: Table<RunSet>
  let pool: Table<UInt16>
  /// Special symbols that have a row of their own, as bits.
  let leadingClasses: UInt16
  @usableFromInline let labels: Table<UInt8>
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
    wordCount = try Lexicon.count(try reader.number(), what: "lexicon words")
    exactCount = try Lexicon.count(try reader.number(), what: "lexicon words")
    words = try HashIndex(reading: &reader)
    rows = try reader.table(of: SymbolRow.self)
    wholes = try reader.table(of: UInt32.self)
    anchorSignatures = try reader.table(of: UInt64.self)
    anchorPatterns = try reader.table(of: UInt32.self)
    patterns = try reader.table(of: Pattern.self)
    steps = try reader.table(of: PatternStep.self)
    sets = try reader.table(of: RunSet.self)
    pool = try reader.table(of: UInt16.self)
    labels = try reader.table(of: UInt8.self)
    sensitivities = try reader.table(of: UInt8.self)
    languages = try reader.table(of: UInt8.self)
    weights = try reader.table(of: Int16.self)
    phraseCounts = try reader.table(of: UInt32.self)
    voteRows = try reader.table(of: Int16.self)
    strings = try StringPool(reading: &reader)
    identity = LexiconIdentity.next()
    let rows = rows
    leadingClasses = (0..<max(0, min(Int(Symbol.firstWord), rows.count - 1))).reduce(0) { bits, symbol in
      let isUsed =
        rows[symbol].wholes != rows[symbol + 1].wholes || rows[symbol].anchors != rows[symbol + 1].anchors
      return isUsed ? bits | 1 << UInt16(symbol) : bits
    }
    try checkPhrases(entries: entries)
    try checkEntries(count: entries)
  }

  private static func count(_ number: Int64, what: String) throws(SectionError) -> Int {
    guard number >= 0, number < Int64(Int32.max) else { throw .invalid(what: what) }
    return Int(number)
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
  @inlinable public func hasVotes(_ entry: UInt32) -> Bool { labels[Int(entry)] != Lexicon.noLabel }

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

  /// The number of phrases of several tokens, each alternative of a phrase without other elements for itself; for statistics.
  public var patternCount: Int { patterns.count }
}
