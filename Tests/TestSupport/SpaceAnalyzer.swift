import JagaCore
import JagaText

/// Builds an analyzed text by hand, for tests that are not about analysis: tokens are separated by spaces.
///
/// - `ngirimin/ngirimin/kirim` is a word with surface, canonical form and root; left-out parts equal the one before.
/// - `<amount:50000>`, `<number:2>`, `<phone>`, `<account>`, `<link>`, `<mention>`, `<emoji>` are tokens of that kind.
/// - `. , ! ? ;` and `/` are punctuation; all but `,` and `/` end a clause.
public struct SpaceAnalyzer: Sendable {
  /// The language that texts get.
  public var language: Language

  /// An analyzer of texts in a language.
  public init(language: Language = .id) { self.language = language }

  /// Makes tokens of a text.
  public func analyze(_ source: String) -> AnalyzedText {
    var text = AnalyzedText()
    text.language = language
    var clause: UInt16 = 0
    var offset: Int32 = 0
    for part in source.split(separator: " ", omittingEmptySubsequences: false) {
      let length = Int32(part.utf8.count)
      defer { offset += length + 1 }
      if part.isEmpty { continue }
      let token = SpaceAnalyzer.read(String(part))
      var spelled = SpelledToken(
        token.forms[0], canonical: token.forms[1], root: token.forms[2],
        source: SourceRange(begin: offset, end: offset + length))
      spelled.kind = token.kind
      spelled.value = token.value
      spelled.clause = clause
      text.append(spelled)
      if ["?", "!", ".", ";"].contains(part) { clause += 1 }
      if part == "?" { text.hasQuestionMark = true }
    }
    text.originalCount = source.utf8.count
    return text
  }

  private static func read(_ part: String) -> (kind: TokenKind, forms: [String], value: Int64) {
    if [".", ",", "!", "?", ";", "/"].contains(part) { return (.punctuation, [part, part, part], 0) }
    if part.hasPrefix("<"), part.hasSuffix(">") {
      let fields = part.dropFirst().dropLast().split(separator: ":")
      let name = String(fields[0])
      let kinds: [String: TokenKind] = [
        "amount": .amount, "number": .number, "phone": .phone, "account": .account, "link": .link, "mention": .mention,
        "emoji": .emoji,
      ]
      let value = fields.count > 1 ? Int64(fields[1]) ?? 0 : 0
      return (kinds[name] ?? .word, [name, "<\(name)>", "<\(name)>"], value)
    }
    let forms = part.split(separator: "/").map(String.init)
    let canonical = forms.count > 1 ? forms[1] : forms[0]
    return (.word, [forms[0], canonical, forms.count > 2 ? forms[2] : canonical], 0)
  }
}
