internal import JagaCore
public import JagaText

extension Lexicon {
  /// Finds every entry in a message, ordered by begin, end, entry; overlapping hits of one entry are reduced to the leftmost longest.
  ///
  /// Cost: one hash lookup per distinct form of a token, and nothing more when no token can begin a phrase; then linear in tokens
  /// times living paths (at most 2,048). Allocates nothing once the scratch has grown.
  public func match(_ text: AnalyzedText, scratch: inout LexiconScratch, into hits: inout [LexiconHit]) {
    hits.removeAll(keepingCapacity: true)
    guard let first = readOffers(of: text, into: &scratch) else { return }
    if scratch.places.count < stateCount {
      scratch.places += [Int32](repeating: 0, count: stateCount - scratch.places.count)
    }
    scratch.current.removeAll(keepingCapacity: true)
    var compactAt = 8_192
    for token in first..<text.count {
      scratch.next.removeAll(keepingCapacity: true)
      let specials = scratch.specials[token]
      let range = scratch.offerOffsets[token]..<scratch.offerOffsets[token + 1]
      let isPunctuation = text.kinds[token] == .punctuation
      for index in 0..<scratch.current.count {
        let path = scratch.current[index]
        advance(path, specials: specials, offers: range, end: Int32(token + 1), &scratch, &hits)
        if isPunctuation, path.skips < Int32(Phrase.freePunctuation) { scratch.keep(path) }
      }
      begin(at: Int32(token), specials: specials, offers: range, &scratch, &hits)
      swap(&scratch.current, &scratch.next)
      if hits.count >= compactAt {
        hits.keepLongest()
        compactAt = max(8_192, hits.count * 2)
      }
    }
    hits.keepLeftmostLongest()
    hits.sortByPlace()
  }

  /// Looks up the symbols of every token. Returns the first token that can begin a phrase, or nil.
  private func readOffers(of text: AnalyzedText, into scratch: inout LexiconScratch) -> Int? {
    scratch.offers.removeAll(keepingCapacity: true)
    scratch.specials.removeAll(keepingCapacity: true)
    scratch.offerOffsets.removeAll(keepingCapacity: true)
    scratch.offerOffsets.append(0)
    var first: Int?
    for token in 0..<text.count {
      var specials = Symbol.specials(of: text.kinds[token])
      if text.isQuestionMark(token) { specials |= 1 << UInt16(TokenClass.question.rawValue) }
      let surface = text.surfaceHashes[token]
      let canonical = text.canonicalHashes[token]
      let root = text.rootHashes[token]
      let before = scratch.offers.count
      if let word = words[surface] { scratch.offer(word: word, exact: true) }
      if canonical != surface, let word = words[canonical] { scratch.offer(word: word, exact: true) }
      if root != canonical, root != surface, let word = words[root] { scratch.offer(word: word, exact: false) }
      scratch.specials.append(specials)
      scratch.offerOffsets.append(scratch.offers.count)
      if first == nil, canBegin(specials: specials, offers: scratch.offers[before...]) { first = token }
    }
    return first
  }

  private func canBegin(specials: UInt16, offers: ArraySlice<UInt32>) -> Bool {
    var bits = specials
    while bits != 0 {
      let symbol = bits.trailingZeroBitCount
      if startOffsets[symbol] != startOffsets[symbol + 1] { return true }
      bits &= bits - 1
    }
    for symbol in offers where startOffsets[Int(symbol)] != startOffsets[Int(symbol) + 1] { return true }
    return false
  }

  /// Starts new paths at a token.
  private func begin(
    at token: Int32, specials: UInt16, offers: Range<Int>, _ scratch: inout LexiconScratch, _ hits: inout [LexiconHit]
  ) {
    var bits = specials
    while bits != 0 {
      let symbol = bits.trailingZeroBitCount
      bits &= bits - 1
      for place in Int(startOffsets[symbol])..<Int(startOffsets[symbol + 1]) {
        reach(startTargets[place], begin: token, end: token + 1, &scratch, &hits)
      }
    }
    for index in offers {
      let symbol = Int(scratch.offers[index])
      for place in Int(startOffsets[symbol])..<Int(startOffsets[symbol + 1]) {
        reach(startTargets[place], begin: token, end: token + 1, &scratch, &hits)
      }
    }
  }

  /// Moves a path over a token.
  private func advance(
    _ path: LexiconScratch.Path, specials: UInt16, offers: Range<Int>, end: Int32, _ scratch: inout LexiconScratch,
    _ hits: inout [LexiconHit]
  ) {
    var place = Int(moveOffsets[Int(path.state)])
    let last = Int(moveOffsets[Int(path.state) + 1])
    // Special symbols sort first and are few.
    while place < last, moveSymbols[place] < UInt16(Symbol.firstWord) {
      if specials & (1 << moveSymbols[place]) != 0 {
        reach(moveTargets[place], begin: path.begin, end: end, &scratch, &hits)
      }
      place += 1
    }
    if place == last { return }
    for index in offers {
      let symbol = scratch.offers[index]
      var found = lowerBound(of: symbol, from: place, to: last)
      while found < last, UInt32(moveSymbols[found]) == symbol {
        reach(moveTargets[found], begin: path.begin, end: end, &scratch, &hits)
        found += 1
      }
    }
  }

  private func lowerBound(of symbol: UInt32, from first: Int, to last: Int) -> Int {
    var low = first
    var high = last
    while low < high {
      let middle = (low + high) / 2
      if UInt32(moveSymbols[middle]) < symbol { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Enters a state after consuming the token before `end`, unless a path of the same begin is there already.
  private func reach(
    _ state: UInt32, begin: Int32, end: Int32, _ scratch: inout LexiconScratch, _ hits: inout [LexiconHit]
  ) {
    guard scratch.enter(state, begin: begin) else { return }
    for place in Int(acceptOffsets[Int(state)])..<Int(acceptOffsets[Int(state) + 1]) {
      hits.append(LexiconHit(entry: accepts[place], begin: begin, end: end))
    }
  }
}

extension LexiconScratch {
  /// Offers the symbols of a word.
  mutating func offer(word: UInt32, exact: Bool) {
    offers.append(Symbol.word(Int(word)))
    if exact { offers.append(Symbol.exact(Int(word))) }
  }

  /// Adds a path that just consumed a token. Returns false when it just did so by another way, or when there is no room.
  ///
  /// Paths are visited in the order of their begins, so a path of the same state and begin can only be the last one of that state.
  mutating func enter(_ state: UInt32, begin: Int32) -> Bool {
    let place = Int(places[Int(state)])
    if place < next.count, next[place].state == state, next[place].begin == begin {
      let isFresh = next[place].skips > 0
      next[place].skips = 0
      return isFresh
    }
    guard next.count < LexiconScratch.maximumPaths else { return false }
    places[Int(state)] = Int32(next.count)
    next.append(Path(state: state, begin: begin, skips: 0))
    return true
  }

  /// Lets a path wait while a punctuation token is skipped.
  mutating func keep(_ path: Path) {
    let place = Int(places[Int(path.state)])
    if place < next.count, next[place].state == path.state, next[place].begin == path.begin { return }
    guard next.count < LexiconScratch.maximumPaths else { return }
    places[Int(path.state)] = Int32(next.count)
    next.append(Path(state: path.state, begin: path.begin, skips: path.skips + 1))
  }
}
