internal import JagaCore

/// The chat layer: atoms to tokens. Shared by both ways of tokenizing, and blind to which one made the atoms.
///
/// Each step looks at the atoms from `index` on, emits one or more tokens and returns the index after them. No step looks
/// further than a fixed number of atoms ahead unless it consumes them, so the whole is linear.
extension Workspace {
  mutating func makeTokens() {
    var index = 0
    while index < atoms.count { index = step(index) }
  }

  mutating func step(_ index: Int) -> Int {
    switch atoms.base[index].kind {
    case .letters: letters(index)
    case .digits: digits(index)
    case .mark: mark(index)
    case .symbol: punctuation(index)
    case .emoji: emoji(index)
    }
  }

  /// A token that begins with letters. Most words end here at the second `guard`.
  @inline(__always)
  private mutating func letters(_ index: Int) -> Int {
    let atom = atoms.base[index]
    let range = SourceRange(begin: atom.begin, end: atom.end)
    let hash = tokenHash(bytes(range))
    let info = tables.info(hash)
    let tight = isTight(index + 1)
    if tight || atom.count == 1 || info.role != .none, let next = composite(index, info: info, tight: tight) {
      return next
    }
    let form = resolve(range, hash: hash, info: info)
    emitWord(index, index, form, surfaceHash: hash)
    return index + 1
  }

  /// Whatever is more than one atom, or not a word; nil for a plain word.
  @inline(never)
  private mutating func composite(_ index: Int, info: WordInfo, tight: Bool) -> Int? {
    switch info.role {
    case .currency: if let next = currencyAmount(index) { return next }
    case .numeral: if let next = amountInWords(index) { return next }
    case .scheme: if let next = link(index, scheme: true) { return next }
    case .nameMask: if atoms[index].count > 8, let next = maskedName(index, index) { return next }
    case .linkMask:
      if !tight {
        emitClass(.link, index, index)
        return index + 1
      }
    default: break
    }
    if tight {
      let next = atoms[index + 1]
      switch next.kind {
      case .digits: if let end = group(index) { return end }
      case .mark:
        if next.mark == Ascii.at || next.mark == Ascii.dollar, let end = group(index) { return end }
        if next.mark == Ascii.dot || next.mark == Ascii.dash, let end = link(index, scheme: false) { return end }
        if isTight(index + 2, .letters), let end = joined(index) { return end }
      case .emoji, .symbol: if isTight(index + 2, .letters), let end = joined(index) { return end }
      case .letters: break
      }
    }
    return atoms[index].count == 1 ? spaced(index) : nil
  }

  // MARK: Emitting

  /// Emits atoms `first...last` as a word, or as several whose ranges coincide when its slang sequence has several words.
  mutating func emitWord(
    _ first: Int, _ last: Int, _ form: WordForm, surfaceHash: UInt64? = nil, flags added: TokenFlags = [],
    value: Int64 = 0
  ) {
    var flags = added
    for index in first...last where atoms.base[index].disguised { flags.insert(.disguised) }
    advanceClause(first)
    let surface = atomRange(first, last)
    emit(
      form, surface: surface, hash: surfaceHash ?? tokenHash(bytes(surface)), source: sourceRange(first, last),
      flags: flags, value: value)
  }

  /// Emits a word of the clause at hand.
  mutating func emit(
    _ form: WordForm, surface: SourceRange, hash: UInt64, source: SourceRange, flags added: TokenFlags = [],
    value: Int64 = 0
  ) {
    var flags = form.flags.union(added)
    if isShouted(source) { flags.insert(.shouted) }
    evidence.add(form.info)
    var record = TokenRecord(
      surfaceHash: hash, canonicalHash: form.canonicalHash, rootHash: form.rootHash, value: value, surface: surface,
      canonical: form.canonical, root: form.root, source: source, flags: flags, clause: clause, kind: .word)
    guard form.slang >= 0 else {
      tokens.append(record)
      return
    }
    for word in tables.slangWords(Int(form.slang)) {
      let canonical = resolveCanonical(word)
      record.canonical = canonical.canonical
      record.canonicalHash = canonical.canonicalHash
      record.root = canonical.root
      record.rootHash = canonical.rootHash
      record.flags = flags.subtracting([.known, .affixed]).union(canonical.flags.intersection([.known, .affixed]))
      record.flags.insert(.slang)
      tokens.append(record)
      flags.insert(.continuation)
    }
  }

  /// At least three ASCII capitals and no small letter.
  @inline(__always)
  func isShouted(_ range: SourceRange) -> Bool {
    let first = source[Int(range.begin)]
    if first &- 97 < 26 || range.count < 3 { return false }
    var capitals = 0
    for index in Int(range.begin)..<Int(range.end) {
      let byte = source[index]
      if byte &- 65 < 26 { capitals += 1 } else if byte &- 97 < 26 { return false }
    }
    return capitals >= 3
  }

  // MARK: Marks and emoji

  private mutating func mark(_ index: Int) -> Int {
    let atom = atoms.base[index]
    switch atom.mark {
    case Ascii.at: if let next = mention(index) { return next }
    case Ascii.dollar:
      if isTight(index + 1, .digits), let next = foreignAmount(index, rate: 16_000) { return next }
      if isTight(index + 1, .letters), let next = group(index) { return next }
    case Ascii.plus: if isTight(index + 1, .digits), let next = phone(index, plus: true) { return next }
    case UInt8(ascii: "["), UInt8(ascii: "<"): if let next = bracketed(index) { return next }
    default: break
    }
    return punctuation(index)
  }

  /// A run of one mark is one token: `???` has the canonical form `?`, and `...` has `..`.
  private mutating func punctuation(_ index: Int) -> Int {
    let atom = atoms.base[index]
    var end = index + 1
    if atom.mark == 0, let next = foreignCurrency(index) { return next }
    if atom.mark != 0 { while isTight(end, mark: atom.mark) { end += 1 } }
    let isEllipsis = atom.mark == Ascii.dot && end - index > 1
    switch atom.mark {
    case Ascii.question:
      hasQuestionMark = true
      fallthrough
    case Ascii.dot, UInt8(ascii: "!"), UInt8(ascii: ";"):
      advanceClause(index, isTerminator: true)
      // `v1.5`: a point inside a number of parts ends nothing.
      clauseEnded = clauseEnded || !(atom.mark == Ascii.dot && atom.gap == .none && isTight(end, .digits))
    default: advanceClause(index)
    }
    emitPlain(.punctuation, index, end - 1, canonical: atomRange(index, isEllipsis ? index + 1 : index))
    return end
  }

  private mutating func emoji(_ index: Int) -> Int {
    let atom = atoms.base[index]
    var canonical = SourceRange(begin: atom.begin, end: atom.end)
    if atom.mark != 0 { canonical.end = canonical.begin + Int32(atom.mark) }
    advanceClause(index)
    emitPlain(.emoji, index, index, canonical: canonical)
    return index + 1
  }

  private mutating func emitPlain(_ kind: TokenKind, _ first: Int, _ last: Int, canonical: SourceRange) {
    let surface = atomRange(first, last)
    let hash = tokenHash(bytes(canonical))
    tokens.append(
      TokenRecord(
        surfaceHash: surface == canonical ? hash : tokenHash(bytes(surface)), canonicalHash: hash, rootHash: hash,
        value: 0, surface: surface, canonical: canonical, root: canonical, source: sourceRange(first, last), flags: [],
        clause: clause, kind: kind))
  }
}
