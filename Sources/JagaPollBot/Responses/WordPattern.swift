/// A phrase to be looked for in a text, word by word: `foto*` at the beginning of a word, `*ancam*` inside one, `dia` as one.
///
/// Words are runs of letters, digits and apostrophes in small letters; what stands between them does not matter.
struct WordPattern: Hashable, Sendable {
  private struct Element: Hashable, Sendable {
    let text: String
    let isOpenBefore: Bool
    let isOpenAfter: Bool

    func matches(_ word: String) -> Bool {
      switch (isOpenBefore, isOpenAfter) {
      case (false, false): word == text
      case (false, true): word.hasPrefix(text)
      case (true, false): word.hasSuffix(text)
      case (true, true): word.contains(text)
      }
    }
  }

  /// As written.
  let source: String
  private let elements: [Element]

  init(_ source: String) {
    self.source = source
    elements = source.split(whereSeparator: \.isWhitespace).flatMap { field in
      let words = WordPattern.words(in: field)
      return words.enumerated().map { index, word in
        Element(
          text: word, isOpenBefore: index == 0 && field.hasPrefix("*"),
          isOpenAfter: index == words.count - 1 && field.hasSuffix("*"))
      }
    }
  }

  /// The words of a text.
  static func words(in text: some StringProtocol) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(String.init)
  }

  /// Where it first stands at or after an index; nil for nowhere.
  func range(in words: [String], from start: Int = 0) -> Range<Int>? {
    guard !elements.isEmpty, start <= words.count - elements.count else { return nil }
    for begin in start...(words.count - elements.count)
    where zip(elements, words[begin...]).allSatisfy({ $0.matches($1) }) {
      return begin..<(begin + elements.count)
    }
    return nil
  }

  /// Puts an empty word in place of the words that patterns find, so that no phrase reaches across.
  static func without(_ patterns: [WordPattern], _ words: [String]) -> [String] {
    var words = words
    for pattern in patterns {
      var start = 0
      while let range = pattern.range(in: words, from: start) {
        for index in range { words[index] = "" }
        start = range.upperBound
      }
    }
    return words
  }
}
