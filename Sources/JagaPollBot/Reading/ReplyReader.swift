public import JagaCore

/// Makes of a reply's score and words what is to be done about it, and how soon.
///
///     let reader = try ReplyReader.bundled()
///     let reading = reader.reading(of: "dia ancam aku malam ini", score: score, question: nil)
///     // support, immediate
///
/// The score decides whether there is a case; the cues decide how soon, and find words of self-harm and calls for help ("tolong", "help
/// me" and nothing more) whatever the score. A reading costs a pass over the text for each phrase that can be in it: well below a millisecond for a reply, a few for one of 600 words.
public struct ReplyReader: Sendable {
  let cues: UrgencyCues

  /// A reader with cues.
  public init(cues: UrgencyCues) { self.cues = cues }

  /// A reader with the cues that are part of the program. Throws ``ResponseError`` only when the build's own resources are broken.
  public static func bundled() throws(ResponseError) -> ReplyReader { ReplyReader(cues: try .bundled()) }

  /// What to do about a reply. `score` should be explained: its ``JagaCore/MessageScore/contributions`` name evidence of self-harm. `question`
  /// is what the reply answers, since "ya" tells something only after a question.
  public func reading(of text: String, score: MessageScore, question: String?) -> ReplyReading {
    let said = cues.text(text)
    var reading = weight(of: said, score: score, question: question)
    if reading.action == .support, !reading.isSelfHarm {
      reading.concern = concern(of: said, score: score, question: question)
    }
    if !reading.action.opensCase { reading.isAbuse = cues[.abuse].contains { $0.isWhole(said) } }
    return reading
  }

  private func weight(of said: CueText, score: MessageScore, question: String?) -> ReplyReading {
    let isAnswer = question.map { answers($0, said) } ?? false
    let isDisclosure = score.disclosure >= threshold(isAnswer ? cues.supportFromAsked : cues.supportFrom, score)
    if isSelfHarm(said, score: score, isDisclosure: isDisclosure, question: question) {
      return ReplyReading(action: .support, urgency: .immediate, isSelfHarm: true)
    }
    if cues.has(.selfHarmOfOthers, said.without(cues[.noSelfHarm])) || isDisclosure && asksOfAnothersSelfHarm(question)
    {
      return ReplyReading(action: .support, urgency: .immediate)
    }
    if cues[.cries].contains(where: { $0.isWhole(said) }) || isCalledFor(said, by: question) {
      return ReplyReading(action: .support, urgency: .ongoing)
    }
    let isTold = isDisclosure || isHarm(said, question: question)
    let isNear = isNear(said, isTold: isTold, question: question)
    var action: ReplyAction = isTold ? .support : risk(score.band)
    if action < .support, isNear, score.disclosure >= threshold(cues.supportFromNear, score) { action = .support }
    guard action.opensCase else { return ReplyReading(action: action) }
    return ReplyReading(action: action, urgency: isNear ? .immediate : isPast(said) ? .past : .ongoing)
  }

  /// HELP alone asks for the menu; after a question whether somebody is harmed it is an answer.
  private func isCalledFor(_ said: CueText, by question: String?) -> Bool {
    guard let question, cues[.calls].contains(where: { $0.isWhole(said) }) else { return false }
    return asksOfHarm(question)
  }

  private func risk(_ band: Band) -> ReplyAction {
    switch band {
    case .high: .escalate
    case .review: .review
    case .watch: .watch
    case .none: .none
    }
  }

  /// The threshold of the message's language; of the one that is quickest to help where that is not known.
  private func threshold(_ thresholds: [String: Double], _ score: MessageScore) -> Double {
    thresholds[score.language.name] ?? thresholds.values.min() ?? 1
  }

