internal import JagaCore

/// Ends at which suffixes may be cut off a word, longest rest first.
struct SuffixCuts: BitwiseCopyable {
  private var ends: (UInt64, UInt64) = (0, 0)
  private(set) var count = 0

  /// `word` without any, with particles (-lah, -kah, -pun), possessives (-ku, -mu, -nya) and derivation (-in, -an, -i, -kan)
  /// cut in every order that occurs.
  init(_ word: UnsafeBufferPointer<UInt8>) {
    func endsWith(_ end: Int, _ a: UInt8, _ b: UInt8, _ c: UInt8 = 0) -> Bool {
      if c == 0 { return end >= 5 && word[end - 2] == a && word[end - 1] == b }
      return end >= 6 && word[end - 3] == a && word[end - 2] == b && word[end - 1] == c
    }
    let (a, h, i, k) = (UInt8(ascii: "a"), UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "k"))
    let (l, m, n, p) = (UInt8(ascii: "l"), UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "p"))
    let (u, y, e) = (UInt8(ascii: "u"), UInt8(ascii: "y"), UInt8(ascii: "e"))
    func derive(_ cuts: inout SuffixCuts, _ end: Int) {
      cuts.insert(end)
      if endsWith(end, k, a, n) { cuts.insert(end - 3) }
      if endsWith(end, a, n) || endsWith(end, i, n) { cuts.insert(end - 2) }
      if end >= 4, word[end - 1] == i { cuts.insert(end - 1) }
    }
    func possess(_ cuts: inout SuffixCuts, _ end: Int) {
      derive(&cuts, end)
      if endsWith(end, k, u) || endsWith(end, m, u) { derive(&cuts, end - 2) }
      if endsWith(end, n, y, a) || endsWith(end, n, y, e) { derive(&cuts, end - 3) }
    }
    let end = word.count
    possess(&self, end)
    if endsWith(end, l, a, h) || endsWith(end, k, a, h) || endsWith(end, p, u, n) { possess(&self, end - 3) }
  }

  private mutating func insert(_ end: Int) {
    guard count < 16 else { return }
    var slot = count
    for index in 0..<count {
      if self[index] == end { return }
      if self[index] < end {
        slot = index
        break
      }
    }
    withUnsafeMutableBytes(of: &ends) { bytes in
      var index = count
      while index > slot {
        bytes[index] = bytes[index - 1]
        index -= 1
      }
      bytes[slot] = UInt8(end)
    }
    count += 1
  }

  subscript(index: Int) -> Int {
    withUnsafeBytes(of: ends) { Int($0[index]) }
  }
}

extension Workspace {
  /// A root of the tables under Indonesian affixes or light English inflection; nil when none is found.
  ///
  /// `ngirimin` → `kirim`, `fotoin` → `foto`, `dikirimkannya` → `kirim`, `berikan` → `beri` (suffixes are tried before prefixes,
  /// and the longest rest first). A slang form counts as a root when no real one is found: `tmnku` → `temanku`, root `teman`.
  /// ASCII words of at most ``longestWord`` bytes only. Cost: some hundred table lookups; see ``PlainWords``.
  mutating func affixForm(_ range: SourceRange, hash: UInt64, allowSlang: Bool) -> WordForm? {
    guard range.count >= 4, range.count <= Workspace.longestWord else { return nil }
    let cuts = SuffixCuts(bytes(range))
    let count = range.count
    var slangStem: (prefix: Int, end: Int, index: Int, restored: Bool)?
    let start = forms.base + Int(range.begin)

    for cut in 0..<cuts.count where cuts[cut] < count && cuts[cut] >= 3 {
      let end = cuts[cut]
      let info = tables.info(paddedTokenHash(start, count: end))
      if acceptsRoot(info, count: end, cutByOne: count - end == 1, takesEnglish: end >= 4) {
        return rootedForm(range, hash: hash, root: SourceRange(begin: range.begin, end: range.begin + Int32(end)))
      }
      if info.slang >= 0, slangStem == nil { slangStem = (0, end, info.slang, false) }
    }

    let word = EightBytes.load(start, 0)
    for rule in affixes.rules(of: start[0]) where (word ^ rule.prefix) & rule.mask == 0 {
      let length = rule.length
      guard count > length, count + (rule.restored == 0 ? 0 : 1) >= length + rule.shortestRoot,
        rule.next & (1 << UInt32((start[length] &- 97) & 31)) != 0
      else { continue }
      let kept = rule.restored == 0 ? 0 : 1
      stem[0] = rule.restored
      (stem.base + kept).update(from: start + length, count: count - length)
      for cut in 0..<cuts.count {
        let stemCount = cuts[cut] - length + kept
        guard stemCount >= rule.shortestRoot else { break }
        let info = tables.info(paddedTokenHash(stem.base, count: stemCount))
        if acceptsRoot(info, count: stemCount, cutByOne: count - cuts[cut] == 1, takesEnglish: rule.takesEnglish) {
          if kept == 0 {
            let begin = range.begin + Int32(length)
            return rootedForm(range, hash: hash, root: SourceRange(begin: begin, end: begin + Int32(stemCount)))
          }
          let root = appendForm(UnsafeBufferPointer(start: stem.base, count: stemCount))
          return rootedForm(range, hash: hash, root: root)
        }
        if info.slang >= 0, slangStem == nil, stemCount >= 3 {
          slangStem = (length, cuts[cut], info.slang, kept == 1)
        }
      }
    }
    if let form = englishForm(range, hash: hash) { return form }
    if allowSlang, let slangStem { return slangStemForm(range, slangStem) }
    return nil
  }

