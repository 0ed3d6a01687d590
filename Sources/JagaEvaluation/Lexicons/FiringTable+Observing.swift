import Dispatch
import JagaCore
import JagaScoring
import Synchronization

extension FiringTable {
  /// Scores every message once, as `jaga score` does, and keeps what was found in it.
  ///
  /// Conversations are shared out over the processors; the table does not depend on how many there are. Cost: that of scoring, and of evaluating the
  /// rules a second time.
  init(observing gold: LabelledMessages, scorer: Scorer) {
    let list = VoterList(scorer)
    let senses = Array(Set(list.voters.map(\.sense))).filter { !$0.isSilent }.sorted { $0.bits < $1.bits }
    let parts = min(max(1, gold.conversations.count / 64), 16)
    let observed = Mutex([Part](repeating: Part(senses: senses.count), count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { number in
      let range = gold.conversations.count * number / parts..<gold.conversations.count * (number + 1) / parts
      var part = Part(senses: senses.count)
      var observer = Observer(scorer: scorer, list: list, senses: senses)
      for unit in range { observer.observe(gold.conversations[unit], unit: Int32(unit), into: &part) }
      observed.withLock { $0[number] = part }
    }
    var messages: [JudgedMessage] = []
    var firings: [Firing] = []
    var found = [(found: Int, all: Int)](repeating: (0, 0), count: senses.count)
    for part in observed.withLock({ $0 }) {
      let first = Int32(messages.count)
      messages += part.messages
      firings += part.firings.map { firing in
        var moved = firing
        moved.message += first
        return moved
      }
      for sense in senses.indices {
        found[sense].found += part.found[sense]
        found[sense].all += part.all[sense]
      }
    }
    self.init(
      voters: list.voters, messages: messages, units: gold.conversations.count, firings: firings,
      foundOfSense: Dictionary(uniqueKeysWithValues: zip(senses, found)))
  }

  /// What one thread has seen.
  private struct Part: Sendable {
    var messages: [JudgedMessage] = []
    var firings: [Firing] = []
    var found: [Int]
    var all: [Int]

    init(senses: Int) {
      found = [Int](repeating: 0, count: senses)
      all = found
    }
  }

  /// Working memory of one thread.
  private struct Observer {
    let scorer: Scorer
    let list: VoterList
    let senses: [VoterSense]
    private let workspace: ScoringWorkspace
    private let assessment = Assessment()
    private var terms: [VoterTerm] = []

    init(scorer: Scorer, list: VoterList, senses: [VoterSense]) {
      self.scorer = scorer
      self.list = list
      self.senses = senses
      workspace = ScoringWorkspace(scorer)
    }

    mutating func observe(_ conversation: [LabelledMessages.Turn], unit: Int32, into part: inout Part) {
      var state = ConversationState()
      for turn in conversation {
        if let question = turn.question { _ = conclude(question, author: LabelledMessages.asker, in: &state) }
        let conclusion = conclude(turn.text, author: turn.author, in: &state)
        guard turn.labels != 0 else { continue }
        let number = Int32(part.messages.count)
        part.messages.append(
          JudgedMessage(id: turn.id, text: turn.text, unit: unit, labels: turn.labels, moveLogit: conclusion.moveLogit))
        for (place, sense) in senses.enumerated() {
          guard let found = isFound(sense, gold: turn.labels, conclusion, without: nil) else { continue }
          part.all[place] += 1
          part.found[place] += found ? 1 : 0
        }
        workspace.listVoters(of: conclusion, into: &terms)
        for term in terms {
          let voter = list.number(of: term)
          let sense = list.voters[voter].sense
          var shift: Int8 = 0
          if let with = isFound(sense, gold: turn.labels, conclusion, without: nil),
            let without = isFound(sense, gold: turn.labels, conclusion, without: term), with != without
          {
            shift = with ? 1 : -1
          }
          part.firings.append(
            Firing(
              message: number, voter: Int32(voter),
              moveWithout: scorer.logit(Head.move, of: conclusion, without: term.raw[Head.move]), labelShift: shift))
        }
      }
    }

    private func conclude(_ text: String, author: UInt64, in state: inout ConversationState) -> Conclusion {
      var copy = text
      copy.withUTF8 { workspace.assess($0, into: assessment) }
      return scorer.conclude(assessment, author: author, in: &state)
    }

    /// Whether a message that bears out a sense is recognised as such at 0.5; nil when it does not bear it out.
    private func isFound(_ sense: VoterSense, gold: UInt32, _ conclusion: Conclusion, without term: VoterTerm?) -> Bool?
    {
      guard sense.isRight(gold) == true else { return nil }
      func probability(_ head: Int) -> Double {
        FixedMath.sigmoid(scorer.logit(head, of: conclusion, without: term?.raw[head] ?? 0))
      }
      if sense.isAgainst {
        let isQuiet = probability(Head.move) < 0.5
        return sense.labels.isEmpty ? isQuiet : isQuiet && probability(Head.disclosure) < 0.5
      }
      let labels = sense.labels.filter { gold & (1 << UInt32($0.rawValue)) != 0 }
      if labels.isEmpty { return probability(Head.move) >= 0.5 }
      return labels.contains { label in
        label == .disclosure
          ? probability(Head.disclosure) >= 0.5
          : probability(Head.move) * probability(Int(label.rawValue)) >= 0.5
      }
    }
  }
}
