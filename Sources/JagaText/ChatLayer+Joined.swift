internal import JagaCore

/// Letters with single marks or emoji between them: `r.a.h.a.s.i.a`, `v-c-s`, `fo😀to`, `foto-foto`, `can't`.
extension Workspace {
  private static let mostPieces = 32
  private static let mostMixedPieces = 8

  /// The atom at `index` is letters, a mark, symbol or emoji follows, and letters again, all without gaps.
  /// Nil when the first piece stands alone.
  mutating func joined(_ index: Int) -> Int? {
    let separator = atoms[index + 1]
    if separator.mark == Ascii.apostrophe { return apostrophe(index) }
    guard separator.kind != .mark || Workspace.isJoiner(separator.mark) else { return nil }
    var pieces = 1
    var singles = atoms[index].count == 1
    var last = index
    while pieces < Workspace.mostPieces, isTight(last + 1), isTight(last + 2, .letters) {
      let next = atoms[last + 1]
      guard next.kind == separator.kind, next.mark == separator.mark || next.kind != .mark else { break }
      last += 2
      singles = singles && atoms[last].count == 1
      pieces += 1
    }
    if singles, pieces >= 3 { return joinSingles(index, last) }
    if separator.mark == Ascii.dash, let next = hyphenated(index) { return next }
    return joinMixed(index, min(last, index + 2 * (Workspace.mostMixedPieces - 1)))
  }

  static func isJoiner(_ mark: UInt8) -> Bool {
    switch mark {
    case Ascii.dot, Ascii.dash, Ascii.underscore, Ascii.star, UInt8(ascii: "~"), UInt8(ascii: "|"), UInt8(ascii: "`"),
      UInt8(ascii: "^"):
      true
    default: false
    }
  }

  /// The letters of every second atom, appended.
  private mutating func concatenate(_ first: Int, _ last: Int) -> SourceRange {
    let begin = Int32(forms.count)
    for index in stride(from: first, through: last, by: 2) { _ = appendForm(atomRange(index, index)) }
    return SourceRange(begin: begin, end: Int32(forms.count))
  }

  /// Three letters or more, each apart: always one word.
  private mutating func joinSingles(_ first: Int, _ last: Int) -> Int {
    let form = resolve(concatenate(first, last))
    emitWord(first, last, form, flags: .spaced)
    return last + 1
  }

  /// Pieces of any length are one word where that is known and not every piece is a word itself. The longest run of pieces
  /// that gives a word wins. An emoji after two letters hides a word more often than it ends one (`ka😀mu`), whatever the pieces are.
  private mutating func joinMixed(_ first: Int, _ limit: Int) -> Int? {
    let isHidden = atoms[first + 1].kind == .emoji && atoms[first].count <= 2
    var last = limit
    while last > first {
      let mark = forms.count
      let form = resolve(concatenate(first, last))
      if form.isRecognised, isHidden || !allRecognised(first, last) {
        emitWord(first, last, form, flags: .spaced)
        return last + 1
      }
      forms.count = mark
      last -= 2
    }
    return nil
  }

  private mutating func allRecognised(_ first: Int, _ last: Int) -> Bool {
    let mark = forms.count
    defer { forms.count = mark }
    for index in stride(from: first, through: last, by: 2) {
      if atoms[index].count == 1 || !resolve(atomRange(index, index)).isRecognised { return false }
    }
    return true
  }

  // MARK: Hyphens

  /// `foto-foto`, `teman-temannya`, `berlari-lari`: written twice. The half with affixes is the canonical form.
  private mutating func hyphenated(_ first: Int) -> Int? {
    let left = atomRange(first, first)
    let right = atomRange(first + 2, first + 2)
    guard left.count >= 2, right.count >= 2, left.count <= Workspace.longestWord, right.count <= Workspace.longestWord
    else {
      return nil
    }
    let whole = atomRange(first, first + 2)
    let wholeHash = tokenHash(bytes(whole))
    let wholeInfo = tables.info(wholeHash)
    if wholeInfo.slang >= 0 || wholeInfo.isWord {
      emitWord(first, first + 2, resolve(whole, hash: wholeHash, info: wholeInfo), surfaceHash: wholeHash)
      return first + 3
    }
    let canonical: SourceRange
    if bytes(left).elementsEqual(bytes(right)) {
      canonical = left
    } else if left.count >= 3, right.count > left.count, bytes(right).starts(with: bytes(left)),
      isSuffix(right, after: left)
    {
      canonical = right
    } else if right.count >= 3, left.count > right.count, endsWith(left, right) {
      canonical = left
    } else {
      return nil
    }
    var form = resolve(canonical)
    if canonical == right, !form.isRecognised {
      let base = resolve(left)
      form.root = base.root
      form.rootHash = base.rootHash
      form.flags.insert(.affixed)
    }
    emitWord(first, first + 2, form, surfaceHash: wholeHash, flags: .reduplicated, value: 2)
    return first + 3
  }

  private func isSuffix(_ right: SourceRange, after left: SourceRange) -> Bool {
    let suffix = SourceRange(begin: right.begin + Int32(left.count), end: right.end)
    return vocabulary.reduplicationSuffixes.contains(Vocabulary.shortWord(bytes(suffix)))
  }

  /// The first half has a prefix: `berlari-lari`.
  private func endsWith(_ left: SourceRange, _ right: SourceRange) -> Bool {
    let tail = SourceRange(begin: left.end - Int32(right.count), end: left.end)
    return left.count - right.count <= 5 && bytes(tail).elementsEqual(bytes(right))
  }

  // MARK: Apostrophes

  /// `can't`, `friend's`, `ma'af`, `jum'at`: one word. Without the apostrophe where only that is known; English clitics
  /// leave the word before them as root.
  private mutating func apostrophe(_ first: Int) -> Int? {
    let whole = atomRange(first, first + 2)
    guard whole.count <= Workspace.longestWord else { return nil }
    let hash = tokenHash(bytes(whole))
    let info = tables.info(hash)
    if info.slang >= 0 || info.isWord {
      emitWord(first, first + 2, resolve(whole, hash: hash, info: info), surfaceHash: hash)
      return first + 3
    }
    let clitic = Vocabulary.shortWord(bytes(atoms[first + 2]))
    if vocabulary.englishClitics.contains(clitic) {
      let base = resolve(atomRange(first, first))
      var form = WordForm(whole, hash: hash, info: base.isRecognised ? WordInfo(bits: WordInfo.rootEN) : .unknown)
      form.flags = []
      if base.slang < 0 {
        form.root = base.root
        form.rootHash = base.rootHash
        form.flags.insert(.affixed)
      }
      emitWord(first, first + 2, form, surfaceHash: hash)
      return first + 3
    }
    let mark = forms.count
    let form = resolve(concatenate(first, first + 2))
    if form.isRecognised {
      emitWord(first, first + 2, form, surfaceHash: hash)
      return first + 3
    }
    forms.count = mark
    guard bytes(atoms[first + 2]).elementsEqual("t".utf8) || atoms[first].count <= 4 else { return nil }
    emitWord(first, first + 2, WordForm(whole, hash: hash, info: .unknown), surfaceHash: hash)
    return first + 3
  }
}
