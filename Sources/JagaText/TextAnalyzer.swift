public import JagaCore

/// Turns the bytes of a message into tokens.
///
/// Not thread-safe: one analyzer per thread; the tables behind it are shared.
public final class TextAnalyzer {
  /// The word lists and maps in use.
  public let tables: TextTables

  /// Creates an analyzer over tables of a model.
  public init(tables: TextTables) { self.tables = tables }

  /// Analyzes valid UTF-8 into `text`, whose arrays are reused. Invalid bytes become U+FFFD of the same byte range.
  public func analyze(_ utf8: UnsafeBufferPointer<UInt8>, into text: inout AnalyzedText) {}

  /// Analyzes a string. For tests and tools.
  public func analyze(_ string: String) -> AnalyzedText {
    var text = AnalyzedText()
    var copy = string
    copy.withUTF8 { analyze($0, into: &text) }
    return text
  }
}

/// The analyzer's data: slang map, roots, word lists, look-alike folds. One section of a model.
public struct TextTables: Sendable {
  /// Reads and checks a section that ``TextTablesBuilder`` wrote.
  public init(section: Section) throws(SectionError) {}

  /// Tables without slang and word lists: folding and token kinds only.
  public static let empty = try? TextTables(section: Section(copying: []))
}

/// Collects the analyzer's data from lexicon sources.
public struct TextTablesBuilder {
  /// Starts with the look-alike folds and nothing else.
  public init() {}

  /// Maps a chat form to its canonical words (`gpp` → `gak apa apa`). Returns false when the form already maps elsewhere.
  public mutating func addSlang(form: String, canonical: [String], language: Language) -> Bool { true }

  /// Adds a root that affix stripping may end on.
  public mutating func addRoot(_ word: String, language: Language) {}

  /// Adds a known word of a language, for the language guess and ``TokenFlags/known``.
  public mutating func addWord(_ word: String, language: Language) {}

  /// The section's bytes; the same for the same set of entries in any order.
  public func build() -> [UInt8] { [] }
}
