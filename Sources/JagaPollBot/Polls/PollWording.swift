/// What the texts of polls are held to: no promise of secrecy, no question for details. The phrases are data, in `response-checks.yaml` of each language.
public struct PollWording: Sendable {
  private let rules: [String: ResponseRules]
  private let reader: ReplyReader

  /// The rules of a book of responses; `reader` knows questions whose yes means harm.
  public init(book: ResponseBook, reader: ReplyReader) {
    rules = book.chapters.compactMapValues(\.checks)
    self.reader = reader
  }

  /// Those of the program. Throws ``ResponseError`` only when the build's own resources are broken.
  public static func bundled() throws(ResponseError) -> PollWording {
    PollWording(book: try .bundled(), reader: try .bundled())
  }

  /// Whether a bare yes to a question tells of harm.
  func asksOfHarm(_ question: LocalText) -> Bool { question.texts.values.contains(where: reader.asksOfHarm) }

  /// What a text should not say; `isAsked` for questions.
  func faults(_ text: LocalText, at place: String, isAsked: Bool) -> [PollFault] {
    text.texts.sorted { $0.key < $1.key }.flatMap { language, text -> [PollFault] in
      guard let rules = rules[language] else { return [] }
      let words = WordPattern.without(rules.innocent, WordPattern.words(in: text))
      func found(_ patterns: [WordPattern]) -> String? { patterns.first { $0.range(in: words) != nil }?.source }
      var faults: [PollFault] = []
      if let phrase = found(rules.forbidden.first { $0.list == "secrecy" }?.patterns ?? []) {
        faults.append(.promise(place: place, phrase: phrase, language: language))
      }
      if isAsked, let phrase = found(rules.asking) {
        faults.append(.details(place: place, phrase: phrase, language: language))
      }
      return faults
    }
  }
}

extension PollCheck {
  /// Where something is asked.
  var asked: Set<String> {
    Set(poll.questions.map { "'\($0.id)'" } + ["'opt_in'", "'consent'"])
  }

  /// Whether somebody may tell of harm by a choice of a question.
  func isAboutHarm(_ question: PollQuestion) -> Bool {
    question.choices.contains { $0.tells != nil } || wording?.asksOfHarm(question.text) == true
  }
}

extension PollReader {
  /// The lines of a file's top keys, from 1, for findings about the poll as a whole.
  public static func lines(of bytes: [UInt8]) -> [String: Int] {
    var lines: [String: Int] = [:]
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      guard let colon = line.firstIndex(of: 0x3A) else { continue }
      let key = String(decoding: line[..<colon], as: UTF8.self)
      if keys.contains(key), lines[key] == nil { lines[key] = index + 1 }
    }
    return lines
  }
}
