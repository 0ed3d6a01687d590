/// What the bot says at an occasion, ready to be sent.
public struct Response: Hashable, Sendable {
  /// The name under which a case keeps what was said: `id.disclosure.v1`.
  public let id: String
  /// The occasion.
  public let occasion: Occasion
  /// The language of the text: the one asked for, or the book's first where it has no such texts.
  public let language: String
  /// The messages in order; each is one SMS.
  public let parts: [String]
  /// The helplines that stand in it, in order.
  public let helplines: [Helpline]
  /// Those of them whose verification is too old. They are given nevertheless: an old number is better than none.
  public let staleHelplines: [String]

  /// The whole as one text, for a channel that sends it at once.
  public var text: String { parts.joined(separator: " ") }
}

/// A text with its helplines still by name.
struct ResponseTemplate: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case text(String)
    case helpline(String)
  }

  /// The line of its file.
  let line: Int
  let note: String
  let parts: [[Piece]]

  /// The ids of the helplines, in order, each once.
  var helplines: [String] {
    var ids: [String] = []
    for case .helpline(let id) in parts.joined() where !ids.contains(id) { ids.append(id) }
    return ids
  }

  /// Takes `{helpline:ID}` out of a text; nil where a brace means anything else.
  static func pieces(_ text: String) -> [Piece]? {
    let opening = "{helpline:"
    var pieces: [Piece] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace...].hasPrefix(opening), let end = rest[brace...].firstIndex(of: "}") else { return nil }
      let id = rest[rest.index(brace, offsetBy: opening.count)..<end]
      guard !id.isEmpty, !id.contains("{") else { return nil }
      if brace > rest.startIndex { pieces.append(.text(String(rest[..<brace]))) }
      pieces.append(.helpline(String(id)))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }
}
