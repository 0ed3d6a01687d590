internal import JagaText

/// A phrase of several tokens as stored: what must come in a row, and where its anchor can lie. 16 bytes.
///
/// Phrases of one token need no pattern: they are listed with the symbol that they consist of.
struct Pattern: BitwiseCopyable {
  /// The entry that it belongs to.
  var entry: UInt32
  /// The first of its steps.
  var steps: UInt32
  /// The number of its steps.
  var stepCount: UInt16
  /// The fewest tokens that a match consumes before the anchor.
  var nearest: UInt16
  /// The most tokens that a match consumes before the anchor.
  var farthest: UInt16
  /// The most tokens that a match consumes.
  var longest: UInt16
}

/// One step of a pattern as stored: what is consumed next. 4 bytes.
struct PatternStep: BitwiseCopyable, Hashable {
  enum Kind: UInt32 {
    /// One token that offers a symbol.
    case symbol
    /// One of the runs of a set.
    case set
    /// As many tokens of any kind as the payload says, or fewer.
    case gap
  }

  var bits: UInt32

  init(_ kind: Kind, _ payload: Int, isOptional: Bool = false) {
    bits = UInt32(payload) << 3 | (isOptional ? 4 : 0) | kind.rawValue
  }

  var kind: Kind? { Kind(rawValue: bits & 3) }
  var isOptional: Bool { bits & 4 != 0 }
  var payload: Int { Int(bits >> 3) }
}

/// Alternatives as stored: single symbols, classes, and runs of several symbols. 24 bytes.
struct RunSet: BitwiseCopyable {
  /// The signatures of all first symbols: a token whose signature shares no bit with it begins none of the alternatives.
  var signature: UInt64
  /// Where the single symbols begin in the pool; they are sorted.
  var symbols: UInt32
  /// Where the runs begin in the pool: each is its length, then its symbols.
  var runs: UInt32
  var symbolCount: UInt16
  var runCount: UInt16
  /// Single symbols below ``Symbol/firstWord``, as bits.
  var classes: UInt16
  var unused: UInt16 = 0
}

/// Where the lists of a symbol begin; those of the next symbol end them. 8 bytes.
struct SymbolRow: BitwiseCopyable {
  /// Entries with a phrase that is this symbol alone.
  var wholes: UInt32
  /// Patterns that have this symbol as an anchor.
  var anchors: UInt32
}

/// A pattern to try where its anchor is, and which signatures around the anchor it takes.
enum Anchor {
  /// The windows that a filter may look at: so many words after the anchor, so many before it (four more), or none.
  static let windows = [1, 2, 4, 8]
  /// The number of a window that lets everything pass.
  static let always = 8

  /// A pattern and a window in 32 bits.
  static func pack(pattern: Int, window: Int) -> UInt32 { UInt32(window) << 28 | UInt32(pattern) }
  /// The most patterns that can be numbered.
  static let maximumPatterns = 1 << 28
}

/// Sets of symbols in 64 bits: several share a bit, so a shared bit says "perhaps", none says "no".
enum Signature {
  /// Offered by every token.
  static let everything: UInt64 = 1

  /// The bit of a word, of its exact symbol too.
  @inline(__always)
  static func word(_ hash: UInt64) -> UInt64 { 1 &<< (1 + (hash &>> 32) % 63) }

  /// The bit of a special symbol.
  static func special(_ symbol: UInt32) -> UInt64 {
    if symbol == UInt32(TokenClass.any.rawValue) || symbol >= Symbol.everything { return everything }
    return 1 &<< UInt64(50 + symbol)
  }

  /// The bits of the special symbols that a token of a kind offers.
  @inline(__always)
  static func specials(of kind: TokenKind, isQuestion: Bool) -> UInt64 {
    switch kind {
    case .word: everything
    case .punctuation: isQuestion ? everything | special(UInt32(TokenClass.question.rawValue)) : everything
    case .number: everything | special(UInt32(TokenClass.number.rawValue))
    case .amount: everything | special(UInt32(TokenClass.amount.rawValue))
    case .phone: everything | special(UInt32(TokenClass.phone.rawValue))
    case .account: everything | special(UInt32(TokenClass.account.rawValue))
    case .link: everything | special(UInt32(TokenClass.link.rawValue))
    case .mention: everything | special(UInt32(TokenClass.mention.rawValue))
    case .emoji: everything | special(UInt32(TokenClass.emoji.rawValue))
    }
  }
}
