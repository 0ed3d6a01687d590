internal import JagaCore

/// Money: `50rb`, `1,5jt`, `Rp50.000,-`, `50rb-an`, `2 juta 500 ribu`, `seratus ribu`, `setengah juta`, `goceng`, `cepek ceng`.
extension Workspace {
  /// `rp` and what follows it.
  mutating func currencyAmount(_ index: Int) -> Int? {
    var next = index + 1
    if isTight(next, mark: Ascii.dot) { next += 1 }
    guard next < atoms.count, atoms[next].kind == .digits, atoms[next].gap == .none || atoms[next].gap == .one else {
      return nil
    }
    return amount(index, after: scanNumeral(next), rate: 1)
  }

  /// `$` and what follows it, at a nominal rate.
  mutating func foreignAmount(_ index: Int, rate: Int64) -> Int? {
    amount(index, after: scanNumeral(index + 1), rate: rate)
  }

  /// `£` or `€` and what follows it.
  mutating func foreignCurrency(_ index: Int) -> Int? {
    guard isTight(index + 1, .digits) else { return nil }
    let sign = bytes(atoms[index])
    if sign.elementsEqual("£".utf8) { return foreignAmount(index, rate: 20_000) }
    if sign.elementsEqual("€".utf8) { return foreignAmount(index, rate: 18_000) }
    return nil
  }

