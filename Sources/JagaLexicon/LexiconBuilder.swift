internal import JagaCore

/// Why a lexicon cannot be built.
public enum LexiconBuildError: Error, Hashable, Sendable {
  /// Two entries have one id.
  case duplicateID(String)
  /// A phrase, counted from 0, cannot be compiled.
  case phrase(entry: String, index: Int, fault: PhraseFault)
  /// An entry expands to more than ``Phrase/maximumTransitions``.
  case tooLarge(entry: String, transitions: Int)
  /// More words, or more ends of phrases, than 16 bits can number.
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

  /// Transitions that sharing prefixes may add, as a multiple of those that the phrases need. None by default: with thousands of phrases the
  /// shared automaton is larger by megabytes and no faster; tests hold both to the same matches.
  var sharingFactor = 0

  /// Starts empty.
  public init() {}

  /// Adds an entry.
  public mutating func add(_ entry: LexiconEntry) { entries.append(entry) }

  /// The section's bytes. Cost: linear in the transitions, with a bounded factor for sharing prefixes.
  public func build() throws(LexiconBuildError) -> [UInt8] {
    let sorted = entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    try LexiconBuilder.check(sorted)
    let words = LexiconBuilder.words(of: sorted)
    let limit = (Int(UInt16.max) - Int(Symbol.firstWord)) / 2
    guard words.count <= limit else { throw .tooMany(what: "words", count: words.count, limit: limit) }
    var network = PhraseNetwork()
    for (index, entry) in sorted.enumerated() {
      // Sorted, so that the order of phrases in a file does not matter either.
      for phrase in LexiconBuilder.ordered(entry.phrases) {
        network.add(phrase, entry: UInt32(index)) { atom in
          switch atom {
          case .word(let word): Symbol.word(words[word] ?? 0)
          case .exact(let word): Symbol.exact(words[word] ?? 0)
          case .token(let kind): UInt32(kind.rawValue)
          }
        }
      }
    }
    let shared = SharedNetwork(
      network, budget: sharingFactor == 0 ? 0 : network.transitionCount * sharingFactor + 4_096)
    var writer = SectionWriter()
    let ends = shared.accepts.reduce(0) { $0 + $1.count }
    guard ends <= Int(UInt16.max) else { throw .tooMany(what: "ends", count: ends, limit: Int(UInt16.max)) }
    writer.append(number: Lexicon.formatMark)
    writer.append(number: Int64(sorted.count))
    writer.append(number: Int64(words.count))
    writer.append(number: Int64(shared.transitions.count))
    var index = HashIndexBuilder()
    for (word, number) in words { index.set(tokenHash(word), to: UInt32(number)) }
    index.write(to: &writer)
    LexiconBuilder.write(shared, symbols: Int(Symbol.firstWord) + 2 * words.count, to: &writer)
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

  private static func words(of entries: [LexiconEntry]) -> [String: Int] {
    var words: Set<String> = []
    for entry in entries {
      for phrase in entry.phrases {
        for case .choice(let runs, _) in phrase.elements {
          for atom in runs.joined() {
            switch atom {
            case .word(let word), .exact(let word): words.insert(word)
            case .token: break
            }
          }
        }
      }
    }
    let sorted = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
  }

  private static func write(_ network: SharedNetwork, symbols: Int, to writer: inout SectionWriter) {
    // The start state is used by symbol, so its transitions are indexed by symbol; the others are searched.
    var startCounts = [UInt32](repeating: 0, count: symbols + 1)
    for move in network.transitions[0] { startCounts[Int(move.symbol) + 1] += 1 }
    for symbol in 0..<symbols { startCounts[symbol + 1] += startCounts[symbol] }
    writer.append(table: startCounts)
    writer.append(table: network.transitions[0].map(\.target))
    var offsets: [UInt32] = [0]
    var moveSymbols: [UInt16] = []
    var moveTargets: [UInt32] = []
    var acceptOffsets: [UInt16] = [0]
    var accepts: [UInt32] = []
    for (state, moves) in network.transitions.enumerated() {
      if state > 0 {
        moveSymbols += moves.map { UInt16($0.symbol) }
        moveTargets += moves.map(\.target)
      }
      accepts += network.accepts[state]
      offsets.append(UInt32(moveSymbols.count))
      acceptOffsets.append(UInt16(accepts.count))
    }
    writer.append(table: offsets)
    writer.append(table: moveSymbols)
    writer.append(table: moveTargets)
    writer.append(table: acceptOffsets)
    writer.append(table: accepts)
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
