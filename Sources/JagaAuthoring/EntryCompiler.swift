internal import JagaCore
internal import JagaLexicon

/// Turns entries as written into entries to build, and finds what is wrong between them.
struct EntryCompiler {
  private let tracks: [TrackSource]
  private let lists: ListTable
  private let log: LintLog

  init(_ tracks: [TrackSource], lists: ListTable, log: LintLog) {
    self.tracks = tracks
    self.lists = lists
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
          let normal = phrase.normalised
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
    // A word written twice in a row is one token where a hyphen or a 2 joins it (`siapa-siapa`): its repetition may be missing.
    for index in phrase.elements.indices.dropFirst() {
      if case .choice(let runs, false) = phrase.elements[index], runs.count == 1, runs[0].count == 1,
        phrase.elements[index] == phrase.elements[index - 1]
      {
        phrase.elements[index] = .choice(runs, optional: true)
      }
    }
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
}
