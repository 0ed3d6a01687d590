/// A word of a reply or of a cue: as it is spelled, and with repeated letters squeezed.
struct CueWord: Hashable, Sendable {
  let text: String
  let squeezed: String

  init(_ text: String) {
    self.text = text
    squeezed = CueWord.squeeze(text)
  }

  /// 'bangeeet' is 'banget', but 'son' is no 'soon': elongation only makes a word longer.
  func isSaid(by word: CueWord) -> Bool {
    if text == word.text { return true }
    return squeezed == word.squeezed && word.text.utf8.count > text.utf8.count
  }

  /// Whether it begins with a digit.
  var isNumber: Bool { text.utf8.first.map { (0x30...0x39).contains($0) } ?? false }

  static func squeeze(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != result.last { result.append(scalar) }
    return String(result)
  }
}

/// A text as cues are looked for in it: small letters, chat spelling undone, digits parted from letters, emoji as words.
///
///     CueText("Mlm iniii jam9 😂", spellings: ["mlm": "malam"])  // malam iniii jam 9 😂
struct CueText: Hashable, Sendable {
  /// Words that are looked at. A reply that is longer than this is answered as too long.
  static let limit = 600

  private(set) var words: [CueWord]
  /// Every spelling in it, so that most cues can be ruled out at once.
  private(set) var spelled: Set<String> = []

  /// Cost: one pass over the text.
  init(_ text: String, spellings: [String: [String]] = [:]) {
    words = []
    for raw in CueText.raw(text) {
      guard words.count < CueText.limit else { break }
      let plain = CueText.withoutDigits(raw.filter { $0 != "'" })
      let said =
        spellings[raw] ?? spellings[plain] ?? spellings[CueWord.squeeze(plain)]
        ?? CueText.parts(of: plain).flatMap { spellings[$0] ?? [$0] }
      words += said.map(CueWord.init)
    }
    index()
  }

  /// The text with an empty word in place of what phrases find, so that no other phrase reaches across.
  func without(_ phrases: [CuePhrase]) -> CueText {
    var copy = self
    for phrase in phrases {
      for range in phrase.ranges(in: self) {
        for index in range { copy.words[index] = CueWord("") }
      }
    }
    copy.index()
    return copy
  }

  private mutating func index() {
    spelled = []
    for word in words {
      spelled.insert(word.text)
      spelled.insert(word.squeezed)
    }
  }

  /// Runs of letters, digits and apostrophes; each emoji by itself.
  private static func raw(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func close() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\u{2019}", "\u{02BC}", "`": if !word.isEmpty { word.append("'") }
      case "\u{1F198}", "\u{1F300}"..."\u{1FAFF}":
        close()
        words.append(String(scalar))
      default:
        let properties = scalar.properties
        if properties.isAlphabetic {
          word.append(contentsOf: properties.lowercaseMapping.unicodeScalars)
        } else if let digit = ReplyWords.digit(scalar) {
          word.append(digit)
        } else if properties.generalCategory == .nonspacingMark || properties.generalCategory == .format {
          continue
        } else {
          close()
        }
      }
    }
    close()
    return words
  }

  /// 's3bar' is 'sebar' and 'p3n63n' is 'pengen': digits between letters stand for those that they look like, and in a word that is written so the last one too.
  private static func withoutDigits(_ word: String) -> String {
    var scalars = Array(word.unicodeScalars)
    guard scalars.count > 2 else { return word }
    var isDisguised = false
    for index in 1..<scalars.count {
      let next = scalars[index...].first { likeness[$0] == nil }
      guard let letter = likeness[scalars[index]], scalars[index - 1].properties.isAlphabetic,
        next.map(\.properties.isAlphabetic) ?? isDisguised
      else { continue }
      scalars[index] = letter
      isDisguised = true
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static let likeness: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "6": "g", "9": "g",
  ]

  /// 'jam9' and '15mnt' are two words each, 'temen2' is 'temen' said twice; 'b4' stays.
  private static func parts(of word: String) -> [String] {
    func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    let scalars = Array(word.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, isDigit(first) != isDigit(last),
      let border = scalars.firstIndex(where: { isDigit($0) != isDigit(first) }),
      scalars[border...].allSatisfy({ isDigit($0) == isDigit(last) })
    else { return [word] }
    let left = String(String.UnicodeScalarView(scalars[..<border]))
    let right = String(String.UnicodeScalarView(scalars[border...]))
    if isDigit(first) { return [left, right] }
    if left.count < 2 { return [word] }
    return right == "2" && left != "jam" && left != "jm" ? [left] : [left, right]
  }
}
