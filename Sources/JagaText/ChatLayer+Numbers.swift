internal import JagaCore

/// Digits: phone numbers first, then amounts, accounts, words with digits, and what is left is a number.
extension Workspace {
  private static let longestPhone = 15

  mutating func digits(_ index: Int) -> Int {
    if let next = phone(index, plus: false) { return next }
    let numeral = scanNumeral(index)
    if let next = amount(index, after: numeral, rate: 0) { return next }
    if let next = account(index, numeral) { return next }
    if numeral.end == index + 1, isTight(index + 1), let next = group(index) { return next }
    return emitNumber(index, numeral)
  }

  /// A number, with the `-an` of approximation (`jam 7an`) when it is written onto it.
  mutating func emitNumber(_ index: Int, _ numeral: NumeralScan) -> Int {
    var end = numeral.end
    if isTight(end, .letters), atoms[end].count == 2, bytes(atoms[end]).elementsEqual("an".utf8),
      !isTight(end + 1, .digits)
    {
      end += 1
    }
    emitClass(.number, index, end - 1, value: numeral.whole)
    return end
  }

  // MARK: Numerals

  /// Digits with grouping or a decimal part.
  struct NumeralScan {
    var end: Int
    var whole: Int64
    /// `fraction / 10^fractionDigits` is the decimal part.
    var fraction: Int64 = 0
    var fractionDigits = 0
  }

  /// `.` groups and `,` is decimal; the other way round where the digits leave no doubt (`1.5`, `50,000`).
  func scanNumeral(_ index: Int) -> NumeralScan {
    var end = index + 1
    var lastMark: UInt8 = 0
    var groups = 1
    var dots = 0
    var commas = 0
    var lengthsFit = atoms[index].count <= 3
    var lastFits = true
    while groups < 8, isTight(end, .mark), isTight(end + 1, .digits) {
      let mark = atoms[end].mark
      guard mark == Ascii.dot || mark == Ascii.comma else { break }
      if mark == Ascii.dot { dots += 1 } else { commas += 1 }
      lengthsFit = lengthsFit && lastFits
      lastFits = atoms[end + 1].count == 3
      lastMark = mark
      groups += 1
      end += 2
    }
    var scan = NumeralScan(end: end, whole: number(index))
    guard groups > 1 else { return scan }
    let last = end - 1
    let sameMarks = dots == 0 || commas == 0
    if sameMarks, lengthsFit, lastFits, !(atoms[index].count == 1 && bytes(atoms[index])[0] == Ascii.zero) {
      scan.whole = grouped(index, last)
    } else if groups == 2 || (lengthsFit && (lastMark == Ascii.comma ? commas : dots) == 1 && !sameMarks) {
      scan.whole = grouped(index, last - 2)
      let count = min(atoms[last].count, 6)
      scan.fractionDigits = count
      for byte in bytes(atoms[last]).prefix(count) { scan.fraction = scan.fraction * 10 + Int64(byte &- Ascii.zero) }
    }
    return scan
  }

  private func grouped(_ first: Int, _ last: Int) -> Int64 {
    var value: Int64 = 0
    for index in stride(from: first, through: last, by: 2) { value = append(atoms[index], to: value) }
    return value
  }

  func number(_ index: Int) -> Int64 { append(atoms[index], to: 0) }

  private func append(_ atom: Atom, to start: Int64) -> Int64 {
    var value = start
    for byte in bytes(atom) {
      value = value * 10 + Int64(byte &- Ascii.zero)
      if value >= Workspace.maximumValue { return Workspace.maximumValue }
    }
    return value
  }

  // MARK: Phones and accounts

