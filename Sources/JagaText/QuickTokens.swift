internal import JagaCore

/// The common tokens of ASCII chat in one loop, from bytes to columns: plain words, and marks that stand for nothing but
/// themselves.
///
/// Every condition here is one under which atoms and the steps of the chat layer would come to the same token; what does not
/// meet one is left to them, one step at a time. A message becomes atoms when the first such place is met.
extension Workspace {
  /// Tokens of a message that is one stretch of ASCII.
  mutating func makeTokens(ofAscii stretch: AsciiStretch) {
    var cursor = 0
    var index = quickTokens(stretch, from: 0)
    while index < stretch.end {
      if atoms.count == 0 {
        gap = gapBefore(index)
        appendAtoms(of: stretch, from: index)
      }
      index = leave(index, &cursor)
      index = quickTokens(stretch, from: index)
    }
  }

  /// Tokens of a message all of which has become atoms, for the sake of those that are not ASCII.
  mutating func makeTokensOfStretches() {
    var cursor = 0
    for number in 0..<stretches.count {
      let stretch = stretches[number]
      while cursor < atoms.count, Int(atoms[cursor].sourceBegin) < stretch.begin { cursor = step(cursor) }
      var index = resume(at: cursor)
      while index < stretch.end {
        index = quickTokens(stretch, from: index)
        if index < stretch.end { index = leave(index, &cursor) }
      }
      while cursor < atoms.count, Int(atoms[cursor].sourceBegin) < stretch.end { cursor += 1 }
    }
    while cursor < atoms.count { cursor = step(cursor) }
  }

  /// One step of the chat layer from the byte at which the loop has stopped. Returns where it goes on.
  private mutating func leave(_ index: Int, _ cursor: inout Int) -> Int {
    while Int(atoms[cursor].sourceBegin) < index { cursor += 1 }
    cursor = step(cursor)
    return resume(at: cursor)
  }

  /// The first byte of an atom, from which the loop goes on; it must learn of a line break before that.
  private mutating func resume(at cursor: Int) -> Int {
    guard cursor < atoms.count else { return sourceCount }
    if atoms[cursor].gap == .newline, tokens.count > 0 { clauseEnded = true }
    return Int(atoms[cursor].sourceBegin)
  }

  /// The gap before a byte of a message that is one stretch of ASCII.
  private func gapBefore(_ index: Int) -> Atom.Gap {
    var begin = index
    var hasNewline = false
    while begin > 0, classes.bytes[Int(folded[begin - 1])] == ByteClass.gap {
      begin -= 1
      if folded[begin] &- 10 < 4 { hasNewline = true }
    }
    if hasNewline { return .newline }
    if begin == 0 { return .wide }
    return index == begin ? .none : index == begin + 1 ? .one : .wide
  }

  /// Emits tokens for as long as they are common ones. Returns the first byte of one that is not, or the end.
  private mutating func quickTokens(_ stretch: AsciiStretch, from start: Int) -> Int {
    let bytes = UnsafeRawPointer(folded.base)
    let facts = UnsafePointer(plainWords.facts)
    let limit = stretch.end
    let shift = stretch.shift
    var index = start
    while index < limit {
      let eight = EightBytes.load(bytes, index)
      let byte = UInt8(truncatingIfNeeded: eight)
      guard byte &- 97 < 26 else {
        guard let next = quickMark(byte, at: index, shift: shift) else { break }
        index = next
        continue
      }
      let others = EightBytes.nonLetters(eight)
      let length: Int
      let hash: UInt64
      if others != 0 {
        let bits = UInt64(truncatingIfNeeded: others.trailingZeroBitCount & 0x38)
        length = Int(truncatingIfNeeded: bits &>> 3)
        hash = shortTokenHash(eight & ((1 &<< bits) &- 1), count: bits &>> 3)
      } else {
        length = EightBytes.endOfLetters(bytes, from: index &+ 8) &- index
        hash = paddedTokenHash(bytes + index, count: length)
      }
      let end = index &+ length
      let isSpaced = bytes.load(fromByteOffset: end, as: UInt8.self) == 0x20
      if !isSpaced || length == 1 {
        guard isApart(end, bytes, isLetter: length == 1, limit: limit) else { break }
      }
      var fact = facts[WordFact.place(hash)]
      if !fact.isOf(hash, length: length) { fact = otherFact(hash, length: length) }
      if fact.needsContext { break }
      if clauseEnded { beginClause() }
      let word = PlainWord(hash: hash, begin: index, end: end, shift: shift)
      if fact.standsForItself {
        let place = word.source
        let form = word.surface
        var flags = fact.flags
        if source[index] &- 97 >= 26, isShouted(place) { flags |= TokenFlags.shouted.rawValue }
        evidence.counts[fact.voice] &+= 1
        tokens.append(
          TokenRecord(
            surfaceHash: hash, canonicalHash: hash, rootHash: hash, value: 0, surface: form, canonical: form,
            root: form, source: place, flags: TokenFlags(rawValue: flags), clause: clause, kind: .word))
      } else if !emitRemembered(word) {
        emitAndRemember(word)
      }
      index = isSpaced ? end &+ 1 : end
    }
    return index
  }