  @inline(__always)
  private func acceptsRoot(_ info: WordInfo, count: Int, cutByOne: Bool, takesEnglish: Bool) -> Bool {
    if info.has(WordInfo.rootID) { return true }
    return info.has(WordInfo.rootEN) && takesEnglish && !cutByOne
  }

  private func rootedForm(_ range: SourceRange, hash: UInt64, root: SourceRange) -> WordForm {
    var form = WordForm(range, hash: hash, info: WordInfo(bits: WordInfo.rootID))
    form.root = root
    form.rootHash = tokenHash(bytes(root))
    form.flags = .affixed
    form.isRecognised = true
    return form
  }

  /// -s, -es, -ies, -ed, -ied, -ing with a doubled letter or a lost e.
  private mutating func englishForm(_ range: SourceRange, hash: UInt64) -> WordForm? {
    let count = range.count
    let start = forms.base + Int(range.begin)
    func at(_ back: Int) -> UInt8 { start[count - back] }
    let isS = at(1) == UInt8(ascii: "s") && at(2) != UInt8(ascii: "s")
    let isED = at(1) == UInt8(ascii: "d") && at(2) == UInt8(ascii: "e")
    let isING = count >= 5 && at(1) == UInt8(ascii: "g") && at(2) == UInt8(ascii: "n") && at(3) == UInt8(ascii: "i")
    guard isS || isED || isING else { return nil }
    let cut = isS ? 1 : isED ? 2 : 3
    let rest = count - cut
    if rest >= 2, let form = englishRoot(range, hash: hash, count: rest, added: 0) { return form }
    if isS {
      guard at(2) == UInt8(ascii: "e") else { return nil }
      if let form = englishRoot(range, hash: hash, count: count - 2, added: 0) { return form }
      guard count >= 5, at(3) == UInt8(ascii: "i") else { return nil }
      return englishRoot(range, hash: hash, count: count - 3, added: UInt8(ascii: "y"))
    }
    if let form = englishRoot(range, hash: hash, count: rest, added: UInt8(ascii: "e")) { return form }
    if rest >= 4, start[rest - 1] == start[rest - 2] {
      if let form = englishRoot(range, hash: hash, count: rest - 1, added: 0) { return form }
    }
    guard isED, rest >= 3, start[rest - 1] == UInt8(ascii: "i") else { return nil }
    return englishRoot(range, hash: hash, count: rest - 1, added: UInt8(ascii: "y"))
  }

  private mutating func englishRoot(_ range: SourceRange, hash: UInt64, count: Int, added: UInt8) -> WordForm? {
    stem.base.update(from: forms.base + Int(range.begin), count: count)
    stem[count] = added
    let total = added == 0 ? count : count + 1
    guard total >= 2 else { return nil }
    let root = UnsafeBufferPointer(start: UnsafePointer(stem.base), count: total)
    guard tables.info(tokenHash(root)).has(WordInfo.rootEN) else { return nil }
    var form = WordForm(range, hash: hash, info: WordInfo(bits: WordInfo.rootEN))
    form.root =
      added == 0 ? SourceRange(begin: range.begin, end: range.begin + Int32(count)) : appendForm(root)
    form.rootHash = tokenHash(bytes(form.root))
    form.flags = .affixed
    form.isRecognised = true
    return form
  }

  private mutating func slangStemForm(
    _ range: SourceRange, _ slangStem: (prefix: Int, end: Int, index: Int, restored: Bool)
  ) -> WordForm? {
    let words = tables.slangWords(slangStem.index)
    guard words.count == 1 else { return nil }
    let base = resolveCanonical(words.lowerBound)
    var canonical = range
    if !slangStem.restored {
      let head = SourceRange(begin: range.begin, end: range.begin + Int32(slangStem.prefix))
      let tail = SourceRange(begin: range.begin + Int32(slangStem.end), end: range.end)
      canonical = appendForm(head)
      _ = appendForm(base.canonical)
      canonical.end = appendForm(tail).end
    }
    let canonicalHash = tokenHash(bytes(canonical))
    var form = WordForm(canonical, hash: canonicalHash, info: WordInfo(bits: WordInfo.rootID))
    form.flags = [.affixed, .slang]
    if tables.info(canonicalHash).isKnown { form.flags.insert(.known) }
    form.root = base.root
    form.rootHash = base.rootHash
    form.isRecognised = true
    return form
  }
}
