internal import JagaCore

/// Letters and digits written together: reduplication (`foto2`), leet (`r4h4s1a`), a number on a word (`umur15`, `5menit`),
/// and codes that stay as they are (`mp3`, `ff4`, `b2b`, `smp2`).
extension Workspace {
  private static let mostGroupAtoms = 16
  private static let longestGroup = 40

  /// Nil when the first atom is better taken alone.
  mutating func group(_ index: Int) -> Int? {
    var end = index + 1
    var sign: Int? = isSign(atoms[index].mark) ? index : nil
    var total = atoms[index].count
    while end - index < Workspace.mostGroupAtoms, isTight(end) {
      let atom = atoms[end]
      if atom.kind == .mark {
        guard isSign(atom.mark) else { break }
        if sign == nil { sign = end }
      } else if atom.kind != .letters && atom.kind != .digits {
        break
      }
      total += atom.count
      guard total <= Workspace.longestGroup else { break }
      end += 1
    }
    if let sign {
      if sign > index, atoms[sign].mark == Ascii.at, let address = endOfAddress(sign: sign) {
        emitClass(.mention, index, address - 1)
        return address
      }
      if let next = leet(index, end, hasSign: true) { return next }
      guard sign > index else { return nil }
      end = sign
    }
    guard end > index + 1 else { return nil }
    if let next = reduplicated(index, end) { return next }
    if isWordWithNumber(index, end) { return nil }
    if let next = leet(index, end, hasSign: false) { return next }
    if isNumberWithWord(index, end) { return nil }
    return code(index, end)
  }

  private func isSign(_ mark: UInt8) -> Bool { mark == Ascii.at || mark == Ascii.dollar }

  private mutating func isRecognised(_ index: Int) -> Bool {
    let mark = forms.count
    defer { forms.count = mark }
    return resolve(atomRange(index, index)).isRecognised
  }

  // MARK: Reduplication

  /// `foto2`, `temen2mu`: the word with its suffix is the canonical form.
  private mutating func reduplicated(_ index: Int, _ end: Int) -> Int? {
    let base = atoms[index]
    guard base.kind == .letters, base.count >= 2, end - index <= 3, atoms[index + 1].kind == .digits,
      atoms[index + 1].count == 1, bytes(atoms[index + 1])[0] == Ascii.two
    else { return nil }
    if end - index == 3 {
      guard atoms[index + 2].kind == .letters,
        vocabulary.reduplicationSuffixes.contains(Vocabulary.shortWord(bytes(atoms[index + 2])))
      else { return nil }
    }
    let range = atomRange(index, index)
    let hash = tokenHash(bytes(range))
    let info = tables.info(hash)
    guard info.role != .school else { return nil }
    let mark = forms.count
    var form = resolve(range, hash: hash, info: info)
    guard form.isRecognised || (base.count >= 3 && hasVowel(bytes(range)) && hasConsonant(bytes(range))) else {
      forms.count = mark
      return nil
    }
    if form.slang >= 0 {
      let words = tables.slangWords(Int(form.slang))
      if words.count == 1 {
        let flags = form.flags
        form = resolveCanonical(words.lowerBound)
        form.flags.formUnion(flags.intersection([.slang, .elongated]))
        form.info = info
      }
    }
    if end - index == 3, form.slang < 0 {
      let root = form
      form.canonical = appendForm(form.canonical)
      form.canonical.end = appendForm(atomRange(index + 2, index + 2)).end
      form.canonicalHash = tokenHash(bytes(form.canonical))
      form.root = root.root
      form.flags.insert(.affixed)
      if tables.info(form.canonicalHash).isKnown { form.flags.insert(.known) } else { form.flags.remove(.known) }
    }
    emitWord(index, end - 1, form, flags: .reduplicated, value: 2)
    return end
  }

  func hasVowel(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.contains { Workspace.isVowel($0) } }

  func hasConsonant(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.contains { $0 &- 97 < 26 && !Workspace.isVowel($0) }
  }

