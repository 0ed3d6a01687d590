internal import JagaCore
public import JagaText

extension Lexicon {
  /// Finds every entry in a message, ordered by begin, end, entry; overlapping hits of one entry are reduced to the leftmost longest.
  ///
  /// Cost: a cached look-up of every token; for a token that is an anchor, a masked comparison for each of its patterns; for patterns whose
  /// surroundings fit, their steps. Each pattern is read at most once from each begin. Allocates nothing once the scratch has grown.
  public func match(_ text: AnalyzedText, scratch: inout LexiconScratch, into hits: inout [LexiconHit]) {
    hits.removeAll(keepingCapacity: true)
    let count = text.count
    guard count > 0 else { return }
    let memory = scratch.memory
    memory.prepare(for: self, tokens: count)
    guard readOffers(of: text, into: memory) else { return }
    let wholeCount = findPatterns(memory, tokens: count)
    memory.reserve(hits: wholeCount + memory.found.count)
    let found = putInOrder(memory, tokens: count)
    hits.append(contentsOf: UnsafeBufferPointer(start: memory.ordered, count: found))
  }

  /// Looks up the symbols of every token. False when no token can be a phrase or an anchor.
  private func readOffers(of text: AnalyzedText, into memory: ScratchMemory) -> Bool {
    let offers = memory.offers
    let cache = memory.cache
    let tokens = memory.tokens
    let leading = leadingClasses
    var rank: Int32 = 0
    var leads: UInt8 = 0
    for token in 0..<text.count {
      let surface = text.surfaceHashes[token]
      let canonical = text.canonicalHashes[token]
      let root = text.rootHashes[token]
      let slot = cache + Int(truncatingIfNeeded: surface) & (ScratchMemory.cacheSlots &- 1)
      if slot.pointee.surface != surface || slot.pointee.canonical != canonical || slot.pointee.root != root {
        slot.pointee = lookUp(surface, canonical, root)
      }
      let offer = offers + token
      offer.pointee = slot.pointee.offer
      let kind = text.kinds[token]
      var specials = Symbol.specials(of: kind)
      let isQuestion = kind == .punctuation && text.isQuestionMark(token)
      if isQuestion { specials |= 1 << UInt16(TokenClass.question.rawValue) }
      if specials & leading != 0 { offer.pointee.leads = 1 }
      offer.pointee.signature |= Signature.specials(of: kind, isQuestion: isQuestion)
      offer.pointee.rank = rank
      if kind != .punctuation {
        tokens[Int(rank)] = Int32(truncatingIfNeeded: token)
        rank &+= 1
      }
      offer.pointee.specials = specials
      leads |= offer.pointee.leads
    }
    return leads != 0
  }

  /// Looks up the symbols of a triple of forms.
  private func lookUp(_ surface: UInt64, _ canonical: UInt64, _ root: UInt64) -> CachedForms {
    var forms = CachedForms(surface: surface, canonical: canonical, root: root)
    forms.offer.signature = Signature.everything
    func add(_ symbol: Int) {
      forms.offer.add(UInt16(truncatingIfNeeded: symbol))
      let row = rows[symbol]
      let next = rows[symbol + 1]
      if row.wholes != next.wholes || row.anchors != next.anchors { forms.offer.leads = 1 }
    }
    func add(_ hash: UInt64, takesExact: Bool) {
      guard let word = words[hash] else { return }
      forms.offer.signature |= Signature.word(hash)
      add(Symbol.word(Int(word)))
      if takesExact, Int(word) < exactCount { add(Symbol.exact(Int(word), words: wordCount)) }
    }
    add(surface, takesExact: true)
    if canonical != surface { add(canonical, takesExact: true) }
    if root != canonical, root != surface { add(root, takesExact: false) }
    return forms
  }

