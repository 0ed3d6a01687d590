internal import JagaCore

/// Reads patterns in one message, step by step, as sets of the positions that their steps can reach.
///
/// A position is a number of tokens from the begin of the match, kept as a bit of a word. Cost of a pattern: positions times alternatives,
/// whatever the number of ways through it. Patterns that may reach further than 62 tokens are read by ``LongPatternReader``.
/// Holds pointers only; valid during one call of the matcher.
struct PatternReader {
  let offers: UnsafeMutablePointer<TokenOffer>
  /// Punctuation tokens, as bits; one word more than the tokens fill.
  let punctuation: UnsafeMutablePointer<UInt64>
  /// The number of tokens.
  let count: Int
  /// By rank, the token of a word.
  let tokens: UnsafeMutablePointer<Int32>
  /// For each pattern the begin from which on it was not tried, above ``epoch``.
  let tried: UnsafeMutablePointer<UInt32>
  let epoch: UInt32
  let steps: UnsafeBufferPointer<PatternStep>
  let sets: UnsafeBufferPointer<RunSet>
  let pool: UnsafeBufferPointer<UInt16>
  var long: LongPatternReader

  /// The end of the longest match that begins at a token, or nil.
  @inline(__always)
  mutating func longestEnd(of pattern: Pattern, begin: Int) -> Int? {
    // Every token consumed may have punctuation before it.
    let limit = min(Int(pattern.longest) &* (1 &+ Phrase.freePunctuation), count &- begin)
    return limit < 63 ? shortEnd(of: pattern, begin, limit) : long.longestEnd(of: pattern, begin: begin, limit: limit)
  }

  /// False when a pattern that begins with a step surely does not begin at a token.
  @inline(__always)
  func mayTake(_ step: PatternStep, at token: Int) -> Bool {
    if step.isOptional { return true }
    let offer = offers + token
    if step.bits & 3 == PatternStep.Kind.symbol.rawValue {
      return offer.pointee.has(UInt16(truncatingIfNeeded: step.payload))
    }
    if step.bits & 3 == PatternStep.Kind.set.rawValue {
      return offer.pointee.signature & sets[step.payload].signature != 0
    }
    return true
  }

  private func shortEnd(of pattern: Pattern, _ begin: Int, _ limit: Int) -> Int? {
    let inside: UInt64 = (1 &<< UInt64(limit)) &- 1
    let marks = punctuation + begin >> 6
    let shift = UInt64(begin & 63)
    // Shifted in two steps: by 64 a word would not become zero.
    let skippable = (marks[0] &>> shift | (marks[1] &<< 1) &<< (63 &- shift)) & ~1
    var positions: UInt64 = 1
    var number = Int(pattern.steps)
    let last = number &+ Int(pattern.stepCount)
    while number < last {
      let step = steps[number]
      number &+= 1
      let payload = step.payload
      var next: UInt64 = step.isOptional ? positions : 0
      switch step.bits & 3 {
      case PatternStep.Kind.symbol.rawValue:
        next |= take(UInt16(truncatingIfNeeded: payload), begin, starts(positions, skippable, inside))
      case PatternStep.Kind.set.rawValue:
        next |= take(payload, begin, positions, skippable, inside)
      default:
        next = positions
        for _ in 0..<payload { next |= starts(next, skippable, inside) << 1 }
      }
      positions = next
      if positions == 0 { return nil }
    }
    let end = 63 &- positions.leadingZeroBitCount
    return end > 0 ? begin &+ end : nil
  }

  /// The tokens that may come next: those at the positions, or behind one or two of punctuation. Nothing is skipped before the first.
  @inline(__always)
  private func starts(_ positions: UInt64, _ skippable: UInt64, _ inside: UInt64) -> UInt64 {
    let once = (positions & skippable) << 1
    return (positions | once | (once & skippable) << 1) & inside
  }

  /// The positions after one token that offers a symbol.
  @inline(__always)
  private func take(_ symbol: UInt16, _ begin: Int, _ starts: UInt64) -> UInt64 {
    var bits = starts
    var next: UInt64 = 0
    while bits != 0 {
      let offset = bits.trailingZeroBitCount
      bits &= bits &- 1
      if (offers + (begin &+ offset)).pointee.has(symbol) { next |= 2 &<< UInt64(offset) }
    }
    return next
  }

  /// The positions after one of the runs of a set.
  private func take(
    _ number: Int, _ begin: Int, _ positions: UInt64, _ skippable: UInt64, _ inside: UInt64
  ) -> UInt64 {
    let set = sets.baseAddress.unsafelyUnwrapped + number
    var bits = starts(positions, skippable, inside)
    var next: UInt64 = 0
    var opensRun = false
    while bits != 0 {
      let offset = bits.trailingZeroBitCount
      bits &= bits &- 1
      let offer = offers + (begin &+ offset)
      if offer.pointee.signature & set.pointee.signature == 0 { continue }
      opensRun = true
      if offer.pointee.hasOne(of: set, pool) { next |= 2 &<< UInt64(offset) }
    }
    if !opensRun { return next }
    var place = Int(set.pointee.runs)
    for _ in 0..<set.pointee.runCount {
      let end = place &+ 1 &+ Int(pool[place])
      var run = positions
      place &+= 1
      while place < end, run != 0 {
        run = take(pool[place], begin, starts(run, skippable, inside))
        place &+= 1
      }
      next |= run
      place = end
    }
    return next
  }
}

extension TokenOffer {
  /// True when the token offers a symbol.
  @inline(__always)
  func has(_ symbol: UInt16) -> Bool {
    if symbol < UInt16(Symbol.firstWord) { return specials &>> symbol & 1 != 0 }
    // What is not offered is 0, which is no word.
    return s0 == symbol || s1 == symbol || s2 == symbol || s3 == symbol || s4 == symbol
  }

  /// True when the token offers a single symbol of a set.
  @inline(__always)
  func hasOne(of set: UnsafePointer<RunSet>, _ pool: UnsafeBufferPointer<UInt16>) -> Bool {
    if specials & set.pointee.classes != 0 { return true }
    let first = Int(set.pointee.symbols)
    let last = first &+ Int(set.pointee.symbolCount)
    return count > 0 && TokenOffer.holds(s0, first, last, pool)
      || count > 1 && TokenOffer.holds(s1, first, last, pool) || count > 2 && TokenOffer.holds(s2, first, last, pool)
      || count > 3 && TokenOffer.holds(s3, first, last, pool) || count > 4 && TokenOffer.holds(s4, first, last, pool)
  }

  /// Finds a symbol in a sorted part of the pool.
  @inline(__always)
  private static func holds(_ symbol: UInt16, _ first: Int, _ last: Int, _ pool: UnsafeBufferPointer<UInt16>) -> Bool {
    var low = first
    var high = last
    while high &- low > 8 {
      let middle = (low &+ high) >> 1
      if pool[middle] < symbol { low = middle &+ 1 } else { high = middle &+ 1 }
    }
    while low < high {
      if pool[low] == symbol { return true }
      low &+= 1
    }
    return false
  }
}