  /// `0812-0000-0000`, `+62 812 0000 0000`, `08xx-xxxx-xxxx`, `0812****0000`; with `plus` the atom at `index` is a plus sign.
  mutating func phone(_ index: Int, plus: Bool) -> Int? {
    let start = plus ? index + 1 : index
    let first = bytes(atoms[start])
    let isDigits = atoms[start].kind == .digits
    guard isDigits, first.count <= Workspace.longestPhone else { return nil }
    let isMobile = first.count >= 2 && first[0] == Ascii.zero && first[1] == UInt8(ascii: "8")
    let isCountry = first.count >= 2 && first[0] == UInt8(ascii: "6") && first[1] == Ascii.two
    guard plus || isMobile || isCountry || isFixedLine(start) else {
      return isAmerican(start) ? emitPhone(index, start + 4) : nil
    }
    var total = first.count
    var end = start + 1
    var masked = false
    while end < atoms.count, total < Workspace.longestPhone {
      guard let part = phonePart(end, total: total) else { break }
      guard total + part.digits <= Workspace.longestPhone else { break }
      total += part.digits
      masked = masked || part.masked
      end = part.end
    }
    // A country code without a plus has to be followed by a whole mobile number.
    let least = plus ? 8 : isCountry ? 11 : masked ? 6 : 9
    guard total >= least, !isTight(end, .digits) else { return nil }
    if isCountry, !plus, !masked, total < 11 { return nil }
    return emitPhone(index, end - 1)
  }

  private mutating func emitPhone(_ first: Int, _ last: Int) -> Int {
    emitClass(.phone, first, last)
    return last + 1
  }

  /// The next group of a phone number: separators, then digits or what masks them.
  private func phonePart(_ index: Int, total: Int) -> (end: Int, digits: Int, masked: Bool)? {
    var cursor = index
    let spaced = atoms[cursor].gap == .one
    guard spaced || atoms[cursor].gap == .none else { return nil }
    if atoms[cursor].mark == Ascii.dash || atoms[cursor].mark == Ascii.dot {
      guard !spaced, cursor + 1 < atoms.count, atoms[cursor + 1].gap == .none else { return nil }
      cursor += 1
    }
    let atom = atoms[cursor]
    switch atom.kind {
    case .digits:
      if spaced {
        // What follows a complete number after a space is likely something else, such as an amount.
        guard atom.count >= 3, atom.count <= 5, total + atom.count <= 14, !isTight(cursor + 1, .letters) else {
          return nil
        }
      }
      return (cursor + 1, atom.count, false)
    case .letters:
      guard atom.count >= 2 || !spaced, atom.count <= 12, bytes(atom).allSatisfy({ $0 == Ascii.x }) else { return nil }
      if spaced, atom.count < 3 { return nil }
      return (cursor + 1, atom.count, true)
    case .mark:
      guard atom.mark == Ascii.star, !spaced || cursor > index else { return nil }
      return (cursor + 1, 1, true)
    default: return nil
    }
  }

  /// An area code and a dash: `021-0000000`.
  private func isFixedLine(_ index: Int) -> Bool {
    let code = bytes(atoms[index])
    return (3...4).contains(code.count) && code[0] == Ascii.zero && isTight(index + 1, mark: Ascii.dash)
      && isTight(index + 2, .digits) && atoms[index + 2].count >= 5
  }

  /// Three, three and four digits with dashes.
  private func isAmerican(_ index: Int) -> Bool {
    atoms[index].count == 3 && isTight(index + 1, mark: Ascii.dash) && isTight(index + 2, .digits)
      && atoms[index + 2].count == 3 && isTight(index + 3, mark: Ascii.dash) && isTight(index + 4, .digits)
      && atoms[index + 4].count == 4 && !isTight(index + 5, .digits)
  }

  /// A long run of digits, whole or in groups: `1234567890`, `1234-5678-9012`, `1234 5678 9012`.
  private mutating func account(_ index: Int, _ numeral: NumeralScan) -> Int? {
    guard numeral.end == index + 1 else { return nil }
    var total = atoms[index].count
    var end = index + 1
    guard total >= 3, total <= 24, !isTight(end, .letters) else { return nil }
    if total < 8 {
      let dashed = isTight(end, mark: Ascii.dash)
      var groups = 1
      while groups < 6 {
        let next = dashed ? end + 1 : end
        guard dashed ? isTight(end, mark: Ascii.dash) && isTight(next, .digits) : isSpacedGroup(next) else { break }
        total += atoms[next].count
        groups += 1
        end = next + 1
      }
      guard groups >= 3, total >= 10, total <= 24, !isTight(end, .letters) else { return nil }
    }
    emitClass(.account, index, end - 1)
    return end
  }

  private func isSpacedGroup(_ index: Int) -> Bool {
    index < atoms.count && atoms[index].kind == .digits && atoms[index].gap == .one
      && (3...4).contains(atoms[index].count)
      && !isTight(index + 1, .letters)
  }
}
