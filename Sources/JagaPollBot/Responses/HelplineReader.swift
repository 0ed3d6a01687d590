/// Reads `helplines.yaml`.
struct HelplineReader {
  /// The helplines by id, and the order in which they stand.
  private(set) var helplines: [String: Helpline] = [:]
  private(set) var order: [String] = []
  /// The line of each in its file.
  private(set) var lines: [String: Int] = [:]
  /// After how many days a verification is too old.
  private(set) var staleAfterDays = 180
  private let log: ResponseLog

  private static let keys: Set<String> = [
    "id", "name", "run_by", "scope", "contacts", "countries", "languages", "hours", "discreet", "confidence",
    "verified_on", "verified", "withdrawn_on", "source", "say",
  ]

  init(_ file: ResponseSources.File, log: ResponseLog) {
    self.log = log
    guard let root = ResponseNode.root(file, log: log),
      let fields = ResponseFields(root, allowed: ["stale_after_days", "helplines"], place: "the file", log: log)
    else { return }
    staleAfterDays =
      fields.value("stale_after_days", expected: "a number of days from 1 to 3650") { text in
        Int(text).flatMap { (1...3650).contains($0) ? $0 : nil }
      } ?? staleAfterDays
    guard let list = fields.required("helplines") else { return }
    guard let items = list.items else {
      log.add(.wrongShape(key: "helplines", expected: "a list"), file: file.path, line: list.line)
      return
    }
    for item in items { read(item) }
  }

  private mutating func read(_ node: ResponseNode) {
    let id = node.text(under: "id") ?? ""
    guard let fields = ResponseFields(node, allowed: HelplineReader.keys, place: "a helpline", id: id, log: log) else {
      return
    }
    let withdrawn =
      fields["withdrawn_on"] == nil
      ? nil : fields.value("withdrawn_on", expected: "a day such as 2026-11-28", CalendarDay.init)
    let hours = fields.text("hours")
    let contacts = contacts(fields)
    let sayings = sayings(fields)
    guard let id = fields.text("id"), let name = fields.text("name"), let runBy = fields.text("run_by"),
      let scope = fields.text("scope"), let source = fields.text("source"), let hours,
      let countries = fields.texts("countries", isRequired: true),
      let languages = fields.texts("languages", isRequired: true),
      let isDiscreet = fields.value(
        "discreet", expected: "true or false", { $0 == "true" ? true : $0 == "false" ? false : nil }),
      let confidence = fields.value(
        "confidence", expected: "high, medium or low", Helpline.Confidence.init(rawValue:)),
      let verifiedOn = fields.value("verified_on", expected: "a day such as 2026-11-28", CalendarDay.init)
    else { return }
    guard helplines[id] == nil else {
      log.add(.repeated(id: id), file: node.file, line: node.line, id: id)
      return
    }
    helplines[id] = Helpline(
      id: id, name: name, runBy: runBy, scope: scope, contacts: contacts, countries: countries, languages: languages,
      hours: hours == "unknown" ? nil : hours, isDiscreet: isDiscreet, confidence: confidence, verifiedOn: verifiedOn,
      withdrawnOn: withdrawn, source: source, verified: fields["verified"] == nil ? nil : fields.text("verified"),
      sayings: sayings)
    order.append(id)
    lines[id] = node.line
  }

  private func contacts(_ fields: ResponseFields) -> [HelplineContact] {
    guard let node = fields.required("contacts") else { return [] }
    guard let items = node.items, !items.isEmpty else {
      log.add(
        .wrongShape(key: "contacts", expected: "a list with one contact or more"), file: node.file, line: node.line,
        id: fields.id)
      return []
    }
    return items.compactMap { item in
      let kinds = HelplineContact.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      guard
        let contact = ResponseFields(item, allowed: ["kind", "value"], place: "a contact", id: fields.id, log: log),
        let kind = contact.value("kind", expected: "one of \(kinds)", HelplineContact.Kind.init(rawValue:)),
        let value = contact.text("value")
      else { return nil }
      return HelplineContact(kind: kind, value: value)
    }
  }

  private func sayings(_ fields: ResponseFields) -> [String: String] {
    guard let pairs = fields.required("say")?.pairs("say", id: fields.id, log: log) else { return [:] }
    var sayings: [String: String] = [:]
    for (language, node) in pairs {
      if let text = node.text, !text.isEmpty {
        sayings[language] = text
      } else {
        log.add(.wrongShape(key: language, expected: "text"), file: node.file, line: node.line, id: fields.id)
      }
    }
    return sayings
  }
}