  static func isVowel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
    default: false
    }
  }

  // MARK: A number on a word

  /// `umur15`, `jam7an`: the word and the number are tokens of their own.
  private mutating func isWordWithNumber(_ index: Int, _ end: Int) -> Bool {
    let base = atoms[index]
    guard base.kind == .letters, base.count >= 3, atoms[index + 1].kind == .digits, end - index <= 3 else {
      return false
    }
    if end - index == 3 {
      guard atoms[index + 2].count == 2, bytes(atoms[index + 2]).elementsEqual("an".utf8) else { return false }
    }
    guard tables.info(tokenHash(bytes(base))).role != .school else { return false }
    return isRecognised(index)
  }

  /// `5menit`, `16thn`, `3hari`, `7an`.
  private mutating func isNumberWithWord(_ index: Int, _ end: Int) -> Bool {
    guard atoms[index].kind == .digits, atoms[index + 1].kind == .letters, end - index == 2 else { return false }
    let word = atoms[index + 1]
    let role = tables.info(tokenHash(bytes(word))).role
    if role == .unit || role == .countNoun && word.count > 1 { return true }
    if word.count == 2, bytes(word).elementsEqual("an".utf8) { return true }
    return word.count >= 3 && isRecognised(index + 1)
  }

  // MARK: Leet

  private static func letter(for byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "4"), Ascii.at: UInt8(ascii: "a")
    case UInt8(ascii: "3"): UInt8(ascii: "e")
    case UInt8(ascii: "1"): UInt8(ascii: "i")
    case UInt8(ascii: "0"): UInt8(ascii: "o")
    case UInt8(ascii: "5"), Ascii.dollar: UInt8(ascii: "s")
    case UInt8(ascii: "7"): UInt8(ascii: "t")
    default: 0
    }
  }

  /// Reads digits and signs as letters where that gives a word, or where they stand between letters as only leet does.
  private mutating func leet(_ index: Int, _ end: Int, hasSign: Bool) -> Int? {
    var letters = 0
    var lookLeet = true
    var foreign = 0
    var hasOne = false
    for position in index..<end {
      let atom = atoms[position]
      if atom.kind == .letters {
        letters += atom.count
        continue
      }
      foreign += 1
      if atom.kind == .digits {
        if atom.count > 1 || position == index || position == end - 1 {
          lookLeet = lookLeet && atom.count == 1 && end - index >= 4
        }
      }
      for byte in bytes(atom) {
        guard Workspace.letter(for: byte) != 0 else { return nil }
        hasOne = hasOne || byte == UInt8(ascii: "1")
      }
    }
    let range = atomRange(index, end - 1)
    guard letters >= 1, foreign >= 1, range.count >= 3 || (hasSign && range.count >= 2) else { return nil }
    // `4dik` is a word, `3hari` three days: a single digit before a known word is a number unless the whole is a known word.
    let isUnit = end - index == 2 && atoms[index].kind == .digits && isUnitWord(index + 1)
    guard !isUnit else { return nil }
    let onlyDirect =
      end - index == 2 && atoms[index].kind == .digits && atoms[index + 1].count >= 3 && isRecognised(index + 1)
    let mark = forms.count
    for one in [UInt8(ascii: "i"), UInt8(ascii: "l")] {
      let spelled = spell(range, one: one)
      let form = resolve(spelled)
      let isDirect = form.slang >= 0 || form.info.isWord && !form.flags.contains(.affixed)
      if form.isRecognised, isDirect || !onlyDirect {
        emitWord(index, end - 1, form, flags: .leet)
        return end
      }
      forms.count = mark
      if !hasOne { break }
    }
    guard !hasSign, lookLeet, letters >= 2 else { return nil }
    var form = resolve(spell(range, one: UInt8(ascii: "i")))
    form.flags.insert(.leet)
    emitWord(index, end - 1, form)
    return end
  }

  private func isUnitWord(_ index: Int) -> Bool {
    let role = tables.info(tokenHash(bytes(atoms[index]))).role
    return role == .unit || role == .countNoun || bytes(atoms[index]).elementsEqual("an".utf8)
  }

  /// Appends the range with digits and signs as letters.
  mutating func spell(_ range: SourceRange, one: UInt8) -> SourceRange {
    let begin = forms.count
    forms.reserve(range.count)
    for index in Int(range.begin)..<Int(range.end) {
      let byte = forms[index]
      if byte == UInt8(ascii: "1") {
        forms.append(one)
      } else {
        let letter = Workspace.letter(for: byte)
        forms.append(letter == 0 ? byte : letter)
      }
    }
    return SourceRange(begin: Int32(begin), end: Int32(forms.count))
  }

  // MARK: Codes

  /// A product code or the like. The number of a school leaves the kind of school as root.
  private mutating func code(_ index: Int, _ end: Int) -> Int {
    let range = atomRange(index, end - 1)
    let hash = tokenHash(bytes(range))
    let info = tables.info(hash)
    var form =
      info.slang >= 0 || info.isWord ? resolve(range, hash: hash, info: info) : WordForm(range, hash: hash, info: info)
    if tables.info(tokenHash(bytes(atoms[index]))).role == .school {
      form.root = atomRange(index, index)
      form.rootHash = tokenHash(bytes(form.root))
      form.flags.insert(.affixed)
    }
    emitWord(index, end - 1, form)
    return end
  }
}
