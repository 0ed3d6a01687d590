internal import JagaCore

/// What became of one word: its canonical form and root, and how they were found.
struct WordForm {
  var canonical: SourceRange
  var root: SourceRange
  var canonicalHash: UInt64
  var rootHash: UInt64
  var flags: TokenFlags
  /// What the tables say: about the word, or about the root that was found.
  var info: WordInfo
  /// The slang sequence that stands for it, or -1.
  var slang: Int32
  /// The tables, or the affix rules with them, know it.
  var isRecognised: Bool

  /// A word that stands for itself.
  @inline(__always)
  init(_ range: SourceRange, hash: UInt64, info: WordInfo) {
    canonical = range
    root = range
    canonicalHash = hash
    rootHash = hash
    flags = info.isKnown ? .known : []
    self.info = info
    slang = -1
    isRecognised = info.isWord
  }
}

extension Workspace {
  /// Longer words are taken as they are, so that no step costs more than a constant per byte.
  static let longestWord = 48

  /// Looks a word up and, where the tables do not know it, tries elongation and affixes. `range` lies in `forms`.
  mutating func resolve(_ range: SourceRange) -> WordForm {
    let hash = tokenHash(bytes(range))
    return resolve(range, hash: hash, info: tables.info(hash))
  }

  @inline(__always)
  mutating func resolve(_ range: SourceRange, hash: UInt64, info: WordInfo) -> WordForm {
    if info.slang < 0, info.isWord || range.count < 2 { return WordForm(range, hash: hash, info: info) }
    return resolveSlowly(range, hash: hash, info: info)
  }

  @inline(never)
  private mutating func resolveSlowly(_ range: SourceRange, hash: UInt64, info: WordInfo) -> WordForm {
    if info.slang >= 0 { return slangForm(range, hash: hash, info: info) }
    guard bytes(range).allSatisfy({ $0 < 0x80 }) else { return WordForm(range, hash: hash, info: info) }
    let mark = forms.count
    return compacted(resolveUnknown(range, hash: hash), of: range, from: mark)
  }

  /// Words and results up to here are laid out anew, without what was tried in vain.
  private static let longestCompacted = (word: 24, result: 40)

  /// Puts what became of a word at `mark` in the forms, where the tries for it began.
  private mutating func compacted(_ form: WordForm, of range: SourceRange, from mark: Int) -> WordForm {
    let canonicalCount = form.canonical == range ? 0 : form.canonical.count
    let hasOwnRoot =
      form.root != form.canonical && (form.root.begin < range.begin || form.root.end > range.end)
    let rootCount = hasOwnRoot ? form.root.count : 0
    guard range.count <= Workspace.longestCompacted.word,
      canonicalCount + rootCount <= Workspace.longestCompacted.result
    else { return form }
    stem.base.update(from: forms.base + Int(form.canonical.begin), count: canonicalCount)
    (stem.base + canonicalCount).update(from: forms.base + Int(form.root.begin), count: rootCount)
    forms.count = mark
    var compacted = form
    compacted.canonical = range
    if canonicalCount > 0 {
      compacted.canonical = appendForm(UnsafeBufferPointer(start: stem.base, count: canonicalCount))
    }
    if form.root == form.canonical {
      compacted.root = compacted.canonical
    } else if hasOwnRoot {
      compacted.root = appendForm(UnsafeBufferPointer(start: stem.base + canonicalCount, count: rootCount))
    }
    return compacted
  }

  /// A form whose slang sequence has one word resolves to that word; with more, the emitter writes them all.
  private mutating func slangForm(_ range: SourceRange, hash: UInt64, info: WordInfo) -> WordForm {
    var form = WordForm(range, hash: hash, info: info)
    form.slang = Int32(info.slang)
    form.flags.insert(.slang)
    form.isRecognised = true
    return form
  }

  /// Resolves one canonical word of a slang sequence; its affixes are looked at, its own slang entry is not.
  mutating func resolveCanonical(_ word: Int) -> WordForm {
    let range = appendForm(tables.slangWord(word))
    let hash = tokenHash(bytes(range))
    let info = tables.info(hash)
    guard info.isWord || range.count > Workspace.longestWord || bytes(range).contains(where: { $0 >= 0x80 }) else {
      if let form = affixForm(range, hash: hash, allowSlang: false) { return form }
      return WordForm(range, hash: hash, info: info)
    }
    return WordForm(range, hash: hash, info: info)
  }

  /// An ASCII word of at least two bytes that the tables do not hold.
  private mutating func resolveUnknown(_ range: SourceRange, hash: UInt64) -> WordForm {
    var form = WordForm(range, hash: hash, info: .unknown)
    let shape = RunShape(bytes(range))
    if let laugh = laughter(range) { return laugh }
    if range.count <= Workspace.longestWord, shape.longest < 3,
      let found = affixForm(range, hash: hash, allowSlang: true)
    {
      return found
    }
    if shape.longest >= 2, let found = elongatedForm(range, shape) { form = found }
    if !form.isRecognised, let found = repairedForm(range, hash: hash) { return found }
    return form
  }

  /// A known word without its vowels (`trnsfr` → `transfer`), or with two neighbouring letters swapped (`trasnfer`). That may be a slip
  /// as well as a disguise, so such a word does not join pieces to a word.
  private func repairedForm(_ range: SourceRange, hash: UInt64) -> WordForm? {
    let word = bytes(range)
    if let key = RepairKey.skeleton(word) {
      let info = tables.info(key)
      if info.slang >= 0, let first = tables.slangWords(info.slang).first {
        return repaired(range, hash: hash, slang: info.slang, word: first)
      }
    }
    guard let key = RepairKey.letters(word) else { return nil }
    let info = tables.info(key)
    guard info.slang >= 0, let first = tables.slangWords(info.slang).first,
      RepairKey.isSwap(word, tables.slangWord(first))
    else { return nil }
    return repaired(range, hash: hash, slang: info.slang, word: first)
  }

  /// The form of the word that was meant; what stands for that word stands for the slip too.
  private func repaired(_ range: SourceRange, hash: UInt64, slang: Int, word: Int) -> WordForm {
    var form = WordForm(range, hash: hash, info: .unknown)
    let own = tables.info(tokenHash(tables.slangWord(word))).slang
    form.slang = Int32(own >= 0 ? own : slang)
    form.flags.insert(.slang)
    return form
  }
}
