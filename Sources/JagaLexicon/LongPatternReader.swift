internal import JagaCore

/// Reads patterns that may reach further than a word has bits; the same as ``PatternReader`` over sets of several words.
struct LongPatternReader {
  let offers: UnsafeMutablePointer<TokenOffer>
  let steps: UnsafeBufferPointer<PatternStep>
  let sets: UnsafeBufferPointer<RunSet>
  let pool: UnsafeBufferPointer<UInt16>
  var current: UnsafeMutablePointer<UInt64>
  var next: UnsafeMutablePointer<UInt64>
  var runCurrent: UnsafeMutablePointer<UInt64>
  var runNext: UnsafeMutablePointer<UInt64>

  /// The end of the longest match that begins at a token, or nil.
  mutating func longestEnd(of pattern: Pattern, begin: Int, limit: Int) -> Int? {
    let words = limit >> 6 &+ 1
    clear(current, words)
    current[0] = 1
    let first = Int(pattern.steps)
    for number in first..<first &+ Int(pattern.stepCount) {
      let step = steps[number]
      if step.bits & 3 == PatternStep.Kind.gap.rawValue {
        guard skipGap(step.payload, begin, limit, words) else { return nil }
        continue
      }
      clear(next, words)
      if step.isOptional { for word in 0..<words { next[word] = current[word] } }
      if step.bits & 3 == PatternStep.Kind.symbol.rawValue {
        take(UInt16(truncatingIfNeeded: step.payload), from: current, to: next, begin, limit, words)
      } else {
        take(sets.baseAddress.unsafelyUnwrapped + step.payload, begin, limit, words)
      }
      swap(&current, &next)
      guard isAny(current, words) else { return nil }
    }
    var word = words
    while word > 0 {
      word &-= 1
      if current[word] != 0 {
        let end = word << 6 &+ 63 &- current[word].leadingZeroBitCount
        return end > 0 ? begin &+ end : nil
      }
    }
    return nil
  }

  /// Moves over one token that offers a symbol.
  @inline(__always)
  private func take(
    _ symbol: UInt16, from: UnsafeMutablePointer<UInt64>, to: UnsafeMutablePointer<UInt64>, _ begin: Int, _ limit: Int,
    _ words: Int
  ) {
    forEachStart(from, begin, limit, words) { offset in
      if (offers + (begin &+ offset)).pointee.has(symbol) { LongPatternReader.set(to, offset &+ 1) }
    }
  }

  /// Moves over one of the runs of a set.
  private mutating func take(_ set: UnsafePointer<RunSet>, _ begin: Int, _ limit: Int, _ words: Int) {
    var opensRun = false
    forEachStart(current, begin, limit, words) { offset in
      let token = offers + (begin &+ offset)
      guard token.pointee.signature & set.pointee.signature != 0 else { return }
      if token.pointee.hasOne(of: set, pool) { LongPatternReader.set(next, offset &+ 1) }
      opensRun = true
    }
    guard opensRun else { return }
    var place = Int(set.pointee.runs)
    for _ in 0..<set.pointee.runCount {
      let length = Int(pool[place])
      for word in 0..<words { runCurrent[word] = current[word] }
      for index in place &+ 1...place &+ length {
        clear(runNext, words)
        take(pool[index], from: runCurrent, to: runNext, begin, limit, words)
        swap(&runCurrent, &runNext)
        guard isAny(runCurrent, words) else { break }
      }
      for word in 0..<words { next[word] |= runCurrent[word] }
      place &+= length &+ 1
    }
  }

  /// Moves over so many tokens of any kind, or fewer. False when nothing is left.
  private mutating func skipGap(_ length: Int, _ begin: Int, _ limit: Int, _ words: Int) -> Bool {
    for word in 0..<words { runCurrent[word] = current[word] }
    for _ in 0..<length {
      clear(runNext, words)
      forEachStart(runCurrent, begin, limit, words) { LongPatternReader.set(runNext, $0 &+ 1) }
      for word in 0..<words { current[word] |= runNext[word] }
      swap(&runCurrent, &runNext)
    }
    return isAny(current, words)
  }

  /// Calls `body` with the offset of every token that may come next: the one at a position, or behind one or two of punctuation.
  @inline(__always)
  private func forEachStart(
    _ set: UnsafeMutablePointer<UInt64>, _ begin: Int, _ limit: Int, _ words: Int, _ body: (Int) -> Void
  ) {
    for word in 0..<words {
      var bits = set[word]
      while bits != 0 {
        var offset = word << 6 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        // Nothing is skipped before the first token.
        var skips = offset == 0 ? 0 : Phrase.freePunctuation
        while offset < limit {
          body(offset)
          guard skips > 0, offers[begin &+ offset].isPunctuation else { break }
          skips &-= 1
          offset &+= 1
        }
      }
    }
  }

  @inline(__always)
  private static func set(_ positions: UnsafeMutablePointer<UInt64>, _ offset: Int) {
    positions[offset >> 6] |= 1 &<< UInt64(offset & 63)
  }

  @inline(__always)
  private func clear(_ positions: UnsafeMutablePointer<UInt64>, _ words: Int) {
    for word in 0..<words { positions[word] = 0 }
  }

  @inline(__always)
  private func isAny(_ positions: UnsafeMutablePointer<UInt64>, _ words: Int) -> Bool {
    for word in 0..<words where positions[word] != 0 { return true }
    return false
  }
}
