internal import JagaTranscripts

extension FlowConversion {
  /// A question of a node that waits. The `next` of its choices are categories until all steps are known.
  mutating func question(of node: FlowNode, text: LocalText) -> PollQuestion {
    var question = PollQuestion(text: text, listsChoices: false)
    if question.text.texts.isEmpty { question.text = LocalText([languages[0]: "?"]) }
    if node.timeoutCategory != nil { note(.timeout, at: node.uuid) }
    for test in node.router?.list("cases") ?? [] {
      let categoryID = test.text("category_uuid")
      guard let category = node.category(categoryID), categoryID != node.timeoutCategory else { continue }
      let type = test.text("type")
      if type == "has_text" || type == "has_number" || type == "has_value" {
        question.takesText = true
        if type != "has_text" { note(.looseTest(type: type, category: category.name), at: node.uuid) }
        continue
      }
      let words = self.words(of: test, type: type, category: category.name, at: node.uuid)
      guard !words.isEmpty else { continue }
      guard words.count <= FlowConversion.wordLimit else {
        note(.tooMany(what: "words", count: words.count, limit: FlowConversion.wordLimit), at: node.uuid)
        continue
      }
      let place = choice(for: category, of: node, in: &question)
      question.choices[place].words += words.filter { !question.choices[place].words.contains($0) }
    }
    noteCategories(of: node, in: &question)
    if question.choices.isEmpty { question.takesText = true }
    let count = question.choices.count
    if count > PollLimits.choices {
      note(.tooMany(what: "choices", count: count, limit: PollLimits.choices), at: node.uuid)
    }
    return question
  }

  private mutating func noteCategories(of node: FlowNode, in question: inout PollQuestion) {
    let tested = Set((node.router?.list("cases") ?? []).map { $0.text("category_uuid") })
    for category in node.categories where !tested.contains(category.uuid) {
      if category.uuid == node.otherCategory?.uuid || category.uuid == node.timeoutCategory { continue }
      note(.category(name: category.name), at: node.uuid)
    }
    guard let other = node.otherCategory, !question.choices.isEmpty, !question.takesText else { return }
    note(returns(other.destination, to: node.uuid) ? .otherReturns : .otherLeads, at: node.uuid)
  }

  private func choice(for category: FlowNode.Category, of node: FlowNode, in question: inout PollQuestion) -> Int {
    if let place = question.choices.firstIndex(where: { $0.next == category.uuid }) { return place }
    var label = [languages[0]: String(category.name.prefix(PollLimits.label))]
    for language in languages.dropFirst() {
      let name = translations[language]?[category.uuid]?.list("name").first?.string
      label[language] = name.map { String($0.prefix(PollLimits.label)) }
    }
    var id = FlowReader.id(category.name, else: "choice-\(question.choices.count + 1)")
    if question.choices.contains(where: { $0.id == id }) { id = "\(id.prefix(36))-\(question.choices.count + 1)" }
    question.choices.append(PollChoice(id: id, label: LocalText(label), next: category.uuid))
    return question.choices.count - 1
  }

  /// The words of a test in all languages; empty, and told, for a test that the bot does not have.
  private mutating func words(of test: JSONValue, type: String, category: String, at node: String) -> [String] {
    var arguments = [test.list("arguments").compactMap(\.string)]
    for language in languages.dropFirst() {
      let translated = translations[language]?[test.text("uuid")]?.list("arguments").compactMap(\.string) ?? []
      if !translated.isEmpty { arguments.append(translated) }
    }
    switch type {
    case "has_any_word":
      return arguments.flatMap { $0.flatMap { $0.split { $0 == " " || $0 == "," }.map(String.init) } }
    case "has_phrase", "has_only_phrase", "has_only_text", "has_beginning": return arguments.flatMap { $0 }
    case "has_all_words":
      note(.looseTest(type: type, category: category), at: node)
      return arguments.map { $0.joined(separator: " ") }
    default: break
    }
    if let numbers = numbers(type, arguments[0]) { return numbers.map(String.init) }
    note(.test(type: type, category: category), at: node)
    return []
  }

  /// A range of few numbers, as words.
  private func numbers(_ type: String, _ arguments: [String]) -> ClosedRange<Int>? {
    let limits = arguments.compactMap { Int($0) }
    guard limits.count == arguments.count, let first = limits.first, (0...1_000_000).contains(first) else { return nil }
    let range: (Int, Int)
    switch (type, limits.count) {
    case ("has_number_eq", 1): range = (first, first)
    case ("has_number_between", 2): range = (first, limits[1])
    case ("has_number_lt", 1): range = (0, first - 1)
    case ("has_number_lte", 1): range = (0, first)
    default: return nil
    }
    guard range.0 <= range.1, range.1 - range.0 < PollLimits.words else { return nil }
    return range.0...range.1
  }

  /// The category whose way a question takes that nobody answers: that of any text, of other replies, or else of most choices.
  func onward(_ node: FlowNode) -> FlowNode.Category? {
    let tests = node.router?.list("cases") ?? []
    if let any = tests.first(where: { ["has_text", "has_number", "has_value"].contains($0.text("type")) }) {
      return node.category(any.text("category_uuid"))
    }
    if let other = node.otherCategory, !returns(other.destination, to: node.uuid) { return other }
    let ways = node.categories.filter { $0.uuid != node.timeoutCategory && !returns($0.destination, to: node.uuid) }
    let most = ways.max { left, right in
      ways.filter { $0.destination == left.destination }.count
        < ways.filter { $0.destination == right.destination }.count
    }
    return most
  }
}
