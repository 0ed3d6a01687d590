internal import JagaCore
internal import Yams

extension PollReader {
  static let kinds = ["ask", "say", "end"]
  static let stepKeys = ["id"] + kinds + ["choices", "list", "text", "keep", "group", "goto"]
  static let choiceKeys = ["id", "label", "words", "goto", "tells"]

  static func readSteps(_ fields: PollFields, into poll: inout Poll) {
    guard let node = fields.needs("steps") else { return }
    guard case .sequence(let items) = node, !items.isEmpty else {
      fields.log.add(.wrongShape(key: "steps", expected: "a list of steps"), at: node.line)
      return
    }
    if items.count > PollLimits.steps {
      fields.log.add(.tooMany(what: "steps", count: items.count, limit: PollLimits.steps), at: node.line)
    }
    for item in items.prefix(PollLimits.steps) {
      guard let step = step(item, poll: poll, log: fields.log) else { continue }
      if poll.index(of: step.id) != nil || step.id == PollStep.end {
        fields.log.add(.duplicate(id: step.id), at: step.line)
      }
      poll.steps.append(step)
    }
    checkTargets(poll, log: fields.log)
  }

  private static func step(_ node: Node, poll: Poll, log: PollLog) -> PollStep? {
    guard let fields = PollFields(node, allowed: stepKeys, place: "a step", log: log) else { return nil }
    let id = fields.id("id")
    let present = kinds.filter { fields[$0] != nil }
    guard present.count == 1, let kind = present.first else {
      log.add(.conflict(id: id, problem: .severalKinds), at: fields.line)
      return nil
    }
    for key in ["choices", "list", "text", "keep", "group"] where kind != "ask" && fields[key] != nil {
      log.add(.unknownKey(key: key, place: "a step that does not ask", hint: nil), at: fields[key]?.line ?? fields.line)
    }
    var step = PollStep(id: id, kind: .end(nil), next: fields.word("goto"), line: fields.line)
    switch kind {
    case "ask": step.kind = .ask(question(fields, id: id, poll: poll))
    case "say": step.kind = .say(fields.text("say", languages: poll.languages) ?? LocalText([:]))
    default:
      // 'end: true' leaves the words to the bot.
      if fields["end"]?.written != "true" { step.kind = .end(fields.text("end", languages: poll.languages)) }
    }
    return step
  }

  private static func question(_ fields: PollFields, id: String, poll: Poll) -> PollQuestion {
    let log = fields.log
    var question = PollQuestion(
      text: fields.text("ask", languages: poll.languages) ?? LocalText([:]),
      choices: choices(fields, poll: poll), listsChoices: fields["list"] == nil || fields.flag("list"),
      takesText: fields.flag("text"), isGroup: fields.flag("group"))
    if let keep = fields.word("keep") {
      let line = fields["keep"]?.line ?? fields.line
      if keep != "consent", keep != "never" {
        log.add(.unknownValue(key: "keep", value: keep, allowed: ["consent", "never"]), at: line)
      }
      question.keepsText = keep == "consent"
      if !question.takesText { log.add(.conflict(id: id, problem: .keepWithoutText), at: line) }
      if question.keepsText, poll.consent == nil { log.add(.conflict(id: id, problem: .consentMissing), at: line) }
    }
    if question.choices.isEmpty {
      if question.isGroup {
        log.add(.conflict(id: id, problem: .groupWithoutChoices), at: fields.line)
      } else if !question.takesText {
        log.add(.noAnswer(id: id), at: fields.line)
      }
    }
    return question
  }

  private static func choices(_ fields: PollFields, poll: Poll) -> [PollChoice] {
    guard let node = fields["choices"] else { return [] }
    let log = fields.log
    guard case .sequence(let items) = node else {
      log.add(.wrongShape(key: "choices", expected: "a list of choices"), at: node.line)
      return []
    }
    if items.count > PollLimits.choices {
      log.add(.tooMany(what: "choices", count: items.count, limit: PollLimits.choices), at: node.line)
    }
    var choices: [PollChoice] = []
    for item in items.prefix(PollLimits.choices) {
      guard let choice = PollFields(item, allowed: choiceKeys, place: "a choice", log: log) else { continue }
      let id = choice.id("id")
      if choices.contains(where: { $0.id == id }) { log.add(.duplicate(id: id), at: choice.line) }
      _ = choice.needs("label")
      choices.append(
        PollChoice(
          id: id, label: choice.text("label", languages: poll.languages, limit: PollLimits.label) ?? LocalText([:]),
          words: choice.words("words", languages: poll.languages), next: choice.word("goto"), tells: tells(choice),
          isPlain: choice.word("tells").map(nothing.contains) ?? false, line: choice.line))
    }
    return choices
  }

  /// Of a choice that tells of nothing.
  static let nothing = ["none", "false"]

  /// `true` leaves open whether it goes on; then it counts as going on. `none` is ``PollChoice/isPlain``.
  private static func tells(_ choice: PollFields) -> CaseUrgency? {
    guard let word = choice.word("tells"), !nothing.contains(word) else { return nil }
    if word == "true" { return .ongoing }
    if let urgency = CaseUrgency(rawValue: word) { return urgency }
    let allowed = ["true", "none"] + CaseUrgency.allCases.map(\.rawValue)
    choice.log.add(.unknownValue(key: "tells", value: word, allowed: allowed), at: choice["tells"]?.line ?? choice.line)
    return nil
  }

  private static func checkTargets(_ poll: Poll, log: PollLog) {
    let known = poll.steps.map(\.id) + [PollStep.end]
    func check(_ target: String?, _ line: Int) {
      guard let target, !known.contains(target) else { return }
      log.add(.unknownStep(id: target, hint: NearWord.nearest(to: target, among: known, within: 2)), at: line)
    }
    for step in poll.steps {
      check(step.next, step.line)
      guard case .ask(let question) = step.kind else { continue }
      for choice in question.choices { check(choice.next, choice.line) }
    }
  }
}
