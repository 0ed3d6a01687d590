/// A reply as words that can be compared: small letters, chat spelling undone, elongation and particles gone.
///
///     ReplyWords("Iyaaa kak, dia udh tau").words  // ["ya", "kak", "dia", "sudah", "tahu"]
struct ReplyWords: Hashable, Sendable {
  /// Scalars of a reply that are looked at; an answer comes early.
  static let limit = 1_000

  /// One spelling for each word.
  private(set) var words: [String] = []
  /// As written, in small letters and without repeated letters.
  private(set) var spelled: [String] = []
  /// Whether a stop or a line's end follows the word.
  private(set) var pauses: [Bool] = []
  /// Whether there is a picture such as a face in tears.
  private(set) var hasPicture = false
  /// Whether there is text beyond the limit.
  private(set) var isCut = false
  /// Whether there is something beside the words.
  var hasMore: Bool { hasPicture || isCut }

  /// Cost: one pass over the scalars.
  init(_ text: String) {
    var word = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }
    for scalar in text.unicodeScalars.prefix(ReplyWords.limit) {
      if let digit = ReplyWords.digit(scalar) {
        // 'kadang2' says the word twice.
        word.append(digit)
        last = digit
      } else if isLetter(scalar) {
        for small in scalar.properties.lowercaseMapping.unicodeScalars {
          // 'iyaaa' and 'iya' are one word, and so are 'nggak' and 'ngak'.
          if small != last { word.append(small) }
          last = small
        }
      } else if ReplyWords.isJoiner(scalar) {
        continue
      } else {
        append(&word)
        last = nil
        if let sign = ReplyWords.signs[scalar] {
          append(sign, as: sign)
        } else if ReplyWords.isPicture(scalar) {
          hasPicture = true
        }
        if !scalar.properties.isWhitespace || scalar == "\n", !pauses.isEmpty { pauses[pauses.count - 1] = true }
      }
    }
    append(&word)
    if text.unicodeScalars.dropFirst(ReplyWords.limit).contains(where: { !$0.properties.isWhitespace }) {
      isCut = true
    }
  }

  private mutating func append(_ scalars: inout String.UnicodeScalarView) {
    guard !scalars.isEmpty else { return }
    let word = String(scalars)
    scalars = String.UnicodeScalarView()
    if word.count > 2, word.hasSuffix("2"), word.dropLast().allSatisfy(\.isLetter) {
      let single = String(word.dropLast())
      for _ in 0..<2 { append(ReplyWords.spellings[single] ?? single, as: single) }
      return
    }
    append(ReplyWords.spellings[word] ?? word, as: word)
  }

  private mutating func append(_ word: String, as spelling: String) {
    words.append(word)
    spelled.append(spelling)
    pauses.append(false)
  }

  /// Takes words off both ends that say nothing by themselves; never the last one that is left.
  func trimmed() -> ReplyWords {
    var copy = self
    while copy.words.count > 1, let last = copy.spelled.last, ReplyWords.closing.contains(last) { copy.removeLast() }
    while copy.words.count > 1, let first = copy.spelled.first, ReplyWords.opening.contains(first) {
      copy.removeFirst()
    }
    // 'umur 13 tahun'
    while copy.words.count > 1, let last = copy.spelled.last, ReplyWords.years.contains(last),
      copy.spelled[copy.spelled.count - 2].allSatisfy(\.isNumber)
    { copy.removeLast() }
    return copy
  }

  private mutating func removeLast() {
    words.removeLast()
    spelled.removeLast()
    pauses.removeLast()
  }

  private mutating func removeFirst() {
    words.removeFirst()
    spelled.removeFirst()
    pauses.removeFirst()
  }

  /// The ASCII digit of a decimal digit of any script.
  static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
    return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
  }

  /// Colours of a thumb, spaces and stops are none.
  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .otherSymbol, .privateUse, .unassigned: true
    default: false
    }
  }

  /// Apostrophes, accents and what joins emoji: they part no word.
  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "'" || scalar == "\u{2019}" { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }
}
