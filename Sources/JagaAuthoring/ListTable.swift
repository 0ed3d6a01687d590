internal import JagaCore
internal import JagaLexicon

/// Lists by name and scope: a file sees its own, those of its language's context files, and those of `any`'s.
final class ListTable {
  private enum State {
    case open
    case done([[PhraseAtom]])
  }

  private struct Key: Hashable {
    var scope: String
    var name: String
  }

  /// Runs that one list may expand to.
  static let limit = 2_000

  private let log: LintLog
  private var lists: [Key: ListSource] = [:]
  private var languages: [String: SourceLanguage] = [:]
  private var states: [Key: State] = [:]
  private var path: [Key] = []
  private let resolver: WordResolver

  init(_ tracks: [TrackSource], resolver: WordResolver, log: LintLog) {
    self.log = log
    self.resolver = resolver
    for track in tracks {
      languages[track.file] = track.language
      // A context file declares for its whole language, so its lists live in the language's scope.
      let scope = track.track == "context" ? ListTable.scope(of: track.language) : track.file
      languages[scope] = track.language
      for list in track.lists {
        let key = Key(scope: scope, name: list.name)
        if let first = lists[key] {
          log.add(.duplicateList(name: list.name, first: first.position), at: list.position)
        } else {
          lists[key] = list
        }
      }
    }
    // Every list is read, used or not, so that its faults are seen.
    let keys = lists.keys.sorted { ($0.scope, $0.name) < ($1.scope, $1.name) }
    for key in keys { _ = runs(of: key) }
  }

  private static func scope(of language: SourceLanguage) -> String { "\u{0}\(language.name)" }

  /// The scope in which names of a file are looked up.
  func scope(of track: TrackSource) -> String {
    track.track == "context" ? ListTable.scope(of: track.language) : track.file
  }

  /// The runs that `{name}` stands for in a file; nil when it is unknown or part of a cycle, which is reported.
  func runs(of name: String, in file: String, at position: SourcePosition) -> [[PhraseAtom]]? {
    guard let key = find(name, from: file) else {
      let hint = NearWord.nearest(to: name, among: visible(from: file))
      log.add(.unknownList(name: name, hint: hint), at: position)
      return nil
    }
    return runs(of: key)
  }

  private func scopes(from scope: String) -> [String] {
    let own = languages[scope] ?? .any
    return [scope, ListTable.scope(of: own), ListTable.scope(of: .any)]
  }

  private func find(_ name: String, from scope: String) -> Key? {
    scopes(from: scope).map { Key(scope: $0, name: name) }.first { lists[$0] != nil }
  }

  private func visible(from scope: String) -> [String] {
    let scopes = Set(scopes(from: scope))
    return lists.keys.filter { scopes.contains($0.scope) }.map(\.name).sorted()
  }

  private func runs(of key: Key) -> [[PhraseAtom]]? {
    guard let list = lists[key] else { return nil }
    switch states[key] {
    case .done(let runs): return runs
    case .open:
      let cycle = path.drop { $0 != key }.map(\.name) + [key.name]
      log.add(.listCycle(names: cycle), at: list.position)
      return nil
    case nil: break
    }
    states[key] = .open
    path.append(key)
    var seen: Set<[PhraseAtom]> = []
    var runs: [[PhraseAtom]] = []
    for item in list.items {
      for run in self.runs(of: item, scope: key.scope) where seen.insert(run).inserted { runs.append(run) }
    }
    if runs.count > ListTable.limit {
      log.add(.tooLarge(what: "list '\(list.name)'", count: runs.count, limit: ListTable.limit), at: list.position)
      runs = []
    }
    path.removeLast()
    states[key] = .done(runs)
    return runs
  }

  private func runs(of item: Placed<String>, scope: String) -> [[PhraseAtom]] {
    do throws(PhraseParser.Failure) {
      let source = try PhraseParser.item(item.value)
      var runs: [[PhraseAtom]] = [[]]
      for case .choice(let choices, _) in source.elements {
        let next = expand(choices, scope: scope, item: item, source: source)
        guard runs.count * next.count <= ListTable.limit else {
          log.add(
            .tooLarge(what: "item '\(item.value)'", count: runs.count * next.count, limit: ListTable.limit),
            at: item.position)
          return []
        }
        runs = runs.flatMap { run in next.map { run + $0 } }
      }
      return runs
    } catch {
      log.add(
        .phrase(text: item.value, problem: error.problem),
        at: item.node?.position(offset: error.offset) ?? item.position)
      return []
    }
  }

  /// `siapa siapa` is often written `siapa-siapa` or `siapa2`, which is one token: the run with each doubled word once; nil for a run without.
  private static func withoutDoubling(_ run: [PhraseAtom]) -> [PhraseAtom]? {
    let single = run.indices.filter { $0 == 0 || run[$0] != run[$0 - 1] }.map { run[$0] }
    return single.count < run.count ? single : nil
  }

  /// Replaces the lists in alternatives.
  func expand(
    _ choices: [[PhrasePart]], scope: String, item: Placed<String>, source: PhraseSource
  ) -> [[PhraseAtom]] {
    var expanded: [[PhraseAtom]] = []
    for choice in choices {
      var runs: [[PhraseAtom]] = [[]]
      for part in choice {
        switch part {
        case .words(let atoms):
          let resolved = resolver.resolve(atoms)
          runs = runs.map { $0 + resolved }
        case .list(let name):
          let offset = source.lists.first { $0.name == name }?.offset ?? 0
          guard let items = self.runs(of: name, in: scope, at: item.node?.position(offset: offset) ?? item.position),
            runs.count * items.count <= ListTable.limit
          else {
            runs = []
            continue
          }
          runs = runs.flatMap { run in items.map { run + $0 } }
        }
      }
      expanded += runs + runs.compactMap(ListTable.withoutDoubling)
    }
    var seen: Set<[PhraseAtom]> = []
    return expanded.filter { seen.insert($0).inserted }
  }
}