  @inline(__always)
  private mutating func beginClause() {
    clauseEnded = false
    if clause < UInt16.max { clause &+= 1 }
  }

  /// Passes white space, or emits a run of one mark that stands for nothing but itself. Nil for anything else.
  @inline(__always)
  private mutating func quickMark(_ byte: UInt8, at index: Int, shift: Int) -> Int? {
    let bytes = UnsafeRawPointer(folded.base)
    let mark = classes.marks[Int(byte)]
    var end = index &+ 1
    if mark.course == .gap {
      if byte &- 10 < 4, tokens.count > 0 { clauseEnded = true }
      return end
    }
    if mark.course == .context { return nil }
    while bytes.load(fromByteOffset: end, as: UInt8.self) == byte { end &+= 1 }
    if clauseEnded, mark.course == .plain { beginClause() }
    let run = PlainWord(hash: mark.hash, begin: index, end: end, shift: shift)
    let surface = run.surface
    var canonical = SourceRange(begin: surface.begin, end: surface.begin &+ 1)
    var canonicalHash = mark.hash
    var surfaceHash = mark.hash
    if end &- index > 1 {
      surfaceHash = paddedTokenHash(bytes + index, count: end &- index)
      if byte == Ascii.dot {
        canonical.end &+= 1
        canonicalHash = classes.ellipsis
      }
    }
    tokens.append(
      TokenRecord(
        surfaceHash: surfaceHash, canonicalHash: canonicalHash, rootHash: canonicalHash, value: 0, surface: surface,
        canonical: canonical, root: canonical, source: run.source, flags: [], clause: clause, kind: .punctuation))
    let next = bytes.load(fromByteOffset: end, as: UInt8.self)
    if mark.course != .plain {
      if mark.course == .question { hasQuestionMark = true }
      // `v1.5`: a point inside a number of parts ends nothing.
      let isPoint =
        byte == Ascii.dot && next &- 48 < 10 && index > 0
        && classes.bytes[Int(bytes.load(fromByteOffset: index &- 1, as: UInt8.self))] != ByteClass.gap
      if !isPoint { clauseEnded = true }
    }
    return next == 0x20 ? end &+ 1 : end
  }

  /// True where letters that end at `end` are a token of their own, unless the tables say that their surroundings matter.
  @inline(__always)
  private func isApart(_ end: Int, _ bytes: UnsafeRawPointer, isLetter: Bool, limit: Int) -> Bool {
    let classes = UnsafePointer(self.classes.bytes)
    let next = classes[Int(bytes.load(fromByteOffset: end, as: UInt8.self))]
    let second = classes[Int(bytes.load(fromByteOffset: end &+ 1, as: UInt8.self))]
    let pair = UInt64(truncatingIfNeeded: next &<< 3 | second)
    guard (self.classes.apart &>> pair) & 1 != 0 else { return false }
    guard isLetter, next == ByteClass.gap else { return true }
    // Single letters with single spaces between them may be one word.
    if end &+ 2 > limit, limit < sourceCount { return false }
    if second == ByteClass.digit { return false }
    return second != ByteClass.letter
      || classes[Int(bytes.load(fromByteOffset: end &+ 2, as: UInt8.self))] == ByteClass.letter
  }
}
