internal import JagaRules
internal import JagaText

/// Tells why a condition can never hold, by looking at what must hold together. It finds contradictions between single tests;
/// a nil says that none was found, not that the condition is sensible.
enum Reachability {
  private struct Facts {
    var required: [RuleCondition] = []
    var forbidden: [RuleCondition] = []
    var choices: [[RuleCondition]] = []

    /// Adds a condition that must hold.
    mutating func require(_ condition: RuleCondition) {
      switch condition {
      case .all(let parts): for part in parts { require(part) }
      case .any(let parts): choices.append(parts)
      case .none(let parts): for part in parts { forbid(part) }
      default: required.append(condition)
      }
    }

    /// Adds a condition that must not hold.
    private mutating func forbid(_ condition: RuleCondition) {
      switch condition {
      case .any(let parts): for part in parts { forbid(part) }
      case .none(let parts): choices.append(parts)
      case .all: break
      default: forbidden.append(condition)
      }
    }
  }

  static func contradiction(in condition: RuleCondition) -> String? {
    var facts = Facts()
    facts.require(condition)
    if let found = contradiction(facts) { return found }
    for choice in facts.choices {
      let reasons = choice.compactMap { part -> String? in
        var one = facts
        one.choices = []
        one.require(part)
        return contradiction(one)
      }
      if reasons.count == choice.count, let first = reasons.first { return first }
    }
    return nil
  }

  private static func contradiction(_ facts: Facts) -> String? {
    var languages = LanguageSet(rawValue: 0x0F)
    var least = 0
    var most = Int.max
    for condition in facts.required {
      switch condition {
      case .language(let set): languages.formIntersection(set)
      case .tokens(let low, let high):
        least = max(least, low ?? 0)
        most = min(most, high ?? Int.max)
      case .hit(_, let required, let forbidden) where !required.isDisjoint(with: forbidden):
        return "one modifier is asked for and excluded"
      case .amount(let low?, let high?) where low > high: return "no amount is in the range"
      default: break
      }
    }
    for case .language(let set) in facts.forbidden { languages.subtract(set) }
    if languages.isEmpty { return "no language is left" }
    if least > most { return "no number of tokens is left" }
    for condition in facts.required {
      for other in facts.forbidden where covers(other, condition) { return "a test is asked for and excluded" }
    }
    return nil
  }

  /// True when `wide` holds wherever `narrow` holds.
  private static func covers(_ wide: RuleCondition, _ narrow: RuleCondition) -> Bool {
    switch (wide, narrow) {
    case (.hit(let all, let required, let forbidden), .hit(let some, let moreRequired, let moreForbidden)):
      return Set(all.ids).isSuperset(of: some.ids) && required.isSubset(of: moreRequired)
        && forbidden.isSubset(of: moreForbidden)
    case (.hit(let all, let required, let forbidden), .sequence(let sets, _))
    where required.isEmpty && forbidden.isEmpty:
      return sets.contains { Set(all.ids).isSuperset(of: $0.ids) }
    case (.hit(let all, let required, let forbidden), .near(let first, let second, _))
    where required.isEmpty && forbidden.isEmpty:
      return [first, second].contains { Set(all.ids).isSuperset(of: $0.ids) }
    case (.kind(.amount), .amount): return true
    default: return wide == narrow
    }
  }
}
