internal import JagaCore
internal import JagaText

/// Every key and closed value that the loader accepts. The JSON schema repeats them, and a test compares the two.
enum SourceKeys {
  static let file = ["language", "track", "lists", "entries", "rules", "slang", "roots", "words", "neutral"]
  static let trackFile = ["language", "track", "lists", "entries", "rules"]
  static let slangFile = ["language", "slang"]
  static let wordFile = ["language", "roots", "words", "neutral"]
  static let entry = ["id", "label", "phrases", "weight", "sensitivity", "source", "note"]
  static let rule = ["id", "when", "earlier", "unless_earlier", "votes", "source", "note"]
  static let history = ["any", "author", "within"]
  static let bounds = ["min", "max"]
  /// Keys of which a condition has exactly one.
  static let tests = [
    "all", "any", "none", "hit", "sequence", "near", "amount", "kind", "question", "language", "tokens",
  ]
  static let hitModifiers = ["negated", "reported", "imperative", "asked"]
  static let condition = tests + hitModifiers + ["within"]

  static let languages = ["id", "en", "any"]
  static let tracks = ["grooming", "sextortion", "topup", "trade", "disclosure", "benign", "context"]
  static let sensitivities = ["public", "coded"]
  static let authors = ["same", "other", "any"]
  static let messageLanguages = ["id", "en", "mix", "other"]
  static let kinds = ["phone", "account", "link", "mention", "emoji", "amount", "number"]
  static let labels = Label.allCases.map(\.name)
  static let votes = labels + ["move"]

  static func kind(named name: String) -> TokenKind? {
    switch name {
    case "phone": .phone
    case "account": .account
    case "link": .link
    case "mention": .mention
    case "emoji": .emoji
    case "amount": .amount
    case "number": .number
    default: nil
    }
  }
}