  /// Reads the patterns whose anchor and filter fit. Returns the number of hits of phrases of one token.
  private func findPatterns(_ memory: ScratchMemory, tokens count: Int) -> Int {
    memory.readWindows(tokens: count)
    let offers = memory.offers
    let rows = self.rows.buffer
    let one = memory.windows[0]
    let two = memory.windows[1]
    let four = memory.windows[2]
    let eight = memory.windows[3]
    var reader = PatternReader(memory, tokens: count, lexicon: self)
    var wholeCount = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 16) { around in
      for number in 0..<16 { around[number] = ~0 }
      let around = UnsafePointer(around.baseAddress.unsafelyUnwrapped)
      let windows = UnsafeMutablePointer(mutating: around)
      for token in 0..<count {
        let offer = offers + token
        if offer.pointee.leads == 0 { continue }
        let rank = Int(offer.pointee.rank) &+ ScratchMemory.margin
        let after = rank &+ (offer.pointee.isPunctuation ? 0 : 1)
        windows[0] = one[after]
        windows[1] = two[after]
        windows[2] = four[after]
        windows[3] = eight[after]
        windows[4] = one[rank &- 1]
        windows[5] = two[rank &- 2]
        windows[6] = four[rank &- 4]
        windows[7] = eight[rank &- 8]
        for index in 0..<Int(offer.pointee.count) {
          let symbol = Int(offer.pointee[index])
          wholeCount &+= Int(rows[symbol &+ 1].wholes &- rows[symbol].wholes)
          tryAnchors(Int(rows[symbol].anchors)..<Int(rows[symbol &+ 1].anchors), at: token, around, memory, &reader)
        }
        var bits = offer.pointee.specials & leadingClasses
        while bits != 0 {
          let symbol = bits.trailingZeroBitCount
          bits &= bits &- 1
          wholeCount &+= Int(rows[symbol &+ 1].wholes &- rows[symbol].wholes)
          tryAnchors(Int(rows[symbol].anchors)..<Int(rows[symbol &+ 1].anchors), at: token, around, memory, &reader)
        }
      }
    }
    return wholeCount
  }

  /// Tries the patterns of one anchor.
  @inline(__always)
  private func tryAnchors(
    _ anchors: Range<Int>, at token: Int, _ around: UnsafePointer<UInt64>, _ memory: ScratchMemory,
    _ reader: inout PatternReader
  ) {
    let signatures = anchorSignatures.buffer
    let patterns = anchorPatterns.buffer
    var place = anchors.lowerBound
    while place < anchors.upperBound {
      let packed = patterns[place]
      if signatures[place] & around[Int(packed >> 28)] != 0 {
        read(packed & UInt32(Anchor.maximumPatterns - 1), anchor: token, memory, &reader)
      }
      place &+= 1
    }
  }

  /// Reads a pattern from every begin that puts its anchor at a token, except those tried before.
  private func read(_ number: UInt32, anchor: Int, _ memory: ScratchMemory, _ reader: inout PatternReader) {
    let pattern = patterns.buffer[Int(number)]
    let last = anchor &- Int(pattern.nearest)
    var begin = max(anchor &- Int(pattern.farthest) &* (1 &+ Phrase.freePunctuation), 0)
    // All words from the begin to the anchor are consumed, so the begin lies behind the first word too many.
    let tooMany = Int(reader.offers[anchor].rank) &- Int(pattern.farthest) &- 1
    if tooMany >= 0 { begin = max(begin, Int(reader.tokens[tooMany]) &+ 1) }
    let tried = reader.tried[Int(number)]
    if tried > reader.epoch { begin = max(begin, Int(tried &- reader.epoch)) }
    guard begin <= last else { return }
    reader.tried[Int(number)] = reader.epoch &+ UInt32(truncatingIfNeeded: last &+ 1)
    let first = reader.steps[Int(pattern.steps)]
    while begin <= last {
      if reader.mayTake(first, at: begin), let end = reader.longestEnd(of: pattern, begin: begin) {
        memory.addFound(
          LexiconHit(
            entry: pattern.entry, begin: Int32(truncatingIfNeeded: begin), end: Int32(truncatingIfNeeded: end)))
      }
      begin &+= 1
    }
  }
}

extension PatternReader {
  /// A reader over the tokens in a scratch.
  init(_ memory: ScratchMemory, tokens count: Int, lexicon: Lexicon) {
    offers = memory.offers
    punctuation = memory.punctuation
    self.count = count
    tokens = memory.tokens
    tried = memory.tried
    epoch = memory.epoch
    steps = lexicon.steps.buffer
    sets = lexicon.sets.buffer
    pool = lexicon.pool.buffer
    long = LongPatternReader(
      offers: offers, steps: steps, sets: sets, pool: pool, current: memory.positions[0], next: memory.positions[1],
      runCurrent: memory.positions[2], runNext: memory.positions[3])
  }
}

extension ScratchMemory {
  /// Gathers the signatures of words by rank, and of the two, four and eight words from each on.
  ///
  /// Punctuation counts with the words on both sides of it: it may be part of a phrase, and takes no rank.
  func readWindows(tokens count: Int) {
    let offers = offers
    let words = tokensWithoutPunctuation(count)
    let margin = ScratchMemory.margin
    let one = windows[0]
    let two = windows[1]
    let four = windows[2]
    let eight = windows[3]
    for place in 0..<margin {
      one[place] = 0
      one[margin &+ words &+ place] = 0
    }
    for place in margin..<margin &+ words { one[place] = 0 }
    let punctuation = punctuation
    for word in 0..<count >> 6 &+ 2 { punctuation[word] = 0 }
    for token in 0..<count {
      let place = Int(offers[token].rank) &+ margin
      let signature = offers[token].signature
      one[place] |= signature
      if offers[token].isPunctuation {
        one[place &- 1] |= signature
        punctuation[token >> 6] |= 1 << UInt64(token & 63)
      }
    }
    let end = words &+ 2 &* margin
    for place in 0..<end &- 1 { two[place] = one[place] | one[place &+ 1] }
    for place in 0..<end &- 3 { four[place] = two[place] | two[place &+ 2] }
    for place in 0..<end &- 7 { eight[place] = four[place] | four[place &+ 4] }
  }

  private func tokensWithoutPunctuation(_ count: Int) -> Int {
    let last = offers[count - 1]
    return Int(last.rank) + (last.isPunctuation ? 0 : 1)
  }

  /// Notes a hit of a pattern. Many hits of one entry are thinned out now and then: of one begin, only the longest counts.
  func addFound(_ hit: LexiconHit) {
    if found.count >= compactAt {
      found.keepLongest()
      compactAt = max(8_192, found.count * 2)
    }
    found.append(hit)
  }
}
