public import JagaCore

/// What a token is.
public enum TokenKind: UInt8, Sendable, CaseIterable {
  /// Letters, possibly with digits inside.
  case word
  /// Digits without a currency or multiplier.
  case number
  /// Money; ``AnalyzedText/values`` holds rupiah.
  case amount
  /// A phone or wallet number.
  case phone
  /// A bank account or other long number.
  case account
  /// A web address.
  case link
  /// `@name`, or the mask that a source put over one.
  case mention
  /// One emoji sequence.
  case emoji
  /// Any other mark.
  case punctuation
}

/// What was done to a token, or seen on it.
public struct TokenFlags: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt16
  /// Creates a set from its bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
  /// A letter was repeated for emphasis (`maluuuu`).
  public static let elongated = TokenFlags(rawValue: 1)
  /// Digits or signs stood for letters (`r4h4s1a`).
  public static let leet = TokenFlags(rawValue: 2)
  /// Letters were spaced or dotted apart (`r a h a s i a`).
  public static let spaced = TokenFlags(rawValue: 4)
  /// Written twice, or with a 2 (`foto2`, `foto-foto`).
  public static let reduplicated = TokenFlags(rawValue: 8)
  /// The slang map changed it.
  public static let slang = TokenFlags(rawValue: 16)
  /// All capitals, at least three letters.
  public static let shouted = TokenFlags(rawValue: 32)
  /// Foreign look-alike letters or invisible characters were folded away.
  public static let disguised = TokenFlags(rawValue: 64)
  /// A word of a source form that stands for several (`gpp`): every one but the first; ranges coincide.
  public static let continuation = TokenFlags(rawValue: 128)
  /// The canonical form is in a word list of the model.
  public static let known = TokenFlags(rawValue: 256)
  /// The affix rules found a root that differs from the canonical form.
  public static let affixed = TokenFlags(rawValue: 512)
}

/// A message's tokens as parallel arrays, reused from message to message.
///
/// For every token `i` there are three forms. The *surface* is the folded slice of the original (lower case, look-alikes and
/// invisible characters gone); the *canonical* form has elongation, leet, spacing and slang undone (`gw` → `gue`);
/// the *root* has colloquial and standard affixes removed (`ngirimin` → `kirim`) and equals the canonical form where none was found.
/// Link, mention, phone, account, number and amount tokens have a class name as canonical form and root
/// (`<link>`, `<mention>`, `<phone>`, `<account>`, `<number>`, `<amount>`), so that no number or address becomes a feature.
public struct AnalyzedText: Sendable {
  /// Kinds of the tokens.
  public var kinds: [TokenKind] = []
  /// Flags of the tokens.
  public var flags: [TokenFlags] = []
  /// First bytes in the original.
  public var begins: [Int32] = []
  /// Ends in the original.
  public var ends: [Int32] = []
  /// ``tokenHash(_:)`` of the surface forms.
  public var surfaceHashes: [UInt64] = []
  /// ``tokenHash(_:)`` of the canonical forms.
  public var canonicalHashes: [UInt64] = []
  /// ``tokenHash(_:)`` of the roots.
  public var rootHashes: [UInt64] = []
  /// Surface forms, as ranges of ``forms``.
  public var surfaceRanges: [SourceRange] = []
  /// Canonical forms, as ranges of ``forms``.
  public var canonicalRanges: [SourceRange] = []
  /// Roots, as ranges of ``forms``.
  public var rootRanges: [SourceRange] = []
  /// Rupiah of an amount, the number of a number token (at most 2^53), the multiplier of a reduplication mark; else 0.
  public var values: [Int64] = []
  /// The clause a token stands in, counted from 0; `.`, `!`, `?`, `…`, `;` and line breaks end a clause.
  public var clauses: [UInt16] = []
  /// The bytes of all forms.
  public var forms: [UInt8] = []
  /// The language guess.
  public var language = Language.other
  /// True when a question mark ends a clause. Question words are the rules' business.
  public var hasQuestionMark = false
  /// The length of the original in bytes.
  public var originalCount = 0

  /// An empty text.
  public init() {}

  /// The number of tokens.
  @inlinable public var count: Int { kinds.count }

  /// A form as a string (a copy); for explanations, tests and listings.
  public func string(_ range: SourceRange) -> String {
    String(decoding: forms[Int(range.begin)..<Int(range.end)], as: UTF8.self)
  }
}
