/// A phrase of `urgency.yaml`, in the notation of the lexicons: words, `(one|of these words)`, `perhaps?`, `~3` for at most three words
/// between, `{list}` for a list of the file, `<number>` for digits, `foto*` for words that begin so, `^` and `$` for the ends of the text. Brackets may stand in brackets.
///
///     CuePhrase("{who} ~1 di? (depan|dekat) (rumah*|sekolah*)", lists: ["who": ["dia", "orang itu"]])
struct CuePhrase: Hashable, Sendable {
  indirect enum Part: Hashable, Sendable {
    case word(CueWord)
    case beginning(String)
    case number
    case start
    case end
    case gap(Int)
    case choice([[Part]], isOptional: Bool)
  }

  /// As written.
  let source: String
  private let parts: [Part]
  /// Spellings of which a text must have one; nil where any text might do.
  private let needed: Set<String>?

  /// Reads a phrase; nil where it is not well formed, or has no word that must be there.
  init?(_ source: String, lists: [String: [String]] = [:], spellings: [String: [String]] = [:]) {
    var reader = CuePhraseReader(source, lists: lists, spellings: spellings)
    guard let parts = reader.parts(), reader.isAtEnd, CuePhrase.says(parts) else { return nil }
    self.source = source
    self.parts = parts
    needed = CuePhrase.needed(parts)
  }

  /// Whether a text holds it.
  func isIn(_ text: CueText) -> Bool { !ranges(in: text, first: true).isEmpty }

  /// Whether a text is nothing else.
  func isWhole(_ text: CueText) -> Bool {
    if let needed, needed.isDisjoint(with: text.spelled) { return false }
    return CuePhrase.ends(of: parts[...], in: text.words, from: [0]).contains(text.words.count)
  }

  /// Where it stands in a text, in order, none over another.
  func ranges(in text: CueText) -> [Range<Int>] { ranges(in: text, first: false) }

  private func ranges(in text: CueText, first: Bool) -> [Range<Int>] {
    if let needed, needed.isDisjoint(with: text.spelled) { return [] }
    var ranges: [Range<Int>] = []
    var start = 0
    while start < text.words.count {
      if let end = CuePhrase.ends(of: parts[...], in: text.words, from: [start]).max(), end > start {
        ranges.append(start..<end)
        if first { break }
        start = end
      } else {
        start += 1
      }
    }
    return ranges
  }

  /// Everywhere that parts can end when they begin at one of some places. Few parts and short gaps keep the places few.
  private static func ends(of parts: ArraySlice<Part>, in words: [CueWord], from starts: Set<Int>) -> Set<Int> {
    var places = starts
    for part in parts {
      if places.isEmpty { break }
      var next: Set<Int> = []
      for place in places {
        switch part {
        case .word(let cue): if place < words.count, cue.isSaid(by: words[place]) { next.insert(place + 1) }
        case .beginning(let text):
          if place < words.count, words[place].text.hasPrefix(text) { next.insert(place + 1) }
        case .number: if place < words.count, words[place].isNumber { next.insert(place + 1) }
        case .start: if place == 0 { next.insert(place) }
        case .end: if place == words.count { next.insert(place) }
        case .gap(let most):
          next.insert(place)
          for end in place..<min(place + most, words.count) {
            // What was taken out is no word to step over.
            if words[end].text.isEmpty { break }
            next.insert(end + 1)
          }
        case .choice(let choices, let isOptional):
          if isOptional { next.insert(place) }
          for choice in choices { next.formUnion(ends(of: choice[...], in: words, from: [place])) }
        }
      }
      places = next
    }
    return places
  }

  /// Whether some word must be there.
  private static func says(_ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .word, .beginning, .number: true
      case .gap, .start, .end: false
      case .choice(let choices, let isOptional): !isOptional && choices.allSatisfy(says)
      }
    }
  }

  /// The smallest set of spellings of which one must be there; nil where beginnings or numbers would do everywhere.
  private static func needed(_ parts: [Part]) -> Set<String>? {
    parts.compactMap { part -> Set<String>? in
      switch part {
      case .word(let word): return [word.text, word.squeezed]
      case .beginning, .number, .gap, .start, .end, .choice(_, isOptional: true): return nil
      case .choice(let choices, isOptional: false):
        let sets = choices.compactMap(needed)
        return sets.count == choices.count ? sets.reduce(into: []) { $0.formUnion($1) } : nil
      }
    }.min { $0.count < $1.count }
  }
}

/// Reads the notation.
private struct CuePhraseReader {
  private let characters: [Character]
  private var index = 0
  private var depth = 0
  private let lists: [String: [String]]
  private let spellings: [String: [String]]

  init(_ source: String, lists: [String: [String]], spellings: [String: [String]]) {
    characters = Array(source)
    (self.lists, self.spellings) = (lists, spellings)
  }

  var isAtEnd: Bool { index == characters.count }

  /// The parts up to a `|`, a `)` or the end; nil where there are none or something is wrong.
  mutating func parts() -> [CuePhrase.Part]? {
    var parts: [CuePhrase.Part] = []
    while !isAtEnd, characters[index] != "|", characters[index] != ")" {
      if characters[index].isWhitespace {
        index += 1
        continue
      }
      guard var part = characters[index] == "(" ? choice() : field() else { return nil }
      if !isAtEnd, characters[index] == "?" {
        index += 1
        part = [.choice([part], isOptional: true)]
      }
      parts += part
    }
    return parts.isEmpty ? nil : parts
  }

  private mutating func choice() -> [CuePhrase.Part]? {
    var choices: [[CuePhrase.Part]] = []
    depth += 1
    defer { depth -= 1 }
    if depth > 4 { return nil }
    repeat {
      index += 1
      guard let parts = parts() else { return nil }
      choices.append(parts)
    } while !isAtEnd && characters[index] == "|"
    guard !isAtEnd else { return nil }
    index += 1
    return [.choice(choices, isOptional: false)]
  }

  private mutating func field() -> [CuePhrase.Part]? {
    let start = index
    while !isAtEnd, !characters[index].isWhitespace, !"()|?".contains(characters[index]) { index += 1 }
    let field = String(characters[start..<index])
    if field.hasPrefix("~") { return Int(field.dropFirst()).flatMap { (1...9).contains($0) ? [.gap($0)] : nil } }
    if field == "^" { return [.start] }
    if field == "$" { return [.end] }
    if field == "<number>" { return [.number] }
    if field.hasPrefix("{") { return list(field) }
    if field.hasSuffix("*") {
      let beginning = field.dropLast()
      return beginning.count > 1 && beginning.allSatisfy { $0.isLetter || $0.isNumber }
        ? [.beginning(beginning.lowercased())] : nil
    }
    if field.contains(where: { "{}<>~*".contains($0) }) { return nil }
    let words = CueText(field, spellings: spellings).words
    return words.isEmpty ? nil : words.map(CuePhrase.Part.word)
  }

  private func list(_ field: String) -> [CuePhrase.Part]? {
    guard field.hasSuffix("}"), depth < 5, let items = lists[String(field.dropFirst().dropLast())] else { return nil }
    var choices: [[CuePhrase.Part]] = []
    for item in items {
      // A list holds words, and no other list.
      var reader = CuePhraseReader(item, lists: [:], spellings: spellings)
      guard let parts = reader.parts(), reader.isAtEnd else { return nil }
      choices.append(parts)
    }
    return choices.isEmpty ? nil : [.choice(choices, isOptional: false)]
  }
}
