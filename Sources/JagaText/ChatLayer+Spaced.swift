internal import JagaCore

/// Letters with single spaces between them: `k e l a s`, `p a p`, `r 4 h 4 s 1 a`.
extension Workspace {
  private static let mostLetters = 32

  /// A single letter at `index`. Nil when it stands for itself, as in `how r u`.
  mutating func spaced(_ index: Int) -> Int? {
    var end = index + 1
    var digits = 0
    while end < atoms.count, end - index < Workspace.mostLetters {
      let atom = atoms[end]
      guard atom.gap == .one, atom.count == 1, atom.kind == .letters || atom.kind == .digits else { break }
      if atom.kind == .digits { digits += 1 }
      end += 1
    }
    // A letter that belongs to what follows it (`r a t.me`) or a number at the end is not part of the word.
    if end < atoms.count, atoms[end].gap == .none, atoms[end].kind == .digits || atoms[end].kind == .letters {
      end -= 1
    }
    while end > index + 1, atoms[end - 1].kind == .digits {
      digits -= 1
      end -= 1
    }
    guard end - index >= 3 else { return nil }
    let mark = forms.count
    let begin = Int32(forms.count)
    for position in index..<end { _ = appendForm(atomRange(position, position)) }
    var word = SourceRange(begin: begin, end: Int32(forms.count))
    if digits > 0 { word = spell(word, one: UInt8(ascii: "i")) }
    let form = resolve(word)
    let flags: TokenFlags = digits > 0 ? [.spaced, .leet] : .spaced
    if form.isRecognised {
      emitWord(index, end - 1, form, flags: flags)
      return end
    }
    if digits == 0, end - index >= 5, let next = spacedWords(index, end, word) { return next }
    if digits == 0, isSpelledOut(index, end, word) {
      emitWord(index, end - 1, form, flags: flags)
      return end
    }
    forms.count = mark
    return nil
  }

  /// Unknown, but no list of letters (`a b c d`), no repeated one (`x x x`), and not made of words of one letter.
  private func isSpelledOut(_ index: Int, _ end: Int, _ word: SourceRange) -> Bool {
    let letters = bytes(word)
    guard letters.allSatisfy({ $0 < 0x80 }), !letters.dropFirst().allSatisfy({ $0 == letters[0] }) else { return false }
    var ascends = true
    for position in 1..<letters.count where letters[position] != letters[position - 1] &+ 1 { ascends = false }
    guard !ascends else { return false }
    var words = 0
    for position in index..<end {
      let info = tables.info(tokenHash(bytes(atoms[position])))
      if info.slang >= 0 || info.isWord { words += 1 }
    }
    if end - index == 3 { return words < 2 }
    return words < end - index && hasVowel(letters) && hasConsonant(letters)
  }

  /// Several words spaced in one go (`f o t o k a m u`): cut where the tables know every piece, fewest pieces first.
  private mutating func spacedWords(_ index: Int, _ end: Int, _ word: SourceRange) -> Int? {
    let count = end - index
    guard count <= Workspace.mostLetters, word.count == count else { return nil }
    let unreached = UInt64(UInt8.max)
    // best[i]: the cost of the first i letters in the low byte, the length of the last piece above it.
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Workspace.mostLetters + 1) { best -> Int? in
      best[0] = 0
      for stop in 1...count {
        best[stop] = unreached
        for length in 2...max(2, min(stop, 14)) where length <= stop {
          let before = best[stop - length] & 0xff
          guard before != unreached else { continue }
          let piece = UnsafeBufferPointer(start: forms.base + Int(word.begin) + stop - length, count: length)
          let info = tables.info(tokenHash(piece))
          guard info.slang >= 0 || info.isWord else { continue }
          let cost = before + (length == 2 ? 3 : 1)
          if cost < best[stop] & 0xff { best[stop] = cost | UInt64(length) << 8 }
        }
      }
      guard best[count] & 0xff != unreached else { return nil }
      // Walk back, then emit forward.
      var stops = UInt64(0)
      var stop = count
      while stop > 0 {
        stops |= 1 << UInt64(stop)
        stop -= Int(best[stop] >> 8)
      }
      var start = 0
      for stop in 1...count where stops & (1 << UInt64(stop)) != 0 {
        let range = SourceRange(begin: word.begin + Int32(start), end: word.begin + Int32(stop))
        emitWord(index + start, index + stop - 1, resolve(range), flags: .spaced)
        start = stop
      }
      return end
    }
  }
}
