internal import JagaCore
internal import JagaLexicon
internal import JagaText

/// Turns words of phrases into the forms that tokens of messages have, by the analyzer itself and the chat forms of the sources.
///
/// So a phrase may be written with any spelling: `dont` matches `do not`, which the analyzer makes of both. Numbers, amounts and
/// the like keep the form they are written in, since all numbers share one canonical form.
final class WordResolver {
  private let analyzer: TextAnalyzer?
  private var known: [String: [String]] = [:]

  init(tables: [UInt8]) {
    analyzer = (try? TextTables(section: Section(copying: tables))).map { TextAnalyzer(tables: $0) }
  }

  /// Resolves as messages of a model are read.
  init(tables: TextTables) { analyzer = TextAnalyzer(tables: tables) }

  /// The atoms with every word in its canonical form; a chat form of several words becomes several atoms.
  func resolve(_ atoms: [PhraseAtom]) -> [PhraseAtom] {
    atoms.flatMap { atom -> [PhraseAtom] in
      switch atom {
      case .word(let word): words(for: word).map { .word($0) }
      case .exact(let word): words(for: word).map { .exact($0) }
      case .token: [atom]
      }
    }
  }

  /// Every canonical word that was asked for.
  var resolvedWords: Set<String> { Set(known.values.joined()) }

  /// The canonical words of a word.
  func words(for word: String) -> [String] {
    if let words = known[word] { return words }
    var words: [String] = []
    if let text = analyzer?.analyze(word) {
      for token in 0..<text.count {
        switch text.kinds[token] {
        case .punctuation: continue
        case .word, .emoji: words.append(text.string(text.canonicalRanges[token]))
        default: words.append(text.string(text.surfaceRanges[token]))
        }
      }
    }
    if words.isEmpty { words = [word] }
    known[word] = words
    return words
  }
}
