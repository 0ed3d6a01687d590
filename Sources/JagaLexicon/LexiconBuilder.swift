internal import JagaCore

/// Why a lexicon cannot be built.
public enum LexiconBuildError: Error, Hashable, Sendable {
  /// Two entries have one id.
  case duplicateID(String)
  /// A phrase, counted from 0, cannot be compiled.
  case phrase(entry: String, index: Int, fault: PhraseFault)
  /// An entry expands to more than ``Phrase/maximumTransitions``.
  case tooLarge(entry: String, transitions: Int)
  /// More words, or more patterns, than the section can number.
  case tooMany(what: String, count: Int, limit: Int)
}

/// Compiles entries into the section that ``Lexicon`` reads.
///
/// The bytes depend on the set of entries, not on the order in which they are added.
///
///     var builder = LexiconBuilder()
///     builder.add(LexiconEntry(id: "id.context.picture", phrases: [Phrase([.choice([[.word("foto")]], optional: false)])]))
///     let lexicon = try Lexicon(section: Section(copying: builder.build()))
public struct LexiconBuilder {
  private var entries: [LexiconEntry] = []

  /// Starts empty.
  public init() {}

  /// Adds an entry.
  public mutating func add(_ entry: LexiconEntry) { entries.append(entry) }

  /// The section's bytes. Cost: linear in the phrases.
  public func build() throws(LexiconBuildError) -> [UInt8] {
    let sorted = entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    try LexiconBuilder.check(sorted)
    let words = LexiconBuilder.words(of: sorted)
    let limit = Int(UInt16.max) - Int(Symbol.firstWord) - words.exactCount
    guard words.numbers.count <= limit else {
      throw .tooMany(what: "words", count: words.numbers.count, limit: limit)
    }
    let wordCount = words.numbers.count
    let symbols = Int(Symbol.firstWord) + wordCount + words.exactCount
    var compiler = PatternCompiler(symbols: symbols, costs: AnchorCosts(sorted)) { atom in
      switch atom {
      case .word(let word): Symbol.word(words.numbers[word] ?? 0)
      case .exact(let word): Symbol.exact(words.numbers[word] ?? 0, words: wordCount)
      case .token(let kind): Int(kind.rawValue)
      }
    }
    for (index, entry) in sorted.enumerated() {
      // Sorted, so that the order of phrases in a file does not matter either.
      compiler.add(LexiconBuilder.ordered(entry.phrases), entry: UInt32(index))
    }
    guard compiler.patterns.count < Anchor.maximumPatterns else {
      throw .tooMany(what: "patterns", count: compiler.patterns.count, limit: Anchor.maximumPatterns)
    }
    var writer = SectionWriter()
    writer.append(number: Lexicon.formatMark)
    writer.append(number: Int64(sorted.count))
    writer.append(number: Int64(wordCount))
    writer.append(number: Int64(words.exactCount))
    var index = HashIndexBuilder()
    for (word, number) in words.numbers { index.set(tokenHash(word), to: UInt32(number)) }
    index.write(to: &writer)
    compiler.write(to: &writer)
    LexiconBuilder.write(sorted, to: &writer)
    return writer.bytes
  }

  /// Each phrase once, in an order that does not depend on the file's.
  private static func ordered(_ phrases: [Phrase]) -> [Phrase] {
    Set(phrases).map { (key: $0.sortKey, phrase: $0) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.phrase)
  }

  private static func check(_ entries: [LexiconEntry]) throws(LexiconBuildError) {
    for (index, entry) in entries.enumerated() {
      if index > 0, entries[index - 1].id == entry.id { throw .duplicateID(entry.id) }
      var transitions = 0
      for (number, phrase) in entry.phrases.enumerated() {
        if let fault = phrase.fault { throw .phrase(entry: entry.id, index: number, fault: fault) }
        transitions += phrase.transitionCount
      }
      if transitions > Phrase.maximumTransitions { throw .tooLarge(entry: entry.id, transitions: transitions) }
    }
  }

  /// Numbers of all words: first those that a phrase asks for exactly, each by their bytes.
  private static func words(of entries: [LexiconEntry]) -> (numbers: [String: Int], exactCount: Int) {
    var words: Set<String> = []
    var exact: Set<String> = []
    for entry in entries {
      for phrase in entry.phrases {
        for case .choice(let runs, _) in phrase.elements {
          for atom in runs.joined() {
            switch atom {
            case .word(let word): words.insert(word)
            case .exact(let word): exact.insert(word)
            case .token: break
            }
          }
        }
      }
    }
    words.subtract(exact)
    let sorted = [exact, words].flatMap { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    return (Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) }), exact.count)
  }

  private static func write(_ entries: [LexiconEntry], to writer: inout SectionWriter) {
    writer.append(table: entries.map { $0.label?.rawValue ?? Lexicon.noLabel })
    writer.append(table: entries.map(\.sensitivity.rawValue))
    writer.append(table: entries.map(\.language.rawValue))
    writer.append(table: entries.map { Int16(clamping: VoteRow.units(logits: $0.weight)) })
    writer.append(table: entries.map { UInt32($0.phrases.count) })
    var votes: [Int16] = []
    var strings = StringPoolBuilder()
    for entry in entries {
      var row = VoteRow()
      if let label = entry.label { row.add(label: label, weight: entry.weight) }
      votes += row.stored
      strings.append(entry.id)
      strings.append(entry.source)
      strings.append(entry.note)
    }
    writer.append(table: votes)
    strings.write(to: &writer)
  }
}
