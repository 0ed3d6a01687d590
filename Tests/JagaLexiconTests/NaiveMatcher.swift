import JagaCore
import JagaLexicon
import JagaText

/// The slow reference: reads phrases directly, element by element, by recursion over strings.
struct NaiveMatcher {
  let entries: [LexiconEntry]

  init(_ entries: [LexiconEntry]) {
    self.entries = entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  func match(_ text: AnalyzedText) -> [LexiconHit] {
    var hits: [LexiconHit] = []
    for (number, entry) in entries.enumerated() {
      var limit = 0
      for begin in 0..<text.count where begin >= limit {
        let ends = entry.phrases.flatMap { NaiveMatcher.ends($0.elements[...], text, at: begin, started: false) }
        guard let longest = ends.max() else { continue }
        hits.append(LexiconHit(entry: UInt32(number), begin: Int32(begin), end: Int32(longest)))
        limit = longest
      }
    }
    return hits.sorted { ($0.begin, $0.end, $0.entry) < ($1.begin, $1.end, $1.entry) }
  }

  private static func ends(
    _ elements: ArraySlice<PhraseElement>, _ text: AnalyzedText, at place: Int, started: Bool
  ) -> Set<Int> {
    guard let first = elements.first else { return started ? [place] : [] }
    let rest = elements.dropFirst()
    var found: Set<Int> = []
    switch first {
    case .choice(let runs, let optional):
      if optional { found = ends(rest, text, at: place, started: started) }
      for run in runs {
        for end in ends(of: run[...], text, at: place, started: started) {
          found.formUnion(ends(rest, text, at: end, started: true))
        }
      }
    case .gap(let length):
      found = ends(rest, text, at: place, started: started)
      guard length > 0 else { return found }
      for token in starts(text, at: place, started: started) {
        let shorter: ArraySlice = length > 1 ? [.gap(length - 1)] + rest : rest
        found.formUnion(ends(shorter, text, at: token + 1, started: true))
      }
    }
    return found
  }

  private static func ends(
    of run: ArraySlice<PhraseAtom>, _ text: AnalyzedText, at place: Int, started: Bool
  ) -> Set<Int> {
    guard let atom = run.first else { return [place] }
    var found: Set<Int> = []
    for token in starts(text, at: place, started: started) where holds(atom, text, token) {
      found.formUnion(ends(of: run.dropFirst(), text, at: token + 1, started: true))
    }
    return found
  }

  /// Where the next token may be: here, or behind one or two punctuation tokens.
  private static func starts(_ text: AnalyzedText, at place: Int, started: Bool) -> [Int] {
    var places: [Int] = []
    for skip in 0...(started ? Phrase.freePunctuation : 0) {
      guard place + skip < text.count else { break }
      places.append(place + skip)
      if text.kinds[place + skip] != .punctuation { break }
    }
    return places
  }

  private static func holds(_ atom: PhraseAtom, _ text: AnalyzedText, _ token: Int) -> Bool {
    let surface = text.string(text.surfaceRanges[token])
    let canonical = text.string(text.canonicalRanges[token])
    switch atom {
    case .word(let word): return [surface, canonical, text.string(text.rootRanges[token])].contains(word)
    case .exact(let word): return [surface, canonical].contains(word)
    case .token(.any): return text.kinds[token] != .punctuation
    case .token(.question): return text.kinds[token] == .punctuation && surface.contains("?")
    case .token(let kind):
      let kinds: [TokenClass: TokenKind] = [
        .amount: .amount, .number: .number, .phone: .phone, .account: .account, .link: .link, .mention: .mention,
        .emoji: .emoji,
      ]
      return kinds[kind] == text.kinds[token]
    }
  }
}
