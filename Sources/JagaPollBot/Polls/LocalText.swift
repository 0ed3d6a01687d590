/// A text in the languages of a poll: `id` and `en`.
public struct LocalText: Hashable, Sendable {
  /// By language.
  public var texts: [String: String]

  /// A text in several languages.
  public init(_ texts: [String: String]) { self.texts = texts }

  /// The text in the first of these languages that it has; empty where it has none of them.
  public func text(_ languages: String...) -> String {
    for language in languages {
      if let text = texts[language] { return text }
    }
    return ""
  }
}
