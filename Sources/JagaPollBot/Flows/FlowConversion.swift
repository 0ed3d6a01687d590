internal import JagaTranscripts

/// Makes a poll of one flow.
struct FlowConversion {
  /// Nodes that are reached; more than any poll can use.
  private static let nodeLimit = 500
  /// Words by which a choice of a flow is heard.
  static let wordLimit = 200

  let flow: JSONValue
  let id: String
  let file: String
  private(set) var findings: [FlowFinding] = []
  private(set) var languages: [String] = []
  /// By our language: RapidPro's translations.
  private(set) var translations: [String: [String: JSONValue]] = [:]
  /// In the order in which they are reached.
  private(set) var order: [FlowNode] = []
  private var nodes: [String: FlowNode] = [:]
  private var steps: [PollStep] = []
  /// By node: its first step.
  private var firstSteps: [String: String] = [:]

  init(_ flow: JSONValue, id: String, file: String, language: String) {
    self.flow = flow
    self.id = id
    self.file = file
    let code = flow.text("language")
    languages = [FlowReader.languages[code] ?? language]
    if FlowReader.languages[code] == nil { note(.language(code: code)) }
    for (code, texts) in flow.members("localization").sorted(by: { $0.key < $1.key }) {
      guard let spoken = FlowReader.languages[code], case .object(let members) = texts else {
        note(.language(code: code))
        continue
      }
      if !languages.contains(spoken) { languages.append(spoken) }
      translations[spoken] = members
    }
  }

  mutating func note(_ fault: FlowFault, at node: String = "") {
    findings.append(FlowFinding(file: file, pollID: id, node: node, fault: fault))
  }

  /// Nil, and told, when the flow cannot be a poll.
  mutating func poll(startWords: [String]) -> Poll? {
    let version = flow.text("spec_version")
    guard version.hasPrefix("13.") || version.hasPrefix("14.") else {
      note(.version(found: version))
      return nil
    }
    let kind = flow.text("type")
    guard kind.isEmpty || kind == "messaging" else {
      note(.kind(found: kind))
      return nil
    }
    findOrder()
    guard order.count <= FlowConversion.nodeLimit else {
      note(.tooMany(what: "nodes", count: order.count, limit: FlowConversion.nodeLimit))
      return nil
    }
    makeSteps()
    guard !steps.isEmpty else {
      note(.nothing)
      return nil
    }
    guard steps.count <= PollLimits.steps else {
      note(.tooMany(what: "steps", count: steps.count, limit: PollLimits.steps))
      return nil
    }
    // A question had more choices or words than fit.
    if findings.contains(where: \.fault.isError) { return nil }
    connect()
    let minutes = flow.number("expire_after_minutes").map { Int64(min(max($0, 60), 43_200)) }
    return Poll(
      id: id, version: max(1, flow.number("revision") ?? 1),
      title: LocalText([languages[0]: String(flow.text("name").prefix(PollLimits.label))]), languages: languages,
      optIn: nil, startWords: startWords, stopWords: [],
      timeout: minutes.map { $0 * 60_000 } ?? FlowReader.defaultTimeout, reminder: nil, consent: nil, steps: steps)
  }

