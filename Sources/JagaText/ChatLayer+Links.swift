internal import JagaCore

/// Links, mentions and the masks that public sources put over them.
extension Workspace {
  private static let mostLabels = 12
  private static let mostLabelAtoms = 16

  /// A web address that starts here: `https://…`, `www.…`, `t.me/…`, `toko.co.id`. Domains that end on an everyday word
  /// (`me`, `id`, `to`) need a path, so that a full stop without a space after it makes no link.
  mutating func link(_ index: Int, scheme: Bool) -> Int? {
    if scheme {
      if isTight(index + 1, mark: Ascii.colon), isTight(index + 2, mark: Ascii.slash),
        isTight(index + 3, mark: Ascii.slash),
        isTight(index + 4)
      {
        return consumeLink(index, atLeast: index + 5)
      }
      guard isTight(index + 1, mark: Ascii.dot), isTight(index + 2), isTight(index + 3, mark: Ascii.dot) else {
        return nil
      }
    }
    guard let end = domain(index) else { return nil }
    return consumeLink(index, atLeast: end)
  }

  /// The end of a domain name of plausible shape, or nil.
  private func domain(_ index: Int) -> Int? {
    var cursor = index
    var labels = 0
    var last = index
    var secondLast = index
    while labels < Workspace.mostLabels {
      guard cursor == index || isTight(cursor), cursor < atoms.count else { break }
      let label = cursor
      while cursor < atoms.count, cursor - label < Workspace.mostLabelAtoms, cursor == label || isTight(cursor),
        isLabelPart(cursor)
      {
        cursor += 1
      }
      guard cursor > label else { break }
      secondLast = last
      last = cursor - 1
      labels += 1
      guard isTight(cursor, mark: Ascii.dot), isTight(cursor + 1), isLabelPart(cursor + 1) else { break }
      cursor += 1
    }
    guard labels >= 2, atoms[last].kind == .letters, atoms[last].count >= 2 else { return nil }
    let top = Vocabulary.shortWord(bytes(atoms[last]))
    let hasPath = isTight(last + 1, mark: Ascii.slash) && isTight(last + 2) && atoms[last + 2].mark != Ascii.slash
    if vocabulary.strictDomains.contains(top) { return last + 1 }
    guard vocabulary.looseDomains.contains(top) else { return nil }
    if hasPath { return last + 1 }
    let second = Vocabulary.shortWord(bytes(atoms[secondLast]))
    return labels >= 3 && vocabulary.secondLevelDomains.contains(second) ? last + 1 : nil
  }

  private func isLabelPart(_ index: Int) -> Bool {
    let atom = atoms[index]
    return atom.kind == .letters || atom.kind == .digits || atom.mark == Ascii.dash
  }

  /// Takes the address to the next gap, less the marks that end a sentence or close a bracket.
  private mutating func consumeLink(_ index: Int, atLeast: Int) -> Int {
    var end = atLeast
    if isTight(end) {
      let next = atoms[end]
      if next.mark == Ascii.slash || next.mark == Ascii.colon || next.mark == Ascii.question
        || next.mark == UInt8(ascii: "#")
        || atoms[atLeast - 1].mark == Ascii.slash || atLeast == index + 5
      {
        while isTight(end) { end += 1 }
      }
    }
    while end > atLeast, atoms[end - 1].kind == .mark, isClosing(atoms[end - 1].mark) { end -= 1 }
    emitClass(.link, index, end - 1)
    return end
  }

  private func isClosing(_ mark: UInt8) -> Bool {
    switch mark {
    case Ascii.dot, Ascii.comma, Ascii.question, Ascii.apostrophe, Ascii.colon, Ascii.star, UInt8(ascii: "!"),
      UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// `@name`. Two letters are no name but a word in disguise (`@ku`).
  mutating func mention(_ index: Int) -> Int? {
    guard isTight(index + 1), isNamePart(index + 1) else { return nil }
    if isTight(index + 1, .letters), atoms[index + 1].count <= 2, !isTight(index + 2), let next = group(index) {
      return next
    }
    let end = endOfName(index + 1)
    emitClass(.mention, index, end - 1)
    return end
  }

  /// The end of an e-mail address whose `@` stands at `sign`, or nil.
  func endOfAddress(sign: Int) -> Int? {
    guard isTight(sign + 1, .letters) || isTight(sign + 1, .digits) else { return nil }
    let end = endOfName(sign + 1)
    var dots = 0
    for index in sign + 1..<min(end, sign + 16) where atoms[index].mark == Ascii.dot { dots += 1 }
    return dots > 0 && atoms[end - 1].kind == .letters ? end : nil
  }

  private func endOfName(_ start: Int) -> Int {
    var end = start
    while end == start || isTight(end), end < atoms.count {
      if isNamePart(end) {
        end += 1
      } else if atoms[end].mark == Ascii.dot || atoms[end].mark == Ascii.dash, isTight(end + 1), isNamePart(end + 1) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private func isNamePart(_ index: Int) -> Bool {
    let atom = atoms[index]
    return atom.kind == .letters || atom.kind == .digits || atom.mark == Ascii.underscore
  }

  /// `[USERNAME]`, `<USER>`, `<url>`.
  mutating func bracketed(_ index: Int) -> Int? {
    guard isTight(index + 1, .letters), isTight(index + 2, .mark) else { return nil }
    let closing = atoms[index + 2].mark
    guard closing == UInt8(ascii: "]") || closing == UInt8(ascii: ">") else { return nil }
    switch tables.info(tokenHash(bytes(atoms[index + 1]))).role {
    case .nameMask: return maskedName(index, index + 2)
    case .linkMask:
      emitClass(.link, index, index + 2)
      return index + 3
    default: return nil
    }
  }

  mutating func maskedName(_ first: Int, _ last: Int) -> Int? {
    emitClass(.mention, first, last)
    return last + 1
  }
}
