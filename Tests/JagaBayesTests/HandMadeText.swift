import JagaCore
import JagaText
import TestSupport

extension HashIndex {
  /// An index of the given features, as the weight table of them would have.
  init(of hashes: Set<UInt64>) throws {
    var builder = HashIndexBuilder()
    for (row, hash) in hashes.sorted().enumerated() { builder.set(hash, to: UInt32(row)) }
    var writer = SectionWriter()
    builder.write(to: &writer)
    var reader = SectionReader(Section(copying: writer.bytes))
    try self.init(reading: &reader)
  }
}

/// One token of a text that is built by hand, without the analyzer.
struct HandMadeToken: ExpressibleByStringLiteral {
  var canonical: String
  var root: String
  var kind = TokenKind.word
  var flags: TokenFlags = .known
  var value: Int64 = 0
  /// True when a new clause begins with it.
  var opensClause = false

  init(
    _ canonical: String, root: String? = nil, kind: TokenKind = .word, flags: TokenFlags = .known, value: Int64 = 0,
    opensClause: Bool = false
  ) {
    self.canonical = canonical
    self.root = root ?? canonical
    self.kind = kind
    self.flags = flags
    self.value = value
    self.opensClause = opensClause
  }

  /// A known word that is its own root.
  init(stringLiteral word: String) { self.init(word) }

  static func amount(_ rupiah: Int64) -> HandMadeToken {
    HandMadeToken("<amount>", kind: .amount, flags: [], value: rupiah)
  }
  static let mention = HandMadeToken("<mention>", kind: .mention, flags: [])
  static let comma = HandMadeToken(",", kind: .punctuation, flags: [])
}

extension AnalyzedText {
  /// A text of the given tokens, as an analyzer would leave it.
  init(_ tokens: [HandMadeToken], hasQuestionMark: Bool = false) {
    self.init()
    var clause: UInt16 = 0
    for token in tokens {
      if token.opensClause { clause += 1 }
      let position = Int32(originalCount)
      var spelled = SpelledToken(
        token.canonical, root: token.root,
        source: SourceRange(begin: position, end: position + Int32(token.canonical.utf8.count)))
      spelled.kind = token.kind
      spelled.flags = token.flags
      spelled.value = token.value
      spelled.clause = clause
      append(spelled)
      originalCount += token.canonical.utf8.count + 1
    }
    self.hasQuestionMark = hasQuestionMark
  }

  /// A text of random kinds, words, clauses and flags from a small stock, so that words come again.
  static func random(count: Int, using random: inout SplitMix64) -> AnalyzedText {
    let stock = [
      "kirim", "kiriman", "foto", "jangan", "bilang", "gue", "ya", "dm", "kesayangan", "é", "besok-besok", "hahaha",
      "panjangpanjangpanjangpanjang",
    ]
    let tokens = (0..<count).map { _ -> HandMadeToken in
      let word = stock[Int.random(in: stock.indices, using: &random)]
      let root = Bool.random(using: &random) ? word : stock[Int.random(in: stock.indices, using: &random)]
      var token = HandMadeToken(word, root: root, opensClause: Int.random(in: 0..<6, using: &random) == 0)
      token.flags = TokenFlags(rawValue: UInt16.random(in: 0...1023, using: &random))
      if Int.random(in: 0..<3, using: &random) == 0 {
        token.kind = TokenKind.allCases[Int.random(in: TokenKind.allCases.indices, using: &random)]
        token.value = Int64.random(in: 0...2_000_000, using: &random)
      }
      return token
    }
    return AnalyzedText(tokens, hasQuestionMark: Bool.random(using: &random))
  }
}
