/// Finds what is doubtful in a poll that can be used: steps nobody reaches, answers that could mean two things, long texts.
public struct PollCheck: Sendable {
  let poll: Poll
  private let file: String
  private let lines: [String: Int]
  let wording: PollWording?
  private let fitsOneMessage: @Sendable (String) -> Bool

  /// A check of a poll. `lines` are those of its top keys (``PollReader/lines(of:)``), `wording` what its texts are held to; `fitsOneMessage` says whether a text fits one
  /// message of the channel.
  public init(
    poll: Poll, file: String, lines: [String: Int] = [:], wording: PollWording? = nil,
    fitsOneMessage: @escaping @Sendable (String) -> Bool
  ) {
    self.poll = poll
    self.file = file
    self.lines = lines
    self.wording = wording
    self.fitsOneMessage = fitsOneMessage
  }

  /// Everything that was found, by line. Cost: steps times choices squared.
  public func findings() -> [PollFinding] {
    var findings: [PollFinding] = []
    func add(_ fault: PollFault, _ line: Int = 0) {
      findings.append(PollFinding(file: file, line: line, fault: fault))
    }
    if poll.optIn == nil { add(.noOptIn) }
    if poll.stopWords.isEmpty { add(.noStopWord) }
    if poll.startWords.isEmpty { add(.noStartWord) }
    for fault in startWords() { add(fault, lines["start_words"] ?? 0) }
    if let wording {
      for (place, text, line) in texts {
        for fault in wording.faults(text, at: place, isAsked: asked.contains(place)) { add(fault, line) }
      }
    }
    for (place, text, line) in texts {
      for language in poll.languages where text.texts[language] == nil {
        add(.untranslated(place: place, language: language), line)
      }
    }
    for (id, texts, line) in sent {
      for language in poll.languages where !fitsOneMessage(texts(language)) {
        add(.severalParts(id: id, language: language), line)
      }
    }
    for step in poll.steps {
      guard case .ask(let question) = step.kind else { continue }
      for fault in answers(step.id, question) { add(fault, step.line) }
    }
    for (fault, line) in ways() { add(fault, line) }
    return findings.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  /// Every text, with its place.
  private var texts: [(String, LocalText, Int)] {
    var texts: [(String, LocalText, Int)] = [("'title'", poll.title, lines["title"] ?? 0)]
    if let optIn = poll.optIn { texts.append(("'opt_in'", optIn.text, lines["opt_in"] ?? 0)) }
    if let consent = poll.consent { texts.append(("'consent'", consent, lines["consent"] ?? 0)) }
    if let about = poll.about { texts.append(("'about'", about, lines["about"] ?? 0)) }
    for step in poll.steps {
      switch step.kind {
      case .say(let text), .end(.some(let text)): texts.append(("'\(step.id)'", text, step.line))
      case .end(nil): break
      case .ask(let question):
        texts.append(("'\(step.id)'", question.text, step.line))
        for choice in question.choices {
          texts.append(("choice '\(choice.id)' of '\(step.id)'", choice.label, choice.line))
        }
      }
    }
    return texts
  }

  /// Every text as it is sent.
  private var sent: [(String, (String) -> String, Int)] {
    var sent: [(String, (String) -> String, Int)] = []
    if let optIn = poll.optIn { sent.append(("opt_in", { poll.text(optIn.text, in: $0) }, lines["opt_in"] ?? 0)) }
    if let consent = poll.consent { sent.append(("consent", { poll.text(consent, in: $0) }, lines["consent"] ?? 0)) }
    if let about = poll.about { sent.append(("about", { poll.text(about, in: $0) }, lines["about"] ?? 0)) }
    for step in poll.steps {
      switch step.kind {
      case .ask(let question): sent.append((step.id, { poll.asked(question, in: $0) }, step.line))
      case .say(let text), .end(.some(let text)): sent.append((step.id, { poll.text(text, in: $0) }, step.line))
      case .end(nil): break
      }
    }
    return sent
  }

  /// Choices that cannot be told apart, or from a command.
  private func answers(_ id: String, _ question: PollQuestion) -> [PollFault] {
    var faults: [PollFault] = []
    let silent = question.choices.filter { $0.tells == nil && !$0.isPlain }
    if !silent.isEmpty,
      poll.languages.contains(where: { ChoiceHearing(question, poll: poll, language: $0).isYesOrNo })
    {
      faults.append(.silentChoices(id: id, choices: silent.map(\.id)))
    } else if !silent.isEmpty, isAboutHarm(question) {
      faults.append(.silentRisk(id: id, choices: silent.map(\.id)))
    }
    for language in poll.languages {
      let hearing = ChoiceHearing(question, poll: poll, language: language)
      for (first, second) in hearing.collisions {
        faults.append(
          .collision(
            id: id, first: question.choices[first].id, second: question.choices[second].id, language: language))
      }
      for (index, choice) in question.choices.enumerated() {
        let stops = hearing.words(of: index).contains { words in
          BotCommand.heard(in: words.joined(separator: " "), stopWords: poll.stopWords) == .stop
        }
        let fault = PollFault.commandWord(id: id, choice: choice.id, command: "STOP")
        if stops, !faults.contains(fault) { faults.append(fault) }
      }
    }
    return faults
  }

  /// Steps that are never reached, and circles without a question.
  private func ways() -> [(PollFault, Int)] {
    var reached: Set<Int> = []
    var waiting = poll.steps.isEmpty ? [] : [0]
    while let index = waiting.popLast() {
      guard reached.insert(index).inserted else { continue }
      waiting += followers(of: index)
    }
    var faults: [(PollFault, Int)] = []
    var told: Set<Int> = []
    for (index, step) in poll.steps.enumerated() {
      if !reached.contains(index) { faults.append((.unreachable(id: step.id), step.line)) }
      var circle: [Int] = []
      var place: Int? = index
      while let here = place, case .say = poll.steps[here].kind, !circle.contains(here) {
        circle.append(here)
        place = followers(of: here).first
      }
      if place == index, !circle.isEmpty, told.isDisjoint(with: circle) {
        told.formUnion(circle)
        faults.append((.loop(id: step.id), step.line))
      }
    }
    return faults + endless(among: reached)
  }

  func followers(of index: Int) -> [Int] {
    let step = poll.steps[index]
    var targets: [String?] = []
    let following = step.next ?? (index + 1 < poll.steps.count ? poll.steps[index + 1].id : nil)
    switch step.kind {
    case .end: break
    case .say: targets = [following]
    // Every question can be left out.
    case .ask(let question): targets = [following] + question.choices.map { $0.next ?? following }
    }
    return targets.compactMap { $0.flatMap(poll.index(of:)) }
  }
}
