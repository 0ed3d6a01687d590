extension MaskDraft {
  /// Digits in one run that are too many for a number in a story.
  private static let longRun = 6
  /// Digits with spaces, hyphens and the like between them.
  private static let longTotal = 7

  /// Phone numbers, card and account numbers, dates of birth: long runs of digits, also spaced, and with o for 0.
  mutating func maskNumbers() {
    var index = 0
    while index < scalars.count {
      guard isDigit(at: index) || scalars[index] == "+" else {
        index += 1
        continue
      }
      let run = run(from: index)
      if run.total >= MaskDraft.longTotal || run.longest >= MaskDraft.longRun {
        mark(run.range, isPhone(run.digits, run.range) ? .phone : .number)
      }
      index = max(index + 1, run.range.upperBound)
    }
  }

  private struct Run {
    var range: Range<Int>
    var digits: [UInt8] = []
    var longest = 0
    var total: Int { digits.count }
  }

  private func run(from start: Int) -> Run {
    var run = Run(range: start..<start)
    var current = 0
    var index = start
    var gap = 0
    while index < scalars.count {
      if let digit = value(at: index) {
        run.digits.append(digit)
        current += 1
        run.longest = max(run.longest, current)
        gap = 0
        run.range = start..<index + 1
      } else {
        // Three signs between digits part two numbers.
        guard gap < 2, index == start || isJoint(scalars[index]) else { break }
        gap += index == start ? 0 : 1
        current = 0
      }
      index += 1
    }
    return run
  }

  private func isJoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{A0}" || scalar == "\t" || "-.()/_–—‑*".unicodeScalars.contains(scalar)
  }

  private func isPhone(_ digits: [UInt8], _ range: Range<Int>) -> Bool {
    if scalars[range.lowerBound] == "+" || digits.first == 0 { return true }
    return digits.starts(with: [6, 2]) || digits.first == 8 && (9...13).contains(digits.count)
  }

  private func isDigit(at index: Int) -> Bool { value(at: index) != nil }

  /// The value of a digit of any script, or of a letter that stands for one beside a digit.
  private func value(at index: Int) -> UInt8? {
    if let digit = ReplyWords.digit(scalars[index]) { return UInt8(digit.value - 48) }
    let letter = scalars[index]
    guard letter == "o" || letter == "O" || letter == "l" || letter == "I" else { return nil }
    let neighbours = [index - 1, index + 1].filter(scalars.indices.contains)
    guard neighbours.contains(where: { ReplyWords.digit(scalars[$0]) != nil }) else { return nil }
    // '10 orang' has no eleventh digit.
    let outside = [index - 1, index + 1].filter(scalars.indices.contains).map { scalars[$0] }
    guard outside.allSatisfy({ ReplyWords.digit($0) != nil || !$0.properties.isAlphabetic }) else { return nil }
    return letter == "o" || letter == "O" ? 0 : 1
  }

  private static let spoken: Set<String> = [
    "nol", "kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "lapan", "sembilan", "zero",
    "oh",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]

  /// "nol delapan satu dua …", also mixed with digits.
  mutating func maskSpokenNumbers() {
    var first = 0
    while first < words.count {
      var end = first
      var digits = 0
      var hasWord = false
      while end < words.count, !isMarked(words[end].whole) {
        let plain = words[end].plain
        if MaskDraft.spoken.contains(plain) {
          digits += 1
          hasWord = true
        } else if !plain.isEmpty, plain.allSatisfy(\.isNumber) {
          digits += plain.count
        } else {
          break
        }
        end += 1
      }
      if hasWord, digits >= MaskDraft.longTotal {
        mark(words[first].core.lowerBound..<words[end - 1].core.upperBound, .phone)
      }
      first = max(first + 1, end)
    }
  }
}
