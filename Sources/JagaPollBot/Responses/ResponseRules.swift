/// What the texts of a language are held to: its `response-checks.yaml`.
struct ResponseRules: Sendable {
  let wordsPerSentence: Int
  /// In tenths of a percent.
  let commonShare: Int
  let parts: Int
  let partsOf: [Occasion: Int]
  let endings: [String]
  let uncommon: Set<String>
  let helplineIn: Set<Occasion>
  let required: [Occasion: [String]]
  let ideas: [String: [WordPattern]]
  let innocent: [WordPattern]
  /// What a poll's question must not ask for.
  let asking: [WordPattern]
  /// In the order of the file.
  let forbidden: [(list: String, patterns: [WordPattern])]

  private static let keys: Set<String> = [
    "language", "limits", "endings", "uncommon", "helpline_in", "ideas", "required", "innocent", "forbidden", "asking",
  ]

  /// Reads the rules of a language; nil, and reported, where there are none.
  init?(_ file: ResponseSources.File, language: String, log: ResponseLog) {
    let reader = RulesReader(log: log)
    guard let root = ResponseNode.root(file, log: log),
      let fields = ResponseFields(root, allowed: ResponseRules.keys, place: "the file", log: log)
    else { return nil }
    if let declared = fields.text("language"), declared != language {
      log.add(.languageMismatch(declared: declared, folder: language), file: file.path, line: fields.line)
    }
    guard
      let limits = fields.required("limits").flatMap({
        ResponseFields(
          $0, allowed: ["words_per_sentence", "common_share", "parts", "parts_of"], place: "'limits'", log: log)
      }),
      let wordsPerSentence = limits.value("words_per_sentence", expected: "a number from 1 to 99", reader.count),
      let parts = limits.value("parts", expected: "a number from 1 to 99", reader.count),
      let share = limits.value("common_share", expected: "a share from 0 to 1", reader.share)
    else { return nil }
    self.wordsPerSentence = wordsPerSentence
    self.parts = parts
    commonShare = Int((share * 1000).rounded())
    partsOf = reader.occasions(limits["parts_of"]) { $0.text.flatMap(reader.count) }
    endings = fields.texts("endings") ?? []
    uncommon = Set((fields.texts("uncommon") ?? []).map { $0.lowercased() })
    helplineIn = Set(
      (fields.texts("helpline_in") ?? []).compactMap { reader.occasion($0, file: file.path, line: fields.line) })
    let ideas = reader.lists(fields["ideas"])
    self.ideas = Dictionary(ideas.map { ($0.list, $0.patterns) }) { first, _ in first }
    required = reader.occasions(fields["required"]) { $0.items?.compactMap(\.text) }
    for idea in required.values.joined() where self.ideas[idea] == nil {
      log.add(.wrongValue(key: "required", value: idea, expected: "the name of an idea"), file: file.path)
    }
    innocent = (fields.texts("innocent") ?? []).map(WordPattern.init)
    asking = (fields.texts("asking") ?? []).map(WordPattern.init)
    forbidden = reader.lists(fields["forbidden"])
  }
}

/// The shapes that the file repeats.
private struct RulesReader {
  let log: ResponseLog

  func count(_ text: String) -> Int? { Int(text).flatMap { (1...99).contains($0) ? $0 : nil } }

  func share(_ text: String) -> Double? { Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }

  func occasion(_ name: String, file: String, line: Int) -> Occasion? {
    if let occasion = Occasion(rawValue: name) { return occasion }
    log.add(.unknownKey(key: name, place: "the list of occasions"), file: file, line: line)
    return nil
  }

  /// A mapping from occasions.
  func occasions<Value>(_ node: ResponseNode?, _ value: (ResponseNode) -> Value?) -> [Occasion: Value] {
    var values: [Occasion: Value] = [:]
    for (name, node) in node?.pairs("a mapping from occasions", log: log) ?? [] {
      guard let occasion = occasion(name, file: node.file, line: node.line) else { continue }
      if let value = value(node) {
        values[occasion] = value
      } else {
        log.add(.wrongShape(key: name, expected: "a number or a list of texts"), file: node.file, line: node.line)
      }
    }
    return values
  }

  /// A mapping from names to phrases.
  func lists(_ node: ResponseNode?) -> [(list: String, patterns: [WordPattern])] {
    (node?.pairs("a mapping from names to phrases", log: log) ?? []).map { name, node in
      let texts = node.items?.compactMap(\.text)
      if texts == nil {
        log.add(.wrongShape(key: name, expected: "a list of phrases"), file: node.file, line: node.line)
      }
      return (name, (texts ?? []).map(WordPattern.init))
    }
  }
}
