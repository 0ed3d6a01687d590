internal import JagaCore

extension Lexicon {
  /// Checks that every index inside the tables of phrases stays inside its table. Cost: linear in the section.
  func checkPhrases(entries: Int) throws(SectionError) {
    var fits = exactCount <= wordCount
    words.forEachValue { number in if Int(number) >= wordCount { fits = false } }
    guard fits else { throw .invalid(what: "lexicon word") }
    let symbols = Int(Symbol.firstWord) + wordCount + exactCount
    guard symbols <= Int(UInt16.max) else { throw .invalid(what: "lexicon words") }
    try checkRows(symbols: symbols)
    try checkValues(wholes, below: entries, what: "lexicon ends")
    let highest = UInt32(truncatingIfNeeded: patterns.count)
    for anchor in anchorPatterns.buffer where anchor & UInt32(Anchor.maximumPatterns - 1) >= highest {
      throw .invalid(what: "lexicon anchors")
    }
    try checkPatterns(entries: entries)
    try checkSets()
  }

  private func checkRows(symbols: Int) throws(SectionError) {
    let rows = rows.buffer
    guard rows.count == symbols + 1, rows[0].wholes == 0, rows[0].anchors == 0,
      Int(rows[symbols].wholes) == wholes.count, Int(rows[symbols].anchors) == anchorPatterns.count,
      anchorSignatures.count == anchorPatterns.count, patterns.count < Anchor.maximumPatterns
    else { throw .invalid(what: "lexicon symbols") }
    for symbol in 0..<symbols {
      guard rows[symbol].wholes <= rows[symbol + 1].wholes, rows[symbol].anchors <= rows[symbol + 1].anchors else {
        throw .invalid(what: "lexicon symbols")
      }
    }
  }

  private func checkPatterns(entries: Int) throws(SectionError) {
    for pattern in patterns.buffer {
      guard Int(pattern.entry) < entries, pattern.stepCount > 0,
        Int(pattern.steps) + Int(pattern.stepCount) <= steps.count
      else { throw .invalid(what: "lexicon patterns") }
    }
    for step in steps.buffer {
      switch step.kind {
      case .symbol: guard step.payload <= Int(UInt16.max) else { throw .invalid(what: "lexicon steps") }
      case .set: guard step.payload < sets.count else { throw .invalid(what: "lexicon steps") }
      case .gap: guard step.payload <= Phrase.maximumGap else { throw .invalid(what: "lexicon steps") }
      case nil: throw .invalid(what: "lexicon steps")
      }
    }
  }

  private func checkSets() throws(SectionError) {
    for set in sets.buffer {
      guard Int(set.symbols) + Int(set.symbolCount) <= pool.count else { throw .invalid(what: "lexicon sets") }
      var place = Int(set.runs)
      for _ in 0..<set.runCount {
        guard place < pool.count, pool[place] > 0 else { throw .invalid(what: "lexicon sets") }
        place += 1 + Int(pool[place])
      }
      guard place <= pool.count else { throw .invalid(what: "lexicon sets") }
    }
  }
}
