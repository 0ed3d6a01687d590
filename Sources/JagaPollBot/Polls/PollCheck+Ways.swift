extension PollCheck {
  /// Questions from which no way leads to the end, however they are answered: the first of each circle. Circles without a question have a finding of their own.
  func endless(among reached: Set<Int>) -> [(PollFault, Int)] {
    var ending: Set<Int> = Set(poll.steps.indices.filter(ends))
    var grew = true
    while grew {
      let more = poll.steps.indices.filter {
        !ending.contains($0) && followers(of: $0).contains(where: ending.contains)
      }
      ending.formUnion(more)
      grew = !more.isEmpty
    }
    var told: Set<Int> = []
    var faults: [(PollFault, Int)] = []
    for index in poll.steps.indices where reached.contains(index) && !ending.contains(index) && !told.contains(index) {
      guard case .ask = poll.steps[index].kind else { continue }
      told.formUnion(reach(from: index))
      faults.append((.endless(id: poll.steps[index].id), poll.steps[index].line))
    }
    return faults
  }

  /// Whether the poll may be over after a step.
  private func ends(_ index: Int) -> Bool {
    let step = poll.steps[index]
    func isEnd(_ target: String?) -> Bool { target == PollStep.end || target == nil && index + 1 >= poll.steps.count }
    return switch step.kind {
    case .end: true
    case .say: isEnd(step.next)
    case .ask(let question):
      isEnd(step.next) || question.choices.contains { $0.next == PollStep.end }
    }
  }

  private func reach(from index: Int) -> Set<Int> {
    var reached: Set<Int> = []
    var waiting = [index]
    while let index = waiting.popLast() {
      if reached.insert(index).inserted { waiting += followers(of: index) }
    }
    return reached
  }

  /// Start words that end the poll, or mean something else to the bot.
  func startWords() -> [PollFault] {
    let stops = poll.stopWords.map { ReplyWords($0).trimmed().words }
    return poll.startWords.compactMap { word in
      if stops.contains(ReplyWords(word).trimmed().words) { return .startWord(word: word, command: "STOP") }
      switch BotCommand.heard(in: word) {
      case nil, .start: return nil
      case .stop: return .startWord(word: word, command: "STOP")
      case .goOn: return .startWord(word: word, command: "GO ON")
      case .some(let command): return .startWord(word: word, command: command.rawValue.uppercased())
      }
    }
  }
}
