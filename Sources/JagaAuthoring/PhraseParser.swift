internal import JagaCore
internal import JagaLexicon

/// One element as written, before lists are replaced.
enum PhrasePart: Hashable {
  /// A word; hyphens are already gone, so it may be several.
  case words([PhraseAtom])
  /// `{name}`.
  case list(String)
}

/// A phrase as written: elements whose alternatives may name lists.
struct PhraseSource {
  enum Element {
    case choice([[PhrasePart]], optional: Bool)
    case gap(Int)
  }

  var elements: [Element] = []
  /// Names of lists and where they stand, counted in scalars.
  var lists: [(name: String, offset: Int)] = []
}

/// Reads the phrase notation. Reports the first problem with its place in the text.
struct PhraseParser {
  struct Failure: Error {
    var problem: PhraseProblem
    var offset: Int
  }

  private let scalars: [Unicode.Scalar]
  private var place = 0
  private let isListItem: Bool
  private var result = PhraseSource()

  private init(_ text: String, isListItem: Bool) {
    scalars = Array(text.unicodeScalars)
    self.isListItem = isListItem
  }

  /// Reads a phrase.
  static func phrase(_ text: String) throws(Failure) -> PhraseSource {
    var parser = PhraseParser(text, isListItem: false)
    return try parser.read()
  }

  /// Reads an item of a list: words, classes and other lists in a row.
  static func item(_ text: String) throws(Failure) -> PhraseSource {
    var parser = PhraseParser(text, isListItem: true)
    return try parser.read()
  }

  private mutating func read() throws(Failure) -> PhraseSource {
    skipSpaces()
    while let scalar = peek() {
      let begin = place
      if isListItem, scalar == "(" || scalar == "~" {
        throw Failure(problem: .notInList(String(scalar)), offset: place)
      }
      switch scalar {
      case "~": try result.elements.append(readGap())
      case "(": try result.elements.append(readAlternatives())
      default:
        let part = try readPart(stops: " ")
        result.elements.append(.choice([[part]], optional: try readOption(from: begin)))
      }
      if let next = peek(), next != " " { throw Failure(problem: .stray(String(next)), offset: place) }
      skipSpaces()
    }
    if result.elements.isEmpty { throw Failure(problem: .empty, offset: 0) }
    return result
  }

  private mutating func readGap() throws(Failure) -> PhraseSource.Element {
    let begin = place
    let text = readUntil { $0 == " " }
    guard text.unicodeScalars.count == 2, let length = Int(text.dropFirst()), (1...Phrase.maximumGap).contains(length)
    else {
      throw Failure(problem: .gap(text), offset: begin)
    }
    return .gap(length)
  }

  private mutating func readAlternatives() throws(Failure) -> PhraseSource.Element {
    let begin = place
    place += 1
    var runs: [[PhrasePart]] = []
    var run: [PhrasePart] = []
    while true {
      skipSpaces()
      guard let scalar = peek() else { throw Failure(problem: .unclosed("("), offset: begin) }
      switch scalar {
      case "(": throw Failure(problem: .nested, offset: place)
      case "~": throw Failure(problem: .stray("~"), offset: place)
      case "|", ")":
        if run.isEmpty { throw Failure(problem: .emptyAlternative, offset: place) }
        runs.append(run)
        run = []
        place += 1
        if scalar == ")" { return .choice(runs, optional: try readOption(from: begin)) }
      default: run.append(try readPart(stops: " |)"))
      }
    }
  }

  /// `{list}`, `<class>`, `=word` or `word`.
  private mutating func readPart(stops: String) throws(Failure) -> PhrasePart {
    let begin = place
    switch peek() {
    case "{":
      let name = try readBracketed(close: "}")
      result.lists.append((name, begin))
      return .list(name)
    case "<":
      let name = try readBracketed(close: ">")
      guard let kind = TokenClass(name: name) else {
        let hint = NearWord.nearest(to: name, among: TokenClass.allCases.map(\.name))
        throw Failure(problem: .unknownClass(name, hint: hint), offset: begin)
      }
      return .words([.token(kind)])
    case "=":
      place += 1
      return .words(try readWords(stops: stops).map { .exact($0) })
    default: return .words(try readWords(stops: stops).map { .word($0) })
    }
  }

  private mutating func readBracketed(close: Unicode.Scalar) throws(Failure) -> String {
    let begin = place
    place += 1
    let name = readUntil { $0 == close || $0 == " " }
    guard peek() == close else { throw Failure(problem: .unclosed(String(scalars[begin])), offset: begin) }
    place += 1
    return name
  }

  /// A word, folded. `foto-foto` is `foto`, because the analyzer undoes doubling; other hyphens separate tokens.
  private mutating func readWords(stops: String) throws(Failure) -> [String] {
    let begin = place
    let text = readUntil { scalar in scalar == "?" || stops.unicodeScalars.contains(scalar) }
    for (offset, scalar) in text.unicodeScalars.enumerated() where !WordFolding.isWordScalar(scalar) {
      throw Failure(problem: .stray(String(scalar)), offset: begin + offset)
    }
    let words = WordFolding.words(of: text)
    guard !words.isEmpty else {
      throw Failure(problem: .stray(peek().map { String($0) } ?? "="), offset: begin)
    }
    return words
  }

  private mutating func readOption(from begin: Int) throws(Failure) -> Bool {
    guard peek() == "?" else { return false }
    if isListItem { throw Failure(problem: .notInList("?"), offset: place) }
    place += 1
    return true
  }

  private func peek() -> Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func skipSpaces() { while peek() == " " { place += 1 } }

  private mutating func readUntil(_ stops: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = peek(), !stops(scalar) {
      text.append(scalar)
      place += 1
    }
    return String(text)
  }
}

/// How words of sources become the forms that tokens have.
enum WordFolding {
  /// Letters, digits, marks, apostrophe, hyphen, and everything outside ASCII (emoji among it).
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value >= 0x80 { return !scalar.properties.isWhitespace }
    return scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) || scalar == "'" || scalar == "-"
      || scalar == "_"
  }

  /// The tokens that a written word stands for: lower case, split at hyphens, doubling undone.
  static func words(of text: String) -> [String] {
    var folded = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars { folded.append(scalar == "\u{2019}" ? "'" : scalar) }
    let parts = String(folded).split(separator: "-").map(String.init)
    if parts.count == 2, parts[0] == parts[1] { return [parts[0]] }
    return parts
  }
}
