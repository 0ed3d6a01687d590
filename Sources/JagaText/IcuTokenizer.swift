internal import CICU
internal import JagaCore

/// The way of everything else: NFKC_Casefold, UAX #29 words, look-alike letters folded per word.
extension Workspace {
  /// Appends the atoms of `source[from..<to]`, any bytes. With `everyBoundary` ICU looks for word boundaries even where no
  /// script needs them; the result is the same, which is what the differential test wants to see.
  mutating func tokenizeIcu(from: Int, to: Int, everyBoundary: Bool) {
    guard to > from else { return }
    if folder == nil { folder = cicu_folder_create() }
    let found = folder.map { cicu_fold($0, source + from, Int32(to - from), everyBoundary ? 2 : 1) } ?? -1
    if found == 0 { return }
    guard let folder, found >= 0, let scalars = cicu_folded_scalars(folder), let bytes = cicu_folded_bytes(folder)
    else {
      // ICU without data: the bytes stand for themselves, as one word.
      let begin = appendForm(UnsafeBufferPointer(start: source + from, count: to - from)).begin
      appendAtom(.letters, begin: begin, source: (Int32(from), Int32(to)))
      return
    }
    var run = FoldedRun(scalars: scalars, bytes: bytes, count: Int(found), shift: Int32(from), limit: Int32(to))
    while run.index < run.count {
      switch run.kind(at: run.index) {
      case CICU_LETTER, CICU_COMPLEX: appendWord(&run)
      case CICU_DIGIT: appendDigits(&run)
      case CICU_EMOJI, CICU_MODIFIER, CICU_REGIONAL: appendEmoji(&run)
      case CICU_NEWLINE:
        copyScalar(run, run.index)
        gap = .newline
        run.index += 1
      case CICU_SPACE, CICU_MARK:
        copyScalar(run, run.index)
        if gap != .newline { gap = gap == .none ? .one : .wide }
        run.index += 1
      default: appendSymbol(&run)
      }
    }
  }

  /// The result of one call of the shim, and how far it has been read.
  struct FoldedRun {
    let scalars: UnsafePointer<cicu_scalar>
    let bytes: UnsafePointer<UInt8>
    let count: Int
    let shift: Int32
    let limit: Int32
    var index = 0

    func kind(at index: Int) -> Int { Int(scalars[index].kind) & CICU_CLASS_MASK }
    func flag(_ flag: Int, at index: Int) -> Bool { Int(scalars[index].flags) & flag != 0 }
  }

  private mutating func copyScalar(_ run: FoldedRun, _ index: Int) {
    let scalar = run.scalars[index]
    for offset in Int(scalar.offset)..<Int(scalar.offset) + Int(scalar.length) { forms.append(run.bytes[offset]) }
  }

  private mutating func appendAtom(
    _ kind: Atom.Kind, begin: Int32, source range: (Int32, Int32), mark: UInt8 = 0, disguised: Bool = false
  ) {
    atoms.append(
      Atom(
        begin: begin, end: Int32(forms.count), sourceBegin: range.0, sourceEnd: range.1, kind: kind, gap: gap,
        mark: mark,
        disguised: disguised))
    gap = .none
  }

  private mutating func appendDigits(_ run: inout FoldedRun) {
    let first = run.index
    let begin = Int32(forms.count)
    while run.index < run.count, run.kind(at: run.index) == CICU_DIGIT {
      forms.append(UInt8(truncatingIfNeeded: run.scalars[run.index].scalar))
      run.index += 1
    }
    let range = (run.scalars[first].begin + run.shift, run.scalars[run.index - 1].end + run.shift)
    appendAtom(.digits, begin: begin, source: range)
  }

  /// A letter and what UAX #29 keeps with it. Digits end it: they are atoms of their own on both ways.
  private mutating func appendWord(_ run: inout FoldedRun) {
    let first = run.index
    run.index += 1
    while run.index < run.count, !run.flag(Int(CICU_BOUNDARY), at: run.index) {
      let kind = run.kind(at: run.index)
      guard kind == CICU_LETTER || kind == CICU_COMPLEX || kind == CICU_MARK else { break }
      run.index += 1
    }
    let plan = lookAlikePlan(run, first..<run.index)
    let begin = Int32(forms.count)
    var disguised = false
    var previousEnd = run.scalars[first].begin
    for index in first..<run.index {
      let scalar = run.scalars[index]
      if plan.isLatin {
        if scalar.begin > previousEnd { disguised = true }
        if scalar.scalar < 0x80, run.flag(Int(CICU_CHANGED), at: index) { disguised = true }
        if run.kind(at: index) == CICU_MARK {
          disguised = true
          previousEnd = scalar.end
          continue
        }
        if scalar.scalar >= 0x80, let twin = tables.twin(of: scalar.scalar), twin.isStrong || plan.foldsWeak {
          forms.append(twin.letter)
          disguised = true
          previousEnd = scalar.end
          continue
        }
      }
      copyScalar(run, index)
      previousEnd = scalar.end
    }
    let range = (run.scalars[first].begin + run.shift, run.scalars[run.index - 1].end + run.shift)
    appendAtom(.letters, begin: begin, source: range, disguised: disguised)
  }

