/// How long a text is as an SMS, and how it is cut into several.
///
///     SMSParts.length(of: "Halo, apa kabar?").units   // 16, of 160
///     SMSParts.split(text)                            // each piece is one SMS by itself
///
/// Pieces are messages of their own, not a concatenated one, so each holds 160 characters of the GSM alphabet, or 70 UTF-16 units as
/// soon as one of its characters is not in it. Every piece chooses by itself. The cost is linear in the text.
public enum SMSParts {
  /// What a message is sent in.
  public enum Encoding: String, Sendable, CaseIterable {
    /// GSM 03.38, 7 bits a character; those of the extension table count twice.
    case gsm7
    /// UTF-16.
    case ucs2

    /// The units that one message holds.
    public var limit: Int { self == .gsm7 ? 160 : 70 }
  }

  /// The length of a text in the units of the encoding that it needs.
  public struct Length: Hashable, Sendable {
    /// The units.
    public let units: Int
    /// What it must be sent in.
    public let encoding: Encoding
    /// Whether one message holds it.
    public var fits: Bool { units <= encoding.limit }
  }

  /// The characters of the 7-bit alphabet: those that take one place, and those that take two.
  public static let alphabet = (onePlace: GSMAlphabet.basic, twoPlaces: GSMAlphabet.extended)

  /// How long a text is.
  public static func length(of text: some StringProtocol) -> Length {
    var measure = Measure()
    for scalar in text.unicodeScalars { measure.add(scalar) }
    return measure.length
  }

  /// Cuts a text into messages: at an end of line or of a sentence where one lies in the last two thirds of a message, else between words;
  /// a word that no message holds is cut between characters. White space at a cut and around the text is left out. Empty for a text of
  /// white space alone.
  public static func split(_ text: String) -> [String] {
    var pieces: [String] = []
    var rest = trimmed(text[...])
    while !rest.isEmpty {
      let end = cut(rest)
      pieces.append(String(trimmed(rest[..<end])))
      rest = trimmed(rest[end...])
    }
    return pieces
  }

  /// Adds up a text as it grows; what it holds so far decides the encoding.
  private struct Measure {
    private var septets: Int? = 0
    private var utf16 = 0

    mutating func add(_ scalar: Unicode.Scalar) {
      utf16 += scalar.value > 0xFFFF ? 2 : 1
      if let sum = septets { septets = GSMAlphabet.places(of: scalar).map { sum + $0 } }
    }

    var length: Length {
      if let septets { return Length(units: septets, encoding: .gsm7) }
      return Length(units: utf16, encoding: .ucs2)
    }
  }

  /// The end of the first message of a text that begins with no white space.
  private static func cut(_ text: Substring) -> Substring.Index {
    var measure = Measure()
    var words: Substring.Index?
    var sentences: (end: Substring.Index, units: Int)?
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if character.isWhitespace {
        words = index
        if character.isNewline || endsSentence(text[..<index]) { sentences = (index, measure.length.units) }
      }
      let before = measure
      for scalar in character.unicodeScalars { measure.add(scalar) }
      // White space at the end is left out, so it does not count.
      if !measure.length.fits, !character.isWhitespace {
        if let sentences, sentences.units * 3 >= before.length.encoding.limit { return sentences.end }
        if let words { return words }
        return index > text.startIndex ? index : scalarCut(text)
      }
      index = text.index(after: index)
    }
    return text.endIndex
  }

  /// Where one character alone is longer than a message: a letter under a heap of marks.
  private static func scalarCut(_ text: Substring) -> Substring.Index {
    let scalars = text.unicodeScalars
    var measure = Measure()
    var index = scalars.startIndex
    while index < scalars.endIndex {
      measure.add(scalars[index])
      if !measure.length.fits { return index }
      index = scalars.index(after: index)
    }
    return text.endIndex
  }

  /// True after ".", "!" or "?", but not after the "1." of a list.
  static func endsSentence(_ text: Substring) -> Bool {
    guard let last = text.last, last == "." || last == "!" || last == "?" else { return false }
    if last != "." { return true }
    let word = text.dropLast().reversed().prefix { !$0.isWhitespace }
    return word.isEmpty || !word.allSatisfy(\.isNumber)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return text
  }
}