  /// Emits an amount from atom `index` on, when the numeral has a currency (`rate`, 0 for none), a multiplier or a currency
  /// behind it, and is not a count of things (`86 dm`).
  mutating func amount(_ index: Int, after numeral: NumeralScan, rate: Int64) -> Int? {
    var end = numeral.end
    var isMoney = rate > 0
    var value = scaled(numeral, by: 1)
    if let (next, multiplier) = multiplier(end, hasCurrency: rate > 0) {
      isMoney = true
      end = next
      value = scaled(numeral, by: multiplier)
      // Smaller units after larger ones: `2 juta 500 ribu`.
      if multiplier >= 1_000_000, end < atoms.count, atoms[end].kind == .digits, isNear(end) {
        let rest = scanNumeral(end)
        if let (next, smaller) = self.multiplier(rest.end, hasCurrency: false), smaller < multiplier {
          value = saturated(value, scaled(rest, by: smaller))
          end = next
        }
      }
    }
    var rate = max(rate, 1)
    if end < atoms.count, atoms[end].kind == .letters, isNear(end) {
      let word = bytes(atoms[end])
      if let trailing = vocabulary.trailingCurrencies[Vocabulary.shortWord(word)], !isBeforeDigits(end) {
        rate = trailing
        isMoney = true
        end += 1
      } else if isCount(end), index == numeral.end - 1 || atoms[index].kind == .digits {
        guard end > numeral.end else { return nil }
        emitClass(.number, index, end - 1, value: value)
        return end
      }
    }
    let tail = priceTail(end)
    if tail > end, isMoney || atoms[end].mark == Ascii.comma || value >= 1000 {
      isMoney = true
      end = tail
    }
    guard isMoney else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: rate)
    emitClass(.amount, index, end - 1, value: overflow ? Workspace.maximumValue : product)
    return end
  }

  /// `50rb rp20rb`: a currency in front of the next number is not the end of this one.
  private func isBeforeDigits(_ index: Int) -> Bool {
    index + 1 < atoms.count && atoms[index + 1].kind == .digits && isNear(index + 1)
  }

  private func isNear(_ index: Int) -> Bool { atoms[index].gap == .none || atoms[index].gap == .one }

  /// `,-` `.-` `,00` after a price.
  private func priceTail(_ index: Int) -> Int {
    guard isTight(index, mark: Ascii.comma) || isTight(index, mark: Ascii.dot), isTight(index + 1, mark: Ascii.dash)
    else {
      return index
    }
    return index + 2
  }

  private func isCount(_ index: Int) -> Bool { tables.info(tokenHash(bytes(atoms[index]))).role == .countNoun }

  /// A multiplier at `index`, with a second one (`5 ratus ribu`) and the suffix `-an`.
  private func multiplier(_ index: Int, hasCurrency: Bool) -> (end: Int, multiplier: Int64)? {
    guard index < atoms.count, atoms[index].kind == .letters, isNear(index) else { return nil }
    let word = bytes(atoms[index])
    guard var multiplier = vocabulary.multipliers[Vocabulary.shortWord(word)] else { return nil }
    if word.count == 1 {
      // `k` and `m` are words of their own; they count only where they are written onto the number, `m` only after `rp`.
      let isThousand = word[0] == UInt8(ascii: "k")
      guard isThousand ? atoms[index].gap == .none : hasCurrency else { return nil }
    }
    var end = index + 1
    if multiplier <= 100 {
      guard end < atoms.count, atoms[end].kind == .letters, atoms[end].gap == .one,
        let second = vocabulary.multipliers[Vocabulary.shortWord(bytes(atoms[end]))], second >= 1000,
        atoms[end].count > 1
      else { return nil }
      multiplier *= second
      end += 1
    }
    if isTight(end, mark: Ascii.dash), isTight(end + 1, .letters), bytes(atoms[end + 1]).elementsEqual("an".utf8) {
      end += 2
    }
    return (end, multiplier)
  }

  private func scaled(_ numeral: NumeralScan, by multiplier: Int64) -> Int64 {
    let (whole, overflow) = numeral.whole.multipliedReportingOverflow(by: multiplier)
    guard !overflow else { return Workspace.maximumValue }
    var unit: Int64 = 1
    for _ in 0..<numeral.fractionDigits { unit *= 10 }
    let (part, partOverflow) = numeral.fraction.multipliedReportingOverflow(by: multiplier)
    return partOverflow ? whole : saturated(whole, part / unit)
  }

  private func saturated(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? Workspace.maximumValue : min(sum, Workspace.maximumValue)
  }

  // MARK: In words

  /// `seratus ribu`, `dua juta lima ratus ribu`, `setengah juta`, `goceng`. Words without `ribu` or more stay words.
  mutating func amountInWords(_ index: Int) -> Int? {
    var sum: Int64 = 0
    // The group at hand, in halves; the digit that `belas`, `puluh` or `ratus` would multiply.
    var group: Int64 = 0
    var pending: Int64 = 0
    var pek: Int64 = 0
    // Units descend: `seratus ribu sejuta` is two amounts.
    var smallest = Int64.max
    var accepted: (end: Int, value: Int64)?
    var cursor = index
    scan: while cursor < min(index + 12, atoms.count) {
      let atom = atoms[cursor]
      guard atom.kind == .letters, cursor == index || atom.gap == .one,
        let numeral = vocabulary.numerals[Vocabulary.shortWord(bytes(atom))]
      else { break }
      switch numeral {
      case .digit(let digit):
        guard pending == 0 else { break scan }
        pending = digit
      case .belas:
        guard pending > 0, pending < 10 else { break scan }
        group += (pending + 10) * 2
        pending = 0
      case .puluh:
        guard pending > 0, pending < 10 else { break scan }
        group += pending * 20
        pending = 0
      case .ratus:
        guard pending > 0, pending < 10 else { break scan }
        group += pending * 200
        pending = 0
      case .hundred:
        guard pending == 0 else { break scan }
        group += 200
      case .half:
        group += 1
      case .big(let unit):
        group += pending * 2
        guard group > 0, unit < smallest else { break scan }
        smallest = unit
        sum = saturated(sum, group * unit / 2)
        group = 0
        pending = 0
        accepted = (cursor + 1, sum)
      case .one(let unit):
        guard group == 0, pending == 0, unit < smallest else { break scan }
        smallest = unit
        sum = saturated(sum, unit)
        accepted = (cursor + 1, sum)
      case .money(let value):
        guard cursor == index else { break scan }
        accepted = (cursor + 1, value)
        break scan
      case .pek(let value):
        guard cursor == index else { break scan }
        pek = value
        accepted = (cursor + 1, value)
      case .ceng:
        guard pek > 0 else { break scan }
        accepted = (cursor + 1, pek * 1000)
        break scan
      }
      cursor += 1
      // `dua ribu lima ratus`: what follows the last thousand counts when it is a whole group.
      if let last = accepted, cursor > last.end, sum > 0, case .ratus = numeral, pending == 0 {
        accepted = (cursor, saturated(sum, group / 2))
      }
    }
    guard var accepted else { return nil }
    if accepted.end < atoms.count, atoms[accepted.end].kind == .letters, atoms[accepted.end].gap == .one {
      let word = bytes(atoms[accepted.end])
      if vocabulary.trailingCurrencies[Vocabulary.shortWord(word)] == 1, !isBeforeDigits(accepted.end) {
        accepted.end += 1
      } else if isCount(accepted.end) {
        return nil
      }
    }
    emitClass(.amount, index, accepted.end - 1, value: accepted.value)
    return accepted.end
  }
}
