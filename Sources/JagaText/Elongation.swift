internal import JagaCore

/// The repeated letters of a word.
struct RunShape {
  /// The longest run of one letter.
  var longest = 0
  /// The number of runs of at least two.
  var doubles = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var length = 0
    var letter: UInt8 = 0
    for byte in bytes {
      length = byte == letter ? length &+ 1 : 1
      letter = byte
      if length == 2 { doubles &+= 1 }
      if length > longest { longest = length }
    }
  }
}

extension Workspace {
  /// Undoes emphasis: `maluuuu` → `malu`, but `saat`, `maaf` and `gooood` → `good` keep their doubles where the tables know
  /// such a word. Each run is tried at two letters, then at one; the first known word wins, then the first with a known root.
  /// Without any, runs of three and more become one letter and doubles stay.
  mutating func elongatedForm(_ range: SourceRange, _ shape: RunShape) -> WordForm? {
    let start = forms.count
    squeeze(range, mask: nil)
    let plain = SourceRange(begin: Int32(start), end: Int32(forms.count))
    if plain.count <= Workspace.longestWord {
      let variants = 1 << min(shape.doubles, 4)
      for pass in 0..<2 {
        for mask in 0..<variants {
          if mask == 0, shape.longest == 2 { continue }
          let mark = forms.count
          squeeze(range, mask: mask)
          let candidate = SourceRange(begin: Int32(mark), end: Int32(forms.count))
          let hash = tokenHash(bytes(candidate))
          let info = tables.info(hash)
          if pass == 0, candidate.count > 1 || info.isKnown, info.slang >= 0 || info.isWord {
            var form = WordForm(candidate, hash: hash, info: info)
            form.slang = Int32(info.slang)
            form.flags.insert(info.slang >= 0 ? [.elongated, .slang] : .elongated)
            form.isRecognised = true
            return form
          }
          if pass == 1, var form = affixForm(candidate, hash: hash, allowSlang: true) {
            form.flags.insert(.elongated)
            return form
          }
          forms.count = mark
        }
      }
    }
    guard shape.longest >= 3 else {
      forms.count = start
      return nil
    }
    var form = WordForm(plain, hash: tokenHash(bytes(plain)), info: .unknown)
    form.flags.insert(.elongated)
    return form
  }

  /// Appends the word with its runs shortened. With a mask, bit `i` set shortens run `i` to one letter, clear to two (runs
  /// after the fourth to one). Without, runs of three and more become one and doubles stay.
  private mutating func squeeze(_ range: SourceRange, mask: Int?) {
    forms.reserve(range.count)
    let bytes = forms.base + Int(range.begin)
    let target = forms.base + forms.count
    let count = range.count
    var written = 0
    var run = 0
    var index = 0
    while index < count {
      let start = index
      let letter = bytes[index]
      repeat { index += 1 } while index < count && bytes[index] == letter
      let length = index - start
      var kept = length
      if length > 1 {
        if let mask { kept = run < 4 && mask & (1 << run) == 0 ? 2 : 1 } else { kept = length > 2 ? 1 : 2 }
        run += 1
      }
      for _ in 0..<kept {
        target[written] = letter
        written += 1
      }
    }
    forms.count += written
  }

  /// Laughter comes in endless spellings: `wkwkwkwk` → `wkwk`, `hahahah` → `haha`.
  mutating func laughter(_ range: SourceRange) -> WordForm? {
    let word = bytes(range)
    guard word.count >= 4 else { return nil }
    var breath = 0
    var voice: UInt8 = 0
    var voiced = 0
    for byte in word {
      switch byte {
      case UInt8(ascii: "h"), UInt8(ascii: "w"), UInt8(ascii: "x"): breath += 1
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "k"), UInt8(ascii: "o"),
        UInt8(ascii: "u"):
        if voice == 0 { voice = byte }
        guard voice == byte else { return nil }
        voiced += 1
      default: return nil
      }
    }
    let isKey = voice == UInt8(ascii: "k")
    guard breath >= 2, voiced >= 2, word.contains(UInt8(ascii: "w")) == isKey else { return nil }
    if isKey, word.contains(where: { $0 == UInt8(ascii: "h") || $0 == UInt8(ascii: "x") }) { return nil }
    let lead: UInt8 =
      isKey ? UInt8(ascii: "w") : (word.contains(UInt8(ascii: "x")) ? UInt8(ascii: "x") : UInt8(ascii: "h"))
    let begin = forms.count
    for _ in 0..<2 {
      forms.append(lead)
      forms.append(voice)
    }
    let canonical = SourceRange(begin: Int32(begin), end: Int32(forms.count))
    let hash = tokenHash(bytes(canonical))
    var form = WordForm(canonical, hash: hash, info: tables.info(hash))
    if range.count > 4 { form.flags.insert(.elongated) }
    form.isRecognised = true
    form.slang = -1
    return form
  }
}
