public import JagaCore
public import JagaText

/// What a feature is made of. The raw values are part of the model format: they separate the hash spaces.
public enum FeatureKind: UInt8, Sendable, CaseIterable {
  /// The canonical form of one token.
  case word = 1
  /// The root of one token, where it differs from the canonical form.
  case root = 2
  /// The roots of two neighbouring tokens of a clause.
  case pair = 3
  /// The roots of two tokens in their order with one to three between, clause or not.
  case skipPair = 4
  /// The first word of a message.
  case edge = 5
  /// A property of the whole message: kinds of tokens, length, question.
  case shape = 6
  /// Three or four characters of a word.
  case characters = 7
  /// A concept: an entry of the lexicon without a label, whatever its language.
  case concept = 8
  /// Two concepts in their order, a few tokens apart.
  case conceptPair = 9
  /// A concept of the message that this one answers.
  case asked = 10
  /// A concept of the message that this one answers, with a word, a concept or the length of this one.
  case answer = 11

  /// The name used in evidence.
  public var name: String {
    switch self {
    case .word: "word"
    case .root: "root"
    case .pair: "pair"
    case .skipPair: "skip-pair"
    case .edge: "edge"
    case .shape: "shape"
    case .characters: "characters"
    case .concept: "concept"
    case .conceptPair: "concept-pair"
    case .asked: "asked"
    case .answer: "answer"
    }
  }
}

/// One feature of a message and the tokens it was made of.
public struct Feature: Hashable, Sendable {
  /// Its key in the weight table.
  public var hash: UInt64
  /// What it is made of.
  public var kind: FeatureKind
  /// First token.
  public var begin: Int32
  /// One past the last token; equal to `begin` for shapes.
  public var end: Int32

  /// Creates a feature.
  @inlinable
  public init(hash: UInt64, kind: FeatureKind, begin: Int32, end: Int32) {
    self.hash = hash
    self.kind = kind
    self.begin = begin
    self.end = end
  }
}

/// Lists the features of a run of tokens, in token order. Training and scoring both go through here.
///
/// Repeats are listed as often as they occur; the users of the list count each feature once. Characters are different: they are
/// listed once for every distinct word that holds them, so that the evidence of a word is its own and that of its characters, and
/// both can be stored as one row. Words that have a row in the table at hand are listed without their characters.
/// Cost: linear in tokens, but for a quadratic term in words without a row; nothing is allocated beyond the growth of `features`.
public enum FeatureExtractor {
  /// The most tokens that are judged together. Small enough that padding around a passage dilutes it little; sums of weights stay far
  /// inside Int32.
  public static let windowTokens = 32

  /// The hash of a feature that is a run of text in its space; used for count tables that hold words as text.
  public static func hash(_ kind: FeatureKind, _ form: UInt64) -> UInt64 {
    combinedHash(UInt64(kind.rawValue), form)
  }

  /// Appends the features of `window` to `features` and returns the number of content tokens (all but punctuation).
  ///
  /// `rows` are the words that need no characters; nil lists the characters of every word, as learning needs them.
  @discardableResult
  public static func extract(
    _ text: AnalyzedText, window: Range<Int>, rows: HashIndex?, into features: inout [Feature]
  ) -> Int {
    var words = 0
    var previous = -1
    // The content tokens two, three and four places back.
    var back = (-1, -1, -1)
    var clause = UInt16.max
    var first = -1
    var seen = Shapes()
    for token in window {
      let kind = text.kinds[token]
      seen.note(kind: kind, value: text.values[token])
      if kind == .punctuation { continue }
      words &+= 1
      if kind == .mention { continue }
      let position = Int32(truncatingIfNeeded: token)
      let canonical = text.canonicalHashes[token]
      let root = text.rootHashes[token]
      let word = hash(.word, canonical)
      features.append(Feature(hash: word, kind: .word, begin: position, end: position &+ 1))
      if root != canonical {
        features.append(Feature(hash: hash(.root, root), kind: .root, begin: position, end: position &+ 1))
      }
      if text.clauses[token] == clause, previous >= 0 {
        features.append(
          Feature(
            hash: hash(.pair, combinedHash(text.rootHashes[previous], root)), kind: .pair,
            begin: Int32(truncatingIfNeeded: previous), end: position &+ 1))
      }
      clause = text.clauses[token]
      if back.0 >= 0 { appendSkipPair(text, back.0, token, into: &features) }
      if back.1 >= 0 { appendSkipPair(text, back.1, token, into: &features) }
      if back.2 >= 0 { appendSkipPair(text, back.2, token, into: &features) }
      back = (previous, back.0, back.1)
      previous = token
      if first < 0 {
        first = token
        features.append(
          Feature(
            hash: hash(.edge, combinedHash(1, root)), kind: .edge, begin: position, end: position &+ 1))
      }
      if kind == .word, rows?[word] == nil, !text.canonicalHashes[window.lowerBound..<token].contains(canonical) {
        appendCharacters(text, token: token, into: &features)
      }
    }
    seen.forEach(words: words, question: text.hasQuestionMark) { number in
      features.append(Feature(hash: hash(.shape, UInt64(number)), kind: .shape, begin: 0, end: 0))
    }
    return words
  }

  /// Lists two tokens that stand some way apart.
  @inline(__always)
  private static func appendSkipPair(_ text: AnalyzedText, _ first: Int, _ token: Int, into features: inout [Feature]) {
    features.append(
      Feature(
        hash: hash(.skipPair, combinedHash(text.rootHashes[first], text.rootHashes[token])), kind: .skipPair,
        begin: Int32(truncatingIfNeeded: first), end: Int32(truncatingIfNeeded: token &+ 1)))
  }

  /// Lists the characters of a canonical form.
  private static func appendCharacters(_ text: AnalyzedText, token: Int, into features: inout [Feature]) {
    let range = text.canonicalRanges[token]
    let position = Int32(truncatingIfNeeded: token)
    text.forms.withUnsafeBufferPointer { forms in
      let form = UnsafeBufferPointer(rebasing: forms[Int(range.begin)..<Int(range.end)])
      forEachCharacters(of: form) { hash in
        features.append(Feature(hash: hash, kind: .characters, begin: position, end: position &+ 1))
      }
    }
  }

  /// Calls `body` with the hash of every overlapping run of three and of four bytes of a form of 3 to 24 bytes, its edges marked
  /// by a zero byte before and after it.
  public static func forEachCharacters(of form: UnsafeBufferPointer<UInt8>, _ body: (UInt64) -> Void) {
    guard form.count >= 3, form.count <= 24 else { return }
    func byte(_ index: Int) -> UInt64 { index < 0 || index >= form.count ? 0 : UInt64(form[index]) }
    for start in -1...(form.count &- 2) {
      let three = byte(start) | byte(start &+ 1) << 8 | byte(start &+ 2) << 16
      body(hash(.characters, three | 3 << 56))
      if start &+ 3 <= form.count { body(hash(.characters, three | byte(start &+ 3) << 24 | 4 << 56)) }
    }
  }
}
