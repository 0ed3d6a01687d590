internal import JagaCore
internal import JagaLexicon

/// Turns entries as written into entries to build, and finds what is wrong between them.
struct EntryCompiler {
  private let tracks: [TrackSource]
  private let lists: ListTable
  private let words: WordTables
  private let log: LintLog

  init(_ tracks: [TrackSource], lists: ListTable, words: WordTables, log: LintLog) {
    self.tracks = tracks
    self.lists = lists
    self.words = words
    self.log = log
  }

  private struct Use: Hashable {
    var label: String
    var phrase: Phrase
  }

  func compile() -> [LexiconEntry] {
    var result: [LexiconEntry] = []
    var firstIDs: [String: SourcePosition] = [:]
    var uses: [Use: (id: String, position: SourcePosition)] = [:]
    for track in tracks {
      for entry in track.entries {
        if let first = firstIDs[entry.id] {
          log.add(.duplicateID(id: entry.id, first: first), at: entry.position)
          continue
        }
        firstIDs[entry.id] = entry.position
        var phrases: [Phrase] = []
        for source in entry.phrases {
          guard let phrase = phrase(source, track: track) else { continue }
          let normal = EntryCompiler.normalised(phrase)
          if phrases.contains(normal) {
            log.add(.repeatedPhrase(text: source.value), at: source.position)
            continue
          }
          phrases.append(normal)
          guard let label = entry.label?.name else { continue }
          let use = Use(label: label, phrase: normal)
          if let first = uses[use] {
            log.add(
              .shadowedPhrase(text: source.value, id: first.id, label: label, first: first.position),
              at: source.position)
          } else {
            uses[use] = (entry.id, source.position)
          }
        }
        let transitions = phrases.reduce(0) { $0 + $1.transitionCount }
        if transitions > Phrase.maximumTransitions {
          log.add(
            .tooLarge(what: "entry '\(entry.id)'", count: transitions, limit: Phrase.maximumTransitions),
            at: entry.position)
          continue
        }
        result.append(
          LexiconEntry(
            id: entry.id, label: entry.label, weight: entry.weight, sensitivity: entry.sensitivity,
            language: track.language, source: entry.source, note: entry.note, phrases: phrases))
      }
    }
    for word in lists.words { warnOfSlang(word.word, word.language, word.position) }
    return result
  }

  private func phrase(_ source: Placed<String>, track: TrackSource) -> Phrase? {
    func position(_ offset: Int) -> SourcePosition { source.node?.position(offset: offset) ?? source.position }
    let read: PhraseSource
    do throws(PhraseParser.Failure) {
      read = try PhraseParser.phrase(source.value)
    } catch {
      log.add(.phrase(text: source.value, problem: error.problem), at: position(error.offset))
      return nil
    }
    for word in read.words { warnOfSlang(word.word, track.language, position(word.offset)) }
    let scope = lists.scope(of: track)
    var phrase = Phrase([])
    var isComplete = true
    for element in read.elements {
      switch element {
      case .gap(let length): phrase.elements.append(.gap(length))
      case .choice(let choices, let optional):
        let runs = lists.expand(choices, scope: scope, item: source, source: read)
        // An empty expansion was reported where the list stands.
        if runs.isEmpty { isComplete = false }
        phrase.elements.append(.choice(runs, optional: optional))
      }
    }
    guard isComplete else { return nil }
    if let fault = phrase.fault {
      log.add(.phrase(text: source.value, problem: EntryCompiler.problem(fault)), at: source.position)
      return nil
    }
    return phrase
  }

  private static func problem(_ fault: PhraseFault) -> PhraseProblem {
    switch fault {
    case .empty: .empty
    case .onlyOptional: .onlyOptional
    case .startsWithGap: .startsWithGap
    case .endsWithGap: .endsWithGap
    case .gapOutOfRange(let length): .gap("~\(length)")
    case .tooManyElements(let count): .tooManyElements(count)
    }
  }

  /// The same phrase with its alternatives in one fixed order, so that equal phrases compare equal.
  private static func normalised(_ phrase: Phrase) -> Phrase {
    Phrase(
      phrase.elements.map { element in
        guard case .choice(let runs, let optional) = element else { return element }
        let keyed = runs.map { (key: key($0), run: $0) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        return .choice(keyed.map(\.run), optional: optional)
      })
  }

  private static func key(_ run: [PhraseAtom]) -> [UInt8] {
    var bytes: [UInt8] = []
    for atom in run {
      switch atom {
      case .word(let word): bytes += [1] + Array(word.utf8)
      case .exact(let word): bytes += [2] + Array(word.utf8)
      case .token(let kind): bytes += [3, kind.rawValue]
      }
      bytes.append(0)
    }
    return bytes
  }

  private func warnOfSlang(_ word: String, _ language: SourceLanguage, _ position: SourcePosition) {
    let known = language == .any ? nil : words.canonicals[language]?[word]
    if let known { log.add(.slangInPhrase(word: word, canonical: known.canonical), at: position) }
  }
}
