internal import JagaLexicon
internal import JagaRules

/// Turns rules as written into rules to build, and finds what is wrong with them.
struct RuleSourceCompiler {
  private let tracks: [TrackSource]
  private let references: ReferenceTable
  private let log: LintLog

  init(_ tracks: [TrackSource], log: LintLog) {
    self.tracks = tracks
    self.log = log
    references = ReferenceTable(tracks, log: log)
  }

  func compile() -> [RuleDefinition] {
    var result: [RuleDefinition] = []
    var first: [String: SourcePosition] = [:]
    var positions: [SourcePosition] = []
    for track in tracks {
      for rule in track.rules {
        if let known = first[rule.id] {
          log.add(.duplicateID(id: rule.id, first: known), at: rule.position)
          continue
        }
        first[rule.id] = rule.position
        guard let definition = definition(rule, track: track) else { continue }
        result.append(definition)
        positions.append(rule.position)
      }
    }
    let wanted = Set(result.flatMap { ($0.earlier + $0.unlessEarlier).flatMap(\.rules) })
    for (rule, position) in zip(result, positions) {
      if rule.votes.units.allSatisfy({ $0 == 0 }), !wanted.contains(rule.id) {
        log.add(.noEffect(id: rule.id), at: position)
      }
      if let reason = contradiction(in: rule) { log.add(.unreachable(id: rule.id, reason: reason), at: position) }
    }
    return result
  }

  private func definition(_ rule: RuleSource, track: TrackSource) -> RuleDefinition? {
    let earlier = rule.earlier.map { history($0) }
    let unless = rule.unlessEarlier.map { history($0) }
    guard let source = rule.condition else { return nil }
    return RuleDefinition(
      id: rule.id, condition: condition(source), earlier: earlier, unlessEarlier: unless, votes: rule.votes,
      language: track.language, source: rule.source, note: rule.note)
  }

  private func history(_ item: HistorySource) -> HistoryCondition {
    let sets = references.historySets(item.references)
    return HistoryCondition(entries: sets.entries, rules: sets.rules, author: item.author, within: item.within)
  }

  private func condition(_ source: ConditionSource) -> RuleCondition {
    switch source {
    case .all(let parts): return .all(parts.map(condition))
    case .any(let parts): return .any(parts.map(condition))
    case .none(let parts): return .none(parts.map(condition))
    case .hit(let ids, let required, let forbidden, let position):
      checkMarkers(required.union(forbidden), at: position)
      return .hit(references.entrySet(ids), required: required, forbidden: forbidden)
    case .sequence(let sets, let within): return .sequence(sets.map { references.entrySet($0) }, within: within)
    case .near(let sets, let within):
      let resolved = sets.map { references.entrySet($0) }
      guard resolved.count == 2 else { return .any([]) }
      return .near(resolved[0], resolved[1], within: within)
    case .amount(let least, let most): return .amount(min: least, max: most)
    case .kind(let kind): return .kind(kind)
    case .question(let holds): return holds ? .question : .none([.question])
    case .language(let set): return .language(set)
    case .tokens(let least, let most): return .tokens(min: least, max: most)
    }
  }

  /// Negation and reported speech are known only from marker entries; without one the modifier would silently never hold.
  private func checkMarkers(_ attributes: HitAttributes, at position: SourcePosition) {
    let needed: [(HitAttributes, String, String)] = [
      (.negated, "negated", "negator"), (.reported, "reported", "reported"),
    ]
    for (attribute, modifier, marker) in needed where attributes.contains(attribute) && !references.hasMarker(marker) {
      log.add(.missingMarker(modifier: modifier, entry: "LANGUAGE.context.\(marker)"), at: position)
    }
  }

  private func contradiction(in rule: RuleDefinition) -> String? {
    if let reason = Reachability.contradiction(in: rule.condition) { return reason }
    for item in rule.earlier {
      for other in rule.unlessEarlier
      where other.entries == item.entries && other.rules == item.rules && other.within >= item.within
        && (other.author == .any || other.author == item.author)
      {
        return "an earlier message is asked for and excluded"
      }
    }
    return nil
  }
}