  private mutating func findOrder() {
    let all = flow.list("nodes").map(FlowNode.init)
    nodes = Dictionary(all.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    // The first node is where a flow begins.
    var waiting = all.first.map { [$0.uuid] } ?? []
    while let uuid = waiting.popLast() {
      guard seen.insert(uuid).inserted, let node = nodes[uuid] else { continue }
      order.append(node)
      for follower in node.followers.reversed() where !seen.contains(follower) { waiting.append(follower) }
      for follower in node.followers where nodes[follower] == nil { note(.missingNode, at: uuid) }
    }
  }

  private mutating func makeSteps() {
    var messages: [String: [LocalText]] = [:]
    for node in order { messages[node.uuid] = self.messages(of: node) }
    let texts = questions(&messages)
    for (number, node) in order.enumerated() {
      let says = messages[node.uuid] ?? []
      var ids = says.indices.map { "say-\(number + 1)" + ($0 > 0 ? "-\($0 + 1)" : "") }
      if node.waits {
        ids.append(stepID(FlowReader.id(node.router?.text("result_name") ?? "", else: "question-\(number + 1)")))
      }
      firstSteps[node.uuid] = ids.first
      for (place, text) in says.enumerated() {
        steps.append(PollStep(id: ids[place], kind: .say(text), next: place + 1 < ids.count ? ids[place + 1] : nil))
      }
      if node.waits, let id = ids.last {
        steps.append(PollStep(id: id, kind: .ask(question(of: node, text: texts[node.uuid] ?? LocalText([:])))))
      }
    }
  }

  /// An id that no step has yet.
  private func stepID(_ wanted: String) -> String {
    var id = wanted == PollStep.end ? "end-question" : wanted
    var number = 1
    while firstSteps.values.contains(id) || steps.contains(where: { $0.id == id }) || id.hasPrefix("say-") {
      number += 1
      id = "q-\(wanted.prefix(34))-\(number)"
    }
    return id
  }

  /// What a node says; tells what else it does.
  private mutating func messages(of node: FlowNode) -> [LocalText] {
    var texts: [LocalText] = []
    for action in node.actions {
      let type = action.text("type")
      switch type {
      case "send_msg":
        let text = localText(action, "text", at: node.uuid)
        if !action.list("attachments").isEmpty { note(.attachments, at: node.uuid) }
        if !text.texts.values.allSatisfy(\.isEmpty) { texts.append(text) }
      // The name of a result is the name of its question.
      case "set_run_result" where node.waits: break
      default: note(.action(type: type), at: node.uuid)
      }
    }
    if let router = node.router, !node.waits, node.categories.count > 1 || router.text("type") != "switch" {
      let operand = router.text("type") == "switch" ? router.text("operand") : router.text("type")
      note(.split(on: operand, followed: node.way.followed ?? ""), at: node.uuid)
    }
    return texts
  }

  /// A text in all languages, without expressions, with quick replies behind it.
  private mutating func localText(_ object: JSONValue, _ key: String, at node: String) -> LocalText {
    var texts: [String: String] = [:]
    for (place, language) in languages.enumerated() {
      let translated = translations[language]?[object.text("uuid")]
      let written = place == 0 ? object.text(key) : translated?.list(key).first?.string ?? ""
      guard !written.isEmpty else { continue }
      var (text, count) = FlowText.plain(written)
      if count > 0 { note(.expressions(count: count), at: node) }
      let own = translated?.list("quick_replies") ?? []
      let replies = (own.isEmpty ? object.list("quick_replies") : own).compactMap { $0.string ?? $0["text"]?.string }
      if !replies.isEmpty { text += "\n" + replies.joined(separator: " / ") }
      texts[language] = text
    }
    return LocalText(texts)
  }

  /// By node that waits: its question, which is the last message before it. Takes that out of the messages.
  private mutating func questions(_ messages: inout [String: [LocalText]]) -> [String: LocalText] {
    var texts: [String: LocalText] = [:]
    for node in order where node.waits {
      if let own = messages[node.uuid]?.popLast() {
        texts[node.uuid] = own
        continue
      }
      let before = order.filter { !$0.waits && $0.way.destination == node.uuid && !(messages[$0.uuid] ?? []).isEmpty }
      if let first = before.first { texts[node.uuid] = messages[first.uuid]?.popLast() }
      if before.isEmpty { note(.noQuestion, at: node.uuid) }
      if before.count > 1 { note(.severalQuestions, at: node.uuid) }
    }
    return texts
  }

  /// The step at which a node begins; of a node without any, that of the node behind it.
  func target(_ uuid: String?) -> String {
    var place = uuid
    for _ in 0...order.count {
      guard let here = place, let node = nodes[here] else { break }
      if let step = firstSteps[here] { return step }
      place = node.way.destination
    }
    return PollStep.end
  }

  /// Whether a way comes back to a question before any other.
  func returns(_ uuid: String?, to question: String) -> Bool {
    var place = uuid
    for _ in 0...order.count {
      guard let here = place, let node = nodes[here] else { return false }
      if here == question { return true }
      if node.waits { return false }
      place = node.way.destination
    }
    return false
  }

  /// Now that every node has its steps, leads each to the next.
  private mutating func connect() {
    for node in order {
      let category = node.waits ? onward(node) : nil
      let destination = node.waits ? category?.destination : node.way.destination
      let own = steps.indices.filter { isStep($0, of: node) }
      guard let last = own.last else { continue }
      steps[last].next = target(destination)
      guard case .ask(var question) = steps[last].kind else { continue }
      for index in question.choices.indices {
        let uuid = question.choices[index].next ?? ""
        let way = target(node.category(uuid)?.destination)
        question.choices[index].next = way == steps[last].next ? nil : way
      }
      steps[last].kind = .ask(question)
    }
  }

  /// The steps of a node lie side by side, from its first one.
  private func isStep(_ index: Int, of node: FlowNode) -> Bool {
    guard let first = firstSteps[node.uuid], let start = steps.firstIndex(where: { $0.id == first }), index >= start
    else {
      return false
    }
    let starts = Set(firstSteps.values)
    return !steps[start..<index + 1].dropFirst().contains { starts.contains($0.id) }
  }
}