  /// Decides for a whole word. A word with Latin letters in it may fold letters of which only the capital looks Latin;
  /// a wholly foreign one may not, so that real Russian and Greek stay.
  private func lookAlikePlan(_ run: FoldedRun, _ range: Range<Int>) -> (isLatin: Bool, foldsWeak: Bool) {
    var hasLatin = false
    var hasForeign = false
    var allTwins = true
    var allStrong = true
    for index in range where run.kind(at: index) != CICU_MARK {
      if Int(run.scalars[index].kind) & CICU_LATIN != 0 {
        hasLatin = true
        continue
      }
      hasForeign = true
      if let twin = tables.twin(of: run.scalars[index].scalar) {
        if !twin.isStrong { allStrong = false }
      } else {
        allTwins = false
      }
    }
    guard hasForeign else { return (true, false) }
    return (allTwins && (hasLatin || allStrong), hasLatin && allTwins)
  }

  private mutating func appendEmoji(_ run: inout FoldedRun) {
    let first = run.index
    let begin = Int32(forms.count)
    copyScalar(run, first)
    run.index += 1
    var modifiers = 0
    if run.kind(at: first) == CICU_REGIONAL {
      if run.index < run.count, run.kind(at: run.index) == CICU_REGIONAL {
        copyScalar(run, run.index)
        run.index += 1
      }
    } else {
      while run.index < run.count {
        let kind = run.kind(at: run.index)
        let isModifier = kind == CICU_MODIFIER
        let isJoined = run.flag(Int(CICU_JOINED), at: run.index) && (kind == CICU_EMOJI || kind == CICU_REGIONAL)
        guard isModifier || isJoined else { break }
        if isModifier { modifiers += 1 }
        copyScalar(run, run.index)
        run.index += 1
      }
    }
    var end = run.scalars[run.index - 1].end + run.shift
    let next = run.index < run.count ? run.scalars[run.index].begin + run.shift : run.limit
    end = endOfVariation(from: end, limit: next)
    let toned = modifiers == 1 && run.index - first == 2
    appendAtom(
      .emoji, begin: begin, source: (run.scalars[first].begin + run.shift, end),
      mark: toned ? UInt8(run.scalars[first].length) : 0)
  }

  /// Folding drops variation selectors and flag tags after an emoji; its range still takes them in.
  private func endOfVariation(from end: Int32, limit: Int32) -> Int32 {
    var end = Int(end)
    while end < Int(limit) {
      if end + 3 <= Int(limit), source[end] == 0xef, source[end + 1] == 0xb8, source[end + 2] == 0x8f {
        end += 3
      } else if end + 4 <= Int(limit), source[end] == 0xf3, source[end + 1] == 0xa0 {
        end += 4
      } else {
        break
      }
    }
    return Int32(end)
  }

  /// Curly quotes and the many dashes become their ASCII twins, so that rules about marks need to know one of each.
  private mutating func appendSymbol(_ run: inout FoldedRun) {
    let scalar = run.scalars[run.index]
    let begin = Int32(forms.count)
    var mark: UInt8 = 0
    switch scalar.scalar {
    case 0..<0x80: mark = UInt8(scalar.scalar)
    case 0x2018, 0x2019: mark = Ascii.apostrophe
    case 0x201c, 0x201d: mark = UInt8(ascii: "\"")
    case 0x2010...0x2015, 0x2212: mark = Ascii.dash
    default: break
    }
    if mark != 0 { forms.append(mark) } else { copyScalar(run, run.index) }
    run.index += 1
    appendAtom(
      mark != 0 ? .mark : .symbol, begin: begin, source: (scalar.begin + run.shift, scalar.end + run.shift), mark: mark)
  }
}
