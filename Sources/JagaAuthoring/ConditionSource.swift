internal import JagaCore
internal import JagaRules
internal import JagaText

/// A condition as written: references are not yet resolved.
indirect enum ConditionSource {
  case all([ConditionSource])
  case any([ConditionSource])
  case none([ConditionSource])
  case hit([Placed<String>], required: HitAttributes, forbidden: HitAttributes, position: SourcePosition)
  case sequence([[Placed<String>]], within: Int)
  case near([[Placed<String>]], within: Int)
  case amount(min: Int64?, max: Int64?)
  case kind(TokenKind)
  case question(Bool)
  case language(LanguageSet)
  case tokens(min: Int?, max: Int?)

  /// How deep `all`, `any` and `none` nest; 0 for a single test.
  var depth: Int {
    switch self {
    case .all(let parts), .any(let parts), .none(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    default: 0
    }
  }
}

extension ConditionSource {
  /// Reads a condition; reports what does not fit. Nil when nothing usable is left.
  init?(_ node: SourceNode, log: LintLog) {
    guard node.fields != nil else {
      log.add(.condition(.notAMapping), at: node.position)
      return nil
    }
    guard let fields = SourceFields(node, allowed: SourceKeys.condition, place: "a condition", log: log) else {
      return nil
    }
    let tests = fields.keys.filter { SourceKeys.tests.contains($0.name) }
    guard let test = tests.first?.name else {
      log.add(.condition(.noTest), at: node.position)
      return nil
    }
    if tests.count > 1 { log.add(.condition(.severalTests(tests.map(\.name))), at: tests[1].position) }
    for key in fields.keys where !SourceKeys.tests.contains(key.name) {
      let fits = key.name == "within" ? test == "sequence" || test == "near" : test == "hit"
      if !fits { log.add(.condition(.strayModifier(key: key.name, test: test)), at: key.position) }
    }
    guard let condition = ConditionSource.read(test, fields, log: log) else { return nil }
    self = condition
  }

  private static func read(_ test: String, _ fields: SourceFields, log: LintLog) -> ConditionSource? {
    switch test {
    case "all": return parts(fields, test, log: log).map { .all($0) }
    case "any": return parts(fields, test, log: log).map { .any($0) }
    case "none": return parts(fields, test, log: log).map { .none($0) }
    case "hit":
      guard let node = fields["hit"] else { return empty(fields, test, log: log) }
      let (required, forbidden) = modifiers(fields, log: log)
      return .hit(
        references(node, key: test, log: log), required: required, forbidden: forbidden, position: node.position)
    case "sequence", "near": return distance(test, fields, log: log)
    case "amount":
      guard let (least, most) = bounds(fields, test, log: log) else { return nil }
      return .amount(min: least, max: most)
    case "kind":
      return fields.choice("kind", allowed: SourceKeys.kinds, log: log) { SourceKeys.kind(named: $0) }.map { .kind($0) }
    case "question": return truth(fields, "question", log: log).map { .question($0) }
    case "language": return languages(fields, log: log)
    default:
      guard let (least, most) = bounds(fields, test, log: log) else { return nil }
      return .tokens(min: least.map { Int(clamping: $0) }, max: most.map { Int(clamping: $0) })
    }
  }

  private static func empty(_ fields: SourceFields, _ key: String, log: LintLog) -> ConditionSource? {
    log.add(.condition(.emptyList(key: key)), at: fields.position)
    return nil
  }

  private static func parts(_ fields: SourceFields, _ key: String, log: LintLog) -> [ConditionSource]? {
    guard let items = fields.items(key, log: log) else { return nil }
    if items.isEmpty {
      log.add(.condition(.emptyList(key: key)), at: fields[key]?.position ?? fields.position)
      return nil
    }
    let parts = items.compactMap { ConditionSource($0, log: log) }
    return parts.isEmpty ? nil : parts
  }

  /// One id, or a list of ids.
  static func references(_ node: SourceNode, key: String, log: LintLog) -> [Placed<String>] {
    let items = node.items ?? [node]
    if items.isEmpty { log.add(.condition(.emptyList(key: key)), at: node.position) }
    return items.compactMap { item in
      guard let text = item.text, !text.isEmpty else {
        log.add(.wrongShape(key: key, expected: "an id or a list of ids"), at: item.position)
        return nil
      }
      return Placed(value: text, position: item.position, node: item)
    }
  }

  private static func modifiers(_ fields: SourceFields, log: LintLog) -> (HitAttributes, HitAttributes) {
    var required: HitAttributes = []
    var forbidden: HitAttributes = []
    let all: [(String, HitAttributes)] = [
      ("negated", .negated), ("reported", .reported), ("imperative", .imperative), ("asked", .asked),
    ]
    for (key, attribute) in all {
      guard let value = truth(fields, key, log: log) else { continue }
      if value { required.insert(attribute) } else { forbidden.insert(attribute) }
    }
    return (required, forbidden)
  }

  private static func distance(_ test: String, _ fields: SourceFields, log: LintLog) -> ConditionSource? {
    guard let node = fields[test], let items = fields.items(test, log: log) else { return nil }
    let wanted = test == "near" ? 2...2 : 2...8
    guard wanted.contains(items.count) else {
      let expected = test == "near" ? "two ids" : "two to eight ids"
      log.add(.condition(.count(key: test, expected: expected, found: items.count)), at: node.position)
      return nil
    }
    let sets = items.map { references($0, key: test, log: log) }
    let within = number(fields, "within", in: 0...RuleSet.maximumDistance, log: log) ?? 8
    return test == "near" ? .near(sets, within: within) : .sequence(sets, within: within)
  }

  private static func truth(_ fields: SourceFields, _ key: String, log: LintLog) -> Bool? {
    fields.choice(key, allowed: ["true", "false"], log: log) { $0 == "true" ? true : $0 == "false" ? false : nil }
  }

  static func number(_ fields: SourceFields, _ key: String, in range: ClosedRange<Int>, log: LintLog) -> Int? {
    guard let text = fields.text(key, log: log), let node = fields[key] else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    let place = "from \(range.lowerBound) to \(range.upperBound)"
    log.add(.condition(.number(key: key, value: text, range: place)), at: node.position)
    return nil
  }

  private static func bounds(_ fields: SourceFields, _ key: String, log: LintLog) -> (Int64?, Int64?)? {
    guard let node = fields[key],
      let range = SourceFields(node, allowed: SourceKeys.bounds, place: "'\(key)'", log: log)
    else { return nil }
    func bound(_ name: String) -> Int64? {
      guard let text = range.text(name, log: log), let place = range[name] else { return nil }
      // YAML lets digits be grouped by underscores.
      if let number = Int64(text.filter { $0 != "_" }), number >= 0 { return number }
      log.add(.condition(.number(key: name, value: text, range: "from 0 up")), at: place.position)
      return nil
    }
    let least = bound("min")
    let most = bound("max")
    if range["min"] == nil, range["max"] == nil { log.add(.condition(.noBounds(key: key)), at: node.position) }
    if let least, let most, least > most { log.add(.condition(.crossedBounds(key: key)), at: node.position) }
    return (least, most)
  }

  private static func languages(_ fields: SourceFields, log: LintLog) -> ConditionSource? {
    guard let node = fields["language"] else { return empty(fields, "language", log: log) }
    var set: LanguageSet = []
    for item in node.items ?? [node] {
      let name = item.text ?? ""
      if let language = Language.allCases.first(where: { $0.name == name }) {
        set.insert(LanguageSet(language))
      } else {
        let allowed = SourceKeys.messageLanguages
        let hint = NearWord.nearest(to: name, among: allowed)
        log.add(.unknownValue(key: "language", value: name, hint: hint, allowed: allowed), at: item.position)
      }
    }
    return set.isEmpty ? nil : .language(set)
  }
}
