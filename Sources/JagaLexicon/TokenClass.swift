internal import JagaCore
public import JagaText

/// What a phrase may ask of a token without naming a word: `<amount>`, `<link>`, `<any>` …
///
/// The raw values are symbols of phrases and part of the section format.
public enum TokenClass: UInt8, CaseIterable, Sendable {
  /// Money.
  case amount
  /// Digits without a currency.
  case number
  /// A phone or wallet number.
  case phone
  /// A bank account or other long number.
  case account
  /// A web address.
  case link
  /// `@name`.
  case mention
  /// One emoji sequence.
  case emoji
  /// Any token that is not punctuation.
  case any
  /// A punctuation token that holds a question mark.
  case question

  /// The name written between `<` and `>`.
  public var name: String {
    switch self {
    case .amount: "amount"
    case .number: "number"
    case .phone: "phone"
    case .account: "account"
    case .link: "link"
    case .mention: "mention"
    case .emoji: "emoji"
    case .any: "any"
    case .question: "question"
    }
  }

  /// Finds a class by its exact name.
  public init?(name: some StringProtocol) {
    guard let match = TokenClass.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

extension AnalyzedText {
  /// True for punctuation whose surface holds `?`. Cost: a scan of the token's surface.
  public func isQuestionMark(_ token: Int) -> Bool {
    guard kinds[token] == .punctuation else { return false }
    let range = surfaceRanges[token]
    var index = Int(range.begin)
    while index < Int(range.end) {
      if forms[index] == 0x3F { return true }
      index += 1
    }
    return false
  }
}

/// The alphabet of phrases: token classes, words, then exact words.
enum Symbol {
  /// What a gap consumes: offered by every token.
  static let everything: UInt32 = 9
  /// The first symbol of a word; those below are special and fit a 16-bit set.
  static let firstWord: UInt32 = 16

  /// Offered by a token whose surface, canonical form or root is the word.
  static func word(_ number: Int) -> Int { Int(firstWord) + number }
  /// Offered by a token whose surface or canonical form is the word. Words that are asked for exactly have the lowest numbers.
  static func exact(_ number: Int, words: Int) -> Int { Int(firstWord) + words + number }

  /// The special symbols that a token of a kind offers, as bits.
  static func specials(of kind: TokenKind) -> UInt16 {
    let everywhere: UInt16 = 1 << 9
    let any: UInt16 = everywhere | 1 << UInt16(TokenClass.any.rawValue)
    switch kind {
    case .word: return any
    case .number: return any | 1 << UInt16(TokenClass.number.rawValue)
    case .amount: return any | 1 << UInt16(TokenClass.amount.rawValue)
    case .phone: return any | 1 << UInt16(TokenClass.phone.rawValue)
    case .account: return any | 1 << UInt16(TokenClass.account.rawValue)
    case .link: return any | 1 << UInt16(TokenClass.link.rawValue)
    case .mention: return any | 1 << UInt16(TokenClass.mention.rawValue)
    case .emoji: return any | 1 << UInt16(TokenClass.emoji.rawValue)
    case .punctuation: return everywhere
    }
  }
}
