internal import JagaCore
internal import JagaRules

/// Resolves ids, globs and labels to entries and rules.
struct ReferenceTable {
  private let entries: [String]
  private let entryIDs: Set<String>
  private let labels: [String: [String]]
  private let rules: Set<String>
  /// Rules that ask for earlier messages.
  private let chained: Set<String>
  private let log: LintLog

  init(_ tracks: [TrackSource], log: LintLog) {
    self.log = log
    let all = tracks.flatMap(\.entries)
    entryIDs = Set(all.map(\.id))
    entries = entryIDs.sorted()
    var labels: [String: [String]] = [:]
    for entry in all {
      guard let label = entry.label else { continue }
      labels[label.name, default: []].append(entry.id)
      if let track = label.track { labels["\(track.name).*", default: []].append(entry.id) }
    }
    self.labels = labels
    let allRules = tracks.flatMap(\.rules)
    rules = Set(allRules.map(\.id))
    chained = Set(allRules.filter { !$0.earlier.isEmpty || !$0.unlessEarlier.isEmpty }.map(\.id))
  }

  /// True when some entry is `*.context.NAME` or below it.
  func hasMarker(_ name: String) -> Bool {
    entries.contains { id in
      let parts = id.split(separator: ".")
      return parts.count >= 3 && parts[1] == "context" && parts[2] == name
    }
  }

  /// The entries that references of `when` name.
  func entrySet(_ references: [Placed<String>]) -> EntrySet {
    var ids: [String] = []
    for reference in references {
      if rules.contains(reference.value) || ReferenceTable.isRuleGlob(reference.value) {
        log.add(.ruleAsEntry(id: reference.value), at: reference.position)
      } else {
        ids += resolveEntries(reference)
      }
    }
    return EntrySet(ids)
  }

  /// The entries and rules that references of `earlier` name.
  func historySets(_ references: [Placed<String>]) -> (entries: EntrySet, rules: [String]) {
    var ids: [String] = []
    var wanted: [String] = []
    for reference in references {
      if rules.contains(reference.value) {
        if chained.contains(reference.value) {
          log.add(.ruleChain(id: reference.value), at: reference.position)
        } else {
          wanted.append(reference.value)
        }
      } else if ReferenceTable.isRuleGlob(reference.value) {
        let found = rules.subtracting(chained).filter { ReferenceTable.glob(reference.value, matches: $0) }
        if found.isEmpty { log.add(.emptyReference(text: reference.value), at: reference.position) }
        wanted += found.sorted()
      } else {
        ids += resolveEntries(reference)
      }
    }
    return (EntrySet(ids), wanted)
  }

  private func resolveEntries(_ reference: Placed<String>) -> [String] {
    let text = reference.value
    if text.hasPrefix("label:") {
      let label = String(text.dropFirst("label:".count))
      let known = SourceKeys.labels + Track.allCases.map { "\($0.name).*" }
      guard known.contains(label) else {
        log.add(.unknownLabel(label: label, hint: NearWord.nearest(to: label, among: known)), at: reference.position)
        return []
      }
      if labels[label] == nil { log.add(.emptyReference(text: text), at: reference.position) }
      return labels[label] ?? []
    }
    if text.contains("*") {
      let found = entries.filter { ReferenceTable.glob(text, matches: $0) }
      if found.isEmpty { log.add(.emptyReference(text: text), at: reference.position) }
      return found
    }
    if entryIDs.contains(text) { return [text] }
    log.add(
      .unknownReference(text: text, hint: NearWord.nearest(to: text, among: entries + rules.sorted())),
      at: reference.position)
    return []
  }

  /// A glob whose third part is `rule`, so that `id.topup.*` never takes rules for entries.
  private static func isRuleGlob(_ text: String) -> Bool {
    guard text.contains("*") else { return false }
    let parts = text.split(separator: ".")
    return parts.count >= 3 && parts[2] == "rule"
  }

  /// A part that ends with `*` matches by its beginning. At the end of a glob it also takes all further parts.
  static func glob(_ pattern: String, matches id: String) -> Bool {
    let wanted = pattern.split(separator: ".", omittingEmptySubsequences: false)
    let found = id.split(separator: ".", omittingEmptySubsequences: false)
    for (index, part) in wanted.enumerated() {
      guard index < found.count else { return false }
      guard part.hasSuffix("*") else {
        if part != found[index] { return false }
        continue
      }
      guard found[index].hasPrefix(part.dropLast()) else { return false }
      if index == wanted.count - 1 { return true }
    }
    return wanted.count == found.count
  }
}
