public import JagaCore
public import JagaText

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
public struct Lexicon: Sendable {
  /// Reads and checks a section that ``LexiconBuilder`` wrote.
  public init(section: Section) throws(SectionError) {}

  /// The number of entries.
  public var count: Int { 0 }

  /// The id of an entry, such as `id.topup.condition.asal` (a copy).
  public func id(of entry: UInt32) -> String { "" }

  /// The label that an entry speaks for; nil for context entries that only rules use.
  public func label(of entry: UInt32) -> Label? { nil }

  /// True when an entry votes at all; context entries do not.
  public func hasVotes(_ entry: UInt32) -> Bool { false }

  /// The votes of an entry: a row of ``Head/stride`` fixed-point values.
  public func votes(of entry: UInt32) -> UnsafeBufferPointer<Int16> { UnsafeBufferPointer(start: nil, count: 0) }
}

/// Reused working memory of a matcher; one per thread.
public struct LexiconScratch {
  /// Empty memory.
  public init() {}
}

extension Lexicon {
  /// Finds every entry in a message, ordered by begin, end, entry; overlapping hits of one entry are reduced to the leftmost longest.
  public func match(_ text: AnalyzedText, scratch: inout LexiconScratch, into hits: inout [LexiconHit]) {}
}