  private func isSelfHarm(_ said: CueText, score: MessageScore, isDisclosure: Bool, question: String?) -> Bool {
    let own = said.without(cues[.noSelfHarm]).without(cues[.selfHarmOfOthers])
    if cues.has(.selfHarm, own) { return true }
    if cues.has(.selfHarmBare, own), !cues.has(.lessons, said) { return true }
    // Whoever tells of harm and laughs is no joker.
    let isSerious = isDisclosure || tellsOfHarm(said)
    if isMeant(.selfHarmOrFigure, in: own, of: said, unless: isSerious ? [] : ReplyReader.figures) { return true }
    if score.disclosure >= threshold(cues.supportFromNear, score),
      isMeant(.selfHarmPerhaps, in: own, of: said, unless: isSerious ? [] : ReplyReader.figures)
    {
      return true
    }
    // Evidence knows nothing of what was taken out.
    if isDisclosure, own == said, score.contributions.contains(where: isSelfHarmEvidence) { return true }
    guard let question, asks(.selfHarmAsked, question) else { return false }
    // Whoever tells of harm there tells of that, in words that no list has: 'every day', '3'.
    return begins(.yes, said) || isDisclosure && !begins(.no, said)
  }

  /// Harm in plain words, the bare yes to a question about it, the no to one about safety, or who it is.
  private func isHarm(_ said: CueText, question: String?) -> Bool {
    if tellsOfHarm(said) { return true }
    guard let question else { return false }
    if asks(.safeAsked, question), begins(.no, said) { return true }
    if asks(.whoAsked, question), cues[.persons].contains(where: { $0.isWhole(said) }) { return true }
    return asks(.harmAsked, question) && cues[.yes].contains { $0.isWhole(said) }
  }

  private func tellsOfHarm(_ said: CueText) -> Bool {
    let told = said.without(cues[.noHarm])
    if cues.has(.harm, told) { return true }
    return isMeant(.harmOrFigure, in: told, of: said, unless: [(.laughter, UrgencyCues.figureReach)])
  }

  private static let figures: [(UrgencyCues.List, Int)] = [
    (.laughter, UrgencyCues.reach), (.figures, UrgencyCues.figureReach),
  ]

  /// Whether a phrase of a list stands in a text without a figure of speech so many words from it. `said` is the text with nothing taken out.
  private func isMeant(
    _ list: UrgencyCues.List, in text: CueText, of said: CueText, unless vetoes: [(list: UrgencyCues.List, reach: Int)]
  ) -> Bool {
    let found = cues.ranges(list, in: text)
    if found.isEmpty { return false }
    let figures = vetoes.map { (ranges: cues.ranges($0.list, in: said), reach: $0.reach) }
    return found.contains { phrase in
      !figures.contains { figure in figure.ranges.contains { phrase.words(to: $0) <= figure.reach } }
    }
  }

  private func isSelfHarmEvidence(_ contribution: Contribution) -> Bool {
    contribution.logit > 0 && cues.selfHarmEvidence.contains { $0.finds(contribution.source) }
  }

  /// Danger that is named, or a near time close to what somebody threatens or wants. Of whoever tells of harm a time or a plea is enough.
  private func isNear(_ said: CueText, isTold: Bool, question: String?) -> Bool {
    let text = said.without(cues[.notNear])
    if cues.has(.near, text) || isTold && cues.has(.nearTold, text) { return true }
    if isTold, let question, asks(.safetyAsked, question) { return !isPast(said) }
    let times = cues.ranges(.nearTimes, in: text)
    if times.isEmpty { return false }
    let acts = cues.ranges(.nearActs, in: text)
    return times.contains { time in acts.contains { time.words(to: $0) <= UrgencyCues.reach } }
  }

  private func isPast(_ said: CueText) -> Bool {
    guard cues.has(.over, said) else { return false }
    return !cues.has(.goesOn, said.without(cues[.over] + cues[.stays]))
  }
}

extension Range<Int> {
  /// How many words stand between two places of a text.
  fileprivate func words(to other: Range<Int>) -> Int {
    Swift.max(lowerBound - other.upperBound, other.lowerBound - upperBound, 0)
  }
}
