internal import JagaCore

/// Turns phrases into patterns, their steps, and lists by symbol: phrases of one token, and anchors of the longer ones.
struct PatternCompiler {
  private(set) var patterns: [Pattern] = []
  private(set) var steps: [PatternStep] = []
  private(set) var sets: [RunSet] = []
  private(set) var pool: [UInt16] = []
  /// For each symbol, the entries with a phrase that is this symbol alone.
  private(set) var wholes: [[UInt32]]
  /// For each symbol, the anchors at it.
  private(set) var anchors: [[(pattern: Int, filter: AnchorFilter)]]
  private let symbol: (PhraseAtom) -> Int
  private let costs: AnchorCosts
  private var setNumbers: [[[UInt16]]: Int] = [:]

  init(symbols: Int, costs: AnchorCosts, symbol: @escaping (PhraseAtom) -> Int) {
    wholes = Array(repeating: [], count: symbols)
    anchors = Array(repeating: [], count: symbols)
    self.symbol = symbol
    self.costs = costs
  }

  /// Adds the phrases of an entry; entries must come in the order of their numbers.
  mutating func add(_ phrases: [Phrase], entry: UInt32) {
    var seen: Set<[PhraseAtom]> = []
    for phrase in phrases {
      if phrase.elements.count == 1, case .choice(let runs, _) = phrase.elements[0] {
        for run in runs where seen.insert(run).inserted { add(run, entry: entry) }
      } else {
        addPattern(phrase.elements.flatMap(PatternCompiler.exploded), entry: entry)
      }
    }
  }

  /// A run that is a phrase by itself.
  private mutating func add(_ run: [PhraseAtom], entry: UInt32) {
    if run.count == 1 {
      let number = symbol(run[0])
      if wholes[number].last != entry { wholes[number].append(entry) }
    } else {
      addPattern(run.map { .choice([[$0]], optional: false) }, entry: entry)
    }
  }

  /// A choice without an alternative is as many choices of one atom as it has atoms.
  private static func exploded(_ element: PhraseElement) -> [PhraseElement] {
    guard case .choice(let runs, false) = element, runs.count == 1 else { return [element] }
    return runs[0].map { .choice([[$0]], optional: false) }
  }

  private mutating func addPattern(_ elements: [PhraseElement], entry: UInt32) {
    let choice = AnchorChoice(elements, costs: costs)
    let number = patterns.count
    patterns.append(
      Pattern(
        entry: entry, steps: UInt32(steps.count), stepCount: UInt16(elements.count), nearest: UInt16(choice.nearest),
        farthest: UInt16(choice.farthest), longest: UInt16(choice.longest)))
    for element in elements { steps.append(step(element)) }
    for anchor in choice.anchors { anchors[symbol(anchor.atom)].append((number, anchor.filter)) }
  }

  private mutating func step(_ element: PhraseElement) -> PatternStep {
    switch element {
    case .gap(let length): return PatternStep(.gap, length)
    case .choice(let runs, let optional):
      if runs.count == 1, runs[0].count == 1 {
        return PatternStep(.symbol, symbol(runs[0][0]), isOptional: optional)
      }
      return PatternStep(.set, set(runs), isOptional: optional)
    }
  }

  private mutating func set(_ runs: [[PhraseAtom]]) -> Int {
    let numbered = Set(runs.map { $0.map { UInt16(symbol($0)) } }).sorted { $0.lexicographicallyPrecedes($1) }
    if let known = setNumbers[numbered] { return known }
    let singles = numbered.filter { $0.count == 1 }.map { $0[0] }
    let longer = numbered.filter { $0.count > 1 }
    let words = singles.filter { $0 >= UInt16(Symbol.firstWord) }
    var record = RunSet(
      signature: runs.reduce(0) { $0 | costs.signature(of: $1[0]) }, symbols: UInt32(pool.count), runs: 0,
      symbolCount: UInt16(words.count), runCount: UInt16(longer.count),
      classes: singles.reduce(0) { $1 < UInt16(Symbol.firstWord) ? $0 | 1 << $1 : $0 })
    pool += words
    record.runs = UInt32(pool.count)
    for run in longer { pool += [UInt16(run.count)] + run }
    sets.append(record)
    setNumbers[numbered] = sets.count - 1
    return sets.count - 1
  }
}

extension PatternCompiler {
  /// Appends the tables in the order in which ``Lexicon`` reads them.
  func write(to writer: inout SectionWriter) {
    var rows = [SymbolRow(wholes: 0, anchors: 0)]
    for number in wholes.indices {
      let last = rows[number]
      rows.append(
        SymbolRow(
          wholes: last.wholes + UInt32(wholes[number].count), anchors: last.anchors + UInt32(anchors[number].count)))
    }
    writer.append(table: rows)
    writer.append(table: Array(wholes.joined()))
    writer.append(table: anchors.joined().map(\.filter.signature))
    writer.append(table: anchors.joined().map { Anchor.pack(pattern: $0.pattern, window: $0.filter.window) })
    writer.append(table: patterns)
    writer.append(table: steps)
    writer.append(table: sets)
    writer.append(table: pool)
  }
}
