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

/// A message's tokens as parallel columns, whose memory is reused from message to message.
///
/// For every token `i` there are three forms. The *surface* is the folded slice of the original (lower case, look-alikes and
/// invisible characters gone); the *canonical* form has elongation, leet, spacing and slang undone (`gw` → `gue`);
/// the *root* has colloquial and standard affixes removed (`ngirimin` → `kirim`) and equals the canonical form where none was found.
/// Link, mention, phone, account, number and amount tokens have a class name as canonical form and root
/// (`<link>`, `<mention>`, `<phone>`, `<account>`, `<number>`, `<amount>`), so that no number or address becomes a feature.
public struct AnalyzedText: @unchecked Sendable {
  @usableFromInline var storage: TextStorage
  /// The records and forms in `storage`, at hand without looking there.
  @usableFromInline var records: UnsafeRawPointer
  @usableFromInline var formBytes: UnsafePointer<UInt8>
  @usableFromInline var formCount: Int
  /// The number of tokens.
  public private(set) var count = 0
  /// The language guess.
  public var language = Language.other
  /// True when a question mark ends a clause. Question words are the rules' business.
  public var hasQuestionMark = false
  /// The length of the original in bytes.
  public var originalCount = 0

  /// An empty text.
  public init() {
    storage = TextStorage()
    records = UnsafeRawPointer(storage.tokens.base)
    formBytes = UnsafePointer(storage.forms.base)
    formCount = 0
  }

  /// A form as a string (a copy); for explanations, tests and listings.
  public func string(_ range: SourceRange) -> String {
    forms.withUnsafeBufferPointer { String(decoding: $0[Int(range.begin)..<Int(range.end)], as: UTF8.self) }
  }

  /// Takes finished tokens and forms in exchange for the memory of the ones before, unless a copy of this text still reads it.
  mutating func exchange(_ tokens: inout ScratchBuffer<TokenRecord>, _ forms: inout ScratchBuffer<UInt8>) {
    if !isKnownUniquelyReferenced(&storage) { storage = TextStorage() }
    swap(&storage.tokens, &tokens)
    swap(&storage.forms, &forms)
    readStorage()
  }

  private mutating func readStorage() {
    records = UnsafeRawPointer(storage.tokens.base)
    count = storage.tokens.count
    formBytes = UnsafePointer(storage.forms.base)
    formCount = storage.forms.count
  }
}

/// The memory behind one or more equal texts. Written to only while one text refers to it.
@usableFromInline
final class TextStorage: @unchecked Sendable {
  @exclusivity(unchecked) var tokens = ScratchBuffer<TokenRecord>(capacity: 16)
  @exclusivity(unchecked) var forms = ScratchBuffer<UInt8>(capacity: 64)
}

// MARK: - Columns

extension AnalyzedText {
  @inlinable
  func column<Element>(_ place: Int, _ type: Element.Type) -> TokenColumn<Element> {
    TokenColumn(owner: storage, base: records + place, count: count)
  }

  /// Kinds of the tokens.
  @inlinable public var kinds: TokenColumn<TokenKind> { column(ColumnPlace.kinds, TokenKind.self) }
  /// Flags of the tokens.
  @inlinable public var flags: TokenColumn<TokenFlags> { column(ColumnPlace.flags, TokenFlags.self) }
  /// First bytes in the original.
  @inlinable public var begins: TokenColumn<Int32> { column(ColumnPlace.begins, Int32.self) }
  /// Ends in the original.
  @inlinable public var ends: TokenColumn<Int32> { column(ColumnPlace.ends, Int32.self) }
  /// ``tokenHash(_:)`` of the surface forms.
  @inlinable public var surfaceHashes: TokenColumn<UInt64> { column(ColumnPlace.surfaceHashes, UInt64.self) }
  /// ``tokenHash(_:)`` of the canonical forms.
  @inlinable public var canonicalHashes: TokenColumn<UInt64> { column(ColumnPlace.canonicalHashes, UInt64.self) }
  /// ``tokenHash(_:)`` of the roots.
  @inlinable public var rootHashes: TokenColumn<UInt64> { column(ColumnPlace.rootHashes, UInt64.self) }
  /// Surface forms, as ranges of ``forms``.
  @inlinable public var surfaceRanges: TokenColumn<SourceRange> { column(ColumnPlace.surfaceRanges, SourceRange.self) }
  /// Canonical forms, as ranges of ``forms``.
  @inlinable public var canonicalRanges: TokenColumn<SourceRange> {
    column(ColumnPlace.canonicalRanges, SourceRange.self)
  }
  /// Roots, as ranges of ``forms``.
  @inlinable public var rootRanges: TokenColumn<SourceRange> { column(ColumnPlace.rootRanges, SourceRange.self) }
  /// Rupiah of an amount, the number of a number token (at most 2^53), the multiplier of a reduplication mark; else 0.
  @inlinable public var values: TokenColumn<Int64> { column(ColumnPlace.values, Int64.self) }
  /// The clause a token stands in, counted from 0; `.`, `!`, `?`, `…`, `;` and line breaks end a clause.
  @inlinable public var clauses: TokenColumn<UInt16> { column(ColumnPlace.clauses, UInt16.self) }
  /// The bytes of all forms.
  @inlinable public var forms: FormBytes { FormBytes(owner: storage, base: formBytes, count: formCount) }
}

// MARK: - By hand

/// A token whose forms are spelled out, for texts that no analyzer made.
public struct SpelledToken {
  /// What the token is.
  public var kind = TokenKind.word
  /// Its flags.
  public var flags: TokenFlags = []
  /// Its bytes in the original.
  public var source: SourceRange
  /// The folded slice of the original.
  public var surface: String
  /// The canonical form; the surface when left out.
  public var canonical: String
  /// The root; the canonical form when left out.
  public var root: String
  /// See ``AnalyzedText/values``.
  public var value: Int64 = 0
  /// See ``AnalyzedText/clauses``.
  public var clause: UInt16 = 0

  /// A word at a place of the original.
  public init(_ surface: String, canonical: String? = nil, root: String? = nil, source: SourceRange) {
    self.surface = surface
    self.canonical = canonical ?? surface
    self.root = root ?? self.canonical
    self.source = source
  }
}

extension AnalyzedText {
  /// Appends a token and its three forms. For tests and tools; the memory grows with every copy that still exists.
  public mutating func append(_ token: SpelledToken) {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = TextStorage()
      for index in 0..<count { copy.tokens.append(storage.tokens[index]) }
      for byte in forms { copy.forms.append(byte) }
      storage = copy
    }
    func append(_ form: String) -> SourceRange {
      let begin = Int32(storage.forms.count)
      for byte in form.utf8 { storage.forms.append(byte) }
      return SourceRange(begin: begin, end: Int32(storage.forms.count))
    }
    storage.tokens.append(
      TokenRecord(
        surfaceHash: tokenHash(token.surface), canonicalHash: tokenHash(token.canonical),
        rootHash: tokenHash(token.root), value: token.value, surface: append(token.surface),
        canonical: append(token.canonical), root: append(token.root), source: token.source, flags: token.flags,
        clause: token.clause, kind: token.kind))
    readStorage()
  }
}
